import { type Attempt, failed, measured, unanswered, unavailable } from '../../src/model/attempt.js';
import type { Network, PacketEvent, PacketMethod, PacketRequest, PacketSession, TcpConnected } from '../../src/net/port.js';
import { createNodeScanner } from '../../src/net/tcp/node-scanner.js';
import { noLocalSystem } from './local-system.js';
import { VirtualClock } from './virtual-clock.js';

/** What the fake network does with each packet; left out: everything is silent, and nothing is known of the machine. */
export interface FakeBehaviour {
  /** What comes of the `index`th echo request, each event after its delay. `null`: the system grants no ICMP socket. */
  echo?: ((index: number, request: PacketRequest) => { afterMs: number; event: PacketEvent }[]) | null;
  /** What comes of the `index`th datagram to an unused port; left out or `null`: there are no such sessions. */
  datagrams?: ((index: number, request: PacketRequest) => { afterMs: number; event: PacketEvent }[]) | null;
  /** The system's ping: answers at once. Left out: there is none. */
  ping?: Network['system']['ping'];
  /** One unfragmented echo of the system's ping. Left out: there is none. */
  wholeEcho?: Network['system']['wholeEcho'];
  /** What comes of a connection that is to show which segments get through. Left out: there are none. */
  segments?: Network['segments']['exchange'];
  /** What comes of the `index`th TCP connect, and after how long. */
  tcp?: (index: number, port: number) => { afterMs: number; outcome: Attempt<TcpConnected> };
}

export interface FakeNetwork extends Network {
  clock: VirtualClock;
  /** Virtual times at which packets left. */
  sent: { echo: number[]; datagrams: number[]; tcp: number[] };
  openSessions: number;
}

const NO_PROXY = {
  dnsMs: null,
  address: null,
  tcpMs: null,
  kernel: null,
  tlsMs: null,
  proxyMs: null,
  answer: null,
  authentication: null,
} as const;

/** A network in memory, on a virtual clock: a test of two seconds takes none. */
export function fakeNetwork(behaviour: FakeBehaviour = {}): FakeNetwork {
  const clock = new VirtualClock();
  const sent: FakeNetwork['sent'] = { echo: [], datagrams: [], tcp: [] };
  type Answers = (index: number, request: PacketRequest) => { afterMs: number; event: PacketEvent }[];
  function openSession(method: PacketMethod, answers: Answers, times: number[]): Attempt<PacketSession> {
    let open = true;
    network.openSessions++;
    return measured({
      method,
      constantFlow: true,
      dropped: 0,
      foreign: 0,
      send(request: PacketRequest, listener: (event: PacketEvent) => void) {
        const index = times.push(clock.nowMs()) - 1;
        for (const { afterMs, event } of answers(index, request)) {
          if (afterMs <= 0) listener(event);
          else clock.after(afterMs, () => open && listener(event));
        }
      },
      close() {
        if (open) network.openSessions--;
        open = false;
      },
    });
  }
  const network: FakeNetwork = {
    clock,
    sent,
    openSessions: 0,
    nativeAbsent: null,
    echo: {
      open() {
        const { echo } = behaviour;
        return echo === null ? unavailable('icmp-socket', 'no ICMP socket') : openSession('icmp', echo ?? (() => []), sent.echo);
      },
    },
    tcp: {
      async connect({ port, timeoutMs, signal }) {
        const index = sent.tcp.push(clock.nowMs()) - 1;
        const { afterMs, outcome } = behaviour.tcp?.(index, port) ?? {
          afterMs: Number.POSITIVE_INFINITY,
          outcome: unanswered('connect', timeoutMs),
        };
        await clock.sleep(Math.min(afterMs, timeoutMs), signal);
        if (signal.aborted) return { kind: 'skipped', because: 'interrupted' };
        return afterMs <= timeoutMs ? outcome : unanswered('connect', timeoutMs);
      },
    },
    segments: { exchange: behaviour.segments ?? (async () => unavailable('native-sockets', 'no native sockets')) },
    datagrams: {
      open() {
        const { datagrams } = behaviour;
        return datagrams == null ? unavailable('native-sockets', 'no native sockets') : openSession('udp', datagrams, sent.datagrams);
      },
    },
    handshakes: { open: () => unavailable('native-sockets', 'no native sockets') },
    scanner: {
      open(address, origin) {
        const opened = createNodeScanner(network.tcp, network.udp, clock).open(address, origin);
        if (opened.kind !== 'measured') return opened;
        network.openSessions++;
        const { method, capacity, connect, ask, close } = opened.value;
        const closeOnce = () => {
          network.openSessions--;
          close();
        };
        return measured({ method, capacity, connect, ask, close: closeOnce, firstBytes: async () => null });
      },
    },
    system: {
      ping: behaviour.ping ?? (async () => unavailable('system-ping', 'no ping')),
      wholeEcho: behaviour.wholeEcho ?? (async () => unavailable('system-ping', 'no ping')),
      trace: async () => unavailable('system-traceroute', 'no traceroute'),
    },
    udp: { exchange: async ({ timeoutMs }) => unanswered('response', timeoutMs) },
    tls: { handshake: async ({ timeoutMs }) => unanswered('connect', timeoutMs) },
    hellos: { exchange: async ({ timeoutMs }) => unanswered('connect', timeoutMs) },
    http: {
      firstByte: async ({ timeoutMs }) => ({ outcome: unanswered('connect', timeoutMs), reached: { tcpMs: null, tlsMs: null } }),
      session: () => ({
        exchange: async ({ timeoutMs }) => ({
          outcome: unanswered('connect', timeoutMs),
          reached: { tcpMs: null, proxyMs: null, tlsMs: null, kernel: null },
          reused: false,
          security: null,
          sent: false,
        }),
        close: () => {},
      }),
    },
    loads: {
      begin: () => {
        throw new Error('not faked');
      },
    },
    webSockets: {
      open: async ({ timeoutMs }) => ({
        outcome: unanswered('connect', timeoutMs),
        reached: { tcpMs: null, proxyMs: null, tlsMs: null, kernel: null },
        upgradeMs: null,
        answer: null,
        refusal: null,
        security: null,
      }),
    },
    proxies: {
      reach: async () => ({ outcome: failed('connect', 'proxy-unreachable', 'there is no proxy'), reached: NO_PROXY }),
      tunnel: async () => ({ outcome: failed('connect', 'proxy-unreachable', 'there is no proxy'), reached: NO_PROXY }),
    },
    names: {
      resolve: async (host) => ({ outcome: failed('resolve', 'no-resolver', `no resolver for ${host}`), queries: [] }),
      resolvers: async () => ({ servers: [], source: null, search: [] }),
      query: async () => {
        throw new Error('not faked');
      },
      session: () => ({ query: network.names.query, close() {} }),
    },
    routes: { lookup: async () => failed('route', 'ENETUNREACH', 'the network is unreachable: there is no route') },
    local: noLocalSystem,
    links: { claimants: async () => unavailable('native-sockets', 'no native sockets') },
    machine: {
      observe: async () => ({ interfaces: [], defaultRoutes: [], routesKnown: true }),
      neighbor: async () => measured({ state: 'absent' as const, kernelState: null, linkAddressKind: null }),
      listeners: async () => measured([]),
    },
    close() {},
  };
  return network;
}

export function reply(rttMs: number, clock: 'kernel' | 'user' = 'kernel'): PacketEvent {
  return { kind: 'reply', rttMs, clock, from: '192.0.2.1', ttl: 60, duplicate: false, by: 'echo' };
}
