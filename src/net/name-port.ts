/** The part of the port (see `port.ts`) that asks name servers. */
import type { Attempt } from '../model/attempt.js';
import type { DataOf } from '../model/measurement.js';
import type { DnsMessage } from '../wire/dns/dns.js';
import type { IpFamily } from '../wire/packets/icmp.js';

export type DnsObservation = DataOf<'dns'>;

/** What came of one question. `measured` whenever a well-formed answer came: its rcode may still say no. */
export interface DnsAnswer {
  outcome: Attempt<null>;
  observation: DnsObservation;
  /** The answer whole, for those who look deeper than a report; `null` or absent where none came. */
  message?: DnsMessage | null;
  /** Answers to the same datagrams that came within {@link DnsQuestion.lingerMs} after the first: one question has one, unless somebody injects. */
  further?: readonly DnsMessage[];
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
  resolvers(): Promise<{
    servers: string[];
    source: string | null;
    search: string[];
    /** A name with so many dots is asked for as it is before the search list is tried; absent: 1. */
    ndots?: number;
    /** The search list is for names without a dot alone (macOS, Windows); absent: `ndots` decides. */
    oneLabelOnly?: boolean;
    /** Whom systemd-resolved asks, where it is the resolver; absent or `null`: it is not, or does not tell. */
    upstreams?: string[] | null;
  }>;
  /** What the hosts file says of these names, read once for all; absent: there is no such file to read. */
  listed?(names: readonly string[]): Promise<{ path: string; addresses: ReadonlyMap<string, readonly string[]> }>;
  /**
   * One question to one server. Over UDP, then TCP where the answer was truncated; or over TCP, TLS (RFC 7858) or HTTPS (RFC 8484, HTTP/2)
   * on a connection of its own.
   */
  query(question: DnsQuestion, signal: AbortSignal): Promise<DnsAnswer>;
  /** Asks as {@link query} does, and keeps connections for the next question to the same server over the same transport. */
  session(): DnsSession;
}

export interface DnsSession {
  query(question: DnsQuestion, signal: AbortSignal): Promise<DnsAnswer>;
  /** Closes the connections. A question under way ends as `skipped`. */
  close(): void;
}

export type DnsTransport = 'udp' | 'tcp' | 'tls' | 'https';

export interface DnsQuestion {
  /** IP address of the server. */
  server: string;
  port: number;
  transport: DnsTransport;
  name: string;
  type: string;
  /** For each datagram, or for the whole exchange over a connection. */
  timeoutMs: number;
  /** How often a datagram may be sent: at least 1. */
  attempts: number;
  /** Absent: true. */
  recursionDesired?: boolean;
  /** Ask the resolver not to validate (RFC 4035 section 3.2.2). Absent: false. */
  checkingDisabled?: boolean;
  /** What EDNS is to say (RFC 6891); `null`: no EDNS. Absent: a buffer of 1232 bytes and nothing else. */
  edns?: EdnsRequest | null;
  /** For `tls` and `https`. Absent: the certificate is to carry the address of the server, by the anchors of Node and the system. */
  security?: DnsServerSecurity;
  /** Path of the `https` transport. Absent: `/dns-query`. */
  path?: string;
  /** Over UDP: how long to listen on for further answers, after the first. Absent: not at all. */
  lingerMs?: number;
}

export interface EdnsRequest {
  udpPayloadBytes: number;
  dnssecOk?: boolean;
  /** Ask which of its instances a server is (RFC 5001). */
  nameServerId?: boolean;
  /** For which network the answer is to be (RFC 7871). */
  clientSubnet?: { address: string; prefixLength: number } | null;
}

export interface DnsServerSecurity {
  /** The name that the certificate must carry, and the server is asked for (SNI). */
  servername: string | null;
  /** Further trust anchors in PEM. */
  ca: readonly string[];
  /** Whether a certificate that is not trusted ends the question (RFC 8310, strict). Absent: it does. */
  strict?: boolean;
}
