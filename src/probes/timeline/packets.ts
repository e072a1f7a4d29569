import type { DataOf, Measurement } from '../../model/measurement.js';
import { type Trial, trialsOf } from '../resolver-watch/trials.js';

/** What was sent to one place by one method, in the order of time, whichever probes of the run sent it. Pure. */

export interface Packet {
  /** When it was sent: milliseconds since 1970. */
  atMs: number;
  /** `null`: no answer came; `Number.NaN`: one came, and it is not told how soon. */
  rttMs: number | null;
  /** When the answer was there at the latest; absent: {@link rttMs} after it was sent. */
  doneMs?: number;
  /** It counts as not answered, since this machine kept it, with all others, until the way was there. */
  held?: true;
}

export interface Track {
  /** `id` of the target; `null` for a gateway or a resolver. */
  target: string | null;
  address: string;
  /** `tcp` is what connects say of the service, `dns` what a resolver of this machine was asked. */
  method: 'icmp' | 'tcp' | 'dns';
  packets: Packet[];
  /** Ids of the measurements that the packets are of. */
  measurements: string[];
}

/** The way was gone, as this machine's kernel saw it; a firewall's refusal or a full queue says nothing of that. */
const WAY_GONE: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'ENODEV', 'ENXIO', 'EADDRNOTAVAIL']);

/** Linux says so of a queue that is full, and of an interface whose carrier is gone: that one takes nothing at all. */
const NO_ROOM = 'ENOBUFS';
const UNBROKEN_MS = 150;

/** A question without an answer for so long was lost. */
const TELLING_SILENCE_MS = 400;
/** A SYN is sent again after 1 s: what took longer may have lost one. */
const SYN_RETRANSMISSION_MS = 900;

/** All tracks of a run: gateways and targets by echo and by TCP, resolvers by questions. Datagrams tell nothing here, since hosts limit their answers. */
export function tracksOf(measurements: readonly Measurement[]): Track[] {
  const tracks = new Map<string, Track>();
  const add = (key: Omit<Track, 'packets' | 'measurements'>, id: string, packets: readonly Packet[]) => {
    if (packets.length === 0) return;
    const name = `${key.target} ${key.address} ${key.method}`;
    const track = tracks.get(name) ?? { ...key, packets: [], measurements: [] };
    track.packets.push(...packets);
    if (!track.measurements.includes(id)) track.measurements.push(id);
    tracks.set(name, track);
  };
  for (const made of measurements) {
    const startedMs = Date.parse(made.startedAt);
    if (Number.isNaN(startedMs)) continue;
    const { target } = made;
    switch (made.probe) {
      case 'latency':
      case 'loss': {
        const { address } = made.data;
        if (address === null || (made.method !== 'icmp' && made.method !== 'tcp')) break;
        add({ target, address, method: made.method }, made.id, seriesPackets(startedMs, made.data));
        break;
      }
      case 'phases':
      case 'tls':
      case 'ports': {
        const { address } = made.data;
        if (address === null || target === null) break;
        const packet = connectPacket(startedMs, made);
        if (packet !== null) add({ target, address, method: 'tcp' }, made.id, [packet]);
        break;
      }
      default:
    }
  }
  const questions = measurements.filter((made) => made.probe === 'dns');
  for (const address of new Set(questions.flatMap(({ data }) => data.server ?? []))) {
    const packets = trialsOf(address, questions).flatMap(trialPacket);
    for (const { id } of questions.filter(({ data }) => data.server === address))
      add({ target: null, address, method: 'dns' }, id, packets.splice(0));
  }
  for (const { packets } of tracks.values()) packets.sort((a, b) => a.atMs - b.atMs);
  return [...tracks.values()];
}

function seriesPackets(startedMs: number, { samples, notSent }: Pick<DataOf<'loss'>, 'samples' | 'notSent'>): Packet[] {
  const held = heldTogether(samples ?? []);
  const sent = (samples ?? []).flatMap(({ seq, rttMs, lateMs, sentMs }): Packet[] => {
    if (sentMs === undefined) return [];
    const atMs = startedMs + sentMs;
    return [held.has(seq) ? { atMs, rttMs: null, held: true } : { atMs, rttMs: rttMs ?? lateMs ?? null }];
  });
  const gone = notSent.filter(({ code }) => WAY_GONE.has(code)).flatMap(({ atMs }) => atMs ?? []);
  const leftMs = sent.map(({ atMs }) => atMs - startedMs);
  const noRoom = notSent.filter(({ code }) => code === NO_ROOM).flatMap(({ atMs }) => atMs ?? []);
  return [...sent, ...[...gone, ...unbroken(noRoom, leftMs)].map((ms) => ({ atMs: startedMs + ms, rttMs: null }))];
}

/** A neighbour that answers at once takes a few milliseconds. */
const LONG_HELD_MS = 150;
/** Packets that leave within so long leave at once. */
const AT_ONCE_MS = 30;
const FEWEST_HELD = 4;

/**
 * Packets, by number, that were sent one by one and left together: the link address of the next hop was not known until then. The kernel
 * times an echo from when it leaves, so that nothing else shows it. Those in a queue leave one by one.
 */
function heldTogether(samples: readonly NonNullable<DataOf<'loss'>['samples']>[number][]): Set<number> {
  const groups: { leftMs: number; longestMs: number; seqs: number[] }[] = [];
  for (const { seq, sentMs, heldMs } of samples) {
    if (sentMs === undefined || heldMs === undefined) continue;
    const leftMs = sentMs + heldMs;
    const last = groups[groups.length - 1];
    if (last !== undefined && Math.abs(leftMs - last.leftMs) <= AT_ONCE_MS) {
      last.seqs.push(seq);
      last.longestMs = Math.max(last.longestMs, heldMs);
    } else groups.push({ leftMs, longestMs: heldMs, seqs: [seq] });
  }
  return new Set(
    groups.filter(({ longestMs, seqs }) => longestMs >= LONG_HELD_MS && seqs.length >= FEWEST_HELD).flatMap(({ seqs }) => seqs),
  );
}

/** Those times that follow each other for long with nothing in between that left. A queue that is full takes a packet now and then. */
function unbroken(times: readonly number[], leftMs: readonly number[]): number[] {
  const kept: number[] = [];
  let row: number[] = [];
  const close = () => {
    const [first, last] = [row[0] ?? 0, row[row.length - 1] ?? 0];
    if (last - first >= UNBROKEN_MS) kept.push(...row);
    row = [];
  };
  for (const time of [...times].sort((a, b) => a - b)) {
    const before = row[row.length - 1];
    if (before !== undefined && leftMs.some((left) => left > before && left < time)) close();
    row.push(time);
  }
  close();
  return kept;
}

/** An answer is one, whatever it says; silence that nobody listened to for long is none. */
function trialPacket({ atMs, rcode, queryMs, waitedMs }: Trial): Packet[] {
  if (rcode !== null) return [{ atMs, rttMs: queryMs ?? Number.NaN }];
  return (waitedMs ?? 0) >= TELLING_SILENCE_MS ? [{ atMs, rttMs: null }] : [];
}

/** What the one connection of a probe says of the host; `null` where it says nothing. One that opened at a second try lost its first packet. */
function connectPacket(startedMs: number, made: Extract<Measurement, { probe: 'phases' | 'tls' | 'ports' }>): Packet | null {
  const lost = { atMs: startedMs, rttMs: null };
  if (made.probe === 'ports') {
    const [port] = made.data.ports;
    if (port === undefined || made.data.ports.length > 1 || port.protocol !== 'tcp') return null;
    if (port.state === 'filtered') return port.reason === 'silence' ? lost : null;
    if (port.state !== 'open' || port.latencyMs === null) return null;
    return (port.retransmissions ?? 0) > 0 ? lost : { atMs: startedMs, rttMs: port.latencyMs };
  }
  const { attempt, durationMs } = made;
  if (attempt.kind === 'unanswered' && attempt.step === 'connect') return lost;
  if (attempt.kind !== 'measured') return null;
  if (durationMs >= SYN_RETRANSMISSION_MS) return null;
  return { atMs: startedMs, rttMs: (made.probe === 'phases' ? made.data.tcpMs : null) ?? Number.NaN, doneMs: startedMs + durationMs };
}
