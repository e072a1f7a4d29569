import type { Socket } from 'node:net';
import { measured } from '../model/attempt.js';
import type { Clock, Tcp, TcpFacts } from './port.js';
import { connectTcp } from './tcp-connect.js';

/**
 * TCP connections that are opened, looked at and closed.
 *
 * @param facts reads `TCP_INFO` of a connected socket, or gives `null` where that cannot be had
 */
export function createTcp(clock: Clock, facts: (socket: Socket) => TcpFacts | null): Tcp {
  return {
    async connect(options) {
      const outcome = await connectTcp(clock, options);
      if (outcome.kind !== 'measured') return outcome;
      const { socket, connectMs } = outcome.value;
      try {
        return measured({ connectMs, kernel: facts(socket) });
      } finally {
        // An orderly FIN: services log a reset as an error, and some take one as an attack.
        socket.destroy();
      }
    },
  };
}
