import type net from 'node:net';
import { type Attempt, measured, skipped } from '../../model/attempt.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock } from '../port.js';
import { connectTcp } from '../tcp/tcp-connect.js';
import type { HelloOptions, HelloReply, Hellos } from '../tls-port.js';
import { startTls } from './start-tls.js';

/** One flight there and one back, on a connection of its own. */
export function createHellos(clock: Clock): Hellos {
  return {
    async exchange(options) {
      const endsMs = clock.nowMs() + options.timeoutMs;
      const left = () => ({ timeoutMs: Math.max(0, endsMs - clock.nowMs()), signal: options.signal });
      const connected = await connectTcp(clock, options);
      if (connected.kind !== 'measured') return connected;
      const { socket } = connected.value;
      try {
        if (options.startTls !== null) {
          const started = await startTls(clock, socket, options.startTls, { host: options.host, ...left() });
          if (started.kind !== 'measured') return started;
        }
        return await flight(socket, options, left());
      } finally {
        socket.destroy();
      }
    },
  };
}

function flight(
  socket: net.Socket,
  options: HelloOptions,
  limits: { timeoutMs: number; signal: AbortSignal },
): Promise<Attempt<HelloReply>> {
  // Grows by doubling: a server that sends byte by byte must not make us copy everything each time.
  let buffer = new Uint8Array(4096);
  let length = 0;
  const received = () => buffer.subarray(0, length);
  const ended = (how: HelloReply['ended']) => measured({ received: received().slice(), ended: how });
  return boundedWait<Attempt<HelloReply>>(limits, {
    begin(settle) {
      const onData = (chunk: Buffer) => {
        const taken = chunk.subarray(0, options.maximumBytes - length);
        if (length + taken.length > buffer.length) {
          const larger = new Uint8Array(Math.min(options.maximumBytes, Math.max(2 * buffer.length, length + taken.length)));
          larger.set(received());
          buffer = larger;
        }
        buffer.set(taken, length);
        length += taken.length;
        if (options.enough(received())) settle(ended('enough'));
        else if (length >= options.maximumBytes) settle(ended('full'));
      };
      const onEnd = () => settle(ended('closed'));
      const onError = () => settle(ended('reset'));
      const onClose = () => settle(ended(socket.errored === null ? 'closed' : 'reset'));
      socket.on('data', onData);
      socket.once('end', onEnd);
      socket.once('error', onError);
      socket.once('close', onClose);
      socket.resume();
      if (socket.destroyed) onClose();
      else socket.write(options.hello);
      return () => {
        socket.off('data', onData);
        socket.off('end', onEnd);
        socket.off('error', onError);
        socket.off('close', onClose);
      };
    },
    timedOut: () => ended('silent'),
    interrupted: () => skipped('interrupted'),
  });
}
