import type { NativeSockets, PollEntry } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import * as abi from '../../wire/linux/abi.js';
import { type ExtendedError, parseControlMessages } from '../../wire/linux/control-message.js';
import { parseTcpInfo, TCP_INFO_BYTES, type TcpFacts } from '../../wire/linux/tcp-info.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { encodeSocketAddress } from '../../wire/packets/socket-address.js';
import { errnoName } from '../errno.js';
import type { Clock, Origin } from '../port.js';

export type ConnectOutcome =
  /** It stands. `facts` is `null` where the kernel does not tell them. */
  | { kind: 'connected'; elapsedMs: number; facts: TcpFacts | null }
  /** Somebody ended it: `code` is an errno. `icmp` is the message that did, with the bytes that it quotes; `null`: a reset, or a route. */
  | { kind: 'ended'; code: string; elapsedMs: number; icmp: { error: ExtendedError; quoted: Uint8Array } | null }
  /** `retransmissions` of the SYN until then; `null` where the kernel does not tell. */
  | { kind: 'timed-out'; waitedMs: number; retransmissions: number | null }
  /** connect(2) or what it needs was refused here. */
  | { kind: 'refused-here'; code: string };

export interface ConnectRequest {
  /** Packed `sockaddr` with the port; it is not changed, and read until the connection ended. */
  destination: Uint8Array;
  /** Time to live or hop limit; `null`: the system's. */
  ttl: number | null;
  timeoutMs: number;
}

interface Pending {
  request: ConnectRequest;
  done: (outcome: ConnectOutcome) => void;
  startedMs: number;
  timer: NodeJS.Timeout;
}

/** While connections take their time, only one in so many is looked at right after its start. */
const LOOK_AGAIN_EVERY = 64;
/** Port and address of `sockaddr_in`, and of `sockaddr_in6` up to the address. */
const COMPARED_BYTES = { 4: [2, 8], 6: [8, 24] } as const;
/** Linux does not repeat a SYN before 1 s (RFC 6298, TCP_TIMEOUT_INIT), give or take a tick: until then there is nothing to ask it for. */
const FIRST_RETRANSMISSION_MS = 900;
const MAXIMUM_SELF_CONNECTS = 5;
const MAXIMUM_QUEUED_ERRORS = 8;

/**
 * TCP connections of one family and origin, any number at once, that are closed as soon as their outcome is known: non-blocking connect(2)
 * on one epoll(7). What ICMP said is read from the error queue of each (`IP_RECVERR`): in SYN_SENT Linux queues the message and ends the
 * connection with its errno (tcp_v4_err, tcp_v6_err).
 *
 * An outcome can be known before {@link connect} returns, as on loopback: `done` is then called from within it.
 */
export class Connects {
  readonly #sockets: NativeSockets;
  readonly #readiness: Readiness;
  readonly #clock: Clock;
  readonly #family: IpFamily;
  readonly #origin: Origin;
  readonly #epoll: number;
  readonly #pending = new Map<number, Pending>();
  /** A socket that was made and not connected, or whose connection was refused: Linux lets it connect again, with another local port. */
  #spare: number;
  /** Whether the last connection that was looked at right after its start was over by then. */
  #endsAtOnce = true;
  #unlooked = 0;
  #open = true;

  private constructor(sockets: NativeSockets, readiness: Readiness, clock: Clock, family: IpFamily, origin: Origin, epoll: number) {
    this.#sockets = sockets;
    this.#readiness = readiness;
    this.#clock = clock;
    this.#family = family;
    this.#origin = origin;
    this.#epoll = epoll;
    this.#spare = -1;
    readiness.watch(epoll, abi.POLLIN, () => this.#drain());
  }

  /** Refused with an errno where there is no descriptor left, or nothing can be sent from the origin. */
  static open(
    sockets: NativeSockets,
    readiness: Readiness,
    clock: Clock,
    family: IpFamily,
    origin: Origin,
  ): { ok: true; connects: Connects } | { ok: false; code: string } {
    const epoll = sockets.epollCreate();
    if (epoll < 0) return { ok: false, code: errnoName(epoll) };
    const connects = new Connects(sockets, readiness, clock, family, origin, epoll);
    connects.#spare = connects.#newSocket();
    if (connects.#spare >= 0) return { ok: true, connects };
    const code = errnoName(connects.#spare);
    connects.close();
    return { ok: false, code };
  }

  /** Starts one connection. `done` is called exactly once, unless {@link close} comes first. */
  connect(request: ConnectRequest, done: (outcome: ConnectOutcome) => void): void {
    if (!this.#open) return;
    for (let selfConnects = 0; ; selfConnects++) {
      const outcome = this.#start(request, done);
      if (outcome === null) return;
      if (outcome !== 'self' || selfConnects === MAXIMUM_SELF_CONNECTS) {
        // A port that our own SYN could take for its source has no listener: what answered is our own socket (simultaneous open, RFC 9293).
        done(outcome === 'self' ? { kind: 'ended', code: 'ECONNREFUSED', elapsedMs: 0, icmp: null } : outcome);
        return;
      }
    }
  }

  /** Closes every connection that is under way, without a word about them. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#readiness.unwatch(this.#epoll);
    for (const [descriptor, { timer }] of this.#pending) {
      clearTimeout(timer);
      this.#sockets.close(descriptor);
    }
    this.#pending.clear();
    if (this.#spare >= 0) this.#sockets.close(this.#spare);
    this.#sockets.close(this.#epoll);
  }

  /** `null`: it is under way. `self`: it reached itself. */
  #start(request: ConnectRequest, done: (outcome: ConnectOutcome) => void): ConnectOutcome | 'self' | null {
    const descriptor = this.#spare >= 0 ? this.#spare : this.#newSocket();
    this.#spare = -1;
    if (descriptor < 0) return { kind: 'refused-here', code: errnoName(descriptor) };
    if (request.ttl !== null) this.#setTtl(descriptor, request.ttl);
    const startedMs = this.#clock.nowMs();
    const started = this.#sockets.connect(descriptor, request.destination);
    if (started < 0 && started !== -abi.EINPROGRESS) {
      this.#sockets.close(descriptor);
      return { kind: 'refused-here', code: errnoName(started) };
    }
    if (started === 0 || this.#looksAtOnce()) {
      const result = started === 0 ? 0 : this.#sockets.connect(descriptor, request.destination);
      this.#endsAtOnce = result !== -abi.EALREADY;
      if (this.#endsAtOnce) {
        const outcome = this.#outcome(descriptor, request, startedMs, result);
        // Only a refusal leaves a socket that has nothing more to say.
        if (result === -abi.ECONNREFUSED && request.ttl === null) this.#spare = descriptor;
        else this.#sockets.close(descriptor);
        return outcome;
      }
    }
    const watched = this.#sockets.epollControl(this.#epoll, abi.EPOLL_CTL_ADD, { descriptor, events: abi.POLLOUT });
    if (watched < 0) {
      this.#sockets.close(descriptor);
      return { kind: 'refused-here', code: errnoName(watched) };
    }
    const timer = setTimeout(() => this.#expire(descriptor), request.timeoutMs);
    this.#pending.set(descriptor, { request, done, startedMs, timer });
    return null;
  }

  #looksAtOnce(): boolean {
    if (this.#endsAtOnce) return true;
    this.#unlooked = (this.#unlooked + 1) % LOOK_AGAIN_EVERY;
    return this.#unlooked === 0;
  }

  #drain(): void {
    if (!this.#open) return;
    for (const entry of this.#sockets.epollReady(this.#epoll)) this.#settle(entry);
  }

  #settle({ descriptor, events }: PollEntry): void {
    // Looked up again: an earlier `done` of this round may have closed everything.
    const pending = this.#pending.get(descriptor);
    if (pending === undefined) return;
    const { request, done, startedMs } = pending;
    // A second connect(2) tells how the first one ended, and which errno it was: 0 where it stands.
    const result = this.#sockets.connect(descriptor, request.destination);
    // Where the message came while the socket was in use, as on loopback, the kernel queues it and goes on trying.
    if (result === -abi.EALREADY && (events & abi.POLLERR) === 0) return;
    const outcome = this.#outcome(descriptor, request, startedMs, result);
    if (outcome === null) return;
    this.#pending.delete(descriptor);
    clearTimeout(pending.timer);
    this.#sockets.close(descriptor);
    if (outcome === 'self') this.connect(request, done);
    else done(outcome);
  }

  /** Timers run before arrivals: what came while the event loop was busy is still looked at, so that our own delay is no silence. */
  #expire(descriptor: number): void {
    const pending = this.#pending.get(descriptor);
    if (pending === undefined) return;
    this.#settle({ descriptor, events: abi.POLLERR });
    if (this.#pending.get(descriptor) !== pending) return;
    this.#pending.delete(descriptor);
    const waitedMs = this.#clock.nowMs() - pending.startedMs;
    const retransmissions = waitedMs < FIRST_RETRANSMISSION_MS ? 0 : (this.#facts(descriptor)?.retransmissions ?? null);
    this.#sockets.close(descriptor);
    pending.done({ kind: 'timed-out', waitedMs, retransmissions });
  }

  /** `result` is what the last connect(2) returned. `null`: nothing is known yet. */
  #outcome(descriptor: number, { destination }: ConnectRequest, startedMs: number, result: number): ConnectOutcome | 'self' | null {
    const elapsedMs = this.#clock.nowMs() - startedMs;
    if (result === 0 || result === -abi.EISCONN) {
      if (this.#isSelf(descriptor, destination)) return 'self';
      return { kind: 'connected', elapsedMs, facts: this.#facts(descriptor) };
    }
    const icmp = this.#queuedError(descriptor);
    if (result === -abi.EALREADY) return icmp === null ? null : { kind: 'ended', code: errnoName(icmp.error.errno), elapsedMs, icmp };
    const code = errnoName(result);
    // The kernel gave up by itself, having heard nothing.
    if (code === 'ETIMEDOUT' && icmp === null) {
      return { kind: 'timed-out', waitedMs: elapsedMs, retransmissions: this.#facts(descriptor)?.retransmissions ?? null };
    }
    return { kind: 'ended', code, elapsedMs, icmp };
  }

  /** `null` where the kernel does not tell them. */
  #facts(descriptor: number): TcpFacts | null {
    const bytes = this.#sockets.getOption(descriptor, abi.IPPROTO_TCP, abi.TCP_INFO, TCP_INFO_BYTES);
    const facts = typeof bytes === 'number' ? null : parseTcpInfo(bytes);
    return facts?.ok ? facts.value : null;
  }

  #queuedError(descriptor: number): { error: ExtendedError; quoted: Uint8Array } | null {
    for (let taken = 0; taken < MAXIMUM_QUEUED_ERRORS; taken++) {
      const message = this.#sockets.receive(descriptor, 'error');
      if (typeof message === 'number') return null;
      const error = parseControlMessages(message.control).extendedError;
      if (error !== null && (error.origin === abi.SO_EE_ORIGIN_ICMP || error.origin === abi.SO_EE_ORIGIN_ICMP6)) {
        return { error, quoted: message.bytes };
      }
    }
    return null;
  }

  #isSelf(descriptor: number, destination: Uint8Array): boolean {
    const local = this.#sockets.localAddress(descriptor);
    if (typeof local === 'number' || local.length < destination.length) return false;
    const [from, to] = COMPARED_BYTES[this.#family];
    if (local[2] !== destination[2] || local[3] !== destination[3]) return false;
    for (let index = from; index < to; index++) if (local[index] !== destination[index]) return false;
    return true;
  }

  /** A descriptor, or `-errno`. */
  #newSocket(): number {
    const descriptor = this.#sockets.socket(this.#family === 4 ? abi.AF_INET : abi.AF_INET6, abi.SOCK_STREAM, abi.IPPROTO_TCP);
    if (descriptor < 0) return descriptor;
    const refusal = this.#prepare(descriptor);
    if (refusal === 0) return descriptor;
    this.#sockets.close(descriptor);
    return refusal;
  }

  #prepare(descriptor: number): number {
    const level = this.#family === 4 ? abi.IPPROTO_IP : abi.IPPROTO_IPV6;
    const set = (...option: [number, number, number | Uint8Array]) => this.#sockets.setOption(descriptor, ...option);
    const errors = set(level, this.#family === 4 ? abi.IP_RECVERR : abi.IPV6_RECVERR, 1);
    if (errors < 0) return errors;
    const { interface: link, source } = this.#origin;
    if (link !== undefined) {
      const bound = set(abi.SOL_SOCKET, abi.SO_BINDTODEVICE, new TextEncoder().encode(`${link}\0`));
      if (bound < 0) return bound;
    }
    if (source === undefined) return 0;
    // Without it every socket would take a local port of its own before it is known which ones the destination leaves free.
    set(abi.IPPROTO_IP, abi.IP_BIND_ADDRESS_NO_PORT, 1);
    return this.#sockets.bind(descriptor, encodeSocketAddress(source, 0));
  }

  #setTtl(descriptor: number, ttl: number): void {
    const level = this.#family === 4 ? abi.IPPROTO_IP : abi.IPPROTO_IPV6;
    this.#sockets.setOption(descriptor, level, this.#family === 4 ? abi.IP_TTL : abi.IPV6_UNICAST_HOPS, ttl);
    this.#sockets.setOption(descriptor, level, this.#family === 4 ? abi.IP_RECVERR_RFC4884 : abi.IPV6_RECVERR_RFC4884, 1);
  }
}
