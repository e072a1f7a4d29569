import { RESET_CODES } from '../../model/failure-code.js';
import type { ClockSource } from '../../model/measurement.js';
import { isRejection } from '../../net/http/rejection.js';
import type { Clock, PacketSession } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import { PING_PAYLOAD_BYTES } from '../round-trip/plan.js';
import type { AddressesPlan } from './plan.js';

/** What came of connecting to one address. */
export interface Connected {
  /** `null` where a limit of this machine kept it from being tried, or it was interrupted. */
  answers: boolean | null;
  state: 'open' | 'closed' | 'filtered' | 'rejected' | null;
  rttMs: number | null;
  clock: ClockSource | null;
  /** errno or `silence`; `null` where the connection stood. */
  failure: string | null;
  /** Until it was settled, on the process clock where the kernel does not tell. */
  afterMs: number;
}

export type Echoed =
  | { kind: 'replied'; rttMs: number; clock: ClockSource }
  /** `error`: what ICMP said, or the errno of the refusal to send. */
  | { kind: 'silent'; error: string | null };

/** After silence it is tried anew, so that two lost SYNs (the kernel repeats each) do not make an address dead. */
const CONNECT_TRIES = 2;

/** Between the echo requests to an address that has not answered yet. */
const ECHO_INTERVAL_MS = 300;

const NOT_KNOWN: Connected = { answers: null, state: null, rttMs: null, clock: null, failure: null, afterMs: 0 };

export async function connect(address: string, port: number, plan: AddressesPlan, context: MeasureContext): Promise<Connected> {
  const { network, givenUp } = context;
  const signal = givenUp === undefined ? context.signal : AbortSignal.any([context.signal, givenUp]);
  const startMs = network.clock.nowMs();
  for (let tries = 1; tries <= CONNECT_TRIES; tries++) {
    const outcome = await network.tcp.connect({ address, port, timeoutMs: plan.timeoutMs, signal, ...plan.origin });
    const afterMs = network.clock.nowMs() - startMs;
    if (outcome.kind === 'measured') {
      const { kernel, connectMs } = outcome.value;
      // The kernel's round trip of SYN and SYN-ACK, unless one of them was lost: then the wait was longer than that.
      const exact = tries === 1 && kernel !== null && kernel.retransmissions === 0 ? kernel.rttMs : null;
      const rttMs = exact ?? (tries === 1 ? connectMs : afterMs);
      return { answers: true, state: 'open', rttMs, clock: exact === null ? 'user' : 'kernel', failure: null, afterMs: rttMs };
    }
    if (outcome.kind === 'unanswered') continue;
    if (givenUp?.aborted === true && !context.signal.aborted && outcome.kind === 'skipped') break;
    if (outcome.kind !== 'failed') return NOT_KNOWN;
    const { code } = outcome;
    if (outcome.step !== 'connect') return { ...NOT_KNOWN, failure: code };
    if (code === 'ECONNREFUSED') return { ...NOT_KNOWN, answers: true, state: 'closed', failure: code, afterMs };
    // A refused SYN is ECONNREFUSED, so this reset came to a connection that stood.
    if (RESET_CODES.has(code)) return { ...NOT_KNOWN, answers: true, state: 'open', failure: code, afterMs };
    if (isRejection(code)) return { ...NOT_KNOWN, answers: false, state: 'rejected', failure: code, afterMs };
    return { ...NOT_KNOWN, failure: code };
  }
  return { ...NOT_KNOWN, answers: false, state: 'filtered', failure: 'silence', afterMs: network.clock.nowMs() - startMs };
}

/** Sends echo requests until one is answered, for `timeoutMs` at most. Never throws. */
export async function askEcho(
  session: PacketSession,
  address: string,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Echoed> {
  const replied = new AbortController();
  const stop = AbortSignal.any([signal, replied.signal]);
  let echoed: Echoed = { kind: 'silent', error: null };
  for (let waitedMs = 0; waitedMs < timeoutMs && !stop.aborted; waitedMs += ECHO_INTERVAL_MS) {
    session.send({ address, payloadBytes: PING_PAYLOAD_BYTES, ttl: null, dontFragment: false }, (event) => {
      if (echoed.kind === 'replied') return;
      if (event.kind === 'reply') {
        echoed = { kind: 'replied', rttMs: event.rttMs, clock: event.clock };
        replied.abort();
      } else {
        echoed = { kind: 'silent', error: event.kind === 'icmp-error' ? event.meaning : event.code };
      }
    });
    await clock.sleep(Math.min(ECHO_INTERVAL_MS, timeoutMs - waitedMs), stop);
  }
  return echoed;
}
