import { type Parsed, parsed, refused } from '../parsed.js';
import { buildNetlinkRequest, NLM_F_DUMP, parseNetlinkAttributes, parseNetlinkMessages } from './netlink.js';

/**
 * Counters of links, from rtnetlink(7) (`struct rtnl_link_stats64` of linux/if_link.h, little-endian) and from /proc/net/dev
 * (net/core/net-procfs.c). A counter that its source does not have is `null`.
 */
export interface LinkStatistics {
  interface: string;
  /** Number of the link in this network namespace; `null` where the source does not tell. */
  index: number | null;
  counters: LinkCounters;
}

export const LINK_COUNTERS = [
  'rxPackets',
  'txPackets',
  'rxBytes',
  'txBytes',
  'rxErrors',
  'txErrors',
  'rxDropped',
  'txDropped',
  'multicast',
  'collisions',
  'rxLength',
  'rxOverruns',
  'rxCrc',
  'rxFrame',
  'rxFifo',
  'rxMissed',
  'txAborted',
  'txCarrier',
  'txFifo',
  'txHeartbeat',
  'txWindow',
] as const;

/** By name, in the order of `struct rtnl_link_stats64`; since the link exists or was last reset. */
export type LinkCounters = Record<(typeof LINK_COUNTERS)[number], number | null>;

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const IFLA_IFNAME = 3;
const IFLA_STATS64 = 23;
const LINK_HEADER_BYTES = 16;

/** Asks for every link of this network namespace. */
export function buildLinkStatisticsRequest(): Uint8Array {
  return buildNetlinkRequest(RTM_GETLINK, NLM_F_DUMP, 1, new Uint8Array(LINK_HEADER_BYTES));
}

/** One message of the answer, with its header: the counters of a link, or why there are none in it. */
export function parseLinkStatistics(message: Uint8Array): Parsed<LinkStatistics> {
  const messages = parseNetlinkMessages(message);
  if (!messages.ok) return messages;
  const [link] = messages.value;
  if (link === undefined || link.type !== RTM_NEWLINK || link.body.length < LINK_HEADER_BYTES) return refused('no message about a link');
  const attributes = parseNetlinkAttributes(link.body.subarray(LINK_HEADER_BYTES));
  const name = textOf(attributes.get(IFLA_IFNAME));
  const statistics = attributes.get(IFLA_STATS64);
  if (name === null || name === '') return refused('a link without a name');
  if (statistics === undefined || statistics.length < 8) return refused(`no counters of ${name}`);
  const index = new DataView(link.body.buffer, link.body.byteOffset, link.body.byteLength).getInt32(4, true);
  return parsed({ interface: name, index, counters: countersAt((at) => unsigned64(statistics, at * 8)) });
}

/** Queueing discipline at the root of a link: what is dropped there never reached the link, and is in none of its own counters. */
export interface QueueStatistics {
  interfaceIndex: number;
  /** `fq_codel`, `pfifo_fast`, `noqueue`. */
  kind: string;
  packets: number | null;
  dropped: number | null;
  waitingPackets: number | null;
}

const RTM_NEWQDISC = 36;
const RTM_GETQDISC = 38;
const TCA_KIND = 1;
const TCA_STATS2 = 7;
const TCA_STATS_BASIC = 1;
const TCA_STATS_QUEUE = 3;
/** `TC_H_ROOT`: the parent of what stands directly at the link. */
const AT_THE_ROOT = 0xffffffff;
const TRAFFIC_HEADER_BYTES = 20;

/** Asks for the queueing disciplines of every link. */
export function buildQueueStatisticsRequest(): Uint8Array {
  return buildNetlinkRequest(RTM_GETQDISC, NLM_F_DUMP, 1, new Uint8Array(TRAFFIC_HEADER_BYTES));
}

/** One message of the answer (`struct tcmsg`, `gnet_stats_basic`, `gnet_stats_queue`); refused where it is not of a root. */
export function parseQueueStatistics(message: Uint8Array): Parsed<QueueStatistics> {
  const messages = parseNetlinkMessages(message);
  if (!messages.ok) return messages;
  const [queue] = messages.value;
  if (queue === undefined || queue.type !== RTM_NEWQDISC || queue.body.length < TRAFFIC_HEADER_BYTES)
    return refused('no message about a queueing discipline');
  const view = new DataView(queue.body.buffer, queue.body.byteOffset, queue.body.byteLength);
  if (view.getUint32(12, true) !== AT_THE_ROOT) return refused('not at the root of its link');
  const attributes = parseNetlinkAttributes(queue.body.subarray(TRAFFIC_HEADER_BYTES));
  const statistics = parseNetlinkAttributes(attributes.get(TCA_STATS2) ?? new Uint8Array(0));
  const lengths = statistics.get(TCA_STATS_QUEUE);
  return parsed({
    interfaceIndex: view.getInt32(4, true),
    kind: textOf(attributes.get(TCA_KIND)) ?? '',
    packets: unsigned32(statistics.get(TCA_STATS_BASIC), 8),
    dropped: unsigned32(lengths, 8),
    waitingPackets: unsigned32(lengths, 0),
  });
}

/** Columns of /proc/net/dev. `drop` on receive holds the missed ones too, `frame` and `carrier` are sums, so that they stay `null` here. */
const COLUMNS = [
  'rxBytes',
  'rxPackets',
  'rxErrors',
  'rxDropped',
  'rxFifo',
  null,
  null,
  'multicast',
  'txBytes',
  'txPackets',
  'txErrors',
  'txDropped',
  'txFifo',
  'collisions',
  null,
  null,
] as const;

/** /proc/net/dev, where netlink cannot be asked. Refused where no line of it is one; a single line that is none is left out. */
export function parseProcDevCounters(text: string): Parsed<LinkStatistics[]> {
  const links: LinkStatistics[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*([^\s:|]+):\s*([\d\s]+)$/.exec(line);
    const numbers = match?.[2]?.trim().split(/\s+/).map(countOf);
    if (match?.[1] === undefined || numbers === undefined || numbers.length < COLUMNS.length) continue;
    const byName = new Map(COLUMNS.map((name, column) => [name, numbers[column] ?? null]));
    links.push({
      interface: match[1],
      index: null,
      counters: countersAt((_, name) => byName.get(name as (typeof COLUMNS)[number]) ?? null),
    });
  }
  return links.length === 0 ? refused('no line of it is about an interface') : parsed(links);
}

function countersAt(read: (index: number, name: (typeof LINK_COUNTERS)[number]) => number | null): LinkCounters {
  return Object.fromEntries(LINK_COUNTERS.map((name, index) => [name, read(index, name)])) as LinkCounters;
}

function textOf(bytes: Uint8Array | undefined): string | null {
  if (bytes === undefined) return null;
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** A number that this program can count exactly; `null` where there is none at that place, or it is beyond 2^53. */
function unsigned64(bytes: Uint8Array, at: number): number | null {
  if (at + 8 > bytes.length) return null;
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(at, true);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(value);
}

function unsigned32(bytes: Uint8Array | undefined, at: number): number | null {
  if (bytes === undefined || at + 4 > bytes.length) return null;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

function countOf(word: string): number | null {
  const value = Number(word);
  return Number.isSafeInteger(value) ? value : null;
}
