import type { DataOf } from '../../model/measurement.js';
import type { LinkStatistics, QueueStatistics } from '../../wire/linux/link-statistics.js';
import type { ProtocolCounters, SoftnetCounters } from '../../wire/linux/protocol-counters.js';

type Data = DataOf<'counters'>;
type Link = Data['links'][number];
type Counter = Data['protocols'][number];

/** Everything that was read at one moment, by its source. */
export interface Reading {
  /** On the process clock. */
  atMs: number;
  links: { source: string; list: readonly LinkStatistics[] } | null;
  /** At the roots; `null` where they cannot be read. */
  queues: readonly QueueStatistics[] | null;
  protocols: readonly { source: string; counters: ProtocolCounters }[];
  processors: SoftnetCounters | null;
}

export const SOFTNET = '/proc/net/softnet_stat';
export const LINKS_BY_NETLINK = 'rtnetlink';

/** More links than these are not reported: a machine with containers has hundreds. */
export const LINK_LIMIT = 64;

export interface Wanted {
  isAsked: (name: string) => boolean;
  /** Kept whatever else is left out. */
  inUse?: ReadonlySet<string>;
  radios: ReadonlySet<string> | null;
}

/** What grew from the first reading to the second. Pure. `second` is `null` where there was no time for it: then there are totals alone. */
export function growth(
  first: Reading,
  second: Reading | null,
  { isAsked, inUse, radios }: Wanted,
): Pick<Data, 'windowMs' | 'links' | 'protocols' | 'processors' | 'absent'> {
  const last = second ?? first;
  const seconds = second === null ? null : (second.atMs - first.atMs) / 1000;
  const absent: Data['absent'] = [];
  const backwards = (what: string) => {
    if (second !== null)
      absent.push({ fact: `growth of ${what}`, because: 'it stands lower than before: it was reset, or it wrapped around' });
  };
  const grown = (before: number | null | undefined, after: number | null | undefined, what: string) => {
    if (after === null || after === undefined) return null;
    if (second === null || before === null || before === undefined) return { total: after, delta: null, perSecond: null };
    if (after < before) {
      backwards(what);
      return { total: after, delta: null, perSecond: null };
    }
    return { total: after, delta: after - before, perSecond: seconds === null || seconds <= 0 ? null : (after - before) / seconds };
  };

  const asked = linksOf(first, last, second !== null, isAsked);
  const kept = keepLinks(asked, inUse ?? new Set());
  if (asked.length > kept.length) absent.push({ fact: 'links', because: `${asked.length - kept.length} more are not listed` });
  const links = kept.map(({ link, before, presence }): Link => {
    const { interface: name, counters } = link;
    const of = (key: keyof typeof counters) => grown(before?.counters[key], counters[key], `${name} ${key}`);
    return {
      interface: name,
      source: (last.links ?? first.links)?.source ?? LINKS_BY_NETLINK,
      presence,
      wireless: radios === null ? null : radios.has(name),
      received: {
        packets: of('rxPackets'),
        bytes: of('rxBytes'),
        errors: of('rxErrors'),
        dropped: of('rxDropped'),
        missed: of('rxMissed'),
        overruns: of('rxOverruns'),
        fifo: of('rxFifo'),
        crc: of('rxCrc'),
        frame: of('rxFrame'),
        length: of('rxLength'),
      },
      sent: {
        packets: of('txPackets'),
        bytes: of('txBytes'),
        errors: of('txErrors'),
        dropped: of('txDropped'),
        fifo: of('txFifo'),
        carrier: of('txCarrier'),
      },
      collisions: of('collisions'),
      queue: presence === 'vanished' ? null : queueOf(link, before, first, last, grown),
    };
  });

  const protocols = last.protocols.flatMap(({ source, counters }) => {
    const before = first.protocols.find((other) => other.source === source)?.counters;
    return [...counters].flatMap(([name, total]): Counter[] => {
      const value = grown(before?.get(name), total, name);
      return value === null ? [] : [{ name, source, ...value }];
    });
  });
  const processors = processorsOf(first.processors, last.processors, grown);
  return { windowMs: second === null ? null : second.atMs - first.atMs, links, protocols, processors, absent };
}

type Grown = (before: number | null | undefined, after: number | null | undefined, what: string) => Omit<Counter, 'name' | 'source'> | null;

interface Compared {
  link: LinkStatistics;
  before: LinkStatistics | null;
  presence: Link['presence'];
}

/** Those of the second reading, with the same link in the first one; then those that went. A name that came again is another link. */
function linksOf(first: Reading, last: Reading, compared: boolean, isAsked: (name: string) => boolean): Compared[] {
  const keyOf = ({ interface: name, index }: LinkStatistics) => `${index} ${name}`;
  const then = new Map((first.links?.list ?? []).map((link) => [keyOf(link), link]));
  const now = new Map((last.links?.list ?? []).map((link) => [keyOf(link), link]));
  const there = [...now].map(([key, link]): Compared => {
    const before = compared ? (then.get(key) ?? null) : null;
    return { link, before, presence: compared && before === null ? 'appeared' : 'throughout' };
  });
  // A reading that failed shows nothing, which is no link that went.
  const presence = last.links === null ? 'throughout' : 'vanished';
  const gone = [...then].filter(([key]) => !now.has(key)).map(([, link]): Compared => ({ link, before: null, presence }));
  return [...there, ...gone].filter(({ link }) => isAsked(link.interface));
}

/** As they are listed, those in use among them however late they come. */
function keepLinks(links: readonly Compared[], inUse: ReadonlySet<string>): Compared[] {
  if (links.length <= LINK_LIMIT) return [...links];
  const isUsed = ({ link }: Compared) => inUse.has(link.interface);
  const kept = new Set([...links.filter(isUsed), ...links.filter((link) => !isUsed(link))].slice(0, LINK_LIMIT));
  return links.filter((link) => kept.has(link));
}

function queueOf({ index, interface: name }: LinkStatistics, link: LinkStatistics | null, first: Reading, last: Reading, grown: Grown) {
  const find = ({ queues }: Reading) => (index === null ? undefined : queues?.find((queue) => queue.interfaceIndex === index));
  const now = find(last);
  if (now === undefined) return null;
  const then = link === null ? undefined : find(first);
  // Another discipline begins to count anew.
  const before = then?.kind === now.kind ? then : undefined;
  return {
    kind: now.kind,
    source: LINKS_BY_NETLINK,
    packets: grown(before?.packets, now.packets, `${name} queue packets`),
    dropped: grown(before?.dropped, now.dropped, `${name} queue drops`),
    waitingPackets: now.waitingPackets,
  };
}

function processorsOf(before: SoftnetCounters | null, now: SoftnetCounters | null, grown: Grown): Data['processors'] {
  if (now === null) return null;
  // A processor that was switched on or off in between takes its counts with it.
  const then = before?.processors === now.processors ? before : null;
  const dropped = grown(then?.dropped, now.dropped, 'packets dropped by processors');
  const squeezed = grown(then?.squeezed, now.squeezed, 'work left by processors');
  return dropped === null || squeezed === null ? null : { source: SOFTNET, processors: now.processors, dropped, squeezed };
}
