import { type Attempt, failed, measured } from '../../model/attempt.js';
import { RESET_CODES } from '../../model/failure-code.js';
import type { NativeOutcome } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import { type IpFamily, icmpMeaning } from '../../wire/packets/icmp.js';
import { Questions } from '../dns/questions.js';
import { errnoMessage } from '../errno.js';
import { isRejection, rejectionMeaning } from '../http/rejection.js';
import { descriptorRoom } from '../packets/descriptor-room.js';
import { Destinations } from '../packets/destination.js';
import type { Clock, Origin, Scanner, ScanOutcome, ScanSession } from '../port.js';
import { type ConnectOutcome, Connects } from './connects.js';
import { firstBytes } from './first-bytes.js';

/** What kernels say that are Linux in name only and have no error queue (`IP_RECVERR`): who rejected is not told there anyway. */
const LACKING_OPTIONS: ReadonlySet<string> = new Set(['ENOPROTOOPT', 'EOPNOTSUPP', 'ENOSYS']);

/** Where the port stands in `sockaddr_in` and `sockaddr_in6`, in network order. */
const PORT_OFFSET = 2;

/** Scans by native connects; by `fallback` where native sockets are absent. */
export class NativeScanner implements Scanner {
  readonly #native: NativeOutcome;
  readonly #readiness: Readiness | null;
  readonly #clock: Clock;
  readonly #fallback: Scanner;
  readonly #sessions = new Set<ScanSession>();

  constructor(native: NativeOutcome, readiness: Readiness | null, clock: Clock, fallback: Scanner) {
    this.#native = native;
    this.#readiness = readiness;
    this.#clock = clock;
    this.#fallback = fallback;
  }

  open(address: string, origin: Origin): Attempt<ScanSession> {
    if (this.#native.kind === 'absent' || this.#readiness === null) return this.#keep(this.#fallback.open(address, origin));
    const family: IpFamily = address.includes(':') ? 6 : 4;
    if (origin.source !== undefined && origin.source.includes(':') !== (family === 6)) {
      return failed('configure', 'EAFNOSUPPORT', `the source address is IPv${family === 6 ? 4 : 6}, the destination IPv${family}`);
    }
    const opened = Connects.open(this.#native.sockets, this.#readiness, this.#clock, family, origin);
    if (opened.ok) {
      const questions = new Questions(this.#native.sockets, this.#readiness, this.#clock, family, origin);
      const destination = new Destinations(0).of(address).socketAddress;
      const closing = new AbortController();
      const read: ScanSession['firstBytes'] = (port, payload, timeoutMs) =>
        firstBytes(this.#clock, { address, port, timeoutMs, signal: closing.signal, ...origin }, payload);
      return this.#keep(measured(nativeSession(opened.connects, questions, read, closing, family, destination)));
    }
    // SO_BINDTODEVICE needed a right before Linux 5.7; an interface stands for its address then.
    const withoutRight = opened.code === 'EPERM' && origin.interface !== undefined;
    if (withoutRight || LACKING_OPTIONS.has(opened.code)) return this.#keep(this.#fallback.open(address, origin));
    return failed('configure', opened.code, errnoMessage(opened.code));
  }

  close(): void {
    for (const session of [...this.#sessions]) session.close();
  }

  #keep(opened: Attempt<ScanSession>): Attempt<ScanSession> {
    if (opened.kind !== 'measured') return opened;
    const { value: inner } = opened;
    const session: ScanSession = {
      method: inner.method,
      capacity: inner.capacity,
      connect: (port, timeoutMs, done) => inner.connect(port, timeoutMs, done),
      ask: (port, payload, timeoutMs, done) => inner.ask(port, payload, timeoutMs, done),
      firstBytes: (port, payload, timeoutMs) => inner.firstBytes(port, payload, timeoutMs),
      close: () => {
        this.#sessions.delete(session);
        inner.close();
      },
    };
    this.#sessions.add(session);
    return measured(session);
  }
}

function nativeSession(
  connects: Connects,
  questions: Questions,
  read: ScanSession['firstBytes'],
  closing: AbortController,
  family: IpFamily,
  address: Uint8Array,
): ScanSession {
  const destinationOf = (port: number) => {
    const destination = address.slice();
    new DataView(destination.buffer).setUint16(PORT_OFFSET, port);
    return destination;
  };
  return {
    method: 'native',
    capacity: descriptorRoom(),
    connect(port, timeoutMs, done) {
      connects.connect({ destination: destinationOf(port), ttl: null, timeoutMs }, (outcome) => done(scanOutcome(outcome, family)));
    },
    ask: (port, payload, timeoutMs, done) => questions.ask(destinationOf(port), payload, timeoutMs, done),
    firstBytes: read,
    close() {
      closing.abort();
      connects.close();
      questions.close();
    },
  };
}

function scanOutcome(outcome: ConnectOutcome, family: IpFamily): ScanOutcome {
  switch (outcome.kind) {
    case 'connected': {
      const { facts, elapsedMs } = outcome;
      // The kernel's round trip of SYN and SYN-ACK; where the SYN was sent anew, a client really waited for the whole.
      const timed = facts !== null && facts.retransmissions === 0 && facts.rttMs > 0;
      const retransmissions = facts?.retransmissions ?? null;
      return { kind: 'open', rttMs: timed ? facts.rttMs : elapsedMs, clock: timed ? 'kernel' : 'user', retransmissions };
    }
    case 'ended': {
      const { code, elapsedMs: rttMs, icmp } = outcome;
      if (icmp !== null) {
        const { icmpType, icmpCode, offender } = icmp.error;
        return { kind: 'rejected', from: offender, meaning: icmpMeaning(family, icmpType, icmpCode), code, rttMs };
      }
      if (code === 'ECONNREFUSED') return { kind: 'closed', rttMs };
      // A refused SYN is ECONNREFUSED, so this reset came to a connection that stood.
      if (RESET_CODES.has(code)) return { kind: 'open', rttMs, clock: 'user', retransmissions: null, reset: code };
      return isRejection(code)
        ? { kind: 'rejected', from: null, meaning: rejectionMeaning(code), code, rttMs }
        : { kind: 'not-sent', code };
    }
    case 'refused-here': {
      const { code } = outcome;
      // A route of this machine that refuses.
      return isRejection(code)
        ? { kind: 'rejected', from: null, meaning: rejectionMeaning(code), code, rttMs: 0 }
        : { kind: 'not-sent', code };
    }
    case 'timed-out':
      return { kind: 'silent', waitedMs: outcome.waitedMs, retransmissions: outcome.retransmissions };
  }
}
