/** The part of the port (see `port.ts`) that speaks HTTP. */
import type { Attempt } from '../model/attempt.js';
import type { Origin } from '../model/probe-options.js';
import type { ProxyHop } from '../model/proxy.js';
import type { TcpFacts } from '../wire/linux/tcp-info.js';

export interface HttpSession {
  /**
   * One request, and its answer with the body up to a limit. Step `connect`, `handshake` or `configure` as in `Tls`; `request` where the
   * credentials were withheld from a server that is not trusted; `response` where no valid head came. A body that breaks off is no failure:
   * see {@link HttpBody.ended}.
   */
  exchange(options: HttpExchangeOptions): Promise<HttpExchange>;
  /** Closes the connections. A request under way ends as a failure. */
  close(): void;
}

export interface HttpExchangeOptions extends Origin {
  /** IP address that is connected to; `null`: a proxy resolves the name. */
  address: string | null;
  /** Name or address without brackets, and port. */
  host: string;
  port: number;
  secure: boolean;
  servername: string;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  via: ProxyHop | null;
  /** By preference. With TLS they are offered by ALPN; without it HTTP/2 is spoken, by prior knowledge, only where it stands alone. */
  versions: readonly ('1.1' | '2')[];
  method: string;
  /** `Host` or `:authority`. */
  authority: string;
  /** Request target: path and query. */
  path: string;
  /** Names in any case. */
  headers: readonly (readonly [string, string])[];
  /** Whether something of the request may only go to a server whose certificate is trusted and carries the right name. */
  confidential: boolean;
  body: Uint8Array | null;
  /** For the connection, and then for the head of the answer. */
  timeoutMs: number;
  /** For the body. */
  bodyTimeoutMs: number;
  /** More of the body is not read. */
  bodyLimitBytes: number;
  /** More of it is not kept. */
  keptBytes: number;
  signal: AbortSignal;
}

export interface HttpTimes {
  tcpMs: number | null;
  proxyMs: number | null;
  tlsMs: number | null;
  kernel: TcpFacts | null;
}

export interface HttpSecurity {
  protocol: string;
  cipher: string;
  alpn: string | null;
  trustError: string | null;
  hostnameMatches: boolean;
  /** Whether the leaf is the only certificate that was sent, and issued by itself. */
  selfSigned: boolean;
}

export interface HttpExchange {
  outcome: Attempt<HttpAnswer>;
  /** Phases that completed; all `null` on a kept connection. */
  reached: HttpTimes;
  reused: boolean;
  security: HttpSecurity | null;
  /** Whether the request was sent: a server may have acted on it. */
  sent: boolean;
}

export interface HttpAnswer {
  httpVersion: string;
  status: number;
  /** In their order, as they came; names in small letters. */
  fields: readonly (readonly [string, string])[];
  /** From the request sent to the first byte of the answer, an interim one included. */
  ttfbMs: number;
  /** From the request sent to the end of the final head; absent: as {@link ttfbMs}. */
  headMs?: number;
  body: HttpBody;
}

export interface HttpBody {
  /** Of the body, its framing not counted. */
  bytes: number;
  /** The beginning of it. */
  kept: Uint8Array;
  ended: 'complete' | 'limit' | 'broken-off' | 'timed-out';
  bodyMs: number;
}
