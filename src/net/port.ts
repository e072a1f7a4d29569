/**
 * The port through which probes see the world. Probes are written against these interfaces only; `real.ts` is the adapter to sockets,
 * `test/fakes/` holds others. Every call takes an address that was resolved before: nothing below here looks up a name on its own,
 * except {@link Names}.
 *
 * Every wait ends by its own time-out or when `signal` aborts, whichever comes first. An aborted wait is `skipped`, never `unanswered`.
 */
import type { Attempt } from '../model/attempt.js';
import type { Certificate, ClockSource, DataOf, IcmpErrorCount } from '../model/measurement.js';
import type { Origin } from '../model/probe-options.js';
import type { IcmpMeaning, IpFamily } from '../wire/icmp.js';
import type { MplsLabel } from '../wire/icmp-extension.js';
import type { TcpFacts } from '../wire/tcp-info.js';
import type { TcpSegmentFacts } from '../wire/tcp-segments.js';

export type { IpFamily, MplsLabel, Origin, TcpFacts, TcpSegmentFacts };

export interface Network {
  readonly clock: Clock;
  readonly names: Names;
  readonly routes: Routes;
  readonly echo: Echo;
  readonly datagrams: Datagrams;
  readonly handshakes: Handshakes;
  readonly scanner: Scanner;
  readonly system: SystemTools;
  readonly tcp: Tcp;
  readonly segments: Segments;
  readonly udp: Udp;
  readonly tls: Tls;
  readonly http: Http;
  readonly machine: Machine;
  /** Why native sockets cannot be used, or `null` where they can. */
  readonly nativeAbsent: string | null;
  /** Closes every descriptor and timer that is still open. */
  close(): void;
}

export interface Clock {
  /** Monotonic milliseconds with sub-millisecond resolution. Only differences mean something. */
  nowMs(): number;
  wallTime(): Date;
  /**
   * Milliseconds by which this process was late to run, summed since the first call. The difference over a measurement bounds how much of
   * its time on this clock is our own delay.
   */
  stalledMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

// --- names -----------------------------------------------------------------------------------------------------------------------------

export type DnsObservation = DataOf<'dns'>;

/** What came of one question. `measured` whenever a well-formed answer came: its rcode may still say no. */
export interface DnsAnswer {
  outcome: Attempt<null>;
  observation: DnsObservation;
}

export interface Resolution {
  /** In the order of preference; never empty. */
  addresses: string[];
  elapsedMs: number;
}

export interface Names {
  /**
   * Resolves a host name as this machine's stub resolver would: hosts file, then the system resolvers with search list (RFC 1034, 1035,
   * 6761 for `localhost`). One lookup per name; each query made on the way is listed in `queries`.
   */
  resolve(
    host: string,
    options: { family: IpFamily | null; timeoutMs: number; signal: AbortSignal },
  ): Promise<{
    outcome: Attempt<Resolution>;
    queries: DnsAnswer[];
  }>;
  /** The resolvers that {@link resolve} asks, as `address` (port 53) or `address:port`/`[v6]:port`. */
  resolvers(): Promise<{ servers: string[]; source: string | null; search: string[] }>;
  /** One question to one server, over UDP (then TCP where the answer was truncated) or TCP. */
  query(question: DnsQuestion, signal: AbortSignal): Promise<DnsAnswer>;
}

export interface DnsQuestion {
  /** IP address of the server. */
  server: string;
  port: number;
  transport: 'udp' | 'tcp';
  name: string;
  type: string;
  /** For each datagram, or for the whole exchange over TCP. */
  timeoutMs: number;
  /** How often a datagram may be sent: at least 1. */
  attempts: number;
}

// --- routes ----------------------------------------------------------------------------------------------------------------------------

export interface RouteLookup {
  /** Address that packets to the destination carry as their source. */
  source: string;
  /** `null` where it could not be told. */
  interface: string | null;
  /** `null` where the destination is on the link, or where it could not be told. */
  gateway: string | null;
  loopback: boolean;
}

export interface Routes {
  /** Asks the kernel which way packets to `address` would go. Sends nothing. Step `route` where there is no way. */
  lookup(address: string, origin: Origin): Promise<Attempt<RouteLookup>>;
}

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

// --- TCP and UDP -----------------------------------------------------------------------------------------------------------------------

export interface TcpConnectOptions extends Origin {
  address: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface TcpConnected {
  /** From connect(2) to its completion, on the process clock. */
  connectMs: number;
  /** The kernel's own facts (`TCP_INFO`), where they can be had. */
  kernel: TcpFacts | null;
}

export interface Tcp {
  /** Connects, takes the facts and closes at once. Failure codes are errno names. */
  connect(options: TcpConnectOptions): Promise<Attempt<TcpConnected>>;
}

/** One TCP connection that is opened to see which sizes of segments get through. */
export interface SegmentExchangeOptions extends TcpConnectOptions {
  /** Largest segment in either direction (`TCP_MAXSEG`), 88 to 32767; `null`: what the kernel takes from interface and route. */
  maximumSegmentBytes: number | null;
  /** What is written once the connection stands, made to fill a segment of so many bytes; empty: nothing is written. */
  firstFlight(segmentBytes: number): Uint8Array;
  /** The exchange is over when nothing has moved for so long. `timeoutMs` is for the connection alone. */
  stallMs: number;
  /** What goes on to arrive after full segments went through in both directions is read until nothing has moved for so long. */
  lingerMs: number;
  /** How often the kernel's counters are looked at: 20 where absent. It bounds by how much {@link SegmentExchange.holesMs} are too short. */
  lookMs?: number;
}

export interface SegmentExchange {
  /** When the connection had just been opened. */
  opened: TcpSegmentFacts;
  /** When it ended. */
  facts: TcpSegmentFacts;
  writtenBytes: number;
  /** Of {@link writtenBytes}; `null` where the kernel does not tell. */
  acknowledgedBytes: number | null;
  /** In order, from the other side. */
  receivedBytes: number;
  /**
   * How long each hole in what arrived was seen to last, while segments behind it were there already: at least, since it can have opened
   * before it was looked at, and the time by which this process was late is taken off. The first 64; `null` where the kernel does not tell.
   */
  holesMs: number[] | null;
  /** `settled`: full segments went through in both directions. `closed`, `reset`: by the other side. `still`: nothing moved any more. */
  ended: 'settled' | 'closed' | 'reset' | 'still';
}

export interface Segments {
  /** Connects, writes one flight, reads what comes and closes. Failure codes are errno names; `unavailable` where FFI is absent. */
  exchange(options: SegmentExchangeOptions): Promise<Attempt<SegmentExchange>>;
}

/** What came of one connection of a scan. */
export type ScanOutcome =
  /**
   * `retransmissions` of the SYN; `null` where the kernel does not tell. `reset`: the errno of a reset that followed the acceptance before
   * we looked; absent without one.
   */
  | { kind: 'open'; rttMs: number; clock: ClockSource; retransmissions: number | null; reset?: string }
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

export interface UdpExchangeOptions extends Origin {
  address: string;
  port: number;
  payload: Uint8Array;
  timeoutMs: number;
  signal: AbortSignal;
  /** Says whether a datagram from that address and port is the answer. Others are ignored, and the wait goes on. */
  accept(reply: Uint8Array): boolean;
}

export interface Udp {
  exchange(options: UdpExchangeOptions): Promise<Attempt<{ reply: Uint8Array; elapsedMs: number }>>;
}

// --- TLS and HTTP ----------------------------------------------------------------------------------------------------------------------

export interface TlsOptions extends Origin {
  address: string;
  port: number;
  /** Server name indication, and the name that the certificate must carry. An IP address is checked but not sent (RFC 6066). */
  servername: string;
  /** Further trust anchors in PEM. */
  ca: string[];
  /** Client certificate chain and its key in PEM. */
  cert: string | null;
  key: string | null;
  alpn: string[];
  timeoutMs: number;
  signal: AbortSignal;
}

export interface TlsObservation {
  tcpMs: number;
  /** The kernel's facts when TCP stood (`TCP_INFO`); `null` or absent where they cannot be had. */
  kernel?: TcpFacts | null;
  handshakeMs: number;
  protocol: string;
  cipher: string;
  group: string | null;
  alpn: string | null;
  trusted: boolean;
  /** Error code of OpenSSL (`CERT_HAS_EXPIRED`, `DEPTH_ZERO_SELF_SIGNED_CERT`, …); `null` where trusted. */
  trustError: string | null;
  hostnameMatches: boolean;
  /** As sent, leaf first. */
  chain: Certificate[];
  /** `sha256//BASE64` of the leaf's public key. */
  pin: string | null;
  /** Whether the server sent a CertificateRequest; `null` or absent where that cannot be told (below TLS 1.2). */
  clientCertificateRequested?: boolean | null;
}

/** A handshake that failed can still have shown something: `reached` is what was negotiated before the server ended it, `tcpMs` its TCP. */
export type TlsOutcome = Attempt<TlsObservation> & { reached?: TlsObservation; tcpMs?: number };

export interface Tls {
  /**
   * A whole handshake with certificate validation that does not end it: what is wrong is reported beside what was negotiated.
   * Step `connect` where TCP failed, `handshake` where TLS did (`code` is the alert or error name), `configure` where OpenSSL takes the
   * given certificates or key for none.
   */
  handshake(options: TlsOptions): Promise<TlsOutcome>;
}

export interface HttpOptions extends Omit<TlsOptions, 'alpn'> {
  secure: boolean;
  /** `Host` header. */
  host: string;
  /** Request target: path and query. */
  path: string;
  headers: Record<string, string>;
  /** Ask for an upgrade to WebSocket (RFC 6455) instead of a page. */
  webSocket: boolean;
}

export interface HttpObservation {
  tcpMs: number;
  /** As in {@link TlsObservation}. */
  kernel?: TcpFacts | null;
  tlsMs: number | null;
  ttfbMs: number;
  status: number;
}

/** Phases that completed before a failure keep their times. */
export interface HttpPartial {
  tcpMs: number | null;
  kernel?: TcpFacts | null;
  tlsMs: number | null;
}

export interface Http {
  /** One request over a new connection, up to the head of the answer; the body is not read. */
  firstByte(options: HttpOptions): Promise<{ outcome: Attempt<HttpObservation>; reached: HttpPartial }>;
}

// --- this machine ----------------------------------------------------------------------------------------------------------------------

export type HostObservation = DataOf<'host'>;

export interface Machine {
  /** Links, addresses and default routes, read without sending anything. */
  observe(): Promise<Omit<HostObservation, 'resolvers' | 'resolversSource' | 'searchDomains'>>;
  /** Whether the kernel knows the link address of a neighbour; `unavailable` where the platform does not tell. */
  neighbor(address: string): Promise<Attempt<'resolved' | 'incomplete' | 'absent'>>;
  /**
   * The TCP and UDP sockets that listen on this machine, with their processes where the system lets us see them; `unavailable` where the
   * platform does not tell.
   */
  listeners(): Promise<Attempt<DataOf<'listening'>['listeners']>>;
}
