import type { Attempt } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem, Machine } from '../../net/port.js';
import { DNS_PORT, parseDnsServer, SYSTEMD_RESOLVED, stubLabel } from '../../wire/dns/server.js';
import { parseResolvConf } from '../../wire/names/resolv-conf.js';
import { parseDockerUpstreams } from '../../wire/names/resolv-conf-writer.js';
import { parseResolvectlStatus, type ResolvedStatus } from '../../wire/names/resolvectl.js';
import { dnsmasqArguments, parseDnsmasqConf, parseUnboundConf, unboundArguments } from '../../wire/names/stub-configuration.js';
import { reasonOfAbsence } from './absence.js';
import type { StubFacts } from './chain.js';

type Absences = DataOf<'name-service'>['absent'];
type Listeners = Extract<Awaited<ReturnType<Machine['listeners']>>, { kind: 'measured' }>['value'];

/** What the chain and the caches are read with. */
export interface StubReading {
  local: LocalSystem;
  signal: AbortSignal;
  /** `all`: tools are asked and processes are looked through; `path`: files alone. */
  scope: 'path' | 'all';
  absent: Absences;
}

const RESOLVED_UPLINKS = '/run/systemd/resolve/resolv.conf';
const RESOLVED_FOLDER = '/run/systemd/resolve';
const MANAGED_UPLINKS = '/run/NetworkManager/no-stub-resolv.conf';

/** Programs that answer questions on port 53, by what /proc/PID/comm has of their names (15 characters). */
const PROGRAMS: Readonly<Record<string, string>> = {
  dnsmasq: 'dnsmasq',
  unbound: 'unbound',
  named: 'BIND',
  pdns_recursor: 'PowerDNS Recursor',
  kresd: 'Knot Resolver',
  'dnscrypt-proxy': 'dnscrypt-proxy',
  stubby: 'Stubby',
  coredns: 'CoreDNS',
  'pihole-FTL': 'Pi-hole',
  AdGuardHome: 'AdGuard Home',
  cloudflared: 'cloudflared',
  smartdns: 'SmartDNS',
  connmand: 'ConnMan',
  'systemd-resolve': SYSTEMD_RESOLVED,
};
/** Of dnsmasq: those that serve the networks of virtual machines and containers alone. */
const OF_OTHER_NETWORKS = /libvirt|lxc|lxd|incus|podman|cni|virbr/;
/** More processes than any machine needs for its names; a read of one takes some hundredths of a millisecond. */
const MAXIMUM_PROCESSES = 2000;
const MAXIMUM_FILES = 24;

/** The facts about each name server of this machine that `servers` and their upstreams name. */
export async function readStubs(servers: readonly string[], listeners: Listeners | null, text: string, reading: StubReading) {
  const known = new Map<string, StubFacts>();
  const status = servers.some((server) => stubLabel(server) !== null) ? await readResolvedStatus(reading) : null;
  // What stands behind one can be another on this machine; nobody has more of them than this.
  let open = servers.filter((server) => stubLabel(server) !== null);
  for (let depth = 0; depth < 4 && open.length > 0; depth++) {
    const found = await Promise.all(
      open.map(async (server) => [server, await readStub(server, status, listeners, text, reading)] as const),
    );
    for (const [server, facts] of found) if (facts !== null) known.set(server, facts);
    open = found
      .flatMap(([, facts]) => (facts === null || facts.upstreamsElsewhere ? [] : [...(facts.upstreams ?? [])]))
      .filter((server) => stubLabel(server) !== null && !known.has(server));
  }
  return { factsOf: (server: string) => known.get(server) ?? null, status };
}

async function readStub(
  server: string,
  status: ResolvedStatus | null,
  listeners: Listeners | null,
  text: string,
  reading: StubReading,
): Promise<StubFacts | null> {
  const label = stubLabel(server);
  if (label === SYSTEMD_RESOLVED) return readResolved(status, reading);
  if (label === 'Docker') {
    const upstreams = parseDockerUpstreams(text);
    return { ...NOTHING, software: 'Docker', upstreams, upstreamsElsewhere: true, source: upstreams === null ? null : '/etc/resolv.conf' };
  }
  const program = await programAt(server, listeners, reading);
  const software = program?.software ?? 'another program';
  const readable = software === 'dnsmasq' || software === 'unbound';
  if (program?.words != null && software === 'dnsmasq') return readDnsmasq(program.words, reading);
  if (program?.words != null && software === 'unbound') return readUnbound(program.words, reading);
  const because =
    reading.scope === 'path'
      ? 'processes are not looked through for it'
      : program === null
        ? 'the owner of its socket is not shown to this user, and what runs here does not tell'
        : readable
          ? 'how it was started is not shown to this user, or several of them run'
          : `the configuration of ${software} is not read`;
  reading.absent.push({ fact: `whom ${server} asks`, because });
  return program === null ? null : { ...NOTHING, software };
}

const NOTHING: StubFacts = {
  software: null,
  upstreams: null,
  recursive: false,
  routedDomains: null,
  dnsOverTls: null,
  upstreamsElsewhere: false,
  source: null,
};

const STATUS = { file: 'resolvectl', args: ['status', '--no-pager'] } as const;

/** Only where the service runs: the question alone would start it. */
async function readResolvedStatus(reading: StubReading): Promise<ResolvedStatus | null> {
  const { local, signal, scope, absent } = reading;
  if (scope === 'path' || !(await local.exists(RESOLVED_FOLDER))) return null;
  const outcome = await local.tool({ ...STATUS, signal });
  const command = [STATUS.file, ...STATUS.args].join(' ');
  const status = outcome.kind === 'measured' ? parseResolvectlStatus(outcome.value.stdout) : null;
  if (status === null) {
    const because = outcome.kind === 'measured' ? `${command} holds nothing that can be read` : reasonOfAbsence(outcome);
    absent.push({ fact: 'what systemd-resolved asks for each link', because });
  }
  return status;
}

async function readResolved(status: ResolvedStatus | null, reading: StubReading): Promise<StubFacts> {
  const facts = { ...NOTHING, software: SYSTEMD_RESOLVED };
  const scopes = status?.scopes ?? [];
  const own = [...new Set(scopes.flatMap(({ servers }) => servers))];
  if (own.length > 0 || scopes.some(({ fallback }) => fallback.length > 0)) {
    const routed = scopes.flatMap(({ domains }) => domains).filter((domain) => domain !== '~.' && domain.startsWith('~')).length;
    const modes = [...new Set(scopes.filter(({ servers }) => servers.length > 0).flatMap(({ dnsOverTls }) => dnsOverTls ?? []))];
    return {
      ...facts,
      upstreams: own.length > 0 ? own : [...new Set(scopes.flatMap(({ fallback }) => fallback))],
      routedDomains: routed,
      dnsOverTls: modes.length === 1 ? (modes[0] ?? null) : modes.length === 0 ? null : 'differs by link',
      source: [STATUS.file, ...STATUS.args].join(' '),
    };
  }
  const text = await textOf(RESOLVED_UPLINKS, 'whom systemd-resolved asks', reading);
  if (text === null) return facts;
  return { ...facts, upstreams: parseResolvConf(text).nameservers, source: RESOLVED_UPLINKS };
}

interface Program {
  software: string;
  /** Its command line; `null` where that is not told, or several run with different ones. */
  words: string[] | null;
}

/** Which program answers at an address of this machine: by the owner of the socket, otherwise by what runs here; `null`: not told. */
async function programAt(server: string, listeners: Listeners | null, reading: StubReading): Promise<Program | null> {
  const at = parseDnsServer(server) ?? { address: server, port: DNS_PORT };
  const sockets = (listeners ?? []).filter(({ port, protocol }) => port === at.port && protocol === 'udp');
  const owner = sockets.find(({ address, process }) => process !== null && covers(address, at.address));
  if (owner?.process != null) {
    const software = PROGRAMS[owner.process] ?? owner.process;
    return { software, words: owner.pid === null ? null : await commandLine(owner.pid, reading) };
  }
  // What runs here and answers at port 53 would be taken for the one behind it.
  if (reading.scope === 'path' || at.port !== DNS_PORT) return null;
  const running = await runningPrograms(reading);
  const [first] = running;
  // One of several could be any of them.
  if (first === undefined || running.some(({ software }) => software !== first.software)) return null;
  return running.length === 1 ? first : { ...first, words: null };
}

/** Whether a socket at `address` takes what is sent to `server`. */
export function covers(address: string, server: string): boolean {
  if (address === server) return true;
  return server.includes(':') ? address === '::' : address === '0.0.0.0' || address === '::' || address === `::ffff:${server}`;
}

/** The name servers that run in this network namespace, as far as their processes are shown. */
async function runningPrograms(reading: StubReading): Promise<Program[]> {
  const { local } = reading;
  const [entries, own] = await Promise.all([local.entries('/proc'), local.link('/proc/self/ns/net')]);
  if (entries.kind !== 'measured') return [];
  const processes = entries.value.filter((name) => /^\d{1,10}$/.test(name)).slice(0, MAXIMUM_PROCESSES);
  const found = await Promise.all(
    processes.map(async (pid): Promise<Program | null> => {
      const name = await local.file(`/proc/${pid}/comm`, 64);
      const software = name.kind === 'measured' ? PROGRAMS[name.value.trim()] : undefined;
      if (software === undefined || software === SYSTEMD_RESOLVED) return null;
      const [words, namespace] = await Promise.all([commandLine(Number(pid), reading), local.link(`/proc/${pid}/ns/net`)]);
      // Those of containers are shown to the host as well. Of other users' processes it is not told.
      if (own.kind === 'measured' && namespace.kind === 'measured' && namespace.value !== own.value) return null;
      return software === 'dnsmasq' && words?.some((word) => OF_OTHER_NETWORKS.test(word)) === true ? null : { software, words };
    }),
  );
  return found.filter((program) => program !== null);
}

async function commandLine(pid: number, { local }: StubReading): Promise<string[] | null> {
  const outcome = await local.file(`/proc/${pid}/cmdline`, 4096);
  return outcome.kind === 'measured' ? outcome.value.split('\0').filter((word) => word !== '') : null;
}

async function readDnsmasq(words: readonly string[], reading: StubReading): Promise<StubFacts> {
  const given = dnsmasqArguments(words);
  const named = parseDnsmasqConf(given);
  // Folders that are named are read beside the usual file, and not in place of it.
  const start = named.namesFile ? named.includes : ['/etc/dnsmasq.conf', ...named.includes];
  const { files, hidden } = await readConfiguration(start, parseDnsmasqConf, reading);
  const read = parseDnsmasqConf([given, ...files.map(({ text }) => text)].join('\n'));
  const facts = { ...NOTHING, software: 'dnsmasq', routedDomains: read.domains };
  const byManager = words.some((word) => word.includes('org.freedesktop.NetworkManager.dnsmasq'));
  // Without all that it reads, "nobody" would be a guess.
  if (read.servers.length === 0 && !byManager && (hidden.length > 0 || read.byName || read.byBus)) {
    const because =
      hidden.length > 0
        ? `${hidden[0]} is not shown to this user`
        : read.byName
          ? 'its configuration names them without their addresses'
          : 'they are given to it over D-Bus';
    reading.absent.push({ fact: 'whom dnsmasq asks', because });
    return facts;
  }
  const lists = byManager ? [MANAGED_UPLINKS] : read.noResolv ? [] : read.resolvFiles.length > 0 ? read.resolvFiles : ['/etc/resolv.conf'];
  const listed: string[] = [];
  for (const path of lists.slice(0, 4)) {
    const text = await textOf(path, 'whom dnsmasq asks', reading);
    if (text !== null) listed.push(...parseResolvConf(text).nameservers);
    // Without its lists, "nobody" would be a guess.
    else if (read.servers.length === 0) return facts;
  }
  const source = lists[0] ?? files[0]?.path ?? 'its command line';
  return { ...facts, upstreams: [...new Set([...read.servers, ...listed])], source };
}

async function readUnbound(words: readonly string[], reading: StubReading): Promise<StubFacts> {
  const path = unboundArguments(words) ?? '/etc/unbound/unbound.conf';
  const { files, hidden } = await readConfiguration([path], parseUnboundConf, reading);
  const facts = { ...NOTHING, software: 'unbound' };
  if (files.length === 0) {
    reading.absent.push({ fact: 'whom unbound asks', because: `${path} is not there, or not shown to this user` });
    return facts;
  }
  const read = parseUnboundConf(files.map(({ text }) => text).join('\n'));
  const told = { ...facts, routedDomains: read.domains, source: path };
  const because =
    hidden.length > 0 && !read.forwardsRoot
      ? `${hidden[0]} is not shown to this user`
      : read.byName && read.servers.length === 0
        ? 'its configuration names them without their addresses'
        : null;
  if (because !== null) {
    reading.absent.push({ fact: 'whom unbound asks', because });
    return facts;
  }
  return read.forwardsRoot ? { ...told, upstreams: read.servers } : { ...told, recursive: true, upstreams: [] };
}

/** A configuration with what it includes: files, folders, and `*` as the last part of a path; `hidden` are those not shown to this user. */
export async function readConfiguration(
  start: readonly string[],
  parse: (text: string) => { includes: readonly string[] },
  { local }: Pick<StubReading, 'local'>,
): Promise<{ files: { path: string; text: string }[]; hidden: string[] }> {
  const read: { path: string; text: string }[] = [];
  const hidden: string[] = [];
  const namesIn = async (folder: string): Promise<string[]> => {
    const names = await local.entries(folder);
    if (names.kind === 'unavailable' && names.capability === 'root') hidden.push(folder);
    return names.kind === 'measured' ? names.value : [];
  };
  const waiting = [...start];
  const seen = new Set<string>();
  for (const path of waiting) {
    if (seen.has(path) || read.length === MAXIMUM_FILES || waiting.length > 4 * MAXIMUM_FILES) continue;
    seen.add(path);
    const [, folder, ending] = /^(.*)\/\*([^/*]*)$/.exec(path) ?? [];
    if (folder !== undefined) {
      const names = await namesIn(folder === '' ? '/' : folder);
      waiting.push(...names.filter((name) => name.endsWith(ending ?? '')).map((name) => `${folder}/${name}`));
      continue;
    }
    const outcome: Attempt<string> = await local.file(path);
    if (outcome.kind === 'measured') {
      read.push({ path, text: outcome.value });
      waiting.push(...parse(outcome.value).includes);
      continue;
    }
    if (outcome.kind === 'unavailable' && outcome.capability === 'root') hidden.push(path);
    else waiting.push(...(await namesIn(path)).filter((name) => !/^\.|~$|\.(?:dpkg-|bak)/.test(name)).map((name) => `${path}/${name}`));
  }
  return { files: read, hidden };
}

/** The text of a file; where it is not to be had, the fact that it holds is noted as absent. */
async function textOf(path: string, fact: string, { local, absent }: Pick<StubReading, 'local' | 'absent'>): Promise<string | null> {
  const outcome = await local.file(path);
  if (outcome.kind === 'measured') return outcome.value;
  absent.push({ fact, because: reasonOfAbsence(outcome) });
  return null;
}
