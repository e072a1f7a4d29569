import { measured, reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { containerKind } from './container-kind.js';
import { bridgesOf, overlapsOf } from './local-networks.js';
import { machineKind } from './machine-kind.js';
import { mtuConflictsOf } from './mtu-conflicts.js';
import { readContainerFacts, readMachineFacts } from './read-machine.js';
import { askStunServer } from './stun-exchange.js';
import { sourcesOf, translationOf } from './translation.js';
import { wslKind } from './wsl-kind.js';

type Surroundings = DataOf<'surroundings'>;

/** Tools that are asked for a second opinion answer within hundredths of a second, or not in time. */
const TOOL_MS = 400;

/** Files of the kernel for the place; for scope `all` also two tools, and the STUN server where one is given. */
export async function measureLinux(
  { options, origin, host }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'surroundings'>> {
  const { local } = network;
  const absences = new Map<string, { fact: string; because: string }>();
  const miss = (fact: string, because: string) => absences.set(`${fact} ${because}`, { fact, because });
  const all = options.scope === 'all';

  const asked = options.stunServer;
  const localAddresses = new Set(host.interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const stun =
    asked === null || options.passive || !all
      ? Promise.resolve({ outside: [], failure: null })
      : askStunServer(asked, { network, origin, timeoutMs: options.timeoutMs, localAddresses, signal });

  const [machineFacts, containerFacts, wslFolder, secondOpinion, stunAnswers] = await Promise.all([
    readMachineFacts(local, miss),
    readContainerFacts(local, host.searchDomains, miss),
    local.exists('/run/WSL'),
    all ? askSecondOpinion() : null,
    stun,
  ]);
  const { release } = containerFacts;
  const isWsl = wslFolder || /microsoft/i.test(release ?? '');
  const mode = all && isWsl ? await tool('wslinfo', ['--networking-mode'], 'networking mode of WSL') : null;

  const machine = machineKind(machineFacts);
  const wsl = isWsl ? wslKind(release, wslFolder, mode, host) : null;
  const container = containerKind(containerFacts);
  if (stunAnswers.failure !== null) miss('outside address', stunAnswers.failure);
  for (const { server, because } of stunAnswers.outside) if (because !== null) miss('outside address', `${server}: ${because}`);
  const overlaps = overlapsOf(host);
  if (overlaps === null) miss('overlaps of subnets', 'the routes are not known');

  const seen = { routesKnown: host.routesKnown, stunFailure: stunAnswers.failure };
  const data: Surroundings = {
    machine,
    container,
    wsl,
    secondOpinion,
    translation: all ? translationOf(sourcesOf(host), { machine, container, wsl }, stunAnswers.outside, seen) : null,
    bridges: bridgesOf(host),
    overlaps,
    mtuConflicts: mtuConflictsOf(host),
    serviceResolver: serviceResolverOf(host, container),
    absent: [...absences.values()],
  };
  return { attempt: measured(null), method: 'system', data };

  /** What a tool says in one line; `null` where it is not there or says nothing of use. */
  async function tool(file: string, args: readonly string[], fact: string): Promise<string | null> {
    const ran = await local.tool({ file, args, timeoutMs: TOOL_MS, signal });
    if (ran.kind !== 'measured') {
      miss(fact, reasonOf(ran));
      return null;
    }
    const line = ran.value.stdout.trim();
    if (/^[\w -]{1,60}$/.test(line)) return line;
    miss(fact, `${[file, ...args].join(' ')} says nothing that is understood`);
    return null;
  }

  async function askSecondOpinion(): Promise<Surroundings['secondOpinion']> {
    const [vm, inside] = await Promise.all([
      tool('systemd-detect-virt', ['--vm'], 'second opinion'),
      tool('systemd-detect-virt', ['--container'], 'second opinion'),
    ]);
    return vm === null || inside === null ? null : { machine: vm, container: inside };
  }
}

/** Docker's resolver stands in every network that somebody made, and not in the default one; that of Kubernetes shows by the search list. */
function serviceResolverOf(
  { resolvers, searchDomains }: DataOf<'host'>,
  container: NonNullable<Surroundings['container']>,
): Surroundings['serviceResolver'] {
  const docker = resolvers.find((address) => address === '127.0.0.11');
  if (docker !== undefined) return { address: docker, of: 'docker' };
  const [first] = resolvers;
  if (first !== undefined && container.kubernetes && searchDomains.some((domain) => /^svc\./.test(domain)))
    return { address: first, of: 'kubernetes' };
  return null;
}
