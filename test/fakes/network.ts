import { type Attempt, failed, measured, unanswered, unavailable } from '../../src/model/attempt.js';
import type { EchoEvent, EchoRequest, Network, TcpConnected } from '../../src/net/port.js';
import { VirtualClock } from './virtual-clock.js';

/** What the fake network does with each packet; left out: everything is silent, and nothing is known of the machine. */
export interface FakeBehaviour {
  /** What comes of the `index`th echo request, each event after its delay. `null`: the system grants no ICMP socket. */
  echo?: ((index: number, request: EchoRequest) => { afterMs: number; event: EchoEvent }[]) | null;
  /** What comes of the `index`th TCP connect, and after how long. */
  tcp?: (index: number, port: number) => { afterMs: number; outcome: Attempt<TcpConnected> };
}

export interface FakeNetwork extends Network {
  clock: VirtualClock;
  /** Virtual times at which packets left. */
  sent: { echo: number[]; tcp: number[] };
  openSessions: number;
}

/** A network in memory, on a virtual clock: a test of two seconds takes none. */
export function fakeNetwork(behaviour: FakeBehaviour = {}): FakeNetwork {
  const clock = new VirtualClock();
  const sent: FakeNetwork['sent'] = { echo: [], tcp: [] };
  const network: FakeNetwork = {
    clock,
    sent,
    openSessions: 0,
    nativeAbsent: null,
    echo: {
      open() {
        const { echo } = behaviour;
        if (echo === null) return unavailable('icmp-socket', 'no ICMP socket');
        let open = true;
        network.openSessions++;
        return measured({
          method: 'icmp' as const,
          foreign: 0,
          send(request: EchoRequest, listener: (event: EchoEvent) => void) {
            const index = sent.echo.push(clock.nowMs()) - 1;
            for (const { afterMs, event } of echo?.(index, request) ?? []) {
              if (afterMs <= 0) listener(event);
              else clock.after(afterMs, () => open && listener(event));
            }
          },
          close() {
            if (open) network.openSessions--;
            open = false;
          },
        });
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
    udp: { exchange: async ({ timeoutMs }) => unanswered('response', timeoutMs) },
    tls: { handshake: async ({ timeoutMs }) => unanswered('connect', timeoutMs) },
    http: { firstByte: async ({ timeoutMs }) => ({ outcome: unanswered('connect', timeoutMs), reached: { tcpMs: null, tlsMs: null } }) },
    names: {
      resolve: async (host) => ({ outcome: failed('resolve', 'no-resolver', `no resolver for ${host}`), queries: [] }),
      resolvers: async () => ({ servers: [], source: null, search: [] }),
      query: async () => {
        throw new Error('not faked');
      },
    },
    routes: { lookup: async () => failed('route', 'ENETUNREACH', 'the network is unreachable: there is no route') },
    machine: {
      observe: async () => ({ interfaces: [], defaultRoutes: [], routesKnown: true }),
      neighbor: async () => measured('absent' as const),
    },
    close() {},
  };
  return network;
}

export function reply(rttMs: number, clock: 'kernel' | 'user' = 'kernel'): EchoEvent {
  return { kind: 'reply', rttMs, clock, from: '192.0.2.1', ttl: 60, duplicate: false };
}
