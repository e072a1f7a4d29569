import { reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/port.js';
import {
  type ConfiguredTimeServer,
  parseChronyConf,
  parseLeaseTimeServers,
  parseNtpConf,
  parseOpenntpdConf,
  parseTimesyncdConf,
} from '../../wire/linux/time-servers.js';
import { NTP_PORT } from '../../wire/packets/ntp.js';

type ClockData = DataOf<'clock'>;
type Found = Pick<ClockData, 'configured' | 'referenceClocks'>;

/** No configuration of a time service has more parts. */
const MOST_FILES = 40;
/** How deep one file may lead to the next. */
const DEEPEST = 3;
/** Names that are listed; no service follows more. */
const MOST_SERVERS = 64;

const CHRONY = ['/etc/chrony/chrony.conf', '/etc/chrony.conf'] as const;
const NTP = ['/etc/ntpsec/ntp.conf', '/etc/ntp.conf'] as const;
const OPENNTPD = ['/etc/openntpd/ntpd.conf', '/etc/ntpd.conf'] as const;
/** From the lowest to the highest rank (systemd.unit(5)): settings of the same name in later files count. */
const TIMESYNCD = '/etc/systemd/timesyncd.conf';
const TIMESYNCD_FOLDERS = ['/usr/lib/systemd', '/usr/local/lib/systemd', '/run/systemd', '/etc/systemd'].map(
  (folder) => `${folder}/timesyncd.conf.d`,
);
const TIMESYNCD_PROGRAMS = ['/usr/lib/systemd/systemd-timesyncd', '/lib/systemd/systemd-timesyncd'] as const;
/** What DHCP gave, by client; most of it is root's alone. */
const LEASE_FOLDERS: readonly { folder: string; name: RegExp }[] = [
  { folder: '/run/systemd/netif/leases', name: /^\d+$/ },
  { folder: '/var/lib/NetworkManager', name: /\.leases?$/ },
  { folder: '/var/lib/dhcp', name: /^dhclient.*\.leases?$/ },
  { folder: '/var/lib/dhclient', name: /^dhclient.*\.leases?$/ },
];

/**
 * What distributions compile into systemd-timesyncd, where no file shows it: by `ID` of os-release(5). Any other has what systemd itself
 * comes with.
 */
const COMPILED_FALLBACKS: Readonly<Record<string, readonly string[]>> = {
  debian: poolOf('debian'),
  ubuntu: ['ntp.ubuntu.com'],
  arch: poolOf('arch'),
  fedora: poolOf('fedora'),
  opensuse: poolOf('opensuse'),
};
const SYSTEMD_FALLBACKS = [1, 2, 3, 4].map((number) => `time${number}.google.com`);

function poolOf(zone: string): string[] {
  return [0, 1, 2, 3].map((number) => `${number}.${zone}.pool.ntp.org`);
}

/** Every time server that a configuration or a lease of this machine names, whether its service runs or not. */
export async function readConfiguredServers(local: LocalSystem, absent: ClockData['absent']): Promise<Found> {
  const [chrony, timesyncd, ntp, openntpd, leases] = await Promise.all([
    readChrony(local, absent),
    readTimesyncd(local, absent),
    readNtp(local, absent),
    readOpenntpd(local, absent),
    readLeases(local, absent),
  ]);
  const parts = [chrony, timesyncd, ntp, openntpd, leases];
  return {
    configured: parts.flatMap(({ configured }) => configured).slice(0, MOST_SERVERS),
    referenceClocks: parts.flatMap(({ referenceClocks }) => referenceClocks).slice(0, MOST_SERVERS),
  };
}

/** Text of a file, or `null`; that it is there and not shown is said. */
async function textOf(local: LocalSystem, path: string, absent: ClockData['absent']): Promise<string | null> {
  const read = await local.file(path);
  if (read.kind === 'measured') return read.value;
  if (read.kind !== 'unavailable' || read.capability !== 'file') absent.push({ fact: `time servers in ${path}`, because: reasonOf(read) });
  return null;
}

/** The first of these files that can be read. */
async function firstOf(
  local: LocalSystem,
  paths: readonly string[],
  absent: ClockData['absent'],
): Promise<{ path: string; text: string } | null> {
  for (const path of paths) {
    const text = await textOf(local, path, absent);
    if (text !== null) return { path, text };
  }
  return null;
}

async function filesIn(local: LocalSystem, folder: string, name: RegExp): Promise<string[]> {
  const entries = await local.entries(folder);
  return entries.kind === 'measured' ? entries.value.filter((entry) => name.test(entry)).map((entry) => `${folder}/${entry}`) : [];
}

async function readChrony(local: LocalSystem, absent: ClockData['absent']): Promise<Found> {
  const found: Found = { configured: [], referenceClocks: [] };
  const seen = new Set<string>();
  const read = async (path: string, depth: number): Promise<boolean> => {
    if (seen.has(path) || seen.size >= MOST_FILES || depth > DEEPEST) return false;
    seen.add(path);
    const text = await textOf(local, path, absent);
    if (text === null) return false;
    const { servers, referenceClocks, includes, configurationFolders, sourceFolders } = parseChronyConf(text);
    found.configured.push(...servers.map((server) => ({ ...server, service: 'chrony', source: path })));
    found.referenceClocks.push(...referenceClocks.map((name) => ({ name, service: 'chrony', source: path })));
    const further = [
      ...(await Promise.all(includes.map((include) => included(local, include)))),
      ...(await Promise.all(configurationFolders.map((folder) => filesIn(local, folder, /\.conf$/)))),
      ...(await Promise.all(sourceFolders.map((folder) => filesIn(local, folder, /\.sources$/)))),
    ].flat();
    for (const next of further) await read(next, depth + 1);
    return true;
  };
  for (const path of CHRONY) if (await read(path, 0)) break;
  return found;
}

/** `include` takes wildcards: those in the last part of the path. */
async function included(local: LocalSystem, path: string): Promise<string[]> {
  if (!/[*?[]/.test(path)) return [path];
  const [, folder, last] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
  if (folder === undefined || last === undefined || /[*?[]/.test(folder)) return [];
  const pattern = last
    .replace(/[.+^${}()|\\[\]]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return filesIn(local, folder, new RegExp(`^${pattern}$`));
}

async function readTimesyncd(local: LocalSystem, absent: ClockData['absent']): Promise<Found> {
  const folders = await Promise.all(TIMESYNCD_FOLDERS.map((folder) => filesIn(local, folder, /\.conf$/)));
  // Of two files of one name that of the higher folder counts; then the names give the order.
  const byName = new Map(folders.flat().map((path) => [path.slice(path.lastIndexOf('/') + 1), path]));
  const dropIns = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  const lists = { servers: new Map<string, string>(), fallbacks: new Map<string, string>() };
  let compiled: { hosts: readonly string[]; source: string } | null = null;
  for (const path of [TIMESYNCD, '/usr/lib/systemd/timesyncd.conf', ...dropIns].slice(0, MOST_FILES)) {
    const text = await textOf(local, path, absent);
    if (text === null) continue;
    const { servers, fallbacks, compiledFallbacks } = parseTimesyncdConf(text);
    for (const host of servers) if (!lists.servers.has(host)) lists.servers.set(host, path);
    for (const host of fallbacks) if (!lists.fallbacks.has(host)) lists.fallbacks.set(host, path);
    if (compiledFallbacks.length > 0) compiled ??= { hosts: compiledFallbacks, source: path };
  }
  if (lists.fallbacks.size === 0) {
    compiled ??= await compiledFallbacks(local);
    for (const host of compiled?.hosts ?? []) lists.fallbacks.set(host, compiled?.source ?? TIMESYNCD);
  }
  const entry =
    (kind: 'server' | 'fallback') =>
    ([host, source]: [string, string]) => ({
      ...{ host, port: NTP_PORT, kind, source },
      service: 'systemd-timesyncd',
    });
  return { configured: [...[...lists.servers].map(entry('server')), ...[...lists.fallbacks].map(entry('fallback'))], referenceClocks: [] };
}

async function compiledFallbacks(local: LocalSystem): Promise<{ hosts: readonly string[]; source: string } | null> {
  const programs = await Promise.all(TIMESYNCD_PROGRAMS.map((path) => local.exists(path)));
  const source = TIMESYNCD_PROGRAMS[programs.indexOf(true)];
  if (source === undefined) return null;
  const release = await local.file('/etc/os-release', 16 * 1024);
  const words = release.kind === 'measured' ? release.value.matchAll(/^(?:ID|ID_LIKE)=["']?([^"'\n]*)["']?$/gm) : [];
  const ids = [...words].flatMap(([, value = '']) => value.split(/[\s-]+/));
  const known = ids.flatMap((id) => COMPILED_FALLBACKS[id] ?? []);
  return { hosts: known.length > 0 ? known.slice(0, 4) : SYSTEMD_FALLBACKS, source };
}

async function readNtp(local: LocalSystem, absent: ClockData['absent']): Promise<Found> {
  const file = await firstOf(local, NTP, absent);
  if (file === null) return { configured: [], referenceClocks: [] };
  const { servers, referenceClocks } = parseNtpConf(file.text);
  return {
    configured: servers.map((server) => ({ ...server, service: 'ntp', source: file.path })),
    referenceClocks: referenceClocks.map((name) => ({ name, service: 'ntp', source: file.path })),
  };
}

async function readOpenntpd(local: LocalSystem, absent: ClockData['absent']): Promise<Found> {
  const file = await firstOf(local, OPENNTPD, absent);
  const servers: readonly ConfiguredTimeServer[] = file === null ? [] : parseOpenntpdConf(file.text);
  return {
    configured: servers.map((server) => ({ ...server, service: 'openntpd', source: file?.path ?? '' })),
    referenceClocks: [],
  };
}

async function readLeases(local: LocalSystem, absent: ClockData['absent']): Promise<Found> {
  const paths = (await Promise.all(LEASE_FOLDERS.map(({ folder, name }) => filesIn(local, folder, name)))).flat().slice(0, MOST_FILES);
  const texts = await Promise.all(paths.map((path) => textOf(local, path, absent)));
  const configured = paths.flatMap((source, index) =>
    parseLeaseTimeServers(texts[index] ?? '').map((host) => ({
      ...{ host, port: NTP_PORT, source },
      kind: 'dhcp' as const,
      service: 'network',
    })),
  );
  return { configured, referenceClocks: [] };
}
