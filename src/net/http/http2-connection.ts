import http2 from 'node:http2';
import type { Socket } from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { END_OF_STREAM, NOT_HTTP } from '../../model/failure-code.js';
import { boundedWait } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import type { Clock, HttpAnswer, HttpExchangeOptions } from '../port.js';
import { alertOf, type HandshakeState, handshakeFailure, isEndOfStream } from '../tls/failure.js';
import { readBody } from './body.js';
import { type HttpConnection, pairsOf, requestFields } from './connection.js';
import { headTooLarge, LARGEST_HEAD_BYTES } from './exchange.js';
import { cutHead } from './http1-connection.js';

/** Interim answers (1xx) of one request: a real server sends one or two. */
const MOST_INTERIM = 16;
/** Flow control windows of stream and connection: what may be on its way to us unasked. RFC 9113 section 6.9. */
const WINDOW_BYTES = 1024 * 1024;
/** What Node may hold for one session, in MB. */
const SESSION_MEMORY = 8;
/** Fields of one answer. */
const MOST_FIELDS = 512;

interface Head {
  stream: http2.ClientHttp2Stream;
  status: number;
  fields: [string, string][];
  ttfbMs: number;
  headMs: number;
  firstByteMs: number;
}

/** HTTP/2 (RFC 9113) on a connected socket, by ALPN or prior knowledge. Floods of PING, SETTINGS and RST_STREAM end it (Node, nghttp2). */
export class Http2Connection implements HttpConnection {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #session: http2.ClientHttp2Session;
  readonly #handshake: HandshakeState | null;
  readonly #keep: boolean;
  /** The first error of the session, and what the server said with GOAWAY. */
  #fault: Error | null = null;
  #goaway: number | null = null;

  constructor(
    clock: Clock,
    socket: Socket,
    handshake: HandshakeState | null,
    options: { secure: boolean; authority: string; keep: boolean },
  ) {
    this.#clock = clock;
    this.#socket = socket;
    this.#handshake = handshake;
    this.#keep = options.keep;
    // The name is for Node alone: every request carries its own.
    this.#session = http2.connect(`${options.secure ? 'https' : 'http'}://localhost`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: WINDOW_BYTES, maxHeaderListSize: LARGEST_HEAD_BYTES },
      maxSessionMemory: SESSION_MEMORY,
      maxHeaderListPairs: MOST_FIELDS,
      maxReservedRemoteStreams: 0,
    });
    this.#session.on('error', (error) => {
      this.#fault ??= error;
    });
    this.#session.on('goaway', (code) => {
      this.#goaway ??= code;
    });
  }

  usable(): boolean {
    return this.#keep && !this.#session.closed && !this.#session.destroyed && this.#goaway === null;
  }

  close(): void {
    this.#session.destroy();
    this.#socket.destroy();
  }

  async send(options: HttpExchangeOptions): Promise<{ outcome: Attempt<HttpAnswer>; written: boolean }> {
    const head = await this.#head(options);
    if (head.kind !== 'measured') {
      this.close();
      return { outcome: head, written: true };
    }
    const { stream, status, fields, ttfbMs, headMs, firstByteMs } = head.value;
    const body = await readBody(this.#clock, stream, firstByteMs, options);
    if ('kind' in body) {
      this.close();
      return { outcome: body, written: true };
    }
    // Node ends a stream in good order that the server has reset or left behind with the connection; its code comes with the close.
    if (body.ended === 'complete') await closeOf(stream);
    if (body.ended === 'complete' && (stream.rstCode !== http2.constants.NGHTTP2_NO_ERROR || stream.aborted)) body.ended = 'broken-off';
    if (!this.#keep || body.ended !== 'complete') await this.#end();
    return { outcome: measured({ httpVersion: '2', status, fields, ttfbMs, headMs, body }), written: true };
  }

  /** GOAWAY goes out ahead of the end, so that the server logs no broken connection. */
  async #end(): Promise<void> {
    this.#session.destroy();
    await new Promise(setImmediate);
    this.#socket.destroy();
  }

  #head(options: HttpExchangeOptions): Promise<Attempt<Head>> {
    const clock = this.#clock;
    const writtenMs = clock.nowMs();
    let firstByteMs: number | null = null;
    let interim = 0;
    return boundedWait<Attempt<Head>>(options, {
      begin: (settle) => {
        let stream: http2.ClientHttp2Stream;
        try {
          stream = this.#session.request(pseudoFields(options), { endStream: options.body === null });
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : '';
          // Node's text would quote the field or path, which can be secret.
          settle(
            /INVALID_SESSION|GOAWAY|DESTROYED/.test(code)
              ? this.#failure(null)
              : failed('configure', 'EINVAL', 'the path or a header field has a character that HTTP does not allow'),
          );
          return () => {};
        }
        const onInterim = () => {
          firstByteMs ??= clock.nowMs();
          if (++interim > MOST_INTERIM) settle(headTooLarge());
        };
        const onResponse = (headers: http2.IncomingHttpHeaders, _flags: number, raw?: string[]) => {
          const endMs = clock.nowMs();
          firstByteMs ??= endMs;
          const status = Number(headers[':status'] ?? 0);
          if (!(status >= 200 && status <= 999)) settle(failed('response', 'bad-status', 'the answer has no valid status'));
          else {
            const times = { ttfbMs: firstByteMs - writtenMs, headMs: endMs - writtenMs, firstByteMs };
            settle(measured({ stream, status, fields: pairsOf(raw ?? []), ...times }));
          }
        };
        const onEnd = () => settle(this.#failure(stream));
        // For good: an error later on is part of the body.
        stream.on('error', (error) => {
          this.#fault ??= error;
        });
        stream.on('headers', onInterim);
        stream.once('response', onResponse);
        stream.once('close', onEnd);
        if (options.body !== null) stream.end(options.body);
        return () => {
          stream.off('headers', onInterim);
          stream.off('response', onResponse);
          stream.off('close', onEnd);
        };
      },
      timedOut: () => {
        const waitedMs = clock.nowMs() - writtenMs;
        return firstByteMs === null ? unanswered('response', waitedMs) : cutHead(0, waitedMs);
      },
      interrupted: () => skipped('interrupted'),
    });
  }

  /** Why no head came. */
  #failure(stream: http2.ClientHttp2Stream | null): NotMeasured {
    const error = this.#fault ?? this.#socket.errored ?? null;
    if (error !== null && this.#handshake !== null && (alertOf(error) !== null || this.#handshake.clientCertificateRequested === true)) {
      return handshakeFailure(error, this.#handshake);
    }
    if (this.#goaway !== null) {
      return failed('response', 'goaway', `the server ended the connection without an answer (GOAWAY, ${errorName(this.#goaway)})`);
    }
    const code = error !== null && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_HTTP2_ERROR' || code === 'ERR_HTTP2_SESSION_ERROR') {
      return failed('response', NOT_HTTP, 'what the server sends is no HTTP/2, or breaks its rules');
    }
    const reset = stream?.rstCode ?? 0;
    if (reset !== 0 && reset !== http2.constants.NGHTTP2_CANCEL) {
      return failed('response', 'stream-reset', `the server ended the request without an answer (RST_STREAM, ${errorName(reset)})`);
    }
    if (error !== null && !code.startsWith('ERR_HTTP2') && !isEndOfStream(error)) return failedBy('response', error);
    return failed('response', END_OF_STREAM, 'the server closed the connection without an answer');
  }
}

/** A close follows the end at once, where none was lost. */
const CLOSE_MS = 100;

function closeOf(stream: http2.ClientHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      stream.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, CLOSE_MS);
    stream.once('close', done);
  });
}

function pseudoFields(options: HttpExchangeOptions): http2.OutgoingHttpHeaders {
  const fields = requestFields(options);
  const host = fields.get('host');
  fields.delete('host');
  return {
    ':method': options.method,
    ':scheme': options.secure ? 'https' : 'http',
    ':authority': typeof host === 'string' ? host : options.authority,
    ':path': options.path,
    ...Object.fromEntries(fields),
  };
}

/** `ENHANCE_YOUR_CALM` for 11 (RFC 9113 section 7). */
function errorName(code: number): string {
  const name = ERROR_NAMES[code];
  return name ?? `error ${code}`;
}

const ERROR_NAMES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
] as const;
