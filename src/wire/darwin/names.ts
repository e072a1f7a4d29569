/**
 * Reader of `scutil --dns` of macOS: which resolvers are asked, and for which domains. Format: dnsinfo_logging.h of Apple's configd. A line
 * that does not parse is left out; nothing here throws.
 */
import { isIpAddress } from '../dns/server.js';

export interface DarwinResolver {
  /** Of which list: for every program, only for sockets bound to one interface, or only for one service. */
  list: 'default' | 'scoped' | 'service';
  /** Only names below it go here; `null`: all names that no other resolver takes. */
  domain: string | null;
  search: string[];
  /** With their zone where they have one. */
  servers: string[];
  port: number | null;
  interface: string | null;
  /** A resolver for its domain beside the main one, as VPNs add them. */
  supplemental: boolean;
  /** Asked by multicast on the link (RFC 6762), not by unicast. */
  multicast: boolean;
  /** Whether the servers can be reached by the routes that are there; `null` where it is not told. */
  reachable: boolean | null;
  /** The smaller is asked first. */
  order: number | null;
}

const MAXIMUM_RESOLVERS = 1024;
const MAXIMUM_LIST = 256;

/** The resolvers in the order of the output. */
export function parseScutilDns(text: string): DarwinResolver[] {
  const resolvers: DarwinResolver[] = [];
  let list: DarwinResolver['list'] | null = null;
  let resolver: DarwinResolver | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('DNS configuration')) {
      list = line.includes('(for scoped queries)') ? 'scoped' : line.includes('(for service-specific queries)') ? 'service' : 'default';
      resolver = null;
    } else if (/^resolver #\d+\s*$/.test(line) && list !== null) {
      if (resolvers.length >= MAXIMUM_RESOLVERS) break;
      resolver = { ...EMPTY, list, search: [], servers: [] };
      resolvers.push(resolver);
    } else if (resolver !== null) readField(resolver, line);
  }
  return resolvers;
}

const EMPTY: Omit<DarwinResolver, 'list' | 'search' | 'servers'> = {
  domain: null,
  port: null,
  interface: null,
  supplemental: false,
  multicast: false,
  reachable: null,
  order: null,
};

function readField(resolver: DarwinResolver, line: string): void {
  const match = /^ {2}([a-z_][a-z_ ]{0,31}?)(?:\[\d{1,5}\])?\s*: ?(.*)$/.exec(line);
  const value = match?.[2]?.trim() ?? '';
  if (match === null || value === '' || value.length > 255) return;
  switch (match[1]) {
    case 'domain':
      resolver.domain = value.replace(/\.$/, '');
      return;
    case 'search domain':
      if (resolver.search.length < MAXIMUM_LIST) resolver.search.push(value.replace(/\.$/, ''));
      return;
    case 'nameserver':
      if (isIpAddress(value.replace(/%[\w.-]{1,32}$/, '')) && resolver.servers.length < MAXIMUM_LIST) resolver.servers.push(value);
      return;
    case 'port':
      if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) resolver.port = Number(value);
      return;
    case 'if_index':
      resolver.interface = /^\d{1,9} \(([\w.-]{1,32})\)$/.exec(value)?.[1] ?? null;
      return;
    case 'options':
      resolver.multicast = /\bmdns\b/.test(value);
      return;
    case 'flags':
      resolver.supplemental = /\bSupplemental\b/.test(value);
      return;
    case 'reach': {
      // `0x00020002 (Reachable,Directly Reachable Address)`: kSCNetworkReachabilityFlagsReachable is 2. Before macOS 10.15 there are words only.
      const bits = /^0x([0-9a-f]{1,8})/i.exec(value)?.[1];
      resolver.reachable = bits !== undefined ? (Number.parseInt(bits, 16) & 2) !== 0 : !value.startsWith('Not Reachable');
      return;
    }
    case 'order':
      if (/^\d{1,9}$/.test(value)) resolver.order = Number(value);
  }
}
