import type http from 'node:http';
import { failed, type NotMeasured } from '../../model/attempt.js';
import { BODY_STALLED, CUT_SHORT, RESET_CODES } from '../../model/failure-code.js';
import { formatByteCount } from '../../model/format.js';
import { failedBy } from '../errno.js';
import type { Clock } from '../port.js';

/** So much of a body shows that it comes: more is not read. */
const ENOUGH_BYTES = 64 * 1024;
/** A body that still comes after this is not looked at any longer. */
const LONG_ENOUGH_MS = 500;

/**
 * Whether the body has an end that is known, so that silence ahead of it is a fault: its length is announced (RFC 9112 section 6), or it is
 * a page. Streams of events, listings that are watched and the like keep still for as long as they want.
 */
export function hasKnownEnd({ statusCode = 0, headers }: Pick<http.IncomingMessage, 'statusCode' | 'headers'>): boolean {
  if (statusCode < 200 || statusCode > 299) return false;
  if (announcedBytes(headers) !== null) return true;
  const chunked = /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
  return chunked && /^text\/html\b/i.test(headers['content-type'] ?? '');
}

function announcedBytes(headers: http.IncomingHttpHeaders): number | null {
  const text = headers['content-length'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

export interface BodyWatch {
  /** The connection broke. */
  broken(error: Error): void;
  stop(): void;
}

/**
 * Reads the begin of a body, to see that it does not stand still or break off.
 *
 * @param stallMs with nothing more for so long it stands still
 * @param done called once: with what is wrong, or with `null` where the body is whole, or enough of it came
 */
export function watchBody(
  clock: Clock,
  response: http.IncomingMessage,
  stallMs: number,
  done: (fault: NotMeasured | null) => void,
): BodyWatch {
  const beganMs = clock.nowMs();
  const announced = announcedBytes(response.headers);
  let bytes = 0;
  const came = () => `${announced === null ? formatByteCount(bytes) : `${bytes} of ${formatByteCount(announced)}`} of the body`;
  const finish = (fault: NotMeasured | null) => {
    stop();
    done(fault);
  };
  const broken = (error: Error) => {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    // Node calls it a reset wherever the parser has not seen the end.
    const reset = RESET_CODES.has(code) && error.message !== 'aborted';
    finish(reset ? failedBy('response', error) : failed('response', CUT_SHORT, `the server closed the connection after ${came()}`));
  };
  const still = () => finish(failed('response', BODY_STALLED, `${came()} came, and then nothing for ${Math.round(stallMs)} ms`));
  let timer = setTimeout(still, stallMs);
  const onData = (chunk: Uint8Array) => {
    bytes += chunk.length;
    clearTimeout(timer);
    if (bytes >= ENOUGH_BYTES || clock.nowMs() - beganMs > LONG_ENOUGH_MS) finish(null);
    else timer = setTimeout(still, stallMs);
  };
  const onEnd = () => finish(null);
  response.on('data', onData);
  response.once('end', onEnd);
  response.once('error', broken);
  // Of a reset the socket knows first, and by its name.
  const { socket } = response;
  socket.prependOnceListener('error', broken);
  function stop(): void {
    clearTimeout(timer);
    response.off('data', onData);
    response.off('end', onEnd);
    response.off('error', broken);
    socket.off('error', broken);
    // For good: what comes after the end is of no interest, and must not end the process.
    response.on('error', () => {});
  }
  return { broken, stop };
}
