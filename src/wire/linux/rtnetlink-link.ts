import { type Parsed, parsed, refused } from '../parsed.js';
import { IFF_LOOPBACK, IFF_RUNNING, IFF_UP } from './abi.js';
import { parseNetlinkAttributes } from './netlink.js';
import {
  parseRtnetlinkMessage,
  RTM_NEWADDR,
  RTM_NEWLINK,
  readAddress,
  readFamily,
  readNumber16,
  readNumber32,
  readNumber64,
  readText,
  scopeName,
} from './rtnetlink.js';

/** Links and addresses as rtnetlink(7) lists them. */

export interface LinkMessage {
  index: number;
  name: string;
  up: boolean;
  /** Whether it can carry packets: a carrier is there, and nothing holds it back, as 802.1X does until somebody has logged in. */
  running: boolean;
  loopback: boolean;
  promiscuous: boolean;
  kind: string | null;
  /** What the hardware is, where the kernel names no virtual kind: then an Ethernet device can still be a radio. */
  hardwareType: number;
  mtuBytes: number | null;
  operationalState: string | null;
  masterIndex: number | null;
  /** `null` where it stands on none, or on one in another namespace. */
  parentIndex: number | null;
  vlanId: number | null;
  errors: number | null;
  dropped: number | null;
}

const IFF_PROMISC = 0x100;

const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_LINK = 5;
const IFLA_MASTER = 10;
const IFLA_OPERSTATE = 16;
const IFLA_LINKINFO = 18;
const IFLA_STATS64 = 23;
const IFLA_PROMISCUITY = 30;
const IFLA_CARRIER = 33;
const IFLA_LINK_NETNSID = 37;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const IFLA_VLAN_ID = 1;
const IFLA_TUN_TYPE = 3;
const IFF_TAP = 2;

const OPERATIONAL_STATES = ['unknown', 'notpresent', 'down', 'lowerlayerdown', 'testing', 'dormant', 'up'];

/** With a carrier, and yet not in use (RFC 2863). */
const HOLDING_STATES: ReadonlySet<string> = new Set(['lowerlayerdown', 'testing', 'dormant']);

/** Positions in `struct rtnl_link_stats64`, in numbers of 8 bytes. */
const STATISTICS = { receiveErrors: 4, sendErrors: 5, receiveDropped: 6, sendDropped: 7, receiveMissed: 15 } as const;

/** One `RTM_NEWLINK`. */
export function parseLink(bytes: Uint8Array): Parsed<LinkMessage> {
  const message = parseRtnetlinkMessage(bytes, RTM_NEWLINK, 16);
  if (!message.ok) return message;
  const { body } = message.value;
  const attributes = parseNetlinkAttributes(body.subarray(16));
  const name = readText(attributes.get(IFLA_IFNAME));
  const index = readNumber32(body, 4);
  const flags = readNumber32(body, 8) ?? 0;
  if (name === null || index === null) return refused('a link without a name');
  const information = parseNetlinkAttributes(attributes.get(IFLA_LINKINFO) ?? new Uint8Array());
  const details = parseNetlinkAttributes(information.get(IFLA_INFO_DATA) ?? new Uint8Array());
  const hardwareType = readNumber16(body, 2) ?? 0;
  const said = readText(information.get(IFLA_INFO_KIND));
  const parent = attributes.has(IFLA_LINK_NETNSID) ? null : readNumber32(attributes.get(IFLA_LINK));
  const statistics = attributes.get(IFLA_STATS64);
  const sum = (...fields: (keyof typeof STATISTICS)[]) => sumOf(fields.map((field) => readNumber64(statistics, 8 * STATISTICS[field])));
  const state = attributes.get(IFLA_OPERSTATE)?.[0];
  const vlanId = readNumber16(details.get(IFLA_VLAN_ID));
  return parsed({
    index,
    name,
    up: (flags & IFF_UP) !== 0,
    running: isRunning(flags, state, attributes.get(IFLA_CARRIER)?.[0]),
    loopback: (flags & IFF_LOOPBACK) !== 0,
    // The flag is what was asked for by hand; the count holds what bridges and packet sockets asked for too.
    promiscuous: (flags & IFF_PROMISC) !== 0 || (readNumber32(attributes.get(IFLA_PROMISCUITY)) ?? 0) > 0,
    kind: said === 'tun' ? tunKind(details.get(IFLA_TUN_TYPE)?.[0], hardwareType) : (said ?? hardwareKind(hardwareType)),
    hardwareType,
    mtuBytes: readNumber32(attributes.get(IFLA_MTU)),
    operationalState: state === undefined ? null : (OPERATIONAL_STATES[state] ?? String(state)),
    masterIndex: orNull(readNumber32(attributes.get(IFLA_MASTER))),
    // A physical link stands on itself.
    parentIndex: parent === index ? null : orNull(parent),
    vlanId: said === 'vlan' && vlanId !== null ? vlanId : null,
    errors: sum('receiveErrors', 'sendErrors'),
    dropped: sum('receiveDropped', 'receiveMissed', 'sendDropped'),
  });
}

/** The kernel notes in flag and state up to a second late that a carrier has come or gone (linkwatch); the carrier itself it tells at once. */
function isRunning(flags: number, state: number | undefined, carrier: number | undefined): boolean {
  const noted = (flags & IFF_RUNNING) !== 0;
  if (carrier === undefined) return noted;
  const heldBack = state !== undefined && HOLDING_STATES.has(OPERATIONAL_STATES[state] ?? '');
  return carrier !== 0 && (noted || !heldBack);
}

function orNull(index: number | null): number | null {
  return index === 0 ? null : index;
}

function sumOf(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>((sum, number) => (sum === null || number === null ? null : sum + number), 0);
}

const ARPHRD_ETHER = 1;

/** Kinds of hardware (linux/if_arp.h) for links of which the kernel names no kind of its own. */
const HARDWARE_KINDS: ReadonlyMap<number, string> = new Map([
  [ARPHRD_ETHER, 'ethernet'],
  [24, 'firewire'],
  [32, 'infiniband'],
  [280, 'can'],
  [512, 'ppp'],
  [519, 'cellular'],
  [768, 'ipip'],
  [769, 'ip6tnl'],
  [772, 'loopback'],
  [776, 'sit'],
  [778, 'gre'],
  [801, 'wireless'],
  [802, 'wireless'],
  [803, 'wireless'],
  [823, 'ip6gre'],
  [824, 'netlink'],
]);

/** What a link is by its type of hardware; `null`: not known by it. */
export function hardwareKind(type: number): string | null {
  return HARDWARE_KINDS.get(type) ?? null;
}

/** Kernels before 4.20 do not say whether a tun device is one with Ethernet frames. */
function tunKind(type: number | undefined, hardwareType: number): string {
  return type === IFF_TAP || (type === undefined && hardwareType === ARPHRD_ETHER) ? 'tap' : 'tun';
}

export interface AddressMessage {
  index: number;
  family: 4 | 6;
  address: string;
  prefixLength: number;
  scope: string;
  temporary: boolean;
  deprecated: boolean;
  tentative: boolean;
  duplicate: boolean;
  permanent: boolean;
  /** Seconds that are left; `null`: without end, or not told. */
  validSeconds: number | null;
  preferredSeconds: number | null;
}

const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const IFA_CACHEINFO = 6;
const IFA_FLAGS = 8;

const IFA_F_TEMPORARY = 0x01;
const IFA_F_DADFAILED = 0x08;
const IFA_F_DEPRECATED = 0x20;
const IFA_F_TENTATIVE = 0x40;
const IFA_F_PERMANENT = 0x80;
const FOREVER = 0xffffffff;

/** One `RTM_NEWADDR`. */
export function parseAddress(bytes: Uint8Array): Parsed<AddressMessage> {
  const message = parseRtnetlinkMessage(bytes, RTM_NEWADDR, 8);
  if (!message.ok) return message;
  const { body } = message.value;
  const family = readFamily(body[0]);
  const attributes = parseNetlinkAttributes(body.subarray(8));
  // On a link with one peer `IFA_ADDRESS` is the peer's, and `IFA_LOCAL` ours.
  const address = readAddress(attributes.get(IFA_LOCAL) ?? attributes.get(IFA_ADDRESS));
  const index = readNumber32(body, 4);
  if (family === null || address === null || index === null) return refused('an address of no known family');
  const flags = readNumber32(attributes.get(IFA_FLAGS)) ?? body[2] ?? 0;
  const lifetimes = attributes.get(IFA_CACHEINFO);
  const seconds = (at: number) => {
    const value = readNumber32(lifetimes, at);
    return value === FOREVER ? null : value;
  };
  return parsed({
    index,
    family,
    address,
    prefixLength: body[1] ?? 0,
    scope: scopeName(body[3] ?? 0),
    // The same bit says "a further address of its subnet" in IPv4.
    temporary: family === 6 && (flags & IFA_F_TEMPORARY) !== 0,
    deprecated: (flags & IFA_F_DEPRECATED) !== 0,
    tentative: (flags & IFA_F_TENTATIVE) !== 0,
    duplicate: (flags & IFA_F_DADFAILED) !== 0,
    permanent: (flags & IFA_F_PERMANENT) !== 0,
    validSeconds: seconds(4),
    preferredSeconds: seconds(0),
  });
}
