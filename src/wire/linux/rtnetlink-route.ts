import { type Parsed, parsed, refused } from '../parsed.js';
import { parseNetlinkAttributeList, parseNetlinkAttributes } from './netlink.js';
import { parseRtnetlinkMessage, RTM_NEWROUTE, readAddress, readFamily, readNumber16, readNumber32, scopeName } from './rtnetlink.js';

/** Routes as rtnetlink(7) gives them: those of the tables, and the kernel's decision for one address. */

export interface RouteMessage {
  family: 4 | 6;
  destination: string;
  prefixLength: number;
  type: string;
  table: number;
  protocol: string;
  scope: string;
  metric: number | null;
  preferredSource: string | null;
  mtuBytes: number | null;
  preference: 'low' | 'medium' | 'high' | null;
  nextHops: { gateway: string | null; interfaceIndex: number | null; weight: number | null; linkDown: boolean }[];
  /** An exception that the kernel has learned, or the answer to a question: no entry of a table. */
  cloned: boolean;
}

const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PRIORITY = 6;
const RTA_PREFSRC = 7;
const RTA_METRICS = 8;
const RTA_MULTIPATH = 9;
const RTA_TABLE = 15;
const RTA_VIA = 18;
const RTA_PREF = 20;
const RTAX_MTU = 2;

const RTM_F_CLONED = 0x200;
const RTNH_F_DEAD = 0x01;
const RTNH_F_LINKDOWN = 0x10;
const NEXT_HOP_BYTES = 8;
/** Bound against junk: the kernel allows fewer. */
const MAXIMUM_NEXT_HOPS = 512;

const TYPES = [
  'unspecified',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
];

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [0, 'unspecified'],
  [1, 'redirect'],
  [2, 'kernel'],
  [3, 'boot'],
  [4, 'static'],
  [8, 'gated'],
  [9, 'ra'],
  [10, 'mrt'],
  [11, 'zebra'],
  [12, 'bird'],
  [13, 'dnrouted'],
  [14, 'xorp'],
  [15, 'ntk'],
  [16, 'dhcp'],
  [18, 'keepalived'],
  [42, 'babel'],
  [186, 'bgp'],
  [187, 'isis'],
  [188, 'ospf'],
  [189, 'rip'],
  [192, 'eigrp'],
]);

/** `RTA_PREF`, whose numbers are those of RFC 4191. */
const PREFERENCES: ReadonlyMap<number, 'low' | 'medium' | 'high'> = new Map([
  [0, 'medium'],
  [1, 'high'],
  [3, 'low'],
]);

/** One `RTM_NEWROUTE`. */
export function parseRoute(bytes: Uint8Array): Parsed<RouteMessage> {
  const message = parseRtnetlinkMessage(bytes, RTM_NEWROUTE, 12);
  if (!message.ok) return message;
  const { body } = message.value;
  const family = readFamily(body[0]);
  if (family === null) return refused('a route of no known family');
  const attributes = parseNetlinkAttributes(body.subarray(12));
  const destination = attributes.has(RTA_DST) ? readAddress(attributes.get(RTA_DST)) : family === 4 ? '0.0.0.0' : '::';
  const prefixLength = body[1] ?? 0;
  if (destination === null || prefixLength > (family === 4 ? 32 : 128)) return refused('a route to no address');
  const flags = readNumber32(body, 8) ?? 0;
  const type = TYPES[body[7] ?? 0] ?? String(body[7]);
  return parsed({
    family,
    destination,
    prefixLength,
    type,
    table: readNumber32(attributes.get(RTA_TABLE)) ?? body[4] ?? 0,
    protocol: PROTOCOLS.get(body[5] ?? 0) ?? String(body[5]),
    scope: scopeName(body[6] ?? 0),
    // IPv4 leaves it out where it is 0.
    metric: readNumber32(attributes.get(RTA_PRIORITY)) ?? (family === 4 ? 0 : null),
    preferredSource: readAddress(attributes.get(RTA_PREFSRC)),
    mtuBytes: readNumber32(parseNetlinkAttributes(attributes.get(RTA_METRICS) ?? new Uint8Array()).get(RTAX_MTU)),
    preference: PREFERENCES.get(attributes.get(RTA_PREF)?.[0] ?? -1) ?? null,
    nextHops: nextHops(attributes, flags),
    cloned: (flags & RTM_F_CLONED) !== 0,
  });
}

function nextHops(attributes: ReadonlyMap<number, Uint8Array>, flags: number): RouteMessage['nextHops'] {
  const several = attributes.get(RTA_MULTIPATH);
  if (several === undefined) {
    const interfaceIndex = readNumber32(attributes.get(RTA_OIF));
    const gateway = gatewayOf(attributes);
    return interfaceIndex === null && gateway === null ? [] : [{ gateway, interfaceIndex, weight: null, linkDown: isDown(flags) }];
  }
  const hops: RouteMessage['nextHops'] = [];
  for (let at = 0; at + NEXT_HOP_BYTES <= several.length && hops.length < MAXIMUM_NEXT_HOPS; ) {
    const length = readNumber16(several, at) ?? 0;
    if (length < NEXT_HOP_BYTES || at + length > several.length) break;
    const own = new Map(
      parseNetlinkAttributeList(several.subarray(at + NEXT_HOP_BYTES, at + length)).map(({ type, value }) => [type, value]),
    );
    hops.push({
      gateway: gatewayOf(own),
      interfaceIndex: readNumber32(several, at + 4),
      weight: (several[at + 3] ?? 0) + 1,
      linkDown: isDown(several[at + 2] ?? 0),
    });
    at += (length + 3) & ~3;
  }
  return hops;
}

function isDown(flags: number): boolean {
  return (flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) !== 0;
}

/** `RTA_VIA` is a gateway of the other family (RFC 5549): its own family, of two bytes, goes before the address. */
function gatewayOf(attributes: ReadonlyMap<number, Uint8Array>): string | null {
  return readAddress(attributes.get(RTA_GATEWAY)) ?? readAddress(attributes.get(RTA_VIA)?.subarray(2));
}
