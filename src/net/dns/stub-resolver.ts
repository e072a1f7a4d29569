import { setMaxListeners } from 'node:events';
import { failed, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import type { DnsServer } from '../../wire/dns/server.js';
import type { Clock, DnsAnswer, DnsObservation, DnsQuestion, Udp } from '../port.js';
import { notAnswered, queryDns } from './query.js';

export interface StubQuestion {
  name: string;
  type: string;
  servers: readonly DnsServer[];
  /** How often the list of servers may be gone through. */
  rounds: number;
  /** When it must be over, on the clock. */
  deadlineMs: number;
  /** How long a server may be silent before the next one is asked as well. */
  patienceMs: number;
}

export interface StubAnswer {
  /** The answer that settles the question: NOERROR or NXDOMAIN. `null` where no server gave one. */
  settled: DnsObservation | null;
  /** Why there is none: what is the most telling of all that the servers did. */
  otherwise: NotMeasured;
  /** Each question sent, in that order. */
  queries: DnsAnswer[];
}

interface Try {
  answer: DnsAnswer;
  finished: Promise<void>;
}

/**
 * Asks the servers in order, as a stub resolver does: the next one after an error (SERVFAIL, REFUSED, an ICMP refusal) or after
 * `patienceMs` of silence. Unlike the C library it does not stop listening to the earlier ones: a slow server is slow, not dead.
 * When it returns, every socket is closed.
 */
export async function askServers(clock: Clock, udp: Udp, question: StubQuestion, signal: AbortSignal): Promise<StubAnswer> {
  const startedMs = clock.nowMs();
  const stop = new AbortController();
  // Each question and each wait listens: more than ten are no leak here.
  setMaxListeners(0, stop.signal);
  const abort = () => stop.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });

  const tries: Try[] = [];
  let settle: () => void = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const ask = (server: DnsServer, timeoutMs: number): Try => {
    const { name, type } = question;
    // The C library announces no EDNS.
    const to = { server: server.address, port: server.port, transport: 'udp' } as const;
    const whole: DnsQuestion = { ...to, name, type, timeoutMs, attempts: 1, edns: null };
    const one: Try = {
      answer: { outcome: unanswered('response', timeoutMs), observation: { ...notAnswered(whole), attempts: 1 } },
      finished: Promise.resolve(),
    };
    const askedMs = clock.nowMs();
    one.finished = queryDns(clock, udp, whole, stop.signal).then((answer) => {
      // Interrupted by us as another server was first: the question was sent all the same, and not answered by then.
      if (answer.outcome.kind !== 'skipped' || signal.aborted) one.answer = answer;
      else {
        // A datagram that was answered, but cut short, was heard: it is TCP that says nothing.
        const { observation } = answer.observation.flags === null ? one.answer : answer;
        one.answer = { observation, outcome: unanswered('response', clock.nowMs() - askedMs) };
      }
      if (settles(answer)) settle();
    });
    return one;
  };

  try {
    const plan = Array.from({ length: question.rounds }, () => question.servers).flat();
    const over = clock.sleep(Math.max(0, question.deadlineMs - startedMs), stop.signal);
    for (const server of plan) {
      const remainingMs = question.deadlineMs - clock.nowMs();
      if (stop.signal.aborted || remainingMs <= 0 || tries.some((one) => settles(one.answer))) break;
      const one = ask(server, remainingMs);
      tries.push(one);
      await Promise.race([settled, over, one.finished, clock.sleep(question.patienceMs, stop.signal)]);
    }
    await Promise.race([settled, over, Promise.all(tries.map((one) => one.finished))]);
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort();
    await Promise.all(tries.map((one) => one.finished));
  }
  const winner = tries.find((one) => settles(one.answer));
  return {
    settled: winner === undefined ? null : winner.answer.observation,
    otherwise: signal.aborted ? skipped('interrupted') : mostTelling(tries, clock.nowMs() - startedMs),
    queries: tries.map((one) => one.answer),
  };
}

function settles({ outcome, observation }: DnsAnswer): boolean {
  return outcome.kind === 'measured' && (observation.rcode === 'NOERROR' || observation.rcode === 'NXDOMAIN');
}

/** An error that a server spoke says more than silence, and silence more than a datagram that could not even leave. */
function mostTelling(tries: readonly Try[], waitedMs: number): NotMeasured {
  const spoken = tries.find(({ answer }) => answer.outcome.kind === 'measured')?.answer;
  if (spoken !== undefined) {
    const { rcode, server } = spoken.observation;
    return failed('resolve', rcode ?? 'SERVFAIL', `the name server ${server} answers ${rcode}`);
  }
  const outcomes = tries.map(({ answer }) => answer.outcome);
  const failure = outcomes.find((outcome) => outcome.kind === 'failed');
  if (failure === undefined || outcomes.some((outcome) => outcome.kind === 'unanswered')) return unanswered('resolve', waitedMs);
  return failure;
}
