import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { Socket } from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { CUT_SHORT, END_OF_STREAM, INCOMPLETE, NOT_HTTP } from '../../model/failure-code.js';
import { formatByteCount } from '../../model/format.js';
import { boundedWait } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import type { Clock, HttpObservation, HttpOptions } from '../port.js';
import { alertOf, type HandshakeState, handshakeFailure, isEndOfStream } from '../tls/failure.js';
import { type BodyWatch, hasKnownEnd, watchBody } from './body-watch.js';

/** Of all that precedes the body, interim answers included. Large policies and many cookies need some; curl takes more, Node a quarter. */
export const LARGEST_HEAD_BYTES = 64 * 1024;
/** RFC 6455 section 1.3. */
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface Head {
  /** From the request written to the first byte of the answer, an interim one (1xx) included. */
  ttfbMs: number;
  status: number;
  dated: NonNullable<HttpObservation['dated']>;
  altSvc: string | null;
  /** See {@link HttpObservation.bodyFault}. */
  bodyFault?: NotMeasured | null;
}

/**
 * Sends one request on a connected socket and reads the head of the answer, and no more unless the body is to be watched; destroys the
 * socket in any case.
 *
 * Failures have step `response`. Codes: `not-http` (no status line), `head-too-large`, `bad-head`, `bad-accept` (a switch to WebSocket
 * without the right proof, RFC 6455 section 4.1), `unasked-upgrade`, `bad-status`, `EOF`, `incomplete`, an errno; and with step
 * `handshake` what the server said of the client certificate only now (TLS 1.3).
 *
 * @param handshake what is known of the TLS handshake; `null` on a plain connection
 */
export function exchangeHead(clock: Clock, socket: Socket, options: HttpOptions, handshake: HandshakeState | null): Promise<Attempt<Head>> {
  const key = randomBytes(16).toString('base64');
  const beganMs = clock.nowMs();
  let writtenMs: number | null = null;
  let firstByteMs: number | null = null;
  let bytes = 0;
  /** The head is there, and the body is watched. */
  let begun: Head | null = null;
  let watch: BodyWatch | null = null;

  return boundedWait<Attempt<Head>>(options, {
    begin(settle) {
      let request: http.ClientRequest;
      const end = (outcome: Attempt<Head>) => {
        request?.destroy();
        socket.destroy();
        settle(outcome);
      };
      const onData = (chunk: Uint8Array) => {
        firstByteMs ??= clock.nowMs();
        bytes += chunk.length;
      };
      // Node limits each head by itself: interim answers (1xx) could come without end. It runs behind the parser, for which the final head
      // may be complete in the same chunk.
      const limitHead = () => {
        if (bytes > LARGEST_HEAD_BYTES) end(headTooLarge());
      };
      const onHead = (response: http.IncomingMessage, refusal: NotMeasured | null) => {
        const { statusCode: status, headers } = response;
        const headMs = clock.nowMs() - (writtenMs ?? beganMs);
        const dated = { date: headers.date ?? null, age: headers.age ?? null, headMs, atMs: clock.wallMs() };
        if (refusal !== null) end(refusal);
        else if (status === undefined || status < 100) end(failed('response', 'bad-status', 'the answer has no valid status'));
        else {
          const altSvc = headers['alt-svc'] ?? null;
          const head: Head = { ttfbMs: (firstByteMs ?? clock.nowMs()) - (writtenMs ?? beganMs), status, dated, altSvc };
          const { bodyStallMs } = options;
          if (bodyStallMs === undefined || !hasKnownEnd(response)) end(measured(head));
          else {
            begun = head;
            // What was limited is the head.
            socket.off('data', limitHead);
            watch = watchBody(clock, response, bodyStallMs, (bodyFault) => end(measured({ ...head, bodyFault })));
          }
        }
      };
      try {
        request = http.request({
          // No agent: the socket is ours, and serves this once.
          createConnection: () => socket,
          method: 'GET',
          path: options.path,
          headers: requestHeaders(options, key),
          setHost: false,
          maxHeaderSize: LARGEST_HEAD_BYTES,
          insecureHTTPParser: false,
        });
      } catch {
        // Node's text would quote the field or path, which can be secret.
        socket.destroy();
        settle(failed('configure', 'EINVAL', 'the path or a header field has a character that HTTP does not allow'));
        return () => {};
      }
      // For good: what comes after the end is of no interest, and must not end the process.
      request.on('error', (error) => {
        if (watch !== null) {
          watch.broken(error);
          return;
        }
        // TLS 1.3: the server looks at the client certificate, or at its absence, after our handshake is done.
        const turnedDown = alertOf(error) !== null || (handshake?.clientCertificateRequested === true && firstByteMs === null);
        end(handshake !== null && turnedDown ? handshakeFailure(error, handshake) : responseFailure(error, bytes));
      });
      request.once('socket', () => {
        // Node writes the request right behind this event.
        writtenMs = clock.nowMs();
        socket.prependListener('data', onData);
        socket.on('data', limitHead);
      });
      request.once('response', (response) => onHead(response, null));
      request.once('upgrade', (response) => onHead(response, upgradeRefusal(response, options.webSocket ? key : null)));
      request.end();
      return () => {
        socket.off('data', onData);
        socket.off('data', limitHead);
        watch?.stop();
      };
    },
    timedOut() {
      socket.destroy();
      if (begun !== null) return measured(begun);
      const waitedMs = clock.nowMs() - (writtenMs ?? beganMs);
      if (firstByteMs === null) return unanswered('response', waitedMs);
      return failed(
        'response',
        INCOMPLETE,
        `${formatByteCount(bytes)} came within ${Math.round(waitedMs)} ms, and the head of the answer was not complete`,
      );
    },
    interrupted() {
      socket.destroy();
      return skipped('interrupted');
    },
  });
}

function requestHeaders(options: HttpOptions, key: string): Record<string, string> {
  const given = Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    host: options.host,
    'user-agent': 'netdiag',
    accept: '*/*',
    ...Object.fromEntries(given),
    ...(options.webSocket
      ? { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': key }
      : { connection: 'close' }),
  };
}

/** RFC 6455 section 4.1: what a client has to check of a 101, less extensions and subprotocols, for which we did not ask. */
function upgradeRefusal({ headers }: http.IncomingMessage, key: string | null): NotMeasured | null {
  if (key === null) return failed('response', 'unasked-upgrade', 'the server switches to another protocol without being asked');
  const expected = createHash('sha1').update(`${key}${WEBSOCKET_GUID}`).digest('base64');
  const proven = headers['sec-websocket-accept'] === expected && headers.upgrade?.toLowerCase() === 'websocket';
  return proven ? null : failed('response', 'bad-accept', 'the answer to the upgrade does not prove that WebSocket is spoken');
}

export function headTooLarge(): NotMeasured {
  return failed('response', 'head-too-large', `the head of the answer is larger than ${LARGEST_HEAD_BYTES / 1024} KiB`);
}

/** @param bytes of the answer that had come before */
export function responseFailure(error: Error, bytes: number): NotMeasured {
  if (isEndOfStream(error)) {
    if (bytes === 0) return failed('response', END_OF_STREAM, 'the server closed the connection without an answer');
    return failed(
      'response',
      CUT_SHORT,
      `the server closed the connection after ${formatByteCount(bytes)}, before the head of the answer was complete`,
    );
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'HPE_HEADER_OVERFLOW') return headTooLarge();
  if (code === 'HPE_INVALID_CONSTANT' || code === 'HPE_INVALID_VERSION') return failed('response', NOT_HTTP, 'the answer is no HTTP');
  if (code.startsWith('HPE_')) return failed('response', 'bad-head', `the head of the answer breaks the rules of HTTP (${code})`);
  return failedBy('response', error);
}
