import type { Measurement } from '../../model/measurement.js';
import type { Track } from './packets.js';

/** What became of each connection to the port of a target, whichever probes of the run made it. Pure. */

export interface Attempted {
  /** When it was begun: milliseconds since 1970. */
  atMs: number;
  /** `resent`: it opened, and only a second segment (SYN) was answered, or none was as long as it was waited for. */
  outcome: 'open' | 'refused' | 'resent';
  /** Id of the measurement. */
  measurement: string;
}

/** A SYN is sent again after 1 s (RFC 6298 section 2.1): what took about as much longer than the way takes has lost one. */
const RESENT_MS = 900;

/**
 * The connections of a target in the order of time.
 *
 * @param address the one that they must have gone to
 * @param usualMs what the round trip takes, as its echo shows it
 */
export function connectionsOf(target: string, address: string, usualMs: number, measurements: readonly Measurement[]): Attempted[] {
  const own = measurements.filter((made) => made.target === target && 'address' in made.data && made.data.address === address);
  return own.flatMap((made) => attemptsOf(made, usualMs).map((one) => ({ ...one, measurement: made.id }))).sort((a, b) => a.atMs - b.atMs);
}

function attemptsOf(made: Measurement, usualMs: number): Omit<Attempted, 'measurement'>[] {
  const startedMs = Date.parse(made.startedAt);
  if (Number.isNaN(startedMs)) return [];
  switch (made.probe) {
    case 'latency': {
      if (made.method !== 'tcp') return [];
      const knocks = made.data.samples.flatMap(({ rttMs, sentMs }): Omit<Attempted, 'measurement'>[] =>
        sentMs === undefined ? [] : [{ atMs: startedMs + sentMs, outcome: rttMs === null ? 'resent' : 'open' }],
      );
      const refused = (made.data.refusedMs ?? []).map((ms) => ({ atMs: startedMs + ms, outcome: 'refused' as const }));
      return [...knocks, ...refused];
    }
    case 'ports': {
      const [port] = made.data.ports;
      if (port === undefined || made.data.ports.length > 1 || port.protocol !== 'tcp' || !port.required) return [];
      if (port.state === 'closed') return [{ atMs: startedMs, outcome: 'refused' }];
      if (port.state !== 'open') return [];
      return [{ atMs: startedMs, outcome: (port.retransmissions ?? 0) > 0 ? 'resent' : 'open' }];
    }
    case 'phases': {
      const { attempt, data } = made;
      if (attempt.kind === 'failed' && attempt.step === 'connect' && attempt.code === 'ECONNREFUSED')
        return [{ atMs: startedMs, outcome: 'refused' }];
      return data.runs.flatMap(({ tcpMs }): Omit<Attempted, 'measurement'>[] =>
        tcpMs === null ? [] : [{ atMs: startedMs, outcome: tcpMs >= usualMs + RESENT_MS ? 'resent' : 'open' }],
      );
    }
    default:
      return [];
  }
}

/** Stretches in which every connection was refused, two or more of them: the service was away. The end is `null` where it was not back. */
export function refusedStretches(attempts: readonly Attempted[]): { fromMs: number; toMs: number | null }[] {
  const found: { fromMs: number; toMs: number | null; count: number }[] = [];
  let open: { fromMs: number; toMs: number | null; count: number } | null = null;
  for (const { atMs, outcome } of attempts) {
    if (outcome === 'refused') {
      open ??= { fromMs: atMs, toMs: null, count: 0 };
      open.count++;
    } else if (open !== null) {
      found.push({ ...open, toMs: atMs });
      open = null;
    }
  }
  if (open !== null) found.push(open);
  return found.filter(({ count }) => count > 1).map(({ fromMs, toMs }) => ({ fromMs, toMs }));
}

/** An echo that was answered every time, often enough to mean something: its track, else `null`. */
export function cleanEcho(tracks: readonly Track[], address: string): Track | null {
  const echo = tracks.find((track) => track.method === 'icmp' && track.address === address);
  if (echo === undefined || echo.packets.length < FEWEST_ECHOES) return null;
  return echo.packets.every(({ rttMs }) => rttMs !== null) ? echo : null;
}

/** By so many echoes a loss of some per cent would have shown. */
const FEWEST_ECHOES = 60;
