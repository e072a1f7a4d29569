import { loadNativeSockets } from '../native/index.js';
import { Readiness } from '../native/readiness.js';
import { systemClock } from './clock.js';
import { NativeEcho } from './echo.js';
import { createHttp } from './http.js';
import { createMachine } from './machine.js';
import { createNames } from './names.js';
import type { Network } from './port.js';
import { kernelRoutes } from './routes.js';
import { createTcp } from './tcp.js';
import { tcpFactsReader } from './tcp-facts.js';
import { createTls } from './tls.js';
import { createUdp } from './udp.js';

/** The real network. `servers` replace the resolvers of the system, and with them its hosts file. */
export async function openNetwork(options: { servers?: { address: string; port: number }[] } = {}): Promise<Network> {
  const native = await loadNativeSockets();
  const sockets = native.kind === 'present' ? native.sockets : null;
  const echo = new NativeEcho(native, sockets === null ? null : new Readiness(sockets), systemClock);
  const udp = createUdp(systemClock);
  return {
    clock: systemClock,
    names: createNames(systemClock, udp, options),
    routes: kernelRoutes,
    echo,
    tcp: createTcp(systemClock, tcpFactsReader(sockets)),
    udp,
    tls: createTls(systemClock),
    http: createHttp(systemClock),
    machine: createMachine(sockets),
    nativeAbsent: native.kind === 'absent' ? native.because : null,
    close: () => echo.close(),
  };
}
