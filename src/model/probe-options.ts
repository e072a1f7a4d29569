import type { DataOf } from './measurement.js';
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
}

export interface MtuOptions {
  /** How long a packet may stay unanswered, before any round trip is known. */
  timeoutMs: number;
  /** `auto` where absent: echo, then datagrams, then the system's ping. */
  method?: 'auto' | 'icmp' | 'udp' | 'system';
  /** Whether TCP is asked which segments get through in each direction: `always`, or (where absent) only where packets left a doubt. */
  segments?: 'always' | 'in-doubt';
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
  /** IP address. */
  address: string;
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
}

/** Probes for each target; an absent one is not run. */
export interface TargetProbeOptions {
  /** Each address of the name by itself: a time-out for one attempt. */
  addresses?: { timeoutMs: number };
  latency?: RoundTripOptions;
  /** Another series of `latency` to the best address of the other family, where the name has one and there is a way to it. */
  latencyOfEachFamily?: boolean;
  loss?: RoundTripOptions;
  route?: RouteOptions;
  mtu?: MtuOptions;
  ports?: PortsOptions;
  tls?: TlsProbeOptions;
  phases?: PhasesOptions;
}
