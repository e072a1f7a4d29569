import net from 'node:net';
import { type Attempt, failed, measured, skipped, unanswered } from '../../model/attempt.js';
import { SOCKET_REFUSALS } from '../../model/failure-code.js';
import { boundedWait } from '../bounded-wait.js';
import { errnoMessage, failedBy } from '../errno.js';
import { localAddress } from '../packets/local-address.js';
import type { Clock, TcpConnectOptions, TcpFacts } from '../port.js';
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
        const code = outcome.kind === 'failed' ? outcome.code : '';
        if (code === 'ETIMEDOUT') settle(unanswered('connect', clock.nowMs() - startedMs));
        else if (SOCKET_REFUSALS.has(code))
          void noSocket(code, family).then((refused) => settle(refused ? failed('configure', code, refused) : outcome));
        else settle(outcome);
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

/**
 * Why there is no socket to connect with; `null` where the errno came from connect(2). Node makes the socket in connect(), and names both
 * alike. Where rights are at stake, a connect that no route or firewall is asked for tells: to port 0 of this very machine, where nothing
 * listens.
 */
async function noSocket(code: string, family: number): Promise<string | null> {
  const refused = RIGHTS.has(code) ? (await codeOfLoopbackConnect(family)) === code : true;
  return refused ? `no TCP socket: ${errnoMessage(code)} (${code})` : null;
}

const RIGHTS: ReadonlySet<string> = new Set(['EPERM', 'EACCES']);
/** Only a firewall on the loopback interface takes longer. */
const LOOPBACK_MS = 200;

function codeOfLoopbackConnect(family: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: family === 6 ? '::1' : '127.0.0.1', port: 0 });
    const end = (code: string | undefined) => {
      socket.destroy();
      resolve(code);
    };
    socket.setTimeout(LOOPBACK_MS, () => end(undefined));
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code));
  });
}
