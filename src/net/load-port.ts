/** The part of the port (see `port.ts`) that loads a line with bodies of HTTP. */
import type { NotMeasured } from '../model/attempt.js';
import type { Origin } from '../model/probe-options.js';

export interface LoadOptions extends Origin {
  /** `down`: answers are read. `up`: bodies are sent. */
  direction: 'down' | 'up';
  address: string;
  /** Name or address without brackets, and port. */
  host: string;
  port: number;
  secure: boolean;
  servername: string;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  authority: string;
  /** Path and query. */
  path: string;
  headers: readonly (readonly [string, string])[];
  /** Whether something of the request may only go to a server whose certificate is trusted and carries the right name. */
  confidential: boolean;
  connections: number;
  /** When so many bytes of bodies have moved, it is over. */
  maximumBytes: number;
  /** Of the body of one request, where bodies are sent. */
  requestBytes: number;
  /** For a connection, and for the head of an answer to a request without a body. */
  timeoutMs: number;
  /** Ends it. */
  signal: AbortSignal;
}

/** Where a load stands. All of it is since its beginning. */
export interface LoadReading {
  /** Bytes of bodies that arrived, or that got to the other side. Of bodies that a server refused, none. */
  bytes: number;
  /** As of `tcp_info`, of all connections; `null`: not told. */
  sentBytes: number | null;
  retransmittedBytes: number | null;
  busyMs: number | null;
  windowLimitedMs: number | null;
  /** Time of all connections together in which an answer was waited for, the first of each connection not counted. */
  waitedMs: number;
  /** Time in which this process was busy. */
  ownBusyMs: number;
}

export interface LoadSummary {
  connections: { opened: number; broken: number; reason: string | null };
  requests: { sent: number; completed: number };
  /** What {@link LoadReading.bytes} go by. */
  countedBy: 'received' | 'acknowledged' | 'handed-over';
  /** In which an answer came although none was asked for; `null`: none. */
  contentEncoding: string | null;
  /** Why nothing could be measured; `null` where bytes moved as they should. */
  failure: NotMeasured | null;
  /** Status of the first answer that did not serve; `null`: there was none. */
  refusedWith: number | null;
  /** What ended it before the signal did; `null`: nothing. */
  ended: 'volume' | 'requests' | 'broken-off' | null;
}

/** Requests over several connections at once, each followed by the next, until the signal or a limit ends them. */
export interface Load {
  read(): LoadReading;
  /** Resolves when nothing more will move; never rejects. */
  readonly over: Promise<void>;
  /** Ends every connection at once, with what it still has to send. */
  stop(): void;
  summary(): LoadSummary;
}

export interface Loads {
  /**
   * Begins at once. HTTP/1.1, since over HTTP/2 the requests would share one connection; redirects are not followed. Failures are as of
   * `HttpSession.exchange`; besides, with step `response`: `http-status`, `redirect`, `empty` (an answer without a body).
   */
  begin(options: LoadOptions): Load;
}
