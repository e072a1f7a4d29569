/** The part of the port (see `port.ts`) that speaks WebSocket. */
import type { Attempt } from '../model/attempt.js';
import type { Origin } from '../model/probe-options.js';
import type { ProxyHop } from '../model/proxy.js';
import type { WebSocketEvent } from '../wire/http/websocket-frame.js';
import type { HttpSecurity, HttpTimes } from './http-port.js';

export type { WebSocketEvent };

export interface WebSockets {
  /**
   * Connects and asks for the upgrade (RFC 6455 section 4). Steps as of an HTTP exchange; with step `response` and the code
   * `websocket-refused` where the answer is no valid switch: `refusal` says what is wrong with it.
   */
  open(options: WebSocketOpenOptions): Promise<WebSocketOpening>;
}

export interface WebSocketOpenOptions extends Origin {
  /** IP address that is connected to; `null`: a proxy resolves the name. */
  address: string | null;
  host: string;
  port: number;
  secure: boolean;
  servername: string;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  via: ProxyHop | null;
  /** `Host` field. */
  authority: string;
  /** Request target: path and query. */
  path: string;
  headers: readonly (readonly [string, string])[];
  /** Whether something of the request may only go to a server whose certificate is trusted and carries the right name. */
  confidential: boolean;
  /** To offer, the best first. */
  subprotocols: readonly string[];
  /** For the connection and the upgrade together. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** What is wrong with the answer to the upgrade. */
export type UpgradeRefusal =
  /** Another status than 101. */
  | 'status'
  /** No proof, or a wrong one, that the key was read. */
  | 'accept'
  /** 101, to something else than WebSocket. */
  | 'upgrade'
  /** An extension or a subprotocol that was not offered. */
  | 'extension'
  | 'subprotocol'
  | 'not-http';

export interface WebSocketOpening {
  outcome: Attempt<WebSocketConnection>;
  reached: HttpTimes;
  /** From the request written to the end of the head of the answer; `null` where none came. */
  upgradeMs: number | null;
  answer: WebSocketAnswer | null;
  refusal: UpgradeRefusal | null;
  security: HttpSecurity | null;
}

export interface WebSocketAnswer {
  status: number;
  reason: string;
  subprotocol: string | null;
  extensions: string[];
  /** Schemes of a login that it wants; `null`: it asked for none. */
  authentication: string[] | null;
}

export interface WebSocketConnection {
  /** Hands over what comes, on arrival: nothing is read before it is called, and it is called once. */
  listen(listener: (event: WebSocketArrival) => void): void;
  /** Gives the time on the clock at which it was written; `null` where the connection is over. */
  send(kind: 'text' | 'binary' | 'ping' | 'pong', payload: Uint8Array): number | null;
  /** Sends a close frame with this code, and nothing behind it. The server is to answer, then to end the connection. */
  close(code: number): void;
  /** How many bytes wait to be sent. */
  backlogBytes(): number;
  /** Ends the connection, in whatever state it is. Nothing is handed over any more. */
  destroy(): void;
}

/** `end`: the connection is over. `reset`: by a reset, not in good order. */
export type WebSocketArrival = (WebSocketEvent | { kind: 'end'; reset: boolean }) & { atMs: number };
