import { type Attempt, measured, reasonOf, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { type ProxyHop, proxyName } from '../../model/proxy.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { Elsewhere } from './read-elsewhere.js';
import { readVariables } from './settings.js';

type Data = DataOf<'proxy-settings'>;
type ProxyState = Data['proxies'][number];

/** Nobody has more proxies; each is connected to once. */
const PROXY_LIMIT = 8;

/** Reads what is set, and connects to each distinct proxy once, without a word to it. */
export async function measureProxySettings(
  { options, origin }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'proxy-settings'>> {
  const { local } = network;
  const { given } = options.proxies;
  const read = readVariables(local.environment, options.proxies);
  const inForce = [...(given === null || given === 'direct' ? [] : [given]), ...read.hops];
  const tries = new Map<string, Promise<Partial<ProxyState>>>();
  const tryOnce = (hop: ProxyHop): Promise<Partial<ProxyState>> => {
    const name = proxyName(hop);
    const because = untriedBecause(options, tries.size);
    const known = tries.get(name) ?? (because === null ? reach(hop) : Promise.resolve({ because }));
    tries.set(name, known);
    return known;
  };
  const reach = async (hop: ProxyHop): Promise<Partial<ProxyState>> => {
    const { outcome, reached } = await network.proxies.reach(hop, { ...origin, timeoutMs: options.timeoutMs, signal });
    return { ...stateOf(outcome), address: reached.address, dnsMs: reached.dnsMs, tcpMs: reached.tcpMs, tlsMs: reached.tlsMs };
  };
  // A silent one takes all the time there is: it begins before the files are read.
  for (const hop of inForce) void tryOnce(hop);
  const other = options.scope === 'all' ? await readOthers({ network, signal }) : NOTHING;
  const proxies = await Promise.all(
    distinctHops([...inForce, ...other.hops]).map(
      async ({ hop, namedBy }): Promise<ProxyState> => ({ ...NOT_REACHED, proxy: proxyName(hop), namedBy, ...(await tryOnce(hop)) }),
    ),
  );
  const { variables, exceptions, contradictions } = read;
  return {
    attempt: signal.aborted ? skipped('interrupted') : measured(null),
    method: 'system',
    data: {
      given: given === null || given === 'direct' ? given : proxyName(given),
      variables,
      exceptions,
      contradictions,
      elsewhere: other.elsewhere,
      automatic: other.automatic,
      proxies,
      absent: other.absent,
    },
  };
}

const NOTHING: Elsewhere = { elsewhere: [], automatic: [], absent: [], hops: [] };

const NOT_REACHED: Omit<ProxyState, 'proxy' | 'namedBy'> = {
  reachable: null,
  address: null,
  dnsMs: null,
  tcpMs: null,
  tlsMs: null,
  failure: null,
  because: null,
};

/** @param tried how many have been begun */
function untriedBecause({ passive, scope }: MachineCircumstances['options'], tried: number): string | null {
  if (passive) return 'nothing is sent';
  if (scope === 'path') return 'it is tried on the way to the targets that go by it';
  return tried >= PROXY_LIMIT ? `only the first ${PROXY_LIMIT} are tried` : null;
}

/** The settings of programs and desktops: a reading for each platform. */
async function readOthers({ network, signal }: MeasureContext): Promise<Elsewhere> {
  const { platform } = network.local;
  if (platform === 'linux') {
    const { readElsewhere } = await import('./read-elsewhere.js');
    return readElsewhere(network.local, signal);
  }
  if (platform === 'darwin') return (await import('./darwin.js')).readProxiesOfDarwin(network.local, signal);
  if (platform === 'win32') return (await import('./windows.js')).readProxiesOfWindows(network.local, signal);
  return { ...NOTHING, absent: [{ fact: 'proxies outside the environment', because: `they are not read on ${platform}` }] };
}

/** What cannot be tried here says nothing of the proxy. */
function stateOf(outcome: Attempt<null>): Pick<ProxyState, 'reachable' | 'failure' | 'because'> {
  switch (outcome.kind) {
    case 'measured':
      return { reachable: true, failure: null, because: null };
    case 'failed':
      return { reachable: false, failure: { code: outcome.code, message: outcome.message }, because: null };
    case 'unanswered':
      return { reachable: false, failure: { code: outcome.kind, message: reasonOf(outcome) }, because: null };
    case 'unavailable':
    case 'skipped':
      return { reachable: null, failure: null, because: reasonOf(outcome) };
  }
}

/** Each proxy once, with everyone who names it; a login of whichever names it first. */
function distinctHops(hops: readonly ProxyHop[]): { hop: ProxyHop; namedBy: string[] }[] {
  const found = new Map<string, { hop: ProxyHop; namedBy: string[] }>();
  for (const hop of hops) {
    const known = found.get(proxyName(hop));
    if (known === undefined) found.set(proxyName(hop), { hop, namedBy: [hop.from] });
    else if (!known.namedBy.includes(hop.from)) known.namedBy.push(hop.from);
  }
  return [...found.values()];
}

export function proxySettingsNotTried(attempt: Attempt<null>): Observation<'proxy-settings'> {
  const data: Data = {
    given: null,
    variables: [],
    exceptions: [],
    contradictions: [],
    elsewhere: [],
    automatic: [],
    proxies: [],
    absent: [],
  };
  return { attempt, method: null, data };
}
