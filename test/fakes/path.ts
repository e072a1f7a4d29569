import { measured, skipped, unavailable } from '../../src/model/attempt.js';
import type { MplsLabel, PacketEvent, PacketMethod, PacketSession, SystemHop } from '../../src/net/port.js';
import { type FakeNetwork, fakeNetwork } from './network.js';

/** A packet with a limited time to live, as the routers of a fake path see it. */
export interface PathPacket {
  method: PacketMethod;
  /** Destination port; `null` for ICMP. */
  port: number | null;
  flow: number;
  ttl: number;
  atMs: number;
  /** How many packets of this method had this time to live and flow before. */
  earlier: number;
}

/** What comes of a packet; an event without a delay comes after its round trip. `null`: silence. */
export type PathBehaviour = (packet: PathPacket) => PacketEvent | { afterMs: number; event: PacketEvent } | null;

export interface FakePath extends FakeNetwork {
  packets: PathPacket[];
}

export interface FakePathOptions {
  /** Methods for which the system grants no socket. */
  without?: readonly PacketMethod[];
  /** What the system's tool prints; absent: there is none. */
  system?: { hops: SystemHop[]; reached: boolean };
  /** PTR records by the name asked for, each after a delay. */
  pointers?: Readonly<Record<string, { afterMs: number; name: string }>>;
  /** Errors that came back and could not be told apart, as the session of a method counts them when it ends. */
  foreign?: (method: PacketMethod, packets: number) => number;
}

/** A path in memory, on a virtual clock. */
export function fakePath(behaviour: PathBehaviour, options: FakePathOptions = {}): FakePath {
  const network = fakeNetwork();
  const packets: PathPacket[] = [];
  const open = (method: PacketMethod, port: number | null) => {
    if (options.without?.includes(method)) return unavailable('native-sockets', `no socket for ${method}`);
    let closed = false;
    let sent = 0;
    network.openSessions++;
    const session: PacketSession = {
      method,
      constantFlow: method !== 'tcp',
      dropped: 0,
      get foreign() {
        return options.foreign?.(method, sent) ?? 0;
      },
      send({ flow = 0, ttl }, listener) {
        if (closed) throw new Error('sent in a closed session');
        const like = (other: PathPacket) => other.method === method && other.flow === flow && other.ttl === ttl && other.port === port;
        const packet = { method, port, flow, ttl: ttl ?? 64, atMs: network.clock.nowMs(), earlier: packets.filter(like).length };
        packets.push(packet);
        sent++;
        const outcome = behaviour(packet);
        if (outcome === null) return;
        const { afterMs, event } = 'event' in outcome ? outcome : { afterMs: delayOf(outcome), event: outcome };
        if (afterMs <= 0) listener(event);
        else network.clock.after(afterMs, () => closed || listener(event));
      },
      close() {
        if (!closed) network.openSessions--;
        closed = true;
      },
    };
    return measured(session);
  };
  const { system, pointers = {} } = options;
  return Object.assign(network, {
    packets,
    echo: { open: () => open('icmp', null) },
    datagrams: { open: (_family: unknown, _origin: unknown, port: number) => open('udp', port) },
    handshakes: { open: (_family: unknown, _origin: unknown, port: number) => open('tcp', port) },
    system: {
      ...network.system,
      trace: async () =>
        system === undefined ? unavailable('system-traceroute', 'no traceroute') : measured({ ...system, tool: 'traceroute' }),
    },
    names: {
      ...network.names,
      resolvers: async () => ({ servers: ['192.0.2.53'], source: null, search: [] }),
      query: async ({ name }: { name: string }, signal: AbortSignal) => {
        const pointer = Object.hasOwn(pointers, name) ? pointers[name] : undefined;
        await network.clock.sleep(pointer?.afterMs ?? 20, signal);
        if (signal.aborted) return { outcome: skipped('interrupted'), observation: { ...OBSERVATION, name, rcode: null, answers: [] } };
        const answers = pointer === undefined ? [] : [{ name, type: 'PTR', ttl: 60, data: pointer.name }];
        const rcode = pointer === undefined ? 'NXDOMAIN' : 'NOERROR';
        return { outcome: measured(null), observation: { ...OBSERVATION, name, rcode, answers } };
      },
    },
  }) as FakePath;
}

const OBSERVATION = {
  server: '192.0.2.53',
  transport: 'udp',
  type: 'PTR',
  queryMs: 20,
  flags: null,
  dnssec: null,
  attempts: 1,
} as const;

function delayOf(event: PacketEvent): number {
  return event.kind === 'send-failed' ? 0 : (event.rttMs ?? 1);
}

/** "Time exceeded" from a router. */
export function exceeded(from: string, rttMs: number, mpls: readonly MplsLabel[] = []): PacketEvent {
  return { kind: 'icmp-error', from, type: 11, code: 0, meaning: 'time-exceeded', mtuBytes: null, rttMs, clock: 'kernel', mpls };
}

/** "Destination unreachable": code 1 host, 13 prohibited. */
export function unreachable(from: string, rttMs: number, meaning: 'host-unreachable' | 'prohibited'): PacketEvent {
  const code = meaning === 'prohibited' ? 13 : 1;
  return { kind: 'icmp-error', from, type: 3, code, meaning, mtuBytes: null, rttMs, clock: 'kernel', mpls: [] };
}

/** The target's own answer. */
export function arrived(from: string, rttMs: number, by: 'echo' | 'port-unreachable' | 'syn-ack' | 'reset' = 'echo'): PacketEvent {
  return { kind: 'reply', rttMs, clock: 'kernel', from, ttl: 60, duplicate: false, by };
}
