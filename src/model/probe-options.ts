import type { DataOf } from './measurement.js';
import type { ProxySettings } from './proxy-environment.js';
import type { Target } from './target.js';
import type { TlsRules } from './tls-rules.js';

/** How a probe is asked to measure: plain data made from flags. Durations in milliseconds. */

/** Where packets leave from. Absent fields: the kernel chooses. */
export interface Origin {
  /** Local IP address. */
  source?: string;
  /** Name of the interface (`SO_BINDTODEVICE` where the system allows). */
  interface?: string;
}

/**
 * `icmp`: echo. `udp`: datagrams that the target answers with "port unreachable". `tcp`: connects. `system`: the system's own ping or
 * traceroute. `auto`: the first of them, in this order, that the system allows and the target answers.
 */
export type ProbeMethod = 'auto' | 'icmp' | 'udp' | 'tcp' | 'system';

export interface RoundTripOptions {
  method: ProbeMethod;
  count: number;
  intervalMs: number;
  /** How long one probe may stay unanswered. */
  timeoutMs: number;
  /**
   * Goes on beyond `count`, up to so many probes, as long as it cannot be told on which side of `decideRatio` the loss lies. Absent: exactly
   * `count` are sent.
   */
  extend?: { maximumCount: number; decideRatio: number };
  /** `loss`: find the hop at which it begins; a loss up to this ratio need not be placed. */
  path?: { acceptableRatio: number };
  /** `loss`: where some were lost, find out by TCP in which direction. Absent: no. */
  direction?: boolean;
}

export interface RouteOptions {
  method: ProbeMethod;
  /** How many flows to follow: 1 is one path (Paris traceroute). */
  flows: number;
  /** How often every hop is asked. */
  cycles: number;
  intervalMs: number;
  timeoutMs: number;
  maximumTtl: number;
  /** Whether the addresses of hops are looked up (PTR). */
  names: boolean;
  /** How often a hop that never answers is asked, however few the cycles are. Absent: three times. */
  tries?: number;
}

export interface MtuOptions {
  /** How long a packet may stay unanswered, before any round trip is known. */
  timeoutMs: number;
  /** `auto` where absent: echo, then datagrams, then the system's ping. */
  method?: 'auto' | 'icmp' | 'udp' | 'system';
  /** Whether TCP is asked which segments get through in each direction: `always`, or (where absent) only where packets left a doubt. */
  segments?: 'always' | 'in-doubt';
  /** For how long sizes are searched by datagrams, of which a target answers few. Absent: until the exact one is found. */
  searchMs?: number;
}

export interface PortsOptions {
  /** Ports that must be open. */
  required: readonly number[];
  /** Ports whose state is only reported. */
  surveyed: readonly number[];
  /** The same for UDP ports. */
  udp?: { required: readonly number[]; surveyed: readonly number[] };
  timeoutMs: number;
  /** Connections under way at once, where the descriptors suffice. */
  concurrency: number;
  /** Whether open TCP ports are asked for their greeting. Absent: no. */
  banner?: boolean;
  /** Wait so long, in milliseconds, for the first word of a target that is plain TCP. Absent: no. */
  firstWordMs?: number;
}

/** What `netdiag ports --listening` looks for on this machine. */
export interface ListeningOptions {
  /** Ports to look at, in ranges; `null`: all. */
  asked: DataOf<'listening'>['asked'];
  /** What should listen; `null`: nothing was said, so nothing fails. */
  expected: DataOf<'listening'>['expected'];
}

export interface TlsProbeOptions {
  /** Overrides the host name of the target. */
  servername: string | null;
  /** Further trust anchors, client certificate and key, in PEM. Never enter a report. */
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  /** `sha256//BASE64` values, one of which the leaf's public key must match; empty: not asked. */
  pins: readonly string[];
  timeoutMs: number;
  /** Protocol whose command starts TLS; absent or `null`: TLS begins with the first byte. */
  startTls?: StartTlsProtocol | null;
  /** Where {@link startTls} is not given, take the protocol that stands at the port of the target, if one does. Absent: no. */
  startTlsByPort?: boolean;
  /** `false`: the server is told no name. Absent: it is. */
  sendServername?: boolean;
  /** Try a second handshake that resumes the first. Absent: no. */
  resumption?: boolean;
  /** Find out everything that the server would accept. Absent: no. */
  enumerate?: TlsEnumerationOptions;
  /** Hold the server against these rules. Absent: no. */
  rules?: TlsRules;
}

/** What can be turned into TLS by a command of its own. */
export type StartTlsProtocol = 'smtp' | 'imap' | 'pop3' | 'ftp' | 'ldap' | 'postgres' | 'mysql' | 'xmpp';

export interface TlsEnumerationOptions {
  /** Connections under way at once. */
  concurrency: number;
  /** New connections a second, at the most. */
  perSecond: number;
  /** More than so many are not opened: what is open then is reported as not settled. */
  maximumConnections: number;
}

/** A name server, and how it is spoken to. */
export interface DnsServerOption {
  /** IP address; empty where `host` is to be resolved first. */
  address: string;
  /** Name by which the user named it: the system's own resolver is asked for its address before anything else. */
  host?: string;
  port: number;
  /** Absent: that of the run. */
  transport?: 'udp' | 'tcp' | 'tls' | 'https';
  /** Name in its certificate, for `tls` and `https`; absent: its address. */
  servername?: string;
  /** Of `https`; absent: `/dns-query`. */
  path?: string;
  /** What people call it: `systemd-resolved`, `Docker`, `Cloudflare`. Absent: it has no name. */
  label?: string;
  /** Who named it. Absent: `given`. */
  from?: 'given' | 'system' | 'well-known';
}

export interface DnsProbeOptions {
  names: readonly string[];
  types: readonly string[];
  /** Servers to ask; empty: the system's resolvers. */
  servers: readonly DnsServerOption[];
  transport: 'udp' | 'tcp' | 'tls' | 'https';
  timeoutMs: number;
  /** How often a datagram may be sent: at least 1. */
  attempts: number;
  /** As in a question of `net/name-port.ts`. */
  edns?: {
    udpPayloadBytes: number;
    dnssecOk?: boolean;
    nameServerId?: boolean;
    clientSubnet?: { address: string; prefixLength: number } | null;
  } | null;
  recursionDesired?: boolean;
  checkingDisabled?: boolean;
  /** Further trust anchors of encrypted servers, in PEM. */
  ca?: readonly string[];
  /** Try the names of the system's search list (resolv.conf(5)). Absent: names are asked for as they are. */
  search?: boolean;
  /** Validate the answers here, from these trust anchors: DS or DNSKEY records in presentation format; empty: those of the root zone. */
  validate?: { anchors: readonly string[] };
  /** Ask all servers at once and hold their answers against each other. */
  compare?: DnsComparisonOptions;
  /** Follow the delegations from the root. */
  trace?: DnsTraceOptions;
}

export interface DnsComparisonOptions {
  /** Whether well-known public resolvers are asked too. */
  wellKnown: boolean;
  /** Questions to each server behind the first, for the warm times. */
  warmCount: number;
  /** The well-known servers; absent: those that netdiag knows. */
  servers?: readonly DnsServerOption[];
}

/** How the resolvers of this machine are looked at beside everything else. */
export interface ResolverWatchOptions {
  /** Resolvers that everybody knows, which are asked for the targets' public names too, by IP address; empty: nobody else is asked. */
  references: readonly DnsServerOption[];
  /** Further trust anchors of those, in PEM. */
  ca: readonly string[];
}

export interface DnsTraceOptions {
  /** Root servers by name and addresses; empty: the built-in ones. */
  rootHints: readonly { name: string; addresses: readonly string[] }[];
  /** Where root and all other servers are asked. Absent: 53. */
  port?: number;
}

export interface PhasesOptions {
  /** For one exchange, behind the lookup of the name. */
  timeoutMs: number;
  /** Exchanges, one after the other, each on a connection of its own; absent: one. */
  count?: number;
  /** Between their starts. */
  intervalMs?: number;
  /** Look the name up again ahead of each further exchange, for addresses of this family. Absent: its first lookup serves for all. */
  lookup?: { family: 4 | 6 | null };
  /** Further fields of the request. Absent: none. */
  headers?: readonly HttpRequestField[];
  /** Ask a target at port 80 or 443 that was named without a scheme for its front page, and wait so long for it. Absent: no. */
  frontPageMs?: number;
  /** Watch the body of the page that was named by its URL: with nothing more for so long it stands still. Absent: it is not read. */
  bodyStallMs?: number;
}

/** A field of a request. `secret`: its value stays out of every output, and goes to the origin that was named alone. */
export interface HttpRequestField {
  name: string;
  value: string;
  secret: boolean;
}

/** What an answer must be like. */
export type HttpExpectation =
  /** One of `200`, `2xx`, …. */
  | { kind: 'status'; accepted: readonly string[] }
  /** The body has this text, or something that matches this regular expression of JavaScript. */
  | { kind: 'body'; text: string }
  | { kind: 'body'; pattern: string; flags: string }
  /** The body is JSON in which this path (RFC 9535) leads to something, or to this value, written as JSON or as a bare string. */
  | { kind: 'json'; path: string; value: string | null }
  /** There is such a field; with `value`, one whose value has that text in it, in any case. */
  | { kind: 'header'; name: string; value: string | null }
  | { kind: 'no-header'; name: string };

export interface HttpProbeOptions {
  method: string;
  headers: readonly HttpRequestField[];
  body: Uint8Array | null;
  /** By preference. */
  versions: readonly ('1.1' | '2')[];
  /** Offer compressed answers. */
  compression: boolean;
  /** More redirects than these are not followed; 0: none is. */
  maximumRedirects: number;
  expectations: readonly HttpExpectation[];
  /** Whether the fields that protect readers of a page must be there. */
  securityHeaders: boolean;
  count: number;
  /** Between the starts of exchanges. */
  intervalMs: number;
  /** Send all requests to one origin over one connection. */
  keepAlive: boolean;
  /** Look the name up again ahead of each further exchange, for addresses of this family. */
  lookup?: { family: 4 | 6 | null };
  burst: { count: number; concurrency: number } | null;
  servername: string | null;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  proxies: ProxySettings;
  /** For the connection, and for the head of each answer. */
  timeoutMs: number;
  bodyTimeoutMs: number;
}

export interface WebSocketOptions {
  /** Pings, each of them with a message to be sent back where one is given. */
  count: number;
  /** Between their starts. */
  intervalMs: number;
  /** For the connection and the upgrade together, and then for each answer. */
  timeoutMs: number;
  /** Sent to be sent back, or, where it is listened, sent once ahead; `null`: none. */
  message: { text: string } | { bytes: Uint8Array } | null;
  /** Send the message so many times besides, as fast as it comes back; absent: do not. */
  messages?: number;
  /** Listen for so long to what comes by itself; `null`: do not. */
  listenMs: number | null;
  /** To offer, the best first. */
  subprotocols: readonly string[];
  /** Further fields of the request. */
  headers: readonly HttpRequestField[];
  proxies: ProxySettings;
}

/** Load on the line, as long and as much as is said here at the most. */
export interface BandwidthOptions {
  /** Download from the target. */
  down: boolean;
  /** Upload to here; `null`: none. A path is one of the target's own server. */
  up: { target: Target } | { path: string } | null;
  /** For each direction. */
  durationMs: number;
  connections: number;
  /** For each direction. */
  maximumBytes: number;
  /** How round trips are timed meanwhile: by TCP connections to the port that is measured, or by echoes. `auto`: the first that is answered. */
  method: 'auto' | 'tcp' | 'icmp';
  /** Further fields of each request. */
  headers: readonly HttpRequestField[];
  servername: string | null;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  /** For a connection, and for the head of an answer. */
  timeoutMs: number;
}

export interface ProxyProbeOptions {
  settings: ProxySettings;
  /** Whether the target is asked by both ways, and the answers are held against each other; otherwise only whether the proxy opens one. */
  compare: boolean;
  timeoutMs: number;
}

export interface CaptivePortalOptions {
  timeoutMs: number;
  /** What is asked; absent: one of those that browsers and systems ask. */
  reference?: CaptivePortalReference;
  /** It is looked for beside services that were named, which may be of this network alone. Absent: it is what was asked for. */
  beside?: true;
}

/** An `http:` address whose answer is known. */
export interface CaptivePortalReference {
  /** Who asks it; `null`: it was given. */
  name: string | null;
  host: string;
  port: number;
  /** Path and query. */
  path: string;
  status: number;
  /** The whole body, less white space around it; `null`: there is none. Absent: any. */
  body?: string | null;
}

export interface QuicOptions {
  /** For all packets to one server together. */
  timeoutMs: number;
  /** Addresses of well-known servers that speak QUIC at port 443, asked besides the targets; empty: none is. */
  references: readonly string[];
}

/** Probes for each target; an absent one is not run. */
export interface TargetProbeOptions {
  /** Each address of the name by itself: a time-out for one attempt. */
  addresses?: { timeoutMs: number };
  latency?: RoundTripOptions;
  /** Another series of `latency` to the best address of the other family, where the name has one and there is a way to it. */
  latencyOfEachFamily?: boolean;
  loss?: RoundTripOptions;
  /** Connections to the port of the target now and then, beside everything else. */
  knocks?: RoundTripOptions;
  /** The request of `phases` so many times more beside everything else, each within its time, where HTTP is to be expected. */
  requests?: { count: number; intervalMs: number; timeoutMs: number };
  route?: RouteOptions;
  mtu?: MtuOptions;
  ports?: PortsOptions;
  tls?: TlsProbeOptions;
  phases?: PhasesOptions;
  webSocket?: WebSocketOptions;
  /** Only where a proxy is on the way to the target. */
  proxy?: ProxyProbeOptions;
  /** Only where TLS is at port 443. */
  quic?: QuicOptions;
  http?: HttpProbeOptions;
  /** On explicit command alone: it loads the line. */
  bandwidth?: BandwidthOptions;
  /** Only where the target answers the request of `phases` with a redirect: how the chain is followed. */
  redirects?: HttpProbeOptions;
}

/** How this machine is looked at. */
export interface HostOptions {
  /**
   * `path`: what matters for the ways to the targets, their interfaces, gateways, resolvers and proxies, is gathered and judged; `all`:
   * everything that is known to be worth a look.
   */
  scope: 'path' | 'all';
  /** Nothing is sent: what only gateway, resolvers, proxy or time servers could tell stays unknown. */
  passive: boolean;
  /** Longest wait for one answer. */
  timeoutMs: number;
  /** Counters are watched for at least so long, and as long as the rest of the run takes. */
  windowMs: number;
  /** Time servers as `host` or `host:port`; `null`: those that this machine is configured for, otherwise well-known ones. */
  timeServers: readonly string[] | null;
  /** Pages whose `Date` header is compared with this machine's clock, by URL; empty: none is asked. */
  datePages: readonly string[];
  /** Server that says which address this machine has outside (STUN, RFC 8489); `null`: none is asked. */
  stunServer: { host: string; port: number } | null;
  /** What says through which proxies this machine goes out. It holds credentials. */
  proxies: ProxySettings;
  /** What should listen here; `null`: nothing was said. */
  expected: DataOf<'listening'>['expected'];
  /** The name that a resolver is asked for twice where no target has one, to see what a cache saves. */
  cacheName: string;
}
