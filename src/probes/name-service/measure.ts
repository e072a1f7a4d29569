import { type Attempt, measured, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import { countHostsEntries } from '../../wire/names/hosts-file.js';
import type { KnownTarget, MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { reasonOfAbsence } from './absence.js';
import { type Asker, addressesByResolver, askOnce, compareOverride, tryCache } from './ask.js';
import type { NameFiles } from './measure-linux.js';
import { isTakenOver, type Lookup, lookAtSearch } from './search-list.js';

type Data = DataOf<'name-service'>;

/** Names of the search list that stand for any name are asked for, up to so many. */
const SEARCHED_NAMES = 4;
const HOSTS_LIMIT_BYTES = 16 * 1024 * 1024;

/** Reads the name service, and where something may be sent, holds it against what a resolver says. */
export async function measureNameService(
  circumstances: MachineCircumstances,
  context: MeasureContext,
): Promise<Observation<'name-service'>> {
  const { options } = circumstances;
  const { names } = context.network;
  const [files, system, known] = await Promise.all([readNameFiles(circumstances, context), names.resolvers(), circumstances.targets()]);
  const named = known.filter(({ target }) => addressFamily(target.host) === null && !isLocalhost(target.host));
  const { servers } = system;
  const { timeoutMs } = options;
  const asker: Asker | null = options.passive ? null : { names, servers, timeoutMs, signal: context.signal };
  const list = { search: system.search, ndots: system.ndots ?? 1, oneLabelOnly: system.oneLabelOnly === true };
  const { hostsSwitch, hostName, ...read } = files;
  const [lookups, cacheTrial, hostsFile] = await Promise.all([
    lookAtNames(named, list, hostsSwitch, asker, options),
    options.scope === 'all' && asker !== null && servers.length > 0 ? tryCache(asker, options.cacheName, answeredQuestion(named)) : null,
    readHostsFile(named, { hostName, ...read }, asker, options.scope, context),
  ]);
  const data: Data = { ...read, cacheTrial, lookups, hostsFile };
  return { attempt: context.signal.aborted ? skipped('interrupted') : measured(null), method: 'system', data };
}

/** What the system's own files say: a reading for each platform. */
async function readNameFiles({ options }: MachineCircumstances, context: MeasureContext): Promise<NameFiles> {
  const { platform } = context.network.local;
  if (platform === 'linux') {
    const { readNameFilesOfLinux } = await import('./measure-linux.js');
    return readNameFilesOfLinux(options.scope, context);
  }
  const { local } = context.network;
  const nothing = { resolvConf: null, resolvedMode: null, nameSwitch: null, hostsSwitch: null, hostName: null };
  if (platform === 'darwin') return { ...nothing, ...(await (await import('./platform.js')).readNamesOfDarwin(local, context.signal)) };
  if (platform === 'win32') return { ...nothing, ...(await (await import('./platform.js')).readNamesOfWindows(local, context.signal)) };
  const absent = [{ fact: 'resolv.conf, name switch and stub resolver', because: `they are not read on ${platform}` }];
  return { resolvConf: null, resolvedMode: null, nameSwitch: null, chain: [], caches: [], absent, hostsSwitch: null, hostName: null };
}

async function lookAtNames(
  named: readonly KnownTarget[],
  system: { search: readonly string[]; ndots: number; oneLabelOnly: boolean },
  nameSwitch: NameFiles['hostsSwitch'],
  asker: Asker | null,
  { scope, cacheName }: MachineCircumstances['options'],
): Promise<Lookup[]> {
  const listFor = (name: string) => (system.oneLabelOnly && name.includes('.') ? { ...system, search: [] } : system);
  if (named.length === 0) {
    if (scope === 'path') return [];
    const any = { target: null, name: cacheName };
    const plain = lookAtSearch(any, listFor(cacheName), [], nameSwitch);
    if (asker === null || plain.ahead.length === 0) return [plain];
    const answers = await Promise.all(plain.ahead.slice(0, SEARCHED_NAMES).map((name) => askOnce(asker, name, 'A')));
    return [
      lookAtSearch(
        any,
        listFor(cacheName),
        answers.filter((answer) => answer !== null),
        nameSwitch,
      ),
    ];
  }
  return Promise.all(
    named.map(async ({ target, questions = [] }) => {
      const lookup = lookAtSearch({ target: target.id, name: target.host }, listFor(target.host), questions, nameSwitch);
      if (!isTakenOver(lookup) || asker === null) return lookup;
      return { ...lookup, diverted: await isDiverted(lookup, questions, asker) };
    }),
  );
}

/** Whether the name itself exists too, with other addresses than the one that the search list made of it; `null`: not told. */
async function isDiverted(
  { name, found }: Lookup,
  questions: NonNullable<KnownTarget['questions']>,
  asker: Asker,
): Promise<boolean | null> {
  const own = await addressesByResolver(asker, name, ['A']);
  if (own === null) return null;
  const taken = questions.filter((question) => question.name.toLowerCase() === found?.toLowerCase()).flatMap(({ answers }) => answers);
  const addresses = new Set(taken.map(({ data }) => data.toLowerCase()));
  return own.addresses.length > 0 && !own.addresses.some((address) => addresses.has(address.toLowerCase()));
}

/** The first question of the targets' lookups that was answered: asked again, it shows what a cache saves. */
function answeredQuestion(named: readonly KnownTarget[]): DataOf<'dns'> | null {
  const questions = named.flatMap((known) => known.questions ?? []);
  const answered = questions.filter(({ transport, queryMs, rcode }) => transport === 'udp' && queryMs !== null && rcode === 'NOERROR');
  // A is what the resolvers themselves are tried with.
  return answered.find(({ type }) => type === 'AAAA') ?? answered[0] ?? null;
}

async function readHostsFile(
  named: readonly KnownTarget[],
  { hostName, chain, absent }: Pick<NameFiles, 'hostName' | 'chain' | 'absent'>,
  asker: Asker | null,
  scope: 'path' | 'all',
  { network }: MeasureContext,
): Promise<Data['hostsFile']> {
  const own = hostName === null ? [] : [hostName];
  const listed = await network.names.listed?.([...named.map(({ target }) => target.host), ...own]);
  if (listed === undefined) return null;
  const { path, addresses } = listed;
  const overridden = named.flatMap(({ target }) => {
    const found = addresses.get(target.host) ?? [];
    return found.length === 0 ? [] : [{ target: target.id, name: target.host, addresses: [...found] }];
  });
  const overrides = await Promise.all(
    overridden.map(async (entry) => {
      if (!isOwnName(entry, hostName, addresses)) return compareOverride(entry, asker, chain);
      const because = 'it is the name of this machine itself';
      return { ...entry, resolverAddresses: null, server: null, agreement: 'not-asked' as const, because };
    }),
  );
  if (scope === 'path') return { path, entries: null, faults: [], overrides };
  const text = await network.local.file(path, HOSTS_LIMIT_BYTES);
  if (text.kind !== 'measured') absent.push({ fact: path, because: reasonOfAbsence(text) });
  return { path, ...(text.kind === 'measured' ? countHostsEntries(text.value) : { entries: null, faults: [] }), overrides };
}

/**
 * Debian gives the machine's own name 127.0.1.1, containers their address: nobody means another machine by it. With a domain behind it, it
 * is the same machine only where the file has the same addresses for both: `www.example.net` on a machine `www` can be another's.
 */
function isOwnName(
  { name, addresses }: { name: string; addresses: readonly string[] },
  hostName: string | null,
  listed: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (hostName === null) return false;
  const [own, of] = [name.toLowerCase(), hostName.toLowerCase()];
  if (own === of) return true;
  if (own.split('.', 1)[0] !== of && own !== of.split('.', 1)[0]) return false;
  return addresses.every((address) => listed.get(hostName)?.includes(address) === true);
}

/** They never reach a resolver (RFC 6761). */
function isLocalhost(host: string): boolean {
  return /^(?:.*\.)?localhost\.?$/i.test(host);
}

export function nameServiceNotTried(attempt: Attempt<null>): Observation<'name-service'> {
  return {
    attempt,
    method: null,
    data: {
      resolvConf: null,
      resolvedMode: null,
      nameSwitch: null,
      chain: [],
      caches: [],
      cacheTrial: null,
      lookups: [],
      hostsFile: null,
      absent: [],
    },
  };
}
