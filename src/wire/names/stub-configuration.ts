import { DNS_PORT, formatDnsServer, isIpAddress } from '../dns/server.js';

/** What the configuration of a forwarding name server says, put together over its files. */
export interface StubConfiguration {
  /** Addresses to which everything is forwarded, with the port where it is another than 53. */
  servers: string[];
  /** It also forwards everything to servers that it names, and does not give the address of. */
  byName: boolean;
  /** How many domains go to servers of their own. */
  domains: number;
  /** Whether it keeps answers; `null` where nothing is said, so that its default holds. */
  caches: boolean | null;
}

export interface DnsmasqConfiguration extends StubConfiguration {
  /** Files from which it takes its servers (`resolv-file`), in place of /etc/resolv.conf. */
  resolvFiles: string[];
  /** `no-resolv`: it takes them from no file. */
  noResolv: boolean;
  /** Further files and folders that it reads. */
  includes: string[];
  /** `conf-file`: on the command line, it stands in place of the usual file. */
  namesFile: boolean;
  /** `enable-dbus`: servers can be given to it while it runs. */
  byBus: boolean;
  /** 0: it answers no questions, and hands out addresses only. */
  port: number | null;
}

export interface UnboundConfiguration extends StubConfiguration {
  /** Whether it says anything about the root: otherwise it asks from the root down itself. */
  forwardsRoot: boolean;
  includes: string[];
}

const MAXIMUM_LINES = 20_000;
const MAXIMUM_SERVERS = 16;
const MAXIMUM_INCLUDES = 16;
const LONGEST_LINE = 2000;

/** Reads a configuration of dnsmasq(8), or its options one a line: `server=192.0.2.1`, `resolv-file=…`, `cache-size=0`. */
export function parseDnsmasqConf(text: string): DnsmasqConfiguration {
  const read: DnsmasqConfiguration = {
    ...{ servers: [], byName: false, domains: 0, caches: null, resolvFiles: [], noResolv: false },
    ...{ includes: [], namesFile: false, byBus: false, port: null },
  };
  for (const line of linesOf(text)) {
    const [, key = '', value = ''] = /^\s*(?:--)?([a-z-]{2,40})\s*(?:=\s*(.*))?$/.exec(line.replace(/(?:^|\s)#.*$/, '').trimEnd()) ?? [];
    if (key === 'server' || key === 'local') readDnsmasqServer(read, value);
    else if (key === 'resolv-file') addPath(read.resolvFiles, value);
    else if (key === 'no-resolv') read.noResolv = true;
    else if (key === 'cache-size' && /^\d{1,9}$/.test(value)) read.caches = Number(value) > 0;
    else if (key === 'port' && /^\d{1,5}$/.test(value)) read.port = Number(value);
    else if (key === 'enable-dbus') read.byBus = true;
    else if (key === 'conf-file' || key === 'conf-dir' || key === 'servers-file') {
      if (key === 'conf-file') read.namesFile = true;
      addPath(read.includes, value.split(',', 1)[0] ?? '');
    }
  }
  return read;
}

/** `192.0.2.1`, `192.0.2.1#5353@eth0`, `/example.net/192.0.2.1`: the last is for that domain alone. */
function readDnsmasqServer(read: DnsmasqConfiguration, value: string): void {
  if (value.startsWith('/')) {
    // `//` is for names without a dot, `/#/` for all.
    if (!value.startsWith('/#/')) {
      read.domains++;
      return;
    }
  }
  const server = (value.startsWith('/#/') ? value.slice(3) : value).replace(/@.*$/, '');
  if (/^[A-Za-z]/.test(server) && !isIpAddress(server.replace(/#.*$/, ''))) read.byName = true;
  else addServer(read.servers, server, '#');
}

/** Reads a configuration of unbound.conf(5), as far as it says whom to ask. */
export function parseUnboundConf(text: string): UnboundConfiguration {
  const read: UnboundConfiguration = { servers: [], byName: false, domains: 0, caches: null, forwardsRoot: false, includes: [] };
  let clause = '';
  let zone: { name: string | null; servers: string[]; byName: boolean } | null = null;
  const endZone = () => {
    if (zone === null) return;
    if (zone.name === '.') {
      read.forwardsRoot = true;
      read.byName ||= zone.byName;
      for (const server of zone.servers) addServer(read.servers, server, '@');
    } else if (zone.name !== null) read.domains++;
    zone = null;
  };
  for (const line of linesOf(text)) {
    const [, key = '', raw = ''] = /^\s*([a-z0-9-]{2,60}):\s*(.*)$/.exec(line.replace(/(?:^|\s)#.*$/, '')) ?? [];
    const value = raw.trim().replace(/^"([^"]*)"$/, '$1');
    if (key === 'include' || key === 'include-toplevel') addPath(read.includes, value);
    else if (key !== '' && value === '') {
      endZone();
      clause = key;
      if (clause === 'forward-zone' || clause === 'stub-zone') zone = { name: null, servers: [], byName: false };
    } else if (zone !== null && key === 'name') (zone as { name: string | null }).name = value;
    else if (zone !== null && (key === 'forward-addr' || key === 'stub-addr')) {
      (zone as { servers: string[] }).servers.push(value.replace(/#.*$/, '').trim());
    } else if (zone !== null && (key === 'forward-host' || key === 'stub-host')) (zone as { byName: boolean }).byName = true;
  }
  endZone();
  return read;
}

/** Whether nscd(8) keeps answers about hosts, by `enable-cache hosts`; `null` where nscd.conf does not say. */
export function parseNscdConf(text: string): boolean | null {
  let caches: boolean | null = null;
  for (const line of linesOf(text)) {
    const [, word] = /^\s*enable-cache\s+hosts\s+(yes|no)\b/i.exec(line) ?? [];
    if (word !== undefined) caches = word.toLowerCase() === 'yes';
  }
  return caches;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/, MAXIMUM_LINES).filter((line) => line.length <= LONGEST_LINE);
}

/** @param mark what stands between address and port: two servers of this machine differ by the port alone */
function addServer(servers: string[], text: string, mark: '#' | '@'): void {
  const [address = '', portText = ''] = text.split(mark, 2);
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : DNS_PORT;
  if (!isIpAddress(address) || port < 1 || port > 65_535) return;
  const server = formatDnsServer({ address, port });
  if (servers.length < MAXIMUM_SERVERS && !servers.includes(server)) servers.push(server);
}

/** Absolute paths alone: others are of a folder that only the service knows. */
function addPath(paths: string[], text: string): void {
  const path = text.trim().replace(/^"([^"]*)"$/, '$1');
  if (path.startsWith('/') && path.length <= 500 && paths.length < MAXIMUM_INCLUDES) paths.push(path);
}

/** Short options of dnsmasq(8) that concern whom it asks, as the lines of its configuration that they stand for. */
const DNSMASQ_OPTIONS: Readonly<Record<string, string>> = {
  '-r': 'resolv-file',
  '-S': 'server',
  '-C': 'conf-file',
  '-7': 'conf-dir',
  '-c': 'cache-size',
  '-p': 'port',
};
const MAXIMUM_WORDS = 200;

/** The command line of dnsmasq as lines of its configuration. */
export function dnsmasqArguments(words: readonly string[]): string {
  const lines: string[] = [];
  const given = words.slice(1, MAXIMUM_WORDS);
  for (const [index, word] of given.entries()) {
    const option = DNSMASQ_OPTIONS[word.slice(0, 2)];
    if (word.startsWith('--')) lines.push(word.slice(2));
    else if (word === '-R') lines.push('no-resolv');
    else if (option !== undefined) lines.push(`${option}=${word.length > 2 ? word.slice(2).replace(/^=/, '') : (given[index + 1] ?? '')}`);
  }
  return lines.map((line) => line.replace(/[\r\n]/g, ' ')).join('\n');
}

/** The configuration that unbound(8) was started with; `null`: its usual one. */
export function unboundArguments(words: readonly string[]): string | null {
  const given = words.slice(1, MAXIMUM_WORDS);
  const at = given.findIndex((word) => word === '-c' || /^-c\//.test(word));
  const path = at < 0 ? undefined : given[at] === '-c' ? given[at + 1] : given[at]?.slice(2);
  return path?.startsWith('/') === true ? path : null;
}
