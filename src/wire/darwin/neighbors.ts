/**
 * Readers of `arp -an` and `ndp -an` of macOS: whose link address is known. Formats: arp.c and ndp.c of Apple's network_cmds. A line that
 * does not parse is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';

export interface DarwinNeighbor {
  /** Without its zone. */
  address: string;
  interface: string | null;
  /** `null`: not learned. */
  linkAddress: string | null;
  /** Letter of ndp(8): `N` none, `I` incomplete, `R` reachable, `S` stale, `D` delay, `P` probe; `null` for IPv4, where arp(8) shows none. */
  state: string | null;
  permanent: boolean;
}

const MAXIMUM_NEIGHBORS = 16_384;

/** `? (192.0.2.1) at 2:0:5e:10:0:1 on en0 ifscope [ethernet]`, `? (192.0.2.9) at (incomplete) on en0 ifscope [ethernet]`. */
export function parseDarwinArp(text: string): DarwinNeighbor[] {
  const neighbors: DarwinNeighbor[] = [];
  for (const line of text.split('\n')) {
    const match = /^\S+ \((\d+\.\d+\.\d+\.\d+)\) at (\S+)(?: on ([\w.-]{1,32}))?(.*)$/.exec(line);
    if (match?.[1] === undefined || !ipaddr.IPv4.isValidFourPartDecimal(match[1])) continue;
    if (match[2] !== '(incomplete)' && !isLinkAddress(match[2])) continue;
    if (neighbors.length >= MAXIMUM_NEIGHBORS) break;
    neighbors.push({
      address: match[1],
      interface: match[3] ?? null,
      linkAddress: match[2] === '(incomplete)' ? null : (match[2] ?? null),
      state: null,
      permanent: /(^| )permanent( |$)/.test(match[4] ?? ''),
    });
  }
  return neighbors;
}

/** `fe80::1%en0  2:0:5e:10:0:1  en0  23h59m58s S R`, `2001:db8::9  (incomplete)  en0  permanent R`. */
export function parseDarwinNdp(text: string): DarwinNeighbor[] {
  const neighbors: DarwinNeighbor[] = [];
  for (const line of text.split('\n')) {
    const [written = '', link = '', name, expires, state] = line.trim().split(/\s+/);
    if (name === undefined) continue;
    const address = written.replace(/%.*$/, '');
    if (!ipaddr.IPv6.isValid(address) || !/^[\w.-]{1,32}$/.test(name)) continue;
    if (link !== '(incomplete)' && !isLinkAddress(link)) continue;
    if (neighbors.length >= MAXIMUM_NEIGHBORS) break;
    neighbors.push({
      address: ipaddr.IPv6.parse(address).toString(),
      interface: name,
      linkAddress: link === '(incomplete)' ? null : link,
      state: state !== undefined && /^[NIRSDP]$/.test(state) ? state : null,
      permanent: expires === 'permanent',
    });
  }
  return neighbors;
}

/** Both tools leave out leading zeros. */
function isLinkAddress(text: string | undefined): boolean {
  return text !== undefined && /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){1,19}$/i.test(text);
}
