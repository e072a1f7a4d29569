import type { Socket } from 'node:net';
import { type Attempt, failed, measured, skipped, unanswered } from '../model/attempt.js';
import { boundedWait, type WaitLimits } from './bounded-wait.js';
import { failedBy } from './errno.js';
import type { Clock } from './port.js';
import { connectTcp } from './tcp-connect.js';

export interface DnsTcpOptions extends WaitLimits {
  /** IP address. */
  address: string;
  port: number;
  query: Uint8Array;
  /** For connecting, sending and the whole answer. */
  timeoutMs: number;
}

/**
 * One DNS message there and one back over a new TCP connection, each behind its length in two bytes (RFC 1035 section 4.2.2, RFC 7766).
 * `elapsedMs` counts from the connect. Step `connect` until the connection stands, `response` from then on; code `truncated` where it was
 * closed before the message was whole.
 */
export async function exchangeDnsOverTcp(clock: Clock, options: DnsTcpOptions): Promise<Attempt<{ reply: Uint8Array; elapsedMs: number }>> {
  const { address, port, query, timeoutMs, signal } = options;
  const startedMs = clock.nowMs();
  const connected = await connectTcp(clock, { address, port, timeoutMs, signal });
  if (connected.kind !== 'measured') return connected;
  const { socket } = connected.value;
  try {
    const limits = { timeoutMs: Math.max(0, timeoutMs - (clock.nowMs() - startedMs)), signal };
    const reply = await askConnected(socket, query, limits);
    if (reply.kind === 'unanswered') return unanswered('response', timeoutMs);
    return reply.kind === 'measured' ? measured({ reply: reply.value, elapsedMs: clock.nowMs() - startedMs }) : reply;
  } finally {
    socket.destroy();
  }
}

function askConnected(socket: Socket, query: Uint8Array, limits: WaitLimits): Promise<Attempt<Uint8Array>> {
  return boundedWait<Attempt<Uint8Array>>(limits, {
    begin(settle) {
      const frame = new FrameReader();
      const onData = (chunk: Buffer) => {
        const message = frame.add(chunk);
        if (message !== null) settle(measured(message));
      };
      const onError = (error: Error) => settle(failedBy('response', error));
      const onEnd = () => settle(failed('response', 'truncated', 'the server closed the connection before its answer was whole'));
      socket.on('data', onData);
      socket.once('error', onError);
      socket.once('end', onEnd);
      socket.once('close', onEnd);
      const length = new Uint8Array(2);
      new DataView(length.buffer).setUint16(0, query.length);
      // In one segment: some servers read length and message at once (RFC 7766 section 8).
      socket.write(Buffer.concat([length, query]));
      return () => {
        socket.off('data', onData);
        socket.off('error', onError);
        socket.off('end', onEnd);
        socket.off('close', onEnd);
      };
    },
    timedOut: () => unanswered('response', limits.timeoutMs),
    interrupted: () => skipped('interrupted'),
  });
}

/** Puts together the first length-prefixed message of a stream. Holds at most the 65,535 bytes that can be announced, and copies each once. */
class FrameReader {
  readonly #prefix: number[] = [];
  #message: Uint8Array | null = null;
  #filled = 0;

  /** Gives the message as soon as it is whole. */
  add(chunk: Uint8Array): Uint8Array | null {
    let offset = 0;
    while (this.#prefix.length < 2 && offset < chunk.length) this.#prefix.push(chunk[offset++] as number);
    const [high, low] = this.#prefix;
    if (high === undefined || low === undefined) return null;
    this.#message ??= new Uint8Array((high << 8) | low);
    const part = chunk.subarray(offset, offset + this.#message.length - this.#filled);
    this.#message.set(part, this.#filled);
    this.#filled += part.length;
    return this.#filled === this.#message.length ? this.#message : null;
  }
}
