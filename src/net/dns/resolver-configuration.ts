import { hostname } from 'node:os';
import { DNS_PORT, type DnsServer, parseDnsServer, SYSTEMD_RESOLVED, stubLabel } from '../../wire/dns/server.js';
import { parseResolvConf } from '../../wire/names/resolv-conf.js';
import type { LocalSystem } from '../local-port.js';
import { resolversOfPlatform } from '../machine/platform-resolvers.js';
import { readTextFile } from '../machine/text-file.js';

/** systemd-resolved.service(8): for programs that are to ask its servers themselves. */
const RESOLVED_CONF_PATH = '/run/systemd/resolve/resolv.conf';

export const RESOLV_CONF_PATH = '/etc/resolv.conf';
const RESOLV_CONF_LIMIT_BYTES = 1024 * 1024;

/** The GNU C library, musl and the BSDs ask the first three name servers of the file (MAXNS), so a fourth is of no use to any program. */
const SERVERS_IN_USE = 3;

export interface ResolverConfiguration {
  servers: DnsServer[];
  /** Whom systemd-resolved asks, where a server is its stub; `null`: none is, or its file is not there. */
  upstreams: string[] | null;
  /** The file, or the interface of the system, that they come from; `null` where there is none. */
  source: string | null;
  search: string[];
  /** The search list is for names without a dot alone, as on macOS and Windows; absent: `ndots` decides. */
  oneLabelOnly?: boolean;
  ndots: number;
  /** How long a server may take before the next one is asked. */
  timeoutMs: number;
  attempts: number;
}

export interface ResolverSource {
  resolvConfPath?: string;
  /** Asked in place of what the system is configured for. */
  servers?: readonly DnsServer[];
  platform?: NodeJS.Platform;
  hostName?: string;
  /** The machine whose own commands tell the search list, on macOS and Windows; absent: none is known there. */
  local?: LocalSystem;
  /** Whether commands that take a second may be started for it (Windows); absent: they may. */
  startsCommands?: boolean;
  /** Where systemd-resolved writes down whom it asks. */
  resolvedConfPath?: string;
}

/**
 * How this machine's stub resolver is configured, read anew at each call. On Windows and macOS, where resolv.conf is absent or only a copy
 * for old programs, the system's own commands tell servers and search list where `local` is given; otherwise, and where they do not tell,
 * the servers are those that c-ares finds, and there is no search list. A file without a name server gives none, although the
 * C library would then try 127.0.0.1: whoever wrote no server did not mean that one.
 */
export async function readResolverConfiguration(from: ResolverSource): Promise<ResolverConfiguration> {
  const defaults = parseResolvConf('');
  const { ndots, timeoutMs, attempts } = defaults;
  const plain = { upstreams: null, search: [], ndots, timeoutMs, attempts };
  if (from.servers !== undefined) return { ...plain, servers: [...from.servers], source: 'configured' };

  const platform = from.platform ?? process.platform;
  if (from.resolvConfPath === undefined && (platform === 'win32' || platform === 'darwin')) {
    const servers = await serversOfSystem();
    const told = from.local === undefined ? null : await resolversOfPlatform(from.local, from.startsCommands ?? true);
    if (told === null) return { ...plain, servers, source: 'system', oneLabelOnly: true };
    const own = told.servers.map(parseDnsServer).filter((server) => server !== null);
    const used = own.length > 0 ? own.slice(0, SERVERS_IN_USE) : servers;
    return { ...plain, servers: used, search: told.search, source: own.length > 0 ? told.source : 'system', oneLabelOnly: true };
  }
  const path = from.resolvConfPath ?? RESOLV_CONF_PATH;
  const text = await readTextFile(path, RESOLV_CONF_LIMIT_BYTES);
  if (text === null) return { ...plain, servers: [], source: null };
  const file = parseResolvConf(text);
  const servers = file.nameservers.slice(0, SERVERS_IN_USE).map((address) => ({ address, port: DNS_PORT }));
  return {
    servers,
    upstreams: servers.some(({ address }) => stubLabel(address) === SYSTEMD_RESOLVED) ? await upstreamsOfResolved(from) : null,
    source: path,
    search: file.search ?? domainOf(from.hostName ?? hostname()),
    ndots: file.ndots,
    timeoutMs: file.timeoutMs,
    attempts: file.attempts,
  };
}

async function upstreamsOfResolved(from: ResolverSource): Promise<string[] | null> {
  const text = await readTextFile(from.resolvedConfPath ?? RESOLVED_CONF_PATH, RESOLV_CONF_LIMIT_BYTES);
  return text === null ? null : parseResolvConf(text).nameservers;
}

async function serversOfSystem(): Promise<DnsServer[]> {
  const { Resolver } = await import('node:dns');
  return new Resolver()
    .getServers()
    .map(parseDnsServer)
    .filter((server) => server !== null)
    .slice(0, SERVERS_IN_USE);
}

/** Without `search` and `domain`, the list is what stands behind the first dot of the host's own name (resolv.conf(5)). */
function domainOf(hostName: string): string[] {
  const dot = hostName.indexOf('.');
  const domain = dot < 0 ? '' : hostName.slice(dot + 1).replace(/\.$/, '');
  return domain === '' ? [] : [domain];
}
