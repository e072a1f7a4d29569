import { linkAddressText, redundancyProtocol } from '../packets/link-address.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { parseNetlinkAttributes } from './netlink.js';
import {
  parseRtnetlinkMessage,
  RTM_NEWNEIGH,
  RTM_NEWRULE,
  readAddress,
  readFamily,
  readNumber16,
  readNumber32,
  readText,
} from './rtnetlink.js';

/** Policy rules and neighbours as rtnetlink(7) lists them. */

export interface RuleMessage {
  family: 4 | 6;
  priority: number;
  action: string;
  table: number | null;
  inverted: boolean;
  from: string | null;
  to: string | null;
  mark: string | null;
  incoming: string | null;
  outgoing: string | null;
  users: string | null;
  further: string[];
  suppressPrefixLength: number | null;
}

const FRA_DST = 1;
const FRA_SRC = 2;
const FRA_IIFNAME = 3;
const FRA_PRIORITY = 6;
const FRA_FWMARK = 10;
const FRA_TUN_ID = 12;
const FRA_SUPPRESS_PREFIXLEN = 14;
const FRA_TABLE = 15;
const FRA_FWMASK = 16;
const FRA_OIFNAME = 17;
const FRA_L3MDEV = 19;
const FRA_UID_RANGE = 20;
const FRA_IP_PROTO = 22;
const FRA_SPORT_RANGE = 23;
const FRA_DPORT_RANGE = 24;

const FIB_RULE_INVERT = 0x2;
const WHOLE = 0xffffffff;
const ACTION_TABLE = 1;
const ACTIONS: ReadonlyMap<number, string> = new Map([
  [ACTION_TABLE, 'table'],
  [2, 'goto'],
  [3, 'nop'],
  [6, 'blackhole'],
  [7, 'unreachable'],
  [8, 'prohibit'],
]);

/** One `RTM_NEWRULE`. */
export function parseRule(bytes: Uint8Array): Parsed<RuleMessage> {
  const message = parseRtnetlinkMessage(bytes, RTM_NEWRULE, 12);
  if (!message.ok) return message;
  const { body } = message.value;
  const family = readFamily(body[0]);
  if (family === null) return refused('a rule of no known family');
  const attributes = parseNetlinkAttributes(body.subarray(12));
  const prefix = (address: string | null, length: number) => (address === null ? null : `${address}/${length}`);
  const mark = readNumber32(attributes.get(FRA_FWMARK));
  const mask = readNumber32(attributes.get(FRA_FWMASK));
  const suppressed = readNumber32(attributes.get(FRA_SUPPRESS_PREFIXLEN));
  const action = body[7] ?? 0;
  const virtual = attributes.get(FRA_L3MDEV)?.[0] === 1;
  return parsed({
    family,
    priority: readNumber32(attributes.get(FRA_PRIORITY)) ?? 0,
    action: ACTIONS.get(action) ?? String(action),
    // A rule for VRFs takes the table of the interface.
    table: action === ACTION_TABLE && !virtual ? (readNumber32(attributes.get(FRA_TABLE)) ?? body[4] ?? null) : null,
    inverted: ((readNumber32(body, 8) ?? 0) & FIB_RULE_INVERT) !== 0,
    from: prefix(readAddress(attributes.get(FRA_SRC)), body[2] ?? 0),
    to: prefix(readAddress(attributes.get(FRA_DST)), body[1] ?? 0),
    mark: mark === null && mask === null ? null : markText(mark ?? 0, mask ?? WHOLE),
    incoming: readText(attributes.get(FRA_IIFNAME)),
    outgoing: readText(attributes.get(FRA_OIFNAME)),
    users: range(attributes.get(FRA_UID_RANGE), readNumber32, 4),
    further: [
      ...((body[3] ?? 0) === 0 ? [] : [`tos 0x${body[3]?.toString(16)}`]),
      ...named('protocol', protocolName(attributes.get(FRA_IP_PROTO)?.[0])),
      ...named('source port', range(attributes.get(FRA_SPORT_RANGE), readNumber16, 2)),
      ...named('port', range(attributes.get(FRA_DPORT_RANGE), readNumber16, 2)),
      ...(attributes.has(FRA_TUN_ID) ? ['tunnel'] : []),
      ...(virtual ? ['VRF'] : []),
    ],
    suppressPrefixLength: suppressed === null || suppressed === WHOLE ? null : suppressed,
  });
}

/** The protocols that rules are made for, as `ip rule` names them. */
const IP_PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'ipv6-icmp'],
]);

function protocolName(number: number | undefined): string | null {
  return number === undefined ? null : (IP_PROTOCOLS.get(number) ?? String(number));
}

/** As `ip rule` writes it. */
export function markText(mark: number, mask: number): string {
  return mask === WHOLE ? `0x${mark.toString(16)}` : `0x${mark.toString(16)}/0x${mask.toString(16)}`;
}

function range(
  value: Uint8Array | undefined,
  read: (value: Uint8Array | undefined, at: number) => number | null,
  bytes: number,
): string | null {
  const [first, last] = [read(value, 0), read(value, bytes)];
  if (first === null || last === null) return null;
  return first === last ? String(first) : `${first}-${last}`;
}

function named(name: string, value: string | number | null | undefined): string[] {
  return value === null || value === undefined ? [] : [`${name} ${value}`];
}

export type LinkAddressKind = 'maker' | 'local' | 'virtual-router' | 'group' | 'none';

export interface NeighborMessage {
  family: 4 | 6;
  index: number;
  address: string;
  state: string;
  linkAddressKind: LinkAddressKind | null;
}

const NDA_DST = 1;
const NDA_LLADDR = 2;

const STATES: ReadonlyMap<number, string> = new Map([
  [0x00, 'none'],
  [0x01, 'incomplete'],
  [0x02, 'reachable'],
  [0x04, 'stale'],
  [0x08, 'delay'],
  [0x10, 'probe'],
  [0x20, 'failed'],
  [0x40, 'noarp'],
  [0x80, 'permanent'],
]);

/** One `RTM_NEWNEIGH`. */
export function parseNeighbor(bytes: Uint8Array): Parsed<NeighborMessage> {
  const message = parseRtnetlinkMessage(bytes, RTM_NEWNEIGH, 12);
  if (!message.ok) return message;
  const { body } = message.value;
  const family = readFamily(body[0]);
  const attributes = parseNetlinkAttributes(body.subarray(12));
  const address = readAddress(attributes.get(NDA_DST));
  const index = readNumber32(body, 4);
  if (family === null || address === null || index === null) return refused('a neighbour of no known family');
  const state = readNumber16(body, 8) ?? 0;
  const linkAddress = attributes.get(NDA_LLADDR);
  return parsed({
    family,
    index,
    address,
    state: STATES.get(state) ?? String(state),
    linkAddressKind: linkAddress === undefined ? null : linkAddressKind(linkAddress),
  });
}

/** What a link address (MAC) of six bytes tells by itself (IEEE 802); `null`: it is of another kind. */
export function linkAddressKind(bytes: Uint8Array): LinkAddressKind | null {
  if (bytes.length !== 6) return bytes.length === 0 ? 'none' : null;
  if (bytes.every((byte) => byte === 0)) return 'none';
  if (redundancyProtocol(linkAddressText(bytes) ?? '') !== null) return 'virtual-router';
  const [first = 0] = bytes;
  return (first & 1) !== 0 ? 'group' : (first & 2) !== 0 ? 'local' : 'maker';
}
