import net from 'node:net';
import { type Attempt, failed, measured, skipped, unanswered } from '../model/attempt.js';
import { boundedWait } from './bounded-wait.js';
import { failedBy } from './errno.js';
import { localAddress } from './local-address.js';
import type { Clock, TcpConnectOptions, TcpFacts } from './port.js';
import { noTcpFacts, type ReadTcpFacts } from './tcp-facts.js';

export interface TcpConnection {
  /** Connected. It has an `error` listener that does nothing, so that a late reset cannot end the process. The caller destroys it. */
  socket: net.Socket;
  /** From connect(2) to its completion, on the process clock. */
  connectMs: number;
  /** The kernel's facts at that moment, before anything was sent on it. */
  kernel: TcpFacts | null;
}

/**
 * Opens a TCP connection to an IP address; never asks DNS. Failures have step `connect` and an errno name, or `configure` where an address
 * cannot be used at all.
 *
 * node:net has no SO_BINDTODEVICE: an `interface` stands for its address as the source, see {@link localAddress}.
 */
export function connectTcp(clock: Clock, options: TcpConnectOptions, facts: ReadTcpFacts = noTcpFacts): Promise<Attempt<TcpConnection>> {
  const { address, port } = options;
  const family = net.isIP(address);
  if (family === 0) return Promise.resolve(failed('configure', 'EINVAL', 'only an IP address can be connected to'));
  const source = localAddress(options, family === 6 ? 6 : 4);
  if (source.kind !== 'measured') return Promise.resolve(source);
  const socket = new net.Socket();
  let startedMs = clock.nowMs();
  return boundedWait<Attempt<TcpConnection>>(options, {
    begin(settle) {
      const onConnect = () => {
        const connectMs = clock.nowMs() - startedMs;
        settle(measured({ socket, connectMs, kernel: facts(socket) }));
      };
      const onError = (error: Error) => {
        const outcome = failedBy('connect', error);
        // ETIMEDOUT: the kernel gave up by itself, having heard nothing.
        const silent = outcome.kind === 'failed' && outcome.code === 'ETIMEDOUT';
        settle(silent ? unanswered('connect', clock.nowMs() - startedMs) : outcome);
      };
      socket.on('error', () => {});
      socket.once('connect', onConnect);
      socket.once('error', onError);
      try {
        // Node calls connect(2) in the next tick: this stamp is taken right before it, however many sockets were asked for in this one.
        process.nextTick(() => {
          startedMs = clock.nowMs();
        });
        socket.connect({ host: address, port, noDelay: true, ...(source.value === null ? {} : { localAddress: source.value }) });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'EINVAL';
        socket.destroy();
        settle(failed('configure', code, 'the source address or the port cannot be used'));
      }
      return () => {
        socket.off('connect', onConnect);
        socket.off('error', onError);
      };
    },
    timedOut() {
      socket.destroy();
      return unanswered('connect', clock.nowMs() - startedMs);
    },
    interrupted() {
      socket.destroy();
      return skipped('interrupted');
    },
  });
}
