import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';
import { counted } from './quantities.js';

type Data = DataOf<'counters'>;
type Counter = Data['links'][number]['collisions'];

/** Links and protocols of which something grew that is worth a line; all of them are in the JSON. */
const LISTED_LINKS = 8;

/** Counters of links and protocols, watched over the run. */
export function countersLines(data: Data): string[] {
  const { windowMs, links, protocols, processors, fullListenQueues, absent } = data;
  if (windowMs === null) return [];
  const moving = links.filter(({ received, sent }) => (received.packets?.delta ?? 0) + (sent.packets?.delta ?? 0) > 0);
  const lines = moving.slice(0, LISTED_LINKS).map(linkLine);
  const more = moving.length - LISTED_LINKS;
  const tcp = protocolLine(protocols);
  const lost = (processors?.dropped.delta ?? 0) + (processors?.squeezed.delta ?? 0);
  return [
    `over ${formatMs(windowMs)}${lines.length === 0 ? ': no packets on any link' : ''}`,
    ...lines,
    ...(more > 0 ? [`${counted(more, 'more link')}`] : []),
    ...(tcp === '' ? [] : [tcp]),
    ...(processors === null || lost === 0
      ? []
      : [`processors: ${processors.dropped.delta ?? 0} dropped, ${processors.squeezed.delta ?? 0} times out of budget`]),
    ...(fullListenQueues ?? []).map(({ address, port, waiting, limit }) => `full: ${address} port ${port}, ${waiting} wait of ${limit}`),
    ...absent.slice(0, 4).map(({ fact, because }) => `not known: ${fact} (${because})`),
  ];
}

function linkLine({ interface: name, received, sent, queue, presence }: Data['links'][number]): string {
  if (presence !== 'throughout') return `${name}: ${presence}`;
  const faults = [
    ['errors', received.errors, sent.errors],
    ['drops', received.dropped, sent.dropped],
  ] as const;
  const parts = faults.flatMap(([what, incoming, outgoing]) => {
    const sum = (incoming?.delta ?? 0) + (outgoing?.delta ?? 0);
    return sum === 0 ? [] : [`${sum} ${what}`];
  });
  const queued = queue?.dropped?.delta ?? 0;
  return [
    `${name}: ${flow('in', received.packets, received.bytes)}`,
    flow('out', sent.packets, sent.bytes),
    ...parts,
    ...(queued === 0 ? [] : [`${queued} dropped by its queue`]),
  ].join(' · ');
}

function flow(way: string, packets: Counter, bytes: Counter): string {
  const rate = bytes?.perSecond ?? null;
  return `${way} ${packets?.delta ?? '?'} packets${rate === null ? '' : `, ${bitRate(rate * 8)}`}`;
}

/** `812 bit/s`, `41 kbit/s`, `1.2 Mbit/s` */
function bitRate(bits: number): string {
  const [unit, size] = bits >= 1e9 ? ['Gbit/s', 1e9] : bits >= 1e6 ? ['Mbit/s', 1e6] : bits >= 1e3 ? ['kbit/s', 1e3] : ['bit/s', 1];
  const value = bits / size;
  return `${value.toFixed(value < 10 && size > 1 ? 1 : 0)} ${unit}`;
}

const SHOWN = [
  ['TcpOutSegs', 'segments sent'],
  ['TcpInSegs', 'received'],
  ['TcpRetransSegs', 'sent again'],
  ['TcpOutRsts', 'resets'],
] as const;

function protocolLine(protocols: Data['protocols']): string {
  const parts = SHOWN.flatMap(([name, words]) => {
    const delta = protocols.find((counter) => counter.name === name)?.delta;
    return delta === null || delta === undefined ? [] : [`${delta} ${words}`];
  });
  return parts.length === 0 ? '' : `TCP: ${parts.join(' · ')}`;
}
