import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { CREDENTIALS_WITHHELD, CUT_SHORT, END_OF_STREAM, INCOMPLETE, WEBSOCKET_REFUSED } from '../../model/failure-code.js';
import { formatByteCount } from '../../model/format.js';
import { offeredSchemes } from '../../wire/http/proxy-connect.js';
import { createResponseHeadReader, fieldValues, type HeadStep, type ResponseHead } from '../../wire/http/response-head.js';
import { createWebSocketReader, encodeClose, encodeFrame } from '../../wire/http/websocket-frame.js';
import { boundedWait } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import type {
  Clock,
  UpgradeRefusal,
  WebSocketAnswer,
  WebSocketConnection,
  WebSocketOpening,
  WebSocketOpenOptions,
  WebSockets,
} from '../port.js';
import { alertOf, handshakeFailure, isEndOfStream } from '../tls/failure.js';
import { isTrusted, type OpenStream, openStream, type StreamParts } from './stream.js';

const LARGEST_HEAD_BYTES = 64 * 1024;
/** A message that is longer is a violation. */
const LARGEST_MESSAGE_BYTES = 1024 * 1024;
/** RFC 6455 section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const SWITCHING_PROTOCOLS = 101;
/** What RFC 9110 allows in names and values of fields, and what a request target can hold. */
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const REQUEST_TARGET = /^[\x21-\x7e]+$/;

/** WebSocket over streams of our own, so that proxy, TLS and frames are each timed and checked. */
export function createWebSockets(parts: StreamParts): WebSockets {
  return {
    async open(options) {
      const { clock } = parts;
      const endsMs = clock.nowMs() + options.timeoutMs;
      const { opened, reached } = await openStream(parts, { ...options, alpn: options.secure ? ['http/1.1'] : [], tunnel: true });
      const nothing = { reached, upgradeMs: null, answer: null, refusal: null, security: null };
      if (opened.kind !== 'measured') return { ...nothing, outcome: opened };
      const stream = opened.value;
      const security = securityOf(stream);
      if (options.confidential && !isTrusted(stream)) {
        stream.socket.destroy();
        return { ...nothing, security, outcome: withheld(stream) };
      }
      const left = { timeoutMs: Math.max(0, endsMs - clock.nowMs()), signal: options.signal };
      return { ...(await upgrade(clock, stream, options, left)), reached, security };
    },
  };
}

function securityOf({ secure }: OpenStream): WebSocketOpening['security'] {
  if (secure === null) return null;
  const { protocol, cipher, alpn, trustError, hostnameMatches, chain } = secure;
  const leaf = chain[0];
  const selfSigned = chain.length === 1 && leaf !== undefined && leaf.subject === leaf.issuer;
  return { protocol, cipher, alpn, trustError, hostnameMatches, selfSigned };
}

function withheld({ secure }: OpenStream): NotMeasured {
  const error = secure?.trustError ?? null;
  const why = error === null ? 'is for another name' : `is not trusted (${error})`;
  return failed('request', CREDENTIALS_WITHHELD, `the credentials were not sent: the certificate of the server ${why}`);
}

type Upgraded = Pick<WebSocketOpening, 'outcome' | 'upgradeMs' | 'answer' | 'refusal'>;

async function upgrade(
  clock: Clock,
  stream: OpenStream,
  options: WebSocketOpenOptions,
  limits: { timeoutMs: number; signal: AbortSignal },
): Promise<Upgraded> {
  const { socket } = stream;
  const key = randomBytes(16).toString('base64');
  const request = encodeUpgrade(options, key);
  const end = (outcome: Attempt<WebSocketConnection>, more: Partial<Upgraded> = {}): Upgraded => {
    if (outcome.kind !== 'measured') socket.destroy();
    return { outcome, upgradeMs: null, answer: null, refusal: null, ...more };
  };
  if (request === null) return end(failed('configure', 'EINVAL', 'the path or a header field has a character that HTTP does not allow'));
  const writtenMs = clock.nowMs();
  const step = await readHead(clock, stream, request, limits);
  if (step.kind !== 'head') return end(step.outcome, { refusal: step.refusal });
  const upgradeMs = step.atMs - writtenMs;
  const answer = answerOf(step.head);
  const wrong = faultOf(step.head, answer, options.subprotocols, key);
  if (wrong !== null) {
    return end(failed('response', WEBSOCKET_REFUSED, wrong.reason), { upgradeMs, answer, refusal: wrong.refusal });
  }
  if (step.rest.length > 0) socket.unshift(step.rest);
  return end(measured(connectionOver(clock, socket)), { upgradeMs, answer });
}

type HeadOutcome =
  | { kind: 'head'; head: ResponseHead; rest: Uint8Array; atMs: number }
  | { kind: 'none'; outcome: NotMeasured; refusal: UpgradeRefusal | null };

function readHead(
  clock: Clock,
  { socket, handshake }: OpenStream,
  request: Uint8Array,
  limits: { timeoutMs: number; signal: AbortSignal },
): Promise<HeadOutcome> {
  const reader = createResponseHeadReader(LARGEST_HEAD_BYTES);
  let bytes = 0;
  const none = (outcome: NotMeasured, refusal: UpgradeRefusal | null = null): HeadOutcome => ({ kind: 'none', outcome, refusal });
  const cutOff = () =>
    bytes === 0
      ? failed('response', END_OF_STREAM, 'the server closed the connection without an answer')
      : failed(
          'response',
          CUT_SHORT,
          `the server closed the connection after ${formatByteCount(bytes)}, before the head of the answer was complete`,
        );
  return boundedWait<HeadOutcome>(limits, {
    begin(settle) {
      const onData = (chunk: Buffer) => {
        const atMs = clock.nowMs();
        bytes += chunk.length;
        const step: HeadStep = reader.push(chunk);
        if (step.kind === 'more') return;
        socket.pause();
        if (step.kind === 'head') settle({ kind: 'head', head: step.head, rest: step.rest, atMs });
        else settle(none(failed('response', step.fault, step.refusal), 'not-http'));
      };
      const onEnd = () => settle(none(cutOff()));
      const onError = (error: Error) => {
        // TLS 1.3: the server looks at the client certificate, or at its absence, after our handshake is done.
        const turnedDown = alertOf(error) !== null || (handshake?.clientCertificateRequested === true && bytes === 0);
        if (handshake !== null && turnedDown) settle(none(handshakeFailure(error, handshake)));
        else settle(none(isEndOfStream(error) ? cutOff() : failedBy('response', error)));
      };
      socket.on('data', onData);
      socket.once('end', onEnd);
      socket.once('error', onError);
      socket.once('close', onEnd);
      socket.write(request);
      return () => {
        socket.off('data', onData);
        socket.off('end', onEnd);
        socket.off('error', onError);
        socket.off('close', onEnd);
      };
    },
    timedOut() {
      const waitedMs = Math.round(limits.timeoutMs);
      if (bytes === 0) return none(unanswered('response', limits.timeoutMs));
      return none(
        failed('response', INCOMPLETE, `${formatByteCount(bytes)} came within ${waitedMs} ms, and the head of the answer was not complete`),
      );
    },
    interrupted: () => none(skipped('interrupted')),
  });
}

/** RFC 6455 section 4.1; `null` where a field or the target has a character that none may have. */
function encodeUpgrade({ authority, path, headers, subprotocols }: WebSocketOpenOptions, key: string): Uint8Array | null {
  const own: (readonly [string, string])[] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', '13'],
    ...(subprotocols.length === 0 ? [] : [['Sec-WebSocket-Protocol', subprotocols.join(', ')] as const]),
  ];
  const reserved = new Set(own.map(([name]) => name.toLowerCase()));
  const given = headers.filter(([name]) => !reserved.has(name.toLowerCase()));
  const has = (wanted: string) => given.some(([name]) => name.toLowerCase() === wanted);
  const usual: (readonly [string, string])[] = [
    ...(has('host') ? [] : [['Host', authority] as const]),
    ...(has('user-agent') ? [] : [['User-Agent', 'netdiag'] as const]),
  ];
  const fields = [...usual, ...given, ...own];
  if (!REQUEST_TARGET.test(path) || !fields.every(([name, value]) => FIELD_NAME.test(name) && FIELD_VALUE.test(value))) return null;
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`, 'latin1');
}

function answerOf(head: ResponseHead): WebSocketAnswer {
  const challenges = fieldValues(head, 'www-authenticate');
  return {
    status: head.status,
    reason: head.reason,
    subprotocol: fieldValues(head, 'sec-websocket-protocol')[0] ?? null,
    extensions: listed(head, 'sec-websocket-extensions'),
    authentication: challenges.length === 0 ? null : offeredSchemes(challenges),
  };
}

function listed(head: ResponseHead, name: string): string[] {
  return fieldValues(head, name)
    .flatMap((value) => value.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What a client has to check of the answer (RFC 6455 section 4.1); `null` where it is a valid switch. */
function faultOf(
  head: ResponseHead,
  answer: WebSocketAnswer,
  offered: readonly string[],
  key: string,
): { refusal: UpgradeRefusal; reason: string } | null {
  if (head.status !== SWITCHING_PROTOCOLS) {
    return {
      refusal: 'status',
      reason: `status ${head.status}${head.reason === '' ? '' : ` ${head.reason.slice(0, 80)}`} in place of 101`,
    };
  }
  const names = (field: string, wanted: string) => listed(head, field).some((token) => token.toLowerCase() === wanted);
  if (!names('upgrade', 'websocket') || !names('connection', 'upgrade')) {
    return { refusal: 'upgrade', reason: 'status 101, without Upgrade: websocket and Connection: Upgrade' };
  }
  const proof = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  const given = fieldValues(head, 'sec-websocket-accept');
  if (given.length !== 1 || given[0] !== proof) {
    const what = given.length === 0 ? 'no Sec-WebSocket-Accept' : 'a wrong Sec-WebSocket-Accept';
    return { refusal: 'accept', reason: `status 101 with ${what}: whoever answered did not read the key` };
  }
  if (answer.extensions.length > 0) return { refusal: 'extension', reason: 'the server uses an extension that was not offered' };
  const chosen = fieldValues(head, 'sec-websocket-protocol');
  if (chosen.length > 1 || (answer.subprotocol !== null && !offered.includes(answer.subprotocol))) {
    return { refusal: 'subprotocol', reason: 'the server chose a subprotocol that was not offered' };
  }
  return null;
}

function connectionOver(clock: Clock, socket: Socket): WebSocketConnection {
  const reader = createWebSocketReader(LARGEST_MESSAGE_BYTES);
  let closing = false;
  const write = (kind: Parameters<typeof encodeFrame>[0], payload: Uint8Array): number | null => {
    if (closing || socket.destroyed || !socket.writable) return null;
    const frame = encodeFrame(kind, payload, randomBytes(4));
    const atMs = clock.nowMs();
    socket.write(frame);
    return atMs;
  };
  let stop = () => {};
  return {
    listen(listener) {
      let over = false;
      const onData = (chunk: Buffer) => {
        const atMs = clock.nowMs();
        for (const event of reader.push(chunk)) if (!over) listener({ ...event, atMs });
      };
      const finish = (reset: boolean) => {
        if (over) return;
        stop();
        listener({ kind: 'end', reset, atMs: clock.nowMs() });
      };
      const onEnd = () => finish(false);
      const onError = (error: Error) => finish(!isEndOfStream(error));
      stop = () => {
        over = true;
        socket.off('data', onData);
        socket.off('end', onEnd);
        socket.off('error', onError);
        socket.off('close', onEnd);
      };
      socket.on('data', onData);
      socket.once('end', onEnd);
      socket.once('error', onError);
      socket.once('close', onEnd);
      if (socket.destroyed) process.nextTick(onEnd);
      else socket.resume();
    },
    send: write,
    close(code) {
      write('close', encodeClose(code));
      closing = true;
    },
    backlogBytes: () => socket.writableLength,
    destroy() {
      stop();
      socket.destroy();
    },
  };
}
