import { hostname } from 'node:os';
import { DNS_PORT, type DnsServer, parseDnsServer } from '../wire/dns-server.js';
import { parseResolvConf } from '../wire/resolv-conf.js';
import { readTextFile } from './text-file.js';

export const RESOLV_CONF_PATH = '/etc/resolv.conf';
const RESOLV_CONF_LIMIT_BYTES = 1024 * 1024;

/** The GNU C library, musl and the BSDs ask the first three name servers of the file (MAXNS), so a fourth is of no use to any program. */
const SERVERS_IN_USE = 3;

export interface ResolverConfiguration {
  servers: DnsServer[];
  /** The file, or the interface of the system, that they come from; `null` where there is none. */
  source: string | null;
  search: string[];
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
}

/**
 * How this machine's stub resolver is configured, read anew at each call. On Windows and macOS, where resolv.conf is absent or only a copy
 * for old programs, the servers are those that c-ares finds; it tells no search list. A file without a name server gives none, although the
 * C library would then try 127.0.0.1: whoever wrote no server did not mean that one.
 */
export async function readResolverConfiguration(from: ResolverSource): Promise<ResolverConfiguration> {
  const defaults = parseResolvConf('');
  const { ndots, timeoutMs, attempts } = defaults;
  if (from.servers !== undefined) return { servers: [...from.servers], source: 'configured', search: [], ndots, timeoutMs, attempts };

  const platform = from.platform ?? process.platform;
  if (from.resolvConfPath === undefined && (platform === 'win32' || platform === 'darwin')) {
    return { servers: await serversOfSystem(), source: 'system', search: [], ndots, timeoutMs, attempts };
  }
  const path = from.resolvConfPath ?? RESOLV_CONF_PATH;
  const text = await readTextFile(path, RESOLV_CONF_LIMIT_BYTES);
  if (text === null) return { servers: [], source: null, search: [], ndots, timeoutMs, attempts };
  const file = parseResolvConf(text);
  return {
    servers: file.nameservers.slice(0, SERVERS_IN_USE).map((address) => ({ address, port: DNS_PORT })),
    source: path,
    search: file.search ?? domainOf(from.hostName ?? hostname()),
    ndots: file.ndots,
    timeoutMs: file.timeoutMs,
    attempts: file.attempts,
  };
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
