import type { NativeSockets } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import * as abi from '../../wire/linux/abi.js';
import { type ExtendedError, parseControlMessages } from '../../wire/linux/control-message.js';
import { type IpFamily, icmpMeaning } from '../../wire/packets/icmp.js';
import { errnoName } from '../errno.js';
import { isRejection, rejectionMeaning } from '../http/rejection.js';
import { preparePacketSocket } from '../packets/packet-socket.js';
import type { Clock, Origin, ScanOutcome } from '../port.js';

interface Pending {
  done: (outcome: ScanOutcome) => void;
  sentMs: number;
  timer: NodeJS.Timeout;
}

/**
 * UDP datagrams of any content, each from a connected socket of its own, so that the kernel drops what comes from elsewhere and hands over
 * the ICMP errors that quote it, with their senders (`IP_RECVERR`).
 */
export class Questions {
  readonly #sockets: NativeSockets;
  readonly #readiness: Readiness;
  readonly #clock: Clock;
  readonly #family: IpFamily;
  readonly #origin: Origin;
  readonly #pending = new Map<number, Pending>();
  #open = true;

  constructor(sockets: NativeSockets, readiness: Readiness, clock: Clock, family: IpFamily, origin: Origin) {
    this.#sockets = sockets;
    this.#readiness = readiness;
    this.#clock = clock;
    this.#family = family;
    this.#origin = origin;
  }

  /** `destination` is a packed `sockaddr`. `done` is called exactly once, unless {@link close} comes first. */
  ask(destination: Uint8Array, payload: Uint8Array, timeoutMs: number, done: (outcome: ScanOutcome) => void): void {
    if (!this.#open) return;
    const descriptor = this.#sockets.socket(this.#family === 4 ? abi.AF_INET : abi.AF_INET6, abi.SOCK_DGRAM, abi.IPPROTO_UDP);
    if (descriptor < 0) {
      done({ kind: 'not-sent', code: errnoName(descriptor) });
      return;
    }
    const refusal = preparePacketSocket(this.#sockets, descriptor, this.#family, this.#origin)?.code ?? null;
    const connected = refusal === null ? this.#sockets.connect(descriptor, destination) : 0;
    const sentMs = this.#clock.nowMs();
    const sent = refusal === null && connected >= 0 ? this.#sockets.sendTo(descriptor, payload, null) : 0;
    const code = refusal ?? (connected < 0 ? errnoName(connected) : sent < 0 ? errnoName(sent) : null);
    // An error of the send can be the report of an ICMP error that has come by now: then the queue tells more.
    const answer = code === null || sent < 0 ? this.#answer(descriptor, sentMs) : null;
    if (code !== null || answer !== null) {
      this.#sockets.close(descriptor);
      done(answer ?? here(code ?? 'EIO'));
      return;
    }
    const timer = setTimeout(() => {
      const last = this.#answer(descriptor, sentMs);
      this.#end(descriptor, last ?? { kind: 'silent', waitedMs: this.#clock.nowMs() - sentMs });
    }, timeoutMs);
    this.#pending.set(descriptor, { done, sentMs, timer });
    this.#readiness.watch(descriptor, abi.POLLIN, () => {
      const ready = this.#answer(descriptor, sentMs);
      if (ready !== null) this.#end(descriptor, ready);
    });
  }

  /** Closes every socket, without a word about them. */
  close(): void {
    this.#open = false;
    for (const descriptor of [...this.#pending.keys()]) this.#release(descriptor);
  }

  #end(descriptor: number, outcome: ScanOutcome): void {
    const pending = this.#release(descriptor);
    pending?.done(outcome);
  }

  #release(descriptor: number): Pending | undefined {
    const pending = this.#pending.get(descriptor);
    if (pending === undefined) return undefined;
    this.#pending.delete(descriptor);
    clearTimeout(pending.timer);
    this.#readiness.unwatch(descriptor);
    this.#sockets.close(descriptor);
    return pending;
  }

  /** What has come for a socket; `null`: nothing yet. */
  #answer(descriptor: number, sentMs: number): ScanOutcome | null {
    const rttMs = Math.max(0, this.#clock.nowMs() - sentMs);
    const queued = this.#sockets.receive(descriptor, 'error');
    if (typeof queued !== 'number') {
      const error = parseControlMessages(queued.control).extendedError;
      if (error !== null) return rejected(this.#family, error, rttMs);
    }
    const message = this.#sockets.receive(descriptor, 'ordinary');
    if (typeof message === 'number') return null;
    return { kind: 'open', rttMs, clock: 'user', retransmissions: null, reply: message.bytes };
  }
}

function rejected(family: IpFamily, error: ExtendedError, rttMs: number): ScanOutcome {
  const code = errnoName(error.errno);
  if (error.origin === abi.SO_EE_ORIGIN_LOCAL) return here(code);
  const meaning = icmpMeaning(family, error.icmpType, error.icmpCode);
  // The question did not reach the port. The kernel has learned the size by now, and breaks up the next one.
  if (meaning === 'packet-too-big') return { kind: 'silent', waitedMs: rttMs };
  return { kind: 'rejected', from: error.offender, meaning, code, rttMs };
}

/** A refusal of this machine: by one of its routes, or for a reason that says nothing about the port. */
function here(code: string): ScanOutcome {
  return isRejection(code) ? { kind: 'rejected', from: null, meaning: rejectionMeaning(code), code, rttMs: 0 } : { kind: 'not-sent', code };
}
