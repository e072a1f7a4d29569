import { loadNativeSockets } from '../native/index.js';
import { Readiness } from '../native/readiness.js';
import { systemClock } from './clock.js';
import { createNames } from './dns/names.js';
import { createHttp } from './http/http.js';
import { createLoads } from './http/load.js';
import { createProxies } from './http/proxy.js';
import { createWebSockets } from './http/websocket.js';
import { createLinks } from './machine/links.js';
import { createLocalSystem } from './machine/local-system.js';
import { createMachine } from './machine/machine.js';
import { createRoutes } from './machine/routes.js';
import { NativeDatagrams } from './packets/datagrams.js';
import { NativeEcho } from './packets/echo.js';
import { createUdp } from './packets/udp.js';
import type { Network } from './port.js';
import { NativeHandshakes } from './tcp/handshakes.js';
import { createNodeScanner } from './tcp/node-scanner.js';
import { NativeScanner } from './tcp/scanner.js';
import { NativeSegments } from './tcp/segments.js';
import { createTcp } from './tcp/tcp.js';
import { tcpFactsReader, tcpProgressReader } from './tcp/tcp-facts.js';
import { createHellos } from './tls/hellos.js';
import { createTls } from './tls/tls.js';
import { systemTrust } from './tls/trust-store.js';
import { createSystemTools } from './tools/system-tools.js';

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
    loads: createLoads(streams, tcpProgressReader(sockets)),
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
