import ipaddr from 'ipaddr.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { AF_INET, AF_INET6 } from './abi.js';
import { buildNetlinkAttribute, buildNetlinkRequest, type NetlinkMessage, NLM_F_DUMP, parseNetlinkMessages } from './netlink.js';

/**
 * What rtnetlink(7) requests are made of, and how its attributes are read: numbers in the byte order of the machine, addresses as they are
 * on the wire. The shapes are in include/uapi/linux/{rtnetlink,if_link,if_addr,neighbour,fib_rules}.h of the kernel tree.
 */

export const RTM_NEWLINK = 16;
export const RTM_NEWADDR = 20;
export const RTM_NEWROUTE = 24;
export const RTM_NEWNEIGH = 28;
export const RTM_NEWRULE = 32;

const RTM_GETLINK = 18;
const RTM_GETADDR = 22;
const RTM_GETROUTE = 26;
const RTM_GETNEIGH = 30;
const RTM_GETRULE = 34;

const RTA_DST = 1;
const RTA_SRC = 2;
const RTA_OIF = 4;

/** Say which table decided, and not always `main`. */
const RTM_F_LOOKUP_TABLE = 0x1000;
/** Give the entry of the table that matched, in place of the decision that was made of it (since Linux 4.13). */
const RTM_F_FIB_MATCH = 0x2000;

export const LIST_LINKS = buildNetlinkRequest(RTM_GETLINK, NLM_F_DUMP, 1, new Uint8Array(16));
export const LIST_ADDRESSES = buildNetlinkRequest(RTM_GETADDR, NLM_F_DUMP, 1, new Uint8Array(8));
export const LIST_ROUTES = buildNetlinkRequest(RTM_GETROUTE, NLM_F_DUMP, 1, new Uint8Array(12));
export const LIST_RULES = buildNetlinkRequest(RTM_GETRULE, NLM_F_DUMP, 1, new Uint8Array(12));
export const LIST_NEIGHBORS = buildNetlinkRequest(RTM_GETNEIGH, NLM_F_DUMP, 1, new Uint8Array(12));

/** One link by its index. */
export function linkRequest(index: number): Uint8Array {
  const body = new Uint8Array(16);
  new DataView(body.buffer).setInt32(4, index, true);
  return buildNetlinkRequest(RTM_GETLINK, 0, 1, body);
}

/**
 * The way to an address, policy rules honoured: `decision` gives gateway, interface, source, table and MTU, `entry` the route that matched.
 * `null` where an address is none, or the two are of different families.
 */
export function routeRequest(asked: {
  address: string;
  source: string | null;
  interfaceIndex: number | null;
  answer: 'decision' | 'entry';
}): Uint8Array | null {
  const to = addressBytes(asked.address);
  const from = asked.source === null ? null : addressBytes(asked.source);
  if (to === null || (asked.source !== null && from?.length !== to.length)) return null;
  const header = new Uint8Array(12);
  header[0] = to.length === 4 ? AF_INET : AF_INET6;
  header[1] = to.length * 8;
  header[2] = from === null ? 0 : from.length * 8;
  new DataView(header.buffer).setUint32(8, asked.answer === 'entry' ? RTM_F_FIB_MATCH : RTM_F_LOOKUP_TABLE, true);
  const attributes = [
    buildNetlinkAttribute(RTA_DST, to),
    ...(from === null ? [] : [buildNetlinkAttribute(RTA_SRC, from)]),
    ...(asked.interfaceIndex === null ? [] : [buildNetlinkAttribute(RTA_OIF, number32(asked.interfaceIndex))]),
  ];
  return buildNetlinkRequest(RTM_GETROUTE, 0, 1, Buffer.concat([header, ...attributes]));
}

function number32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function addressBytes(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(ipaddr.parse(text.replace(/%.*$/, '')).toByteArray());
  } catch {
    return null;
  }
}

/** The one message in `bytes`, of the type that is wanted and with room for its fixed structure. */
export function parseRtnetlinkMessage(bytes: Uint8Array, type: number, fixedBytes: number): Parsed<NetlinkMessage> {
  const messages = parseNetlinkMessages(bytes);
  if (!messages.ok) return messages;
  const [message] = messages.value;
  if (message === undefined) return refused('there is no message');
  if (message.type !== type) return refused(`a message of type ${message.type} where ${type} was asked for`);
  if (message.body.length < fixedBytes) return refused(`a message of type ${type} with ${message.body.length} bytes`);
  return parsed(message);
}

/** A number of 4 bytes at the start of an attribute; `null` where it is not there, or shorter. */
export function readNumber32(value: Uint8Array | undefined, at = 0): number | null {
  if (value === undefined || value.length < at + 4) return null;
  return new DataView(value.buffer, value.byteOffset, value.byteLength).getUint32(at, true);
}

export function readNumber16(value: Uint8Array | undefined, at = 0): number | null {
  if (value === undefined || value.length < at + 2) return null;
  return new DataView(value.buffer, value.byteOffset, value.byteLength).getUint16(at, true);
}

/** A counter of 8 bytes; `null` where it is not there, or larger than a number holds exactly. */
export function readNumber64(value: Uint8Array | undefined, at = 0): number | null {
  if (value === undefined || value.length < at + 8) return null;
  const number = Number(new DataView(value.buffer, value.byteOffset, value.byteLength).getBigUint64(at, true));
  return Number.isSafeInteger(number) ? number : null;
}

/** Text up to its first zero. Names of interfaces may hold any byte but that, `/` and white space. */
export function readText(value: Uint8Array | undefined): string | null {
  if (value === undefined) return null;
  const end = value.indexOf(0);
  const text = Buffer.from(end === -1 ? value : value.subarray(0, end)).toString('utf8');
  return text === '' ? null : text;
}

/** An IPv4 address of 4 bytes or an IPv6 address of 16; `null` for anything else. */
export function readAddress(value: Uint8Array | undefined): string | null {
  if (value === undefined || (value.length !== 4 && value.length !== 16)) return null;
  return ipaddr.fromByteArray([...value]).toString();
}

/** The family of a message; `null` for those that are not of IP, such as multicast routing or MPLS. */
export function readFamily(number: number | undefined): 4 | 6 | null {
  return number === AF_INET ? 4 : number === AF_INET6 ? 6 : null;
}

const SCOPES: ReadonlyMap<number, string> = new Map([
  [0, 'global'],
  [200, 'site'],
  [253, 'link'],
  [254, 'host'],
  [255, 'nowhere'],
]);

/** Name of a scope of addresses and routes (`/etc/iproute2/rt_scopes`), else its number. */
export function scopeName(scope: number): string {
  return SCOPES.get(scope) ?? String(scope);
}
