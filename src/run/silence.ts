import { setMaxListeners } from 'node:events';
import type { Measurement, ProbeName } from '../model/measurement.js';
import type { IcmpMeaning } from '../wire/packets/icmp.js';

/** Why the rest was not waited for. */
export const NOTHING_ANSWERS = 'nothing at all answers there: not waited for any longer';

/** What can meet nothing but the same silence, and waits longer for it. */
const POINTLESS: ReadonlySet<ProbeName> = new Set<ProbeName>(['loss', 'mtu', 'phases', 'tls', 'http', 'websocket', 'quic']);

/**
 * What is said of packets that found no way to their host, be it by a router or by this machine, which did not learn a link address. It is said
 * a few times, and then no more, so that what is sent later meets silence.
 */
const UNDELIVERED: ReadonlySet<string> = new Set<IcmpMeaning>(['host-unreachable', 'network-unreachable', 'time-exceeded']);

/**
 * Whether a target answers at all. Where neither echo, datagrams nor connections are answered, as `latency` tries them one beside the other,
 * what needs such an answer is ended, and what was silent once is not tried again: a run that looks more closely has better things to do than
 * to wait. A refusal by rule or by the host, or an answer that came too late, is an answer here.
 */
export class Silence {
  readonly #run: AbortSignal;
  readonly #over = new AbortController();
  readonly #ended: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#run = signal;
    this.#ended = AbortSignal.any([signal, this.#over.signal]);
    // Every socket of every probe of the target listens to them.
    setMaxListeners(0, this.#over.signal, this.#ended);
  }

  /** Aborts when it is known that nothing answers. */
  get known(): AbortSignal {
    return this.#over.signal;
  }

  /** What ends a probe of the target. */
  signalOf(probe: ProbeName): AbortSignal {
    return POINTLESS.has(probe) ? this.#ended : this.#run;
  }

  /** Takes note of what a probe met. */
  heard<M extends Measurement>(made: M): M {
    if (isSilent(made)) this.#over.abort();
    return made;
  }
}

function isSilent(made: Measurement): boolean {
  if (made.probe !== 'latency') return false;
  const { received, icmpErrors, late } = made.data;
  return (
    made.attempt.kind === 'unanswered' &&
    received === 0 &&
    icmpErrors.every(({ meaning }) => UNDELIVERED.has(meaning)) &&
    (late === null || late.count === 0)
  );
}
