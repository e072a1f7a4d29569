import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { HTTP_STATUS, NOT_DNS, TOO_LARGE } from '../../model/failure-code.js';
import { encodeQuery, isAnswerTo, parseMessage } from '../../wire/dns/dns.js';
import { boundedWait, type WaitLimits } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import { CLOSED_EARLY, type DnsConnection, type DnsReply } from './connection.js';
import { type DnsFields, malformed, mismatched } from './observation.js';

const MEDIA_TYPE = 'application/dns-message';
const MAXIMUM_BODY_BYTES = 65_535;
/** Of a head, names and values together: what nghttp2 unpacks beyond it ends the connection. */
const MAXIMUM_HEAD_BYTES = 32_768;
const MAXIMUM_HEADERS = 128;
/** Interim answers (1xx) of one request. */
const MAXIMUM_INTERIM = 16;
/** RFC 8484 section 4.1: one id for all, so that answers can be cached. The stream tells them apart. */
const ID = 0;

/**
 * DNS over HTTPS (RFC 8484): POST over HTTP/2, each question a stream of its own. Codes: {@link HTTP_STATUS} where the status is no success,
 * {@link NOT_DNS} for a body of another media type, {@link TOO_LARGE} for one that can be no message.
 */
export class DnsHttps implements DnsConnection {
  readonly setUp: DnsConnection['setUp'];
  readonly #session: ClientHttp2Session;
  readonly #socket: TLSSocket;
  readonly #path: string;
  #ended: NotMeasured | null = null;
  readonly #pending = new Set<(outcome: NotMeasured) => void>();

  /** Takes the connected socket over. */
  constructor(socket: TLSSocket, setUp: DnsConnection['setUp'], { authority, path }: { authority: string; path: string }) {
    this.setUp = setUp;
    this.#socket = socket;
    this.#path = path;
    this.#session = connect(`https://${authority}`, {
      createConnection: () => socket,
      maxHeaderListPairs: MAXIMUM_HEADERS,
      maxSessionMemory: 1,
      settings: { enablePush: false, maxHeaderListSize: MAXIMUM_HEAD_BYTES },
    });
    this.#session.on('error', (error) => this.#end(httpFailure(error)));
    this.#session.once('goaway', () => this.#end(closedEarly()));
    this.#session.once('close', () => this.#end(closedEarly()));
  }

  get open(): boolean {
    return this.#ended === null;
  }

  ask(fields: DnsFields, limits: WaitLimits, path = this.#path): Promise<Attempt<DnsReply>> {
    if (this.#ended !== null) return Promise.resolve(closedEarly());
    let began = false;
    return boundedWait<Attempt<DnsReply>>(limits, {
      begin: (settle) => {
        const body = encodeQuery({ ...fields, id: ID });
        let stream: ClientHttp2Stream;
        try {
          stream = this.#session.request({
            ':method': 'POST',
            ':path': path,
            accept: MEDIA_TYPE,
            'content-type': MEDIA_TYPE,
            'content-length': String(body.length),
          });
        } catch (error) {
          settle(httpFailure(error as Error));
          return () => {};
        }
        this.#pending.add(settle);
        readAnswer(stream, (outcome) => settle(outcome.kind === 'measured' ? readMessage(fields, outcome.value) : outcome));
        stream.once('response', () => {
          began = true;
        });
        stream.end(body);
        return () => {
          this.#pending.delete(settle);
          stream.removeAllListeners();
          stream.on('error', () => {});
          if (!stream.closed) stream.close(constants.NGHTTP2_CANCEL);
        };
      },
      timedOut: () =>
        began
          ? failed('response', CLOSED_EARLY, `the answer was not whole within ${Math.round(limits.timeoutMs)} ms`)
          : unanswered('response', limits.timeoutMs),
      interrupted: () => skipped('interrupted'),
    });
  }

  close(): void {
    this.#end(skipped('interrupted'));
  }

  #end(outcome: NotMeasured): void {
    if (this.#ended !== null) return;
    this.#ended = outcome;
    for (const settle of [...this.#pending]) settle(outcome);
    this.#session.destroy();
    this.#socket.destroy();
  }
}

function closedEarly(): NotMeasured {
  return failed('response', CLOSED_EARLY, 'the server closed the connection before its answer was whole');
}

/** nghttp2's own words say nothing to people: a protocol error is one, whichever. */
function httpFailure(error: Error): NotMeasured {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ERR_HTTP2_STREAM_CANCEL' || code === 'ERR_HTTP2_GOAWAY_SESSION' || code === 'ERR_HTTP2_INVALID_SESSION')
    return closedEarly();
  if (code.startsWith('ERR_HTTP2_')) return failed('response', 'http2-error', 'the server breaks the rules of HTTP/2, or ends the request');
  return failedBy('response', error);
}

function readAnswer(stream: ClientHttp2Stream, done: (outcome: Attempt<Uint8Array>) => void): void {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let interim = 0;
  let headed = false;
  stream.on('error', (error) => done(httpFailure(error)));
  stream.on('headers', () => {
    if (++interim > MAXIMUM_INTERIM) done(failed('response', 'http2-error', 'the server sends interim answers without end'));
  });
  stream.on('response', (headers) => {
    headed = true;
    const status = Number(headers[':status']);
    const type = String(headers['content-type'] ?? '')
      .split(';', 1)[0]
      ?.trim()
      .toLowerCase();
    if (status < 200 || status > 299) done(failed('response', HTTP_STATUS, `the server answers with HTTP status ${status}`));
    else if (type !== MEDIA_TYPE) done(failed('response', NOT_DNS, 'what the server answers over HTTP is no DNS message'));
  });
  stream.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) done(failed('response', TOO_LARGE, 'the answer is larger than a DNS message can be'));
    else chunks.push(chunk);
  });
  stream.on('end', () => done(headed && stream.rstCode === 0 ? measured(Buffer.concat(chunks)) : closedEarly()));
  stream.on('close', () => done(closedEarly()));
}

function readMessage(fields: DnsFields, bytes: Uint8Array): Attempt<DnsReply> {
  const message = parseMessage(bytes);
  if (!message.ok) return malformed(message.refusal);
  return isAnswerTo({ ...fields, id: ID }, message.value) ? measured({ message: message.value, bytes: bytes.length }) : mismatched();
}
