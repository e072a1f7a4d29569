import { createSocket } from 'node:dgram';
import { type Attempt, failed, measured, type Step, skipped, unanswered } from '../../model/attempt.js';
import { isIpAddress } from '../../wire/dns/server.js';
import { boundedWait } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import type { Clock, Udp, UdpExchanged, UdpExchangeOptions } from '../port.js';
import { localAddress } from './local-address.js';

type Exchanged = Attempt<UdpExchanged>;

/**
 * UDP over Node's own sockets. The socket is connected, so that the kernel drops datagrams from elsewhere and reports an ICMP error as an
 * errno: `ECONNREFUSED` is "port unreachable" from the other side. Nothing here looks up a name.
 */
export function createUdp(clock: Clock): Udp {
  return { exchange: (options) => exchange(clock, options) };
}

/**
 * Sends one datagram and waits for the reply that `accept` takes. `elapsedMs` counts from the sending. Step `configure`: an address cannot
 * be used; `send`: the datagram did not leave; `response`: an ICMP error came back, or nothing.
 */
async function exchange(clock: Clock, options: UdpExchangeOptions): Promise<Exchanged> {
  const { address, port, payload } = options;
  if (!isIpAddress(address)) return failed('configure', 'invalid-address', 'the destination is not an IP address');
  const family = address.includes(':') ? 6 : 4;
  const local = localAddress(options, family);
  if (local.kind !== 'measured') return local;

  return boundedWait<Exchanged>(options, {
    begin(settle) {
      const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4' });
      let step: Step = 'configure';
      let sentAtMs = clock.nowMs();
      let closed = false;

      socket.on('error', (error: NodeJS.ErrnoException) => {
        // Node makes the socket when it binds it, and does that unasked before it connects.
        settle(failedBy(error.syscall === 'bind' ? 'configure' : step, error));
      });
      socket.on('connect', () => {
        step = 'response';
        sentAtMs = clock.nowMs();
        socket.send(payload, (error) => {
          if (error !== null) settle(failedBy('send', error));
        });
      });
      socket.on('message', (reply) => {
        const elapsedMs = clock.nowMs() - sentAtMs;
        if (!options.accept(reply, elapsedMs)) return;
        const bound = socket.address();
        settle(measured({ reply, elapsedMs, local: { address: bound.address, port: bound.port } }));
      });
      const connect = () => {
        // A bind(2) that ends after the wait did: its socket is gone.
        if (closed) return;
        step = 'send';
        socket.connect(port, address);
      };
      if (local.value === null) connect();
      else socket.bind({ address: local.value, port: 0, exclusive: true }, connect);

      return () => {
        closed = true;
        socket.removeAllListeners();
        // An error that the kernel queued before the close must not become an uncaught exception.
        socket.on('error', () => {});
        socket.close();
      };
    },
    timedOut: () => unanswered('response', options.timeoutMs),
    interrupted: () => skipped('interrupted'),
  });
}
