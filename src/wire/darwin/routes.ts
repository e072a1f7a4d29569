/**
 * Readers of `netstat -rn` and `route -n get` of macOS. Formats: route.c of netstat and of route in Apple's network_cmds. A line that does
 * not parse is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';

export interface DarwinRoute {
  family: 4 | 6;
  /** Whole, without zone: the `10` of netstat is `10.0.0.0` here. */
  destination: string;
  prefixLength: number;
  /** Address of the next router; `null` where the destination is on the link. */
  gateway: string | null;
  interface: string;
  /** Letters of netstat(1): `U` up, `G` gateway, `R` reject, `B` blackhole, `I` only for sockets bound to the interface, … */
  flags: string;
  rejects: boolean;
  blackhole: boolean;
  /** Only sockets that are bound to the interface use it (`RTF_IFSCOPE`). */
  scoped: boolean;
}

const MAXIMUM_ROUTES = 65_536;
/** Lines of what `route get` says. */
const LONGEST_ANSWER = 64;

/** Both families, each below its heading. Cloned host entries (neighbours) are left out: they are no routes that anybody made. */
export function parseNetstatRoutes(text: string): DarwinRoute[] {
  const routes: DarwinRoute[] = [];
  let family: 4 | 6 | null = null;
  let interfaceColumn = 3;
  for (const line of text.split('\n')) {
    if (/^Internet6?:\s*$/.test(line)) family = line.startsWith('Internet6') ? 6 : 4;
    const words = line.trim().split(/\s+/);
    if (words[0] === 'Destination') {
      // Up to macOS 10.14 `Refs` and `Use` stand before it.
      const at = words.indexOf('Netif');
      if (at > 0) interfaceColumn = at;
      continue;
    }
    if (family === null || routes.length >= MAXIMUM_ROUTES) continue;
    const route = readRoute(words, family, interfaceColumn);
    if (route !== null) routes.push(route);
  }
  return routes;
}

function readRoute(words: readonly string[], family: 4 | 6, interfaceColumn: number): DarwinRoute | null {
  const [to = '', via = '', flags = ''] = words;
  const name = words[interfaceColumn];
  if (name === undefined || !/^[\w.-]{1,32}$/.test(name) || !/^[A-Za-z0-9]{1,32}$/.test(flags)) return null;
  const rejects = flags.includes('R');
  const blackhole = flags.includes('B');
  if (!flags.includes('U') && !rejects && !blackhole) return null;
  if (flags.includes('W') || flags.includes('L')) return null;
  const prefix = family === 4 ? ipv4Prefix(to, flags.includes('H')) : ipv6Prefix(to);
  if (prefix === null) return null;
  return {
    family,
    ...prefix,
    gateway: flags.includes('G') ? addressOf(via, family) : null,
    interface: name,
    flags,
    rejects,
    blackhole,
    scoped: flags.includes('I'),
  };
}

/** netstat leaves out zeros at the end, and the length where it is that of the address's old class. */
function ipv4Prefix(text: string, host: boolean): { destination: string; prefixLength: number } | null {
  if (text === 'default') return { destination: '0.0.0.0', prefixLength: 0 };
  const match = /^(\d{1,3}(?:\.\d{1,3}){0,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (match === null) return null;
  const numbers = (match[1] ?? '').split('.').map(Number);
  const given = numbers.length;
  if (numbers.some((number) => number > 255)) return null;
  while (numbers.length < 4) numbers.push(0);
  const first = numbers[0] ?? 0;
  const ofClass = first < 128 ? 8 : first < 192 ? 16 : 24;
  const prefixLength = match[2] !== undefined ? Number(match[2]) : host || given === 4 ? 32 : Math.max(ofClass, given * 8);
  return prefixLength > 32 ? null : { destination: numbers.join('.'), prefixLength };
}

function ipv6Prefix(text: string): { destination: string; prefixLength: number } | null {
  if (text === 'default') return { destination: '::', prefixLength: 0 };
  const match = /^([0-9a-f:.]+)(?:%[\w.-]*)?(?:\/(\d{1,3}))?$/i.exec(text);
  const prefixLength = match?.[2] === undefined ? 128 : Number(match[2]);
  if (match?.[1] === undefined || !ipaddr.IPv6.isValid(match[1]) || prefixLength > 128) return null;
  return { destination: ipaddr.IPv6.parse(match[1]).toString(), prefixLength };
}

/** `null` for `link#4`, a link-layer address, and the empty address that stands in the scoped default routes of tunnels. */
function addressOf(text: string, family: 4 | 6): string | null {
  const address = text.replace(/%.*$/, '');
  if (family === 4) return ipaddr.IPv4.isValidFourPartDecimal(address) ? address : null;
  if (!ipaddr.IPv6.isValid(address)) return null;
  const normal = ipaddr.IPv6.parse(address).toString();
  return normal === 'fe80::' || normal === '::' ? null : normal;
}

export interface DarwinWay {
  /** `null` where the destination is on the link. */
  gateway: string | null;
  interface: string | null;
  /** The prefix that matched; `null` where it is not shown. */
  prefix: string | null;
  /** MTU that the route sets, or that was learned for it; `null`: that of the interface. */
  mtuBytes: number | null;
  /** `UP`, `GATEWAY`, `REJECT`, `BLACKHOLE`, … */
  flags: string[];
}

/** `route -n get ADDRESS`; `null` where it shows no route (it says so on stderr). */
export function parseRouteGet(text: string): DarwinWay | null {
  const lines = text.split('\n', LONGEST_ANSWER).map((line) => line.trim());
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const flags = /^<([A-Z0-9_,]*)>$/.exec(field('flags') ?? '')?.[1];
  if (flags === undefined) return null;
  const written = field('gateway');
  const name = field('interface');
  return {
    gateway: written === undefined ? null : addressOf(written, written.includes(':') ? 6 : 4),
    interface: name !== undefined && /^[\w.-]{1,32}$/.test(name) ? name : null,
    prefix: prefixOf(field('route to'), field('destination'), field('mask')),
    mtuBytes: mtuOf(lines),
    flags: flags === '' ? [] : flags.split(','),
  };
}

/** `default` or `::` with the mask `default`, a network with its mask, or a host without one. */
function prefixOf(to: string | undefined, destination: string | undefined, mask: string | undefined): string | null {
  if (destination === undefined) return null;
  if (destination === 'default') return to?.includes(':') === true ? '::/0' : '0.0.0.0/0';
  const address = destination.replace(/%.*$/, '');
  if (!ipaddr.isValid(address)) return null;
  const normal = ipaddr.parse(address);
  if (mask === 'default') return `${normal.toString()}/0`;
  if (mask === undefined) return `${normal.toString()}/${normal.kind() === 'ipv4' ? 32 : 128}`;
  if (!ipaddr.isValid(mask)) return null;
  const length = ipaddr.parse(mask).prefixLengthFromSubnetMask();
  return length === null ? null : `${normal.toString()}/${length}`;
}

/** Seventh of the eight numbers below their headings; 0 is "as the interface". Each may have an `L` behind it. */
function mtuOf(lines: readonly string[]): number | null {
  const at = lines.findIndex((line) => line.startsWith('recvpipe '));
  const number = at < 0 ? undefined : lines[at + 1]?.split(/\s+/)[6]?.replace(/L$/, '');
  return number !== undefined && /^[1-9]\d{0,5}$/.test(number) ? Number(number) : null;
}
