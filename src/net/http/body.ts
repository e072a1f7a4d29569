import type { Readable } from 'node:stream';
import { type NotMeasured, skipped } from '../../model/attempt.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock, HttpBody } from '../port.js';

export interface BodyLimits {
  bodyTimeoutMs: number;
  bodyLimitBytes: number;
  keptBytes: number;
  signal: AbortSignal;
}

/**
 * Reads the body of an answer up to a limit of bytes and time, and keeps its beginning. Does not destroy the stream: where the body did not
 * end, whoever owns the connection closes it.
 *
 * @param firstByteMs when the answer began, on the clock
 * @returns `skipped` where it was interrupted
 */
export function readBody(clock: Clock, stream: Readable, firstByteMs: number, limits: BodyLimits): Promise<HttpBody | NotMeasured> {
  const kept: Uint8Array[] = [];
  let keptLength = 0;
  let bytes = 0;
  const so = (ended: HttpBody['ended']): HttpBody => ({
    bytes,
    kept: Buffer.concat(kept),
    ended,
    bodyMs: Math.max(0, clock.nowMs() - firstByteMs),
  });
  return boundedWait<HttpBody | NotMeasured>(
    { timeoutMs: limits.bodyTimeoutMs, signal: limits.signal },
    {
      begin(settle) {
        const onData = (chunk: Uint8Array) => {
          bytes += chunk.length;
          const room = limits.keptBytes - keptLength;
          if (room > 0) {
            // A copy: a slice would keep the whole buffer of the socket.
            const part = Uint8Array.from(chunk.subarray(0, room));
            kept.push(part);
            keptLength += part.length;
          }
          if (bytes > limits.bodyLimitBytes) settle(so('limit'));
        };
        const onEnd = () => settle(so('complete'));
        const onBroken = () => settle(so('broken-off'));
        stream.on('data', onData);
        stream.once('end', onEnd);
        stream.once('error', onBroken);
        stream.once('aborted', onBroken);
        stream.once('close', onBroken);
        return () => {
          stream.pause();
          stream.off('data', onData);
          stream.off('end', onEnd);
          stream.off('error', onBroken);
          stream.off('aborted', onBroken);
          stream.off('close', onBroken);
        };
      },
      timedOut: () => so('timed-out'),
      interrupted: () => skipped('interrupted'),
    },
  );
}
