import { setMaxListeners } from 'node:events';
import { type Attempt, measured } from '../../model/attempt.js';
import { RESET_CODES } from '../../model/failure-code.js';
import { isRejection, rejectionMeaning } from '../http/rejection.js';
import { descriptorRoom } from '../packets/descriptor-room.js';
import { localAddress } from '../packets/local-address.js';
import type { Clock, Origin, Scanner, ScanOutcome, ScanSession, Tcp, TcpConnected, Udp } from '../port.js';
import { firstBytes } from './first-bytes.js';

/** More sockets of Node at once make each other late. */
const MAXIMUM_UNDER_WAY = 512;

/** Scans by sockets of node:net, which cannot tell who rejected, nor a reset from "port unreachable". */
export function createNodeScanner(tcp: Tcp, udp: Udp, clock: Clock): Scanner {
  return {
    open(address, origin): Attempt<ScanSession> {
      const source = localAddress(origin, address.includes(':') ? 6 : 4);
      return source.kind === 'measured' ? measured(nodeSession(tcp, udp, clock, address, origin)) : source;
    },
  };
}

function nodeSession(tcp: Tcp, udp: Udp, clock: Clock, address: string, origin: Origin): ScanSession {
  const closing = new AbortController();
  // One for each socket under way: Node takes more than ten for a leak, and says so on standard error.
  setMaxListeners(0, closing.signal);
  return {
    method: 'node',
    capacity: Math.min(MAXIMUM_UNDER_WAY, descriptorRoom()),
    connect(port, timeoutMs, done) {
      const startedMs = clock.nowMs();
      void tcp.connect({ address, port, timeoutMs, signal: closing.signal, ...origin }).then(
        (outcome) => {
          if (!closing.signal.aborted) done(scanOutcome(outcome, clock.nowMs() - startedMs));
        },
        () => done({ kind: 'not-sent', code: 'EUNKNOWN' }),
      );
    },
    ask(port, payload, timeoutMs, done) {
      const startedMs = clock.nowMs();
      const options = { address, port, payload, timeoutMs, signal: closing.signal, accept: () => true, ...origin };
      void udp.exchange(options).then((outcome) => {
        if (!closing.signal.aborted) done(answerOutcome(outcome, clock.nowMs() - startedMs));
      });
    },
    firstBytes: (port, payload, timeoutMs) => firstBytes(clock, { address, port, timeoutMs, signal: closing.signal, ...origin }, payload),
    close: () => closing.abort(),
  };
}

/** What one connect of {@link Tcp}, which took `rttMs` on the process clock, says about a port. */
export function scanOutcome(outcome: Attempt<TcpConnected>, rttMs: number): ScanOutcome {
  switch (outcome.kind) {
    case 'measured': {
      const { connectMs, kernel } = outcome.value;
      const timed = kernel !== null && kernel.retransmissions === 0;
      const retransmissions = kernel?.retransmissions ?? null;
      return { kind: 'open', rttMs: timed ? kernel.rttMs : connectMs, clock: timed ? 'kernel' : 'user', retransmissions };
    }
    case 'unanswered':
      return { kind: 'silent', waitedMs: outcome.waitedMs };
    case 'failed': {
      const { code, step } = outcome;
      if (step !== 'connect') return { kind: 'not-sent', code };
      if (code === 'ECONNREFUSED') return { kind: 'closed', rttMs };
      if (RESET_CODES.has(code)) return { kind: 'open', rttMs, clock: 'user', retransmissions: null, reset: code };
      return isRejection(code)
        ? { kind: 'rejected', from: null, meaning: rejectionMeaning(code), code, rttMs }
        : { kind: 'not-sent', code };
    }
    case 'unavailable':
      return { kind: 'not-sent', code: 'ENOSYS' };
    case 'skipped':
      return { kind: 'not-sent', code: 'ECANCELED' };
  }
}

/** What one exchange of {@link Udp} says about a port. "Port unreachable" is taken as the target's own: its sender is not told. */
function answerOutcome(outcome: Attempt<{ reply: Uint8Array; elapsedMs: number }>, rttMs: number): ScanOutcome {
  switch (outcome.kind) {
    case 'measured':
      return { kind: 'open', rttMs: outcome.value.elapsedMs, clock: 'user', retransmissions: null, reply: outcome.value.reply };
    case 'unanswered':
      return { kind: 'silent', waitedMs: outcome.waitedMs };
    case 'failed': {
      const { code, step } = outcome;
      if (code === 'ECONNREFUSED') return { kind: 'closed', rttMs };
      // "Packet too big": it did not reach the port. The kernel has learned the size by now, and breaks up the next one.
      if (code === 'EMSGSIZE') return { kind: 'silent', waitedMs: rttMs };
      if (step === 'configure' || !isRejection(code)) return { kind: 'not-sent', code };
      return { kind: 'rejected', from: null, meaning: rejectionMeaning(code), code, rttMs };
    }
    case 'unavailable':
      return { kind: 'not-sent', code: 'ENOSYS' };
    case 'skipped':
      return { kind: 'not-sent', code: 'ECANCELED' };
  }
}
