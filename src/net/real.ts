import { loadNativeSockets } from '../native/index.js';
import { Readiness } from '../native/readiness.js';
import { systemClock } from './clock.js';
import { NativeDatagrams } from './datagrams.js';
import { NativeEcho } from './echo.js';
import { NativeHandshakes } from './handshakes.js';
import { createHellos } from './hellos.js';
import { createHttp } from './http.js';
import { createLinks } from './links.js';
import { createLocalSystem } from './local-system.js';
import { createMachine } from './machine.js';
import { createNames } from './names.js';
import { createNodeScanner } from './node-scanner.js';
import type { Network } from './port.js';
import { createProxies } from './proxy.js';
import { createRoutes } from './routes.js';
import { NativeScanner } from './scanner.js';
import { NativeSegments } from './segments.js';
import { createSystemTools } from './system-tools.js';
import { createTcp } from './tcp.js';
import { tcpFactsReader } from './tcp-facts.js';
import { createTls } from './tls.js';
import { systemTrust } from './trust-store.js';
import { createUdp } from './udp.js';
import { createWebSockets } from './websocket.js';

/** The real network. `servers` replace the resolvers of the system, and with them its hosts file. */
export async function openNetwork(options: { servers?: { address: string; port: number }[] } = {}): Promise<Network> {
  const native = await loadNativeSockets();
  const sockets = native.kind === 'present' ? native.sockets : null;
  const readiness = sockets === null ? null : new Readiness(sockets);
  const echo = new NativeEcho(native, readiness, systemClock);
  const datagrams = new NativeDatagrams(native, readiness, systemClock);
  const segments = new NativeSegments(native, readiness, systemClock);
  const handshakes = new NativeHandshakes(native, readiness, systemClock);
  const udp = createUdp(systemClock);
  const tcp = createTcp(systemClock, tcpFactsReader(sockets));
  const scanner = new NativeScanner(native, readiness, systemClock, createNodeScanner(tcp, udp, systemClock));
  const system = createSystemTools(systemClock);
  const local = createLocalSystem(systemClock, native);
  const names = createNames(systemClock, udp, { ...options, local });
  const streams = { clock: systemClock, trust: systemTrust, facts: tcpFactsReader(sockets), names };
  return {
    clock: systemClock,
    names,
    routes: createRoutes(local),
    echo,
    datagrams,
    handshakes,
    scanner,
    tcp,
    segments,
    udp,
    tls: createTls(systemClock, systemTrust, tcpFactsReader(sockets)),
    hellos: createHellos(systemClock),
    http: createHttp(systemClock, systemTrust, tcpFactsReader(sockets), names),
    webSockets: createWebSockets(streams),
    proxies: createProxies(streams),
    machine: createMachine(sockets, local),
    local,
    links: createLinks(native, readiness),
    system,
    nativeAbsent: native.kind === 'absent' ? native.because : null,
    close: () => {
      local.close();
      system.close();
      echo.close();
      handshakes.close();
      scanner.close();
      datagrams.close();
      segments.close();
    },
  };
}
