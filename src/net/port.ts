/**
 * The port through which probes see the world. Probes are written against these interfaces only; `real.ts` is the adapter to sockets,
 * `test/fakes/` holds others. Every call takes an address that was resolved before: nothing below here looks up a name on its own,
 * except {@link Names}.
 *
 * Every wait ends by its own time-out or when `signal` aborts, whichever comes first. An aborted wait is `skipped`, never `unanswered`.
 */
import type { Attempt, NotMeasured } from '../model/attempt.js';
import type { Certificate, DataOf } from '../model/measurement.js';
import type { Origin, StartTlsProtocol } from '../model/probe-options.js';
import type { TcpFacts } from '../wire/linux/tcp-info.js';
import type { TcpSegmentFacts } from '../wire/linux/tcp-segments.js';
import type { IpFamily } from '../wire/packets/icmp.js';
import type { MplsLabel } from '../wire/packets/icmp-extension.js';
import type { HttpSession } from './http-port.js';
import type { Links } from './link-port.js';
import type { Loads } from './load-port.js';
import type { LocalSystem } from './local-port.js';
import type { Names } from './name-port.js';
import type { Datagrams, Echo, Handshakes, Scanner, SystemTools } from './packet-port.js';
import type { Proxies } from './proxy-port.js';
import type { Hellos } from './tls-port.js';
import type { WebSockets } from './websocket-port.js';

export type * from './http-port.js';
export type * from './link-port.js';
export type * from './load-port.js';
export type * from './local-port.js';
export type * from './name-port.js';
export type * from './packet-port.js';
export type * from './proxy-port.js';
export type * from './tls-port.js';
export type * from './websocket-port.js';
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
  readonly hellos: Hellos;
  readonly http: Http;
  readonly loads: Loads;
  readonly webSockets: WebSockets;
  readonly proxies: Proxies;
  readonly machine: Machine;
  readonly local: LocalSystem;
  readonly links: Links;
  /** Why native sockets cannot be used, or `null` where they can. */
  readonly nativeAbsent: string | null;
  /** Closes every descriptor and timer that is still open. */
  close(): void;
}

/** `Date` has whole milliseconds. */
export const WALL_DOUBT_MS = 1;

export interface Clock {
  /** Monotonic milliseconds with sub-millisecond resolution. Only differences mean something. */
  nowMs(): number;
  wallTime(): Date;
  /** As {@link wallTime}, in milliseconds since 1970 with a fraction: right to {@link WALL_DOUBT_MS} by the clock of this machine. */
  wallMs(): number;
  /**
   * Milliseconds by which this process was late to run, summed since the first call. The difference over a measurement bounds how much of
   * its time on this clock is our own delay.
   */
  stalledMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
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
  /** Number of the routing table that decided (254: main), kind of the route, its prefix and its MTU; `null` where it could not be told. */
  table: number | null;
  type: string | null;
  prefix: string | null;
  mtuBytes: number | null;
}

export interface Routes {
  /** Asks the kernel which way packets to `address` would go. Sends nothing. Step `route` where there is no way. */
  lookup(address: string, origin: Origin): Promise<Attempt<RouteLookup>>;
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

export interface UdpExchangeOptions extends Origin {
  address: string;
  port: number;
  payload: Uint8Array;
  timeoutMs: number;
  signal: AbortSignal;
  /** Says whether a datagram from that address and port, so long after the sending, is the answer. Others are ignored, and the wait goes on. */
  accept(reply: Uint8Array, elapsedMs: number): boolean;
}

export interface UdpExchanged {
  reply: Uint8Array;
  elapsedMs: number;
  /** The address and port that the datagram left with; absent: not told. */
  local?: { address: string; port: number };
}

export interface Udp {
  exchange(options: UdpExchangeOptions): Promise<Attempt<UdpExchanged>>;
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
  /** Protocol whose command starts TLS. Absent or `null`: TLS begins with the first byte. */
  startTls?: StartTlsProtocol | null;
  /** `false`: no server name is sent; `servername` is still compared. Absent: it is sent. */
  sendServername?: boolean;
  /** Make a second connection that resumes the session. Absent: no. */
  resumption?: boolean;
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
  /** `null`: the second handshake, which would have told, failed; {@link trustError} is `TRUST_NOT_SETTLED`. */
  trusted: boolean | null;
  /** Error code of OpenSSL (`CERT_HAS_EXPIRED`, `DEPTH_ZERO_SELF_SIGNED_CERT`, …); `null` where trusted. */
  trustError: string | null;
  hostnameMatches: boolean;
  /** As sent, leaf first. */
  chain: Certificate[];
  /** `sha256//BASE64` of the leaf's public key. */
  pin: string | null;
  /** Whether the server sent a CertificateRequest; `null` or absent where that cannot be told (below TLS 1.2). */
  clientCertificateRequested?: boolean | null;
  /** How many certificates were sent, of which {@link chain} can have fewer. */
  chainLength?: number;
  chainFaults?: DataOf<'tls'>['chainFaults'];
  pathFaults?: DataOf<'tls'>['pathFaults'];
  trustedBy?: DataOf<'tls'>['trustedBy'];
  /** `null`: the server staples none. Absent: it was not asked for one. */
  ocspStaple?: DataOf<'tls'>['ocspStaple'];
  /** Absent or `null`: not tried. */
  resumption?: DataOf<'tls'>['resumption'];
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
  /** Watch the body of a page whose end is known, which stands still with nothing more for so long. Absent: the body is not read. */
  bodyStallMs?: number;
}

export interface HttpObservation {
  tcpMs: number;
  /** As in {@link TlsObservation}. */
  kernel?: TcpFacts | null;
  tlsMs: number | null;
  ttfbMs: number;
  status: number;
  /** Date and Age field of the answer, from the request sent to the end of its head, and when that was by the wall clock; absent: not told. */
  dated?: { date: string | null; age: string | null; headMs: number; atMs: number };
  /** Alt-Svc field of the answer (RFC 7838); `null`: it has none. Absent: not told. */
  altSvc?: string | null;
  /** What is wrong with the body; absent or `null`: nothing, as far as it was watched. Step `response`. */
  bodyFault?: NotMeasured | null;
}

/** Phases that completed before a failure keep their times. */
export interface HttpPartial {
  tcpMs: number | null;
  kernel?: TcpFacts | null;
  tlsMs: number | null;
}

export interface Http {
  /** One request over a new connection, up to the head of the answer; the body is not read, or only watched for a moment. */
  firstByte(options: HttpOptions): Promise<{ outcome: Attempt<HttpObservation>; reached: HttpPartial }>;
  /** Whole requests over HTTP/1.1 or HTTP/2. `keep`: a connection serves the next request to the same origin too; otherwise each has its own. */
  session(keep: boolean): HttpSession;
}

// --- this machine ----------------------------------------------------------------------------------------------------------------------

type HostInterface = DataOf<'host'>['interfaces'][number];

/** What can be told of this machine's links without asking its kernel by messages: from files of the system, and from Node. */
export interface MachineOutline {
  interfaces: (Pick<HostInterface, 'name' | 'up' | 'carrier' | 'loopback' | 'mtuBytes' | 'speedMbit' | 'errors' | 'dropped' | 'source'> & {
    /** Of interfaces that are up and have a carrier; of others none is listed, whatever they have. */
    addresses: Pick<HostInterface['addresses'][number], 'address' | 'prefixLength' | 'family'>[];
  })[];
  defaultRoutes: DataOf<'host'>['defaultRoutes'];
  routesKnown: boolean;
}

export type NeighborKnowledge = Pick<DataOf<'neighbor'>, 'kernelState' | 'linkAddressKind'> & {
  state: NonNullable<DataOf<'neighbor'>['state']>;
};

export interface Machine {
  /** Links, addresses and default routes, read without sending anything. */
  observe(): Promise<MachineOutline>;
  /**
   * What the kernel knows of the link address of a neighbour on an interface; `null` for the interface: on any. `unavailable` where the
   * platform does not tell. Sends nothing.
   */
  neighbor(address: string, interfaceName: string | null, signal: AbortSignal): Promise<Attempt<NeighborKnowledge>>;
  /**
   * The TCP and UDP sockets that listen on this machine, with their processes where the system lets us see them; `unavailable` where the
   * platform does not tell.
   */
  listeners(): Promise<Attempt<DataOf<'listening'>['listeners']>>;
}
