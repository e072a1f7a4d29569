/**
 * Readers of tools of Windows whose words are translated: only addresses and numbers are read. `route print` is for machines where PowerShell
 * is missing or blocked. What does not parse is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';

export interface WindowsTextRoute {
  family: 4 | 6;
  destination: string;
  prefixLength: number;
  /** `null` where the destination is on the link (a word of the display language stands there). */
  gateway: string | null;
  /** IPv4: an address of the interface. IPv6: its number. */
  via: string;
  metric: number;
}

/**
 * `route print`, active routes: `0.0.0.0 0.0.0.0 192.0.2.1 192.0.2.7 25` (destination, mask, gateway, own address, metric), and for IPv6
 * `12 281 ::/0 fe80::1` (number of the interface, metric, destination, gateway, which can stand on the next line). Routes that are kept for
 * the next start have no own address, and are left out.
 */
export function parseRoutePrint(text: string): WindowsTextRoute[] {
  const routes: WindowsTextRoute[] = [];
  const lines = text.split('\n').map((line) => line.trim());
  for (const [number, line] of lines.entries()) {
    if (routes.length >= 65_536) break;
    if (line === '') continue;
    const route = readIpv4(line) ?? readIpv6(line, lines[number + 1] ?? '');
    if (route !== null && ipaddr.parse(route.destination).range() !== 'multicast' && route.destination !== '255.255.255.255') {
      routes.push(route);
    }
  }
  return routes;
}

function readIpv4(line: string): WindowsTextRoute | null {
  // The words for "on the link" can be two.
  const match = /^([\d.]{7,15})\s+([\d.]{7,15})\s+(\S.{0,40}?)\s+([\d.]{7,15})\s+(\d{1,9})$/.exec(line);
  const [, destination = '', mask = '', gateway = '', via = '', metric] = match ?? [];
  if (![destination, mask, via].every((address) => ipaddr.IPv4.isValidFourPartDecimal(address))) return null;
  const prefixLength = ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask();
  if (prefixLength === null) return null;
  const hop = ipaddr.IPv4.isValidFourPartDecimal(gateway) ? gateway : null;
  return { family: 4, destination, prefixLength, gateway: hop, via, metric: Number(metric) };
}

function readIpv6(line: string, next: string): WindowsTextRoute | null {
  const match = /^(\d{1,9})\s+(\d{1,9})\s+([0-9a-f:.]{2,45})\/(\d{1,3})(?:\s+(\S.{0,60}))?$/i.exec(line);
  const [, via = '', metric, destination = '', length, beside] = match ?? [];
  if (!ipaddr.IPv6.isValid(destination) || Number(length) > 128) return null;
  const written = (beside ?? next).replace(/%.*$/, '');
  const gateway = ipaddr.IPv6.isValid(written) ? ipaddr.IPv6.parse(written).toString() : null;
  const normal = ipaddr.IPv6.parse(destination).toString();
  return { family: 6, destination: normal, prefixLength: Number(length), gateway, via, metric: Number(metric) };
}

export interface WindowsTextNeighbor {
  address: string;
  /** `null`: it is being asked for, or was in vain. */
  linkAddress: string | null;
}

/**
 * `arp -a -v` and `netsh interface ipv6 show neighbors`: `192.0.2.1  00-00-5e-00-53-01  dynamic`. Who does not answer has zeros for a link
 * address, or none.
 */
export function parseWindowsNeighborText(text: string): WindowsTextNeighbor[] {
  return text.split('\n').flatMap((line) => {
    const [written = '', link = ''] = line.trim().split(/\s+/);
    if (link === '') return [];
    const address = written.replace(/%.*$/, '');
    const isIpv6 = ipaddr.IPv6.isValid(address);
    if (!isIpv6 && !ipaddr.IPv4.isValidFourPartDecimal(address)) return [];
    // A lone address is no line of a table.
    if (ipaddr.isValid(link)) return [];
    const known = /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i.test(link) && !/^00(-00){5}$/.test(link);
    return [{ address: isIpv6 ? ipaddr.IPv6.parse(address).toString() : address, linkAddress: known ? link.toLowerCase() : null }];
  });
}
