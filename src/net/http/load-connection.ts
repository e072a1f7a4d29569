import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failed, type NotMeasured, unanswered } from '../../model/attempt.js';
import { HTTP_STATUS } from '../../model/failure-code.js';
import { redactUrl } from '../../wire/http/redaction.js';
import type { LoadOptions, LoadReading } from '../load-port.js';
import type { Clock } from '../port.js';
import type { ReadTcpProgress } from '../tcp/tcp-facts.js';
import { handshakeFailure } from '../tls/failure.js';
import { headTooLarge, LARGEST_HEAD_BYTES, responseFailure } from './exchange.js';
import type { OpenStream } from './stream.js';

/** What is handed over at once. More would hide from a slow line, whose acknowledgements are not told, how far it has got. */
const CHUNK_BYTES = 64 * 1024;
/** Nothing on the way can make random bytes smaller. */
let chunk: Buffer | null = null;

const LONGEST_LOCATION = 200;

/** What a connection asks and tells the load that it is part of. */
export interface LoadPart {
  /** A request is to be sent; whether it may. */
  sent(): boolean;
  completed(): void;
  encoded(coding: string): void;
  refused(status: number): void;
  /** How many of these bytes may be handed over. */
  room(bytes: number): number;
  received(bytes: number): void;
  /** The kernel does not tell what was acknowledged. */
  notAcknowledged(): void;
}

/** One connection of a load: a request, and when that is over the next one. */
export class LoadConnection {
  readonly #clock: Clock;
  readonly #stream: OpenStream;
  readonly #socket: Socket;
  readonly #progress: ReadTcpProgress;
  readonly #options: LoadOptions;
  readonly #part: LoadPart;
  readonly #agent: http.Agent;
  /** Acknowledged when the first request began: the SYN, and the handshake of TLS. */
  readonly #acknowledgedBefore: number | null;
  #kernel: ReturnType<ReadTcpProgress>;
  #bytes = 0;
  #refused = 0;
  #waitedMs = 0;
  #waitsSinceMs: number | null = null;
  #stopped = false;
  #settle: ((failure: NotMeasured | null) => void) | null = null;
  /** Whether it ended in the middle of a body. */
  midway = false;

  /** @param waitsSinceMs since when the next answer is waited for, where one was read over another connection before; `null`: none was */
  constructor(
    clock: Clock,
    stream: OpenStream,
    progress: ReadTcpProgress,
    options: LoadOptions,
    part: LoadPart,
    waitsSinceMs: number | null,
  ) {
    this.#waitsSinceMs = waitsSinceMs;
    this.#clock = clock;
    this.#stream = stream;
    this.#socket = stream.socket;
    this.#progress = progress;
    this.#options = options;
    this.#part = part;
    this.#kernel = options.direction === 'up' ? progress(this.#socket) : null;
    this.#acknowledgedBefore = this.#kernel?.acknowledgedBytes ?? null;
    if (this.#kernel === null) part.notAcknowledged();
    // Node keeps a connection only for an agent. This one knows no other socket than ours.
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    (this.#agent as http.Agent & { createConnection: () => Duplex }).createConnection = () => this.#socket;
  }

  /** Resolves when the connection is over: with `null` where it was stopped, or ended in good order behind an answer. */
  async run(): Promise<NotMeasured | null> {
    let first = true;
    while (!this.#stopped && (first || this.#isFree())) {
      first = false;
      if (!this.#part.sent()) break;
      const failure = await this.#request();
      if (failure !== null) return failure;
    }
    return null;
  }

  /** Since when the next answer is waited for; `null`: none is. */
  get waitsSinceMs(): number | null {
    return this.#waitsSinceMs;
  }

  read(): Omit<LoadReading, 'ownBusyMs'> {
    const waitedMs = this.#waitedMs + (this.#waitsSinceMs === null || this.#stopped ? 0 : this.#clock.nowMs() - this.#waitsSinceMs);
    if (this.#options.direction === 'down') {
      return { bytes: this.#bytes, sentBytes: null, retransmittedBytes: null, busyMs: null, windowLimitedMs: null, waitedMs };
    }
    // Where the descriptor is closed, what was read last stands.
    this.#kernel = (this.#socket.destroyed ? null : this.#progress(this.#socket)) ?? this.#kernel;
    const kernel = this.#kernel;
    const acknowledged =
      kernel === null || this.#acknowledgedBefore === null ? this.#bytes : kernel.acknowledgedBytes - this.#acknowledgedBefore;
    return {
      bytes: Math.max(0, Math.min(this.#bytes, acknowledged) - this.#refused),
      sentBytes: kernel?.sentBytes ?? null,
      retransmittedBytes: kernel?.retransmittedBytes ?? null,
      busyMs: kernel?.busyMs ?? null,
      windowLimitedMs: kernel?.windowLimitedMs ?? null,
      waitedMs,
    };
  }

  /** Ends it at once: what this system still has to send is thrown away, and keeps the line no longer. */
  stop(): void {
    if (this.#stopped) return;
    this.read();
    this.#stopped = true;
    // Ahead of the agent, which would close it as usual.
    abandon(this.#socket);
    this.#agent.destroy();
    this.#settle?.(null);
  }

  #isFree(): boolean {
    return !this.#socket.destroyed && Object.values(this.#agent.freeSockets).some((free) => free?.includes(this.#socket));
  }

  #request(): Promise<NotMeasured | null> {
    const { direction } = this.#options;
    return new Promise((resolve) => {
      let request: http.ClientRequest;
      try {
        request = http.request({
          agent: this.#agent,
          method: direction === 'down' ? 'GET' : 'POST',
          path: this.#options.path,
          headers: this.#fields(),
          setHost: false,
          maxHeaderSize: LARGEST_HEAD_BYTES,
          insecureHTTPParser: false,
        });
      } catch {
        // Node's text would quote the field or path, which can be secret.
        resolve(failed('configure', 'EINVAL', 'the path or a header field has a character that HTTP does not allow'));
        return;
      }
      const headTimer = direction === 'down' ? setTimeout(() => silent(), this.#options.timeoutMs) : undefined;
      let headBytes = 0;
      const limitHead = (data: Uint8Array) => {
        headBytes += data.length;
        if (headBytes > LARGEST_HEAD_BYTES) settle(headTooLarge());
      };
      const settle = (failure: NotMeasured | null) => {
        clearTimeout(headTimer);
        this.#socket.off('data', limitHead);
        this.#settle = null;
        resolve(failure);
      };
      const silent = () => settle(unanswered('response', this.#options.timeoutMs));
      this.#settle = settle;
      // For good: what comes after the end is of no interest, and must not end the process.
      request.on('error', (error) => {
        const { handshake } = this.#stream;
        const early = headBytes === 0 && handshake?.clientCertificateRequested === true;
        settle(early && handshake !== null ? handshakeFailure(error, handshake) : responseFailure(error, headBytes));
      });
      request.once('socket', () => this.#socket.on('data', limitHead));
      request.once('upgrade', (_response, upgraded) => {
        upgraded.destroy();
        settle(failed('response', 'unasked-upgrade', 'the server switches to another protocol without being asked'));
      });
      request.once('response', (response) => {
        clearTimeout(headTimer);
        this.#socket.off('data', limitHead);
        response.on('error', () => {});
        const refusal = refusalOf(response, direction);
        if (refusal !== null) {
          this.#refused += direction === 'up' ? this.#ofThisRequest : 0;
          this.#part.refused(response.statusCode ?? 0);
          settle(refusal);
        } else if (direction === 'down') this.#receive(response, settle);
        else this.#await(request, response, settle);
      });
      if (direction === 'down') request.end();
      else this.#send(request);
    });
  }

  #fields(): Record<string, string | string[]> {
    const { authority, headers, direction, requestBytes } = this.#options;
    const fields: Record<string, string> = { host: authority, 'user-agent': 'netdiag', accept: '*/*', 'cache-control': 'no-store' };
    for (const [name, value] of headers) fields[name.toLowerCase()] = value;
    // What is compressed on the way says nothing of the line.
    fields['accept-encoding'] = 'identity';
    fields['connection'] = 'keep-alive';
    if (direction === 'up') Object.assign(fields, { 'content-type': 'application/octet-stream', 'content-length': String(requestBytes) });
    return fields;
  }

  #receive(response: http.IncomingMessage, settle: (failure: NotMeasured | null) => void): void {
    const coding = response.headers['content-encoding'];
    if (coding !== undefined && coding.toLowerCase() !== 'identity') this.#part.encoded(coding);
    let bytes = 0;
    response.on('data', (data: Uint8Array) => {
      if (bytes === 0) this.#goOn();
      bytes += data.length;
      this.#bytes += data.length;
      this.#part.received(data.length);
    });
    response.once('end', () => {
      if (bytes === 0) return settle(failed('response', 'empty', 'the server answers without a body'));
      this.#part.completed();
      this.#waitsSinceMs = this.#clock.nowMs();
      settle(null);
    });
    response.once('close', () => {
      if (response.complete) return;
      this.midway = bytes > 0;
      settle(failed('response', 'broken-off', 'the connection ended in the middle of the body'));
    });
  }

  /** The next answer began. */
  #goOn(): void {
    if (this.#waitsSinceMs !== null) this.#waitedMs += this.#clock.nowMs() - this.#waitsSinceMs;
    this.#waitsSinceMs = null;
  }

  #ofThisRequest = 0;

  #send(request: http.ClientRequest): void {
    let left = this.#options.requestBytes;
    this.#ofThisRequest = 0;
    chunk ??= randomBytes(CHUNK_BYTES);
    const data = chunk;
    const next = (): void => {
      if (left === 0) {
        request.end();
        return;
      }
      const size = this.#part.room(Math.min(left, data.length));
      // With no room left it waits until what is under way has got there.
      if (size === 0 || this.#stopped) return;
      left -= size;
      request.write(size === data.length ? data : data.subarray(0, size), (error) => {
        if (error) return;
        this.#bytes += size;
        this.#ofThisRequest += size;
        this.midway = left > 0;
        next();
      });
    };
    next();
  }

  /** A server may answer ahead of the end of the body, and read it all the same. */
  #await(request: http.ClientRequest, response: http.IncomingMessage, settle: (failure: NotMeasured | null) => void): void {
    const done = () => {
      this.midway = false;
      this.#part.completed();
      settle(null);
    };
    response.once('close', () => {
      if (!response.complete) settle(failed('response', 'broken-off', 'the connection ended in the middle of the answer'));
    });
    response.once('end', () => {
      if (request.writableFinished) done();
      else request.once('finish', done);
    });
    response.resume();
  }
}

/** Why an answer does not serve; `null` where it does. */
function refusalOf(response: http.IncomingMessage, direction: LoadOptions['direction']): NotMeasured | null {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    const location = response.headers.location;
    const to = location === undefined ? '' : ` to ${redactUrl(location).slice(0, LONGEST_LOCATION)}`;
    return failed('response', 'redirect', `the server redirects (${status})${to}: name the address that it leads to`);
  }
  if (status < 200 || status >= 400) return failed('response', HTTP_STATUS, `the server answers with status ${status}`);
  if (direction === 'down' && (status === 204 || status === 205)) {
    return failed('response', 'empty', `the server answers without a body (status ${status})`);
  }
  return null;
}

/** Closed as usual, the kernel would go on to send what it holds, megabytes on a slow line. A reset throws it away. */
function abandon(socket: Socket): void {
  const below = (socket as Socket & { _parent?: unknown })._parent;
  for (const one of [below, socket]) {
    if (!isSocket(one) || one.destroyed) continue;
    try {
      one.resetAndDestroy();
    } catch {
      // Of a TLS socket it is the one below that can be reset.
      one.destroy();
    }
  }
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'resetAndDestroy' in value && 'destroyed' in value;
}
