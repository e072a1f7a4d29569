import { setMaxListeners } from 'node:events';
import { skipped } from '../../model/attempt.js';
import type { Clock, DnsAnswer, DnsQuestion, DnsSession, Udp } from '../port.js';
import type { TrustStore } from '../tls/trust-store.js';
import { DnsConnections } from './connections.js';
import { notAnswered } from './observation.js';
import { queryDns } from './query.js';

/**
 * Questions of one session under way at once, over whatever transport; the others wait for their turn, without loss of their own time. Servers
 * take about a hundred on one connection, and as many datagrams in one burst.
 */
const MOST_UNDER_WAY = 64;

/** Questions that share connections: see `Names.session`. */
export function createDnsSession(clock: Clock, udp: Udp, trust: TrustStore): DnsSession {
  const connections = new DnsConnections(clock, trust);
  const closed = new AbortController();
  // Each question under way listens.
  setMaxListeners(0, closed.signal);
  /** Each is told whether it may start, or there is no point in it any more. */
  const waiting = new Set<(start: boolean) => void>();
  let underWay = 0;

  const turn = (signal: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      const begin = (start: boolean) => {
        waiting.delete(begin);
        signal.removeEventListener('abort', giveUp);
        resolve(start);
      };
      const giveUp = () => begin(false);
      if (signal.aborted) return resolve(false);
      waiting.add(begin);
      signal.addEventListener('abort', giveUp, { once: true });
    });

  const ask = async (question: DnsQuestion, signal: AbortSignal): Promise<DnsAnswer> => {
    if (underWay < MOST_UNDER_WAY) underWay++;
    else if (!(await turn(signal))) return { outcome: skipped('interrupted'), observation: notAnswered(question), message: null };
    try {
      return await queryDns(clock, udp, question, signal, connections);
    } finally {
      // The place goes to the first that waits, so that nobody who comes later takes it.
      const [next] = waiting;
      if (next === undefined) underWay--;
      else next(true);
    }
  };

  return {
    query: (question, signal) => withEither(signal, closed.signal, (either) => ask(question, either)),
    close() {
      closed.abort();
      connections.close();
    },
  };
}

/** Runs with a signal that aborts when one of the two does. No listener stays behind, as some would at `AbortSignal.any` of a long life. */
async function withEither<T>(one: AbortSignal, other: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const either = new AbortController();
  const abort = () => either.abort();
  if (one.aborted || other.aborted) abort();
  one.addEventListener('abort', abort, { once: true });
  other.addEventListener('abort', abort, { once: true });
  try {
    return await work(either.signal);
  } finally {
    one.removeEventListener('abort', abort);
    other.removeEventListener('abort', abort);
  }
}
