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

/** What grew from the first reading to the second. Pure. `second` is `null` where there was no time for it: then there are totals alone. */
export function growth(
  first: Reading,
  second: Reading | null,
  { isAsked, radios }: { isAsked: (name: string) => boolean; radios: ReadonlySet<string> | null },
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

  const links = linksOf(first, last, second !== null, isAsked).map(({ link, before, presence }): Link => {
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
  if (links.length > LINK_LIMIT) {
    absent.push({ fact: 'links', because: `${links.length - LINK_LIMIT} more are not listed` });
    links.length = LINK_LIMIT;
  }

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

/** Those of the second reading, with the same link in the first one; then those that went. A name that came again is another link. */
function linksOf(first: Reading, last: Reading, compared: boolean, isAsked: (name: string) => boolean) {
  const isSame = (a: LinkStatistics, b: LinkStatistics) => a.interface === b.interface && a.index === b.index;
  const [then, now] = [first.links?.list ?? [], last.links?.list ?? []];
  const there = now.map((link) => {
    const before = compared ? (then.find((other) => isSame(other, link)) ?? null) : null;
    return { link, before, presence: compared && before === null ? ('appeared' as const) : ('throughout' as const) };
  });
  // A reading that failed shows nothing, which is no link that went.
  const gone = last.links === null ? then.map((link) => ({ link, presence: 'throughout' as const })) : goneOf(then, now, isSame);
  return [...there, ...gone.map((entry) => ({ ...entry, before: null }))].filter(({ link }) => isAsked(link.interface));
}

function goneOf(
  then: readonly LinkStatistics[],
  now: readonly LinkStatistics[],
  isSame: (a: LinkStatistics, b: LinkStatistics) => boolean,
) {
  return then.filter((link) => !now.some((other) => isSame(other, link))).map((link) => ({ link, presence: 'vanished' as const }));
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
