import { measured } from '../../model/attempt.js';
import type { Clock, Tcp } from '../port.js';
import { connectTcp } from './tcp-connect.js';
import type { ReadTcpFacts } from './tcp-facts.js';

/**
 * TCP connections that are opened, looked at and closed.
 *
 * @param facts reads `TCP_INFO` of a connected socket, or gives `null` where that cannot be had
 */
export function createTcp(clock: Clock, facts: ReadTcpFacts): Tcp {
  return {
    async connect(options) {
      const outcome = await connectTcp(clock, options, facts);
      if (outcome.kind !== 'measured') return outcome;
      const { socket, connectMs, kernel } = outcome.value;
      // An orderly FIN: services log a reset as an error, and some take one as an attack.
      socket.destroy();
      return measured({ connectMs, kernel });
    },
  };
}
