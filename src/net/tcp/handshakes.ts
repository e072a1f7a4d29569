import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import { RESET_CODES } from '../../model/failure-code.js';
import type { NativeOutcome } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { errnoMessage } from '../errno.js';
import { Destinations } from '../packets/destination.js';
import { icmpErrorEvent } from '../packets/icmp-error.js';
import type { Clock, Handshakes, Origin, PacketEvent, PacketSession } from '../port.js';
import { type ConnectOutcome, Connects } from './connects.js';

/**
 * Linux repeats a SYN after 1 s (RFC 6298, TCP_TIMEOUT_INIT). A connection is closed before that, so that it is one packet, and what answers
 * can be timed. Round trips beyond it are silence; by satellite they take 0.7 s.
 */
const ONE_SYN_MS = 980;

/** Opens sessions of TCP SYNs on native sockets: what comes of each is known without any right, ICMP errors included. */
export class NativeHandshakes implements Handshakes {
  readonly #native: NativeOutcome;
  readonly #readiness: Readiness | null;
  readonly #clock: Clock;
  readonly #sessions = new Set<HandshakeSession>();

  constructor(native: NativeOutcome, readiness: Readiness | null, clock: Clock) {
    this.#native = native;
    this.#readiness = readiness;
    this.#clock = clock;
  }

  open(family: IpFamily, origin: Origin, port: number): Attempt<PacketSession> {
    if (this.#native.kind === 'absent' || this.#readiness === null) {
      return unavailable('native-sockets', this.#native.kind === 'absent' ? this.#native.because : 'no poll');
    }
    const opened = Connects.open(this.#native.sockets, this.#readiness, this.#clock, family, origin);
    if (!opened.ok) return unavailable('tcp-socket', `${errnoMessage(opened.code)} (${opened.code})`);
    const session = new HandshakeSession(this.#clock, opened.connects, family, port, () => this.#sessions.delete(session));
    this.#sessions.add(session);
    return measured(session);
  }

  close(): void {
    for (const session of [...this.#sessions]) session.close();
  }
}

class HandshakeSession implements PacketSession {
  readonly method = 'tcp';
  /** The kernel chooses the source ports, so routers see as many flows as packets. */
  readonly constantFlow = false;
  /** A connection has a buffer of its own, and nothing in it but its own answer. */
  readonly dropped = 0;
  /** What belongs to no connection of ours ends in the kernel. */
  readonly foreign = 0;
  readonly #clock: Clock;
  readonly #connects: Connects;
  readonly #family: IpFamily;
  readonly #destinations: Destinations;
  readonly #closed: () => void;

  constructor(clock: Clock, connects: Connects, family: IpFamily, port: number, closed: () => void) {
    this.#clock = clock;
    this.#connects = connects;
    this.#family = family;
    this.#destinations = new Destinations(port);
    this.#closed = closed;
  }

  send({ address, ttl }: { address: string; ttl: number | null }, listener: (event: PacketEvent) => void): void {
    const destination = this.#destinations.of(address);
    this.#connects.connect({ destination: destination.socketAddress, ttl, timeoutMs: ONE_SYN_MS }, (outcome) => {
      const event = this.#event(outcome, destination.address);
      if (event !== null) listener(event);
    });
  }

  close(): void {
    this.#connects.close();
    this.#closed();
  }

  /** `null`: silence. */
  #event(outcome: ConnectOutcome, address: string): PacketEvent | null {
    const reply = { kind: 'reply', from: address, ttl: null, duplicate: false } as const;
    switch (outcome.kind) {
      case 'connected': {
        const { facts, elapsedMs } = outcome;
        const timed = facts !== null && facts.retransmissions === 0 && facts.rttMs > 0;
        return { ...reply, by: 'syn-ack', rttMs: timed ? facts.rttMs : elapsedMs, clock: timed ? 'kernel' : 'user' };
      }
      case 'ended': {
        const { code, elapsedMs, icmp } = outcome;
        if (icmp !== null) {
          const receivedMs = this.#clock.nowMs();
          const departure = { sentMs: receivedMs - elapsedMs, sentNs: null };
          return icmpErrorEvent(this.#family, icmp.error, icmp.quoted, 0, departure, { receivedMs, receivedNs: null });
        }
        if (RESET_CODES.has(code)) return { ...reply, by: 'syn-ack', rttMs: elapsedMs, clock: 'user' };
        if (code === 'ECONNREFUSED') return { ...reply, by: 'reset', rttMs: elapsedMs, clock: 'user' };
        return { kind: 'send-failed', code, mtuBytes: null };
      }
      case 'refused-here':
        return { kind: 'send-failed', code: outcome.code, mtuBytes: null };
      case 'timed-out':
        return null;
    }
  }
}
