import http from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { INCOMPLETE } from '../../model/failure-code.js';
import { formatByteCount } from '../../model/format.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock, HttpAnswer, HttpExchangeOptions } from '../port.js';
import { alertOf, type HandshakeState, handshakeFailure } from '../tls/failure.js';
import { readBody } from './body.js';
import { type HttpConnection, pairsOf, requestFields } from './connection.js';
import { headTooLarge, LARGEST_HEAD_BYTES, responseFailure } from './exchange.js';

interface Head {
  response: http.IncomingMessage;
  ttfbMs: number;
  headMs: number;
  firstByteMs: number;
}

/** HTTP/1.1 (RFC 9112) on a connected socket, which is destroyed with the connection. */
export class Http1Connection implements HttpConnection {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #handshake: HandshakeState | null;
  readonly #keep: boolean;
  readonly #agent: http.Agent;

  /**
   * @param handshake what is known of the TLS handshake; `null` on a plain connection
   * @param keep ask for the connection to be kept
   */
  constructor(clock: Clock, socket: Socket, handshake: HandshakeState | null, keep: boolean) {
    this.#clock = clock;
    this.#socket = socket;
    this.#handshake = handshake;
    this.#keep = keep;
    // Node keeps a connection only for an agent. This one knows no other socket than ours.
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    (this.#agent as http.Agent & { createConnection: () => Duplex }).createConnection = () => socket;
  }

  usable(): boolean {
    return this.#keep && !this.#socket.destroyed && Object.values(this.#agent.freeSockets).some((free) => free?.includes(this.#socket));
  }

  close(): void {
    this.#agent.destroy();
    this.#socket.destroy();
  }

  async send(options: HttpExchangeOptions): Promise<{ outcome: Attempt<HttpAnswer>; written: boolean }> {
    const { head, written } = await this.#head(options);
    if (head.kind !== 'measured') {
      this.close();
      return { outcome: head, written };
    }
    const { response, ttfbMs, headMs, firstByteMs } = head.value;
    const body = await readBody(this.#clock, response, firstByteMs, options);
    if ('kind' in body) {
      this.close();
      return { outcome: body, written };
    }
    if (!this.#keep || body.ended !== 'complete') this.close();
    const status = response.statusCode ?? 0;
    return {
      outcome: measured({ httpVersion: response.httpVersion, status, fields: pairsOf(response.rawHeaders), ttfbMs, headMs, body }),
      written,
    };
  }

  async #head(options: HttpExchangeOptions): Promise<{ head: Attempt<Head>; written: boolean }> {
    const clock = this.#clock;
    const socket = this.#socket;
    const handshake = this.#handshake;
    const beganMs = clock.nowMs();
    let writtenMs: number | null = null;
    let firstByteMs: number | null = null;
    let bytes = 0;
    const head = await boundedWait<Attempt<Head>>(options, {
      begin: (settle) => {
        let request: http.ClientRequest;
        const onData = (chunk: Uint8Array) => {
          firstByteMs ??= clock.nowMs();
          bytes += chunk.length;
        };
        // Node limits each head by itself: interim answers (1xx) could come without end.
        const limitHead = () => {
          if (bytes > LARGEST_HEAD_BYTES) settle(headTooLarge());
        };
        try {
          request = http.request({
            agent: this.#agent,
            method: options.method,
            path: isAskedOfProxy(options) ? `http://${options.authority}${options.path}` : options.path,
            headers: Object.fromEntries(this.#fields(options)),
            setHost: false,
            maxHeaderSize: LARGEST_HEAD_BYTES,
            insecureHTTPParser: false,
          });
        } catch {
          // Node's text would quote the field or path, which can be secret.
          settle(failed('configure', 'EINVAL', 'the path or a header field has a character that HTTP does not allow'));
          return () => {};
        }
        // For good: what comes after the end is of no interest, and must not end the process.
        request.on('error', (error) => {
          // TLS 1.3: the server looks at the client certificate, or at its absence, after our handshake is done.
          const turnedDown = alertOf(error) !== null || (handshake?.clientCertificateRequested === true && firstByteMs === null);
          settle(handshake !== null && turnedDown ? handshakeFailure(error, handshake) : responseFailure(error, bytes));
        });
        request.once('socket', () => {
          // Node writes the request right behind this event.
          writtenMs = clock.nowMs();
          socket.prependListener('data', onData);
          socket.on('data', limitHead);
        });
        request.once('response', (response) => {
          response.on('error', () => {});
          settle(headOf(response, { writtenMs: writtenMs ?? beganMs, firstByteMs, endMs: clock.nowMs() }));
        });
        request.once('upgrade', (_response, upgraded) => {
          upgraded.destroy();
          settle(failed('response', 'unasked-upgrade', 'the server switches to another protocol without being asked'));
        });
        request.end(options.body ?? undefined);
        return () => {
          socket.off('data', onData);
          socket.off('data', limitHead);
        };
      },
      timedOut: () => {
        const waitedMs = clock.nowMs() - (writtenMs ?? beganMs);
        return firstByteMs === null ? unanswered('response', waitedMs) : cutHead(bytes, waitedMs);
      },
      interrupted: () => skipped('interrupted'),
    });
    return { head, written: writtenMs !== null };
  }

  #fields(options: HttpExchangeOptions): Map<string, string | string[]> {
    const fields = requestFields(options);
    if (!fields.has('host')) fields.set('host', options.authority);
    fields.set('connection', this.#keep ? 'keep-alive' : 'close');
    const login = isAskedOfProxy(options) ? (options.via?.credentials ?? null) : null;
    // RFC 7617.
    if (login !== null) fields.set('proxy-authorization', `Basic ${Buffer.from(login, 'utf8').toString('base64')}`);
    return fields;
  }
}

/** Plain requests go to an HTTP proxy itself, in absolute form (RFC 9112 section 3.2.2); all others through a tunnel. */
function isAskedOfProxy({ secure, via }: HttpExchangeOptions): boolean {
  return !secure && (via?.kind === 'http' || via?.kind === 'https');
}

function headOf(response: http.IncomingMessage, at: { writtenMs: number; firstByteMs: number | null; endMs: number }): Attempt<Head> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 999) return failed('response', 'bad-status', 'the answer has no valid status');
  const firstByteMs = at.firstByteMs ?? at.endMs;
  const since = (ms: number) => Math.max(0, ms - at.writtenMs);
  return measured({ response, firstByteMs, ttfbMs: since(firstByteMs), headMs: since(at.endMs) });
}

/** The head did not come to its end in the time that was given. */
export function cutHead(bytes: number, waitedMs: number): NotMeasured {
  const came = bytes === 0 ? 'the answer began' : `${formatByteCount(bytes)} came`;
  return failed('response', INCOMPLETE, `${came} within ${Math.round(waitedMs)} ms, and the head of the answer was not complete`);
}
