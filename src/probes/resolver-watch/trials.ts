import { type Dns, isOrdinary, isWellKnown } from './questions.js';

/** One datagram to a server, and what came of it. */
export interface Trial {
  /** When it was sent, by the clock of this machine, in milliseconds since 1970. */
  atMs: number;
  name: string;
  type: string;
  /** `null`: none came. */
  rcode: string | null;
  queryMs: number | null;
  /** For how long it was listened in vain. */
  waitedMs: number | null;
}

/** Every datagram to one resolver of this machine in this run, as far as it is known when it was sent, in that order. */
export function trialsOf(server: string, all: readonly Dns[]): Trial[] {
  return all
    .filter((dns) => dns.data.server === server && !isWellKnown(dns) && isOrdinary(dns))
    .flatMap(datagramsOf)
    .sort((a, b) => a.atMs - b.atMs);
}

function datagramsOf({ startedAt, durationMs, attempt, data }: Dns): Trial[] {
  const startMs = Date.parse(startedAt);
  const { name, type, rcode, queryMs, attempts, series, transport, truncated } = data;
  const silent = (atMs: number, waitedMs: number): Trial => ({ atMs, name, type, rcode: null, queryMs: null, waitedMs });
  if (series !== undefined)
    return series
      .filter((sample) => sample.rcode !== null || sample.waitedMs !== null)
      .map((sample) => ({
        atMs: startMs + sample.sentMs,
        name,
        type,
        rcode: sample.rcode,
        queryMs: sample.queryMs,
        waitedMs: sample.waitedMs,
      }));
  // What goes over a connection is repeated by the kernel, unseen.
  if (attempts === null || (transport !== 'udp' && truncated == null && transport !== null)) return [];
  // The datagram was answered; it is TCP that was not.
  if (data.flags?.tc === true) return [];
  if (attempt.kind === 'unanswered')
    return Array.from({ length: attempts }, (_, index) =>
      silent(startMs + (index * attempt.waitedMs) / attempts, attempt.waitedMs * ((attempts - index) / attempts)),
    );
  if (attempt.kind !== 'measured' || queryMs === null) return [];
  // The answer is timed from the datagram that it came to: those before it went for nothing.
  const pauseMs = durationMs - queryMs;
  const vain = Math.max(0, attempts - 1);
  const earlier =
    vain > 0 && pauseMs > queryMs ? Array.from({ length: vain }, (_, index) => silent(startMs + (index * pauseMs) / vain, durationMs)) : [];
  return [...earlier, { atMs: startMs + durationMs - queryMs, name, type, rcode, queryMs, waitedMs: null }];
}
