/**
 * The part of the port (see `port.ts`) that is about single packets, about many connections at once, and about the system's own tools.
 */
import type { Attempt } from '../model/attempt.js';
import type { ClockSource, IcmpErrorCount } from '../model/measurement.js';
import type { Origin } from '../model/probe-options.js';
import type { IcmpMeaning, IpFamily } from '../wire/packets/icmp.js';
import type { MplsLabel } from '../wire/packets/icmp-extension.js';

// --- packets that are answered or met by an ICMP error -----------------------------------------------------------------------------------

export interface PacketRequest {
  address: string;
  /** Bytes behind the transport header: at least 18 for ICMP and UDP, which carry the identity of the probe; TCP carries none. */
  payloadBytes: number;
  /** Time to live or hop limit; `null`: the system's. */
  ttl: number | null;
  /** Forbid fragmentation and ignore the path MTU that the kernel has cached. */
  dontFragment: boolean;
  /**
   * Packets of one flow carry the same fields that routers spread load by (addresses, ports, ICMP identifier and checksum), so that they
   * take one path (Paris traceroute). Absent: flow 0.
   */
  flow?: number;
}

export type PacketEvent =
  | {
      kind: 'reply';
      rttMs: number;
      clock: ClockSource;
      /** How long it waited in this machine before it left; absent: not long, or not told. */
      heldMs?: number;
      from: string;
      ttl: number | null;
      duplicate: boolean;
      /** What answered: an echo reply, a datagram, "port unreachable" from the target itself, a SYN-ACK or a reset. */
      by: 'echo' | 'datagram' | 'port-unreachable' | 'syn-ack' | 'reset';
    }
  /** An ICMP error that quotes our packet. `mtuBytes` with "packet too big". */
  | {
      kind: 'icmp-error';
      from: string | null;
      type: number;
      code: number;
      meaning: IcmpMeaning;
      mtuBytes: number | null;
      /** From our packet's departure to the error's arrival. `null` where it could not be told. */
      rttMs: number | null;
      clock: ClockSource | null;
      /** The label stack that the packet carried when the router met it (RFC 4950); empty where none was told. */
      mpls: readonly MplsLabel[];
    }
  /** The packet did not leave: `EMSGSIZE` with the local MTU, `ENETUNREACH`, `EPERM` from a firewall, … */
  | { kind: 'send-failed'; code: string; mtuBytes: number | null };

export type PacketMethod = 'icmp' | 'udp' | 'tcp';

export interface PacketSession {
  readonly method: PacketMethod;
  /** Whether {@link PacketRequest.flow} is honoured: the packets of one flow look alike to a router that spreads load. */
  readonly constantFlow: boolean;
  /** Sends one packet; `listener` is called for each thing that comes of it, until the session is closed. */
  send(request: PacketRequest, listener: (event: PacketEvent) => void): void;
  /** Replies and errors that arrived and belonged to no packet of ours, or carried a forged identity. */
  readonly foreign: number;
  /**
   * Messages that this machine itself dropped, since they came faster than it took them. Of a shared socket: perhaps not ours. The kernel
   * tells with the next message that gets in; 0 where it cannot.
   */
  readonly dropped: number;
  close(): void;
}

export interface Echo {
  /**
   * Opens a session of ICMP echo requests; sessions of one family and origin share one socket. `unavailable` where the system grants no
   * ICMP socket (`ping_group_range`, no root) or FFI is absent.
   */
  open(family: IpFamily, origin: Origin): Attempt<PacketSession>;
}

export interface Datagrams {
  /**
   * Opens a session of UDP datagrams to `port`, whose ICMP errors are read from the error queue. The target's own "port unreachable" and a
   * datagram from it are replies. Needs no right; `unavailable` where FFI is absent.
   */
  open(family: IpFamily, origin: Origin, port: number): Attempt<PacketSession>;
}

export interface Handshakes {
  /**
   * Opens a session of TCP SYNs to `port`: each packet is a connection of its own, closed as soon as it stands, whose ICMP errors are read
   * from the error queue. Needs no right; `unavailable` where FFI is absent.
   */
  open(family: IpFamily, origin: Origin, port: number): Attempt<PacketSession>;
}

// --- system tools ------------------------------------------------------------------------------------------------------------------------

export interface SystemPingOptions extends Origin {
  address: string;
  count: number;
  intervalMs: number;
  timeoutMs: number;
  payloadBytes: number;
  signal: AbortSignal;
}

/** What came of one echo request that may not be fragmented. */
export type WholeEcho =
  /** `rttMs` is `null` for an answer without an exact time. */
  | { kind: 'reply'; rttMs: number | null }
  /** Somebody said that it is too large: a router, `local` for this machine, or `null` where the tool names nobody. */
  | { kind: 'too-big'; from: string | null; mtuBytes: number | null }
  | { kind: 'silent' };

/** What the system's tool printed of one hop; several lines of one hop are several entries. */
export interface SystemHop {
  ttl: number;
  address: string;
  rttMs: number | null;
}

export interface SystemTools {
  /**
   * Runs the system's ping(8). `replied` is called for each reply as it is read; `rttMs` is `null` for an answer without an exact time
   * (`time<1ms`). `measured`: how many packets it says it sent, fewer than asked where the system sets a slower pace, and what ICMP errors
   * it told of. `unavailable` where there is no such program or its output is not understood.
   */
  ping(
    options: SystemPingOptions,
    replied: (reply: { seq: number; rttMs: number | null; duplicate: boolean }) => void,
  ): Promise<Attempt<{ sent: number; intervalMs: number; icmpErrors: IcmpErrorCount[] }>>;
  /**
   * Runs the system's ping(8) for one echo request with the don't-fragment bit. On Linux the path MTU that the kernel has cached is not
   * heeded where ping can do so (iputils 20231222). `unavailable` where it cannot forbid fragmentation, as that of BusyBox.
   */
  wholeEcho(options: Omit<SystemPingOptions, 'count' | 'intervalMs'>): Promise<Attempt<WholeEcho>>;
  /** Runs the system's traceroute(8) or tracepath(8), or tracert on Windows. `reached`: whether the target itself answered. */
  trace(options: SystemPingOptions & { maximumTtl: number }): Promise<Attempt<{ hops: SystemHop[]; reached: boolean; tool: string }>>;
}

// --- many connections at once ----------------------------------------------------------------------------------------------------------

/** What came of one connection of a scan. */
export type ScanOutcome =
  /**
   * `retransmissions` of the SYN; `null` where the kernel does not tell. `reset`: the errno of a reset that followed the acceptance before
   * we looked; absent without one. `reply`: the datagram that came, of a question by UDP.
   */
  | { kind: 'open'; rttMs: number; clock: ClockSource; retransmissions: number | null; reset?: string; reply?: Uint8Array }
  /** A reset, timed on the process clock. */
  | { kind: 'closed'; rttMs: number }
  /** An ICMP error. `from` is `null` where the kernel does not say who sent it; `meaning` then follows from the errno. */
  | { kind: 'rejected'; from: string | null; meaning: IcmpMeaning; code: string; rttMs: number }
  /** `retransmissions` of the SYN within this wait; `null` or absent where nobody tells. */
  | { kind: 'silent'; waitedMs: number; retransmissions?: number | null }
  /** A limit or rule of this machine: it says nothing about the port. `code` is an errno. */
  | { kind: 'not-sent'; code: string };

/** What a service sent on a connection. */
export interface FirstBytes {
  /** Empty where nothing came. */
  bytes: Uint8Array;
  /** Whether the other side ended the connection before the time was up. */
  ended: boolean;
  /** Whether it did so by a reset; absent: no. */
  reset?: true;
}

export interface ScanSession {
  /** `native`: non-blocking connects and epoll(7). `node`: node:net, which cannot tell who rejected. */
  readonly method: 'native' | 'node';
  /** Connections that may be under way at once: the descriptors that are left to this process, with some put aside. */
  readonly capacity: number;
  /**
   * Connects once, and closes as soon as the state is known. `done` is called exactly once, unless the session is closed before; that can be
   * before this call returns.
   */
  connect(port: number, timeoutMs: number, done: (outcome: ScanOutcome) => void): void;
  /** Sends one UDP datagram to a port, and waits for one from it or for an ICMP error. `open`: a datagram came. Else as {@link connect}. */
  ask(port: number, payload: Uint8Array, timeoutMs: number, done: (outcome: ScanOutcome) => void): void;
  /**
   * Connects, sends `payload` where there is one, and gives the first bytes that come back: up to a line feed, a pause, or 1 KiB. `timeoutMs`
   * holds for the connection and for the answer, each. `null` where there is no connection: that tells nothing of the service.
   */
  firstBytes(port: number, payload: Uint8Array | null, timeoutMs: number): Promise<FirstBytes | null>;
  /** Closes every connection and socket that is under way. */
  close(): void;
}

export interface Scanner {
  /** Always gives a session, since node:net serves where native sockets are absent; fails where the origin cannot be used. */
  open(address: string, origin: Origin): Attempt<ScanSession>;
}
