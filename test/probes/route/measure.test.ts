import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { RouteOptions } from '../../../src/model/probe-options.js';
import { parseTarget } from '../../../src/model/target.js';
import type { PacketEvent } from '../../../src/net/port.js';
import { measureRoute } from '../../../src/probes/route/measure.js';
import { planRoute } from '../../../src/probes/route/plan.js';
import { arrived, exceeded, type FakePath, fakePath, type PathPacket, unreachable } from '../../fakes/path.js';

const TARGET = '203.0.113.9';
const OPTIONS: RouteOptions = { method: 'icmp', flows: 1, cycles: 3, intervalMs: 200, timeoutMs: 1000, maximumTtl: 30, names: false };

function plan(options: Partial<RouteOptions> = {}, target = TARGET) {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(parsed.reason);
  return planRoute(parsed.target, TARGET, { ...OPTIONS, ...options }, {});
}

async function trace(network: FakePath, options: Partial<RouteOptions> = {}, target = TARGET) {
  const { signal } = new AbortController();
  // The virtual clock takes no listener away.
  setMaxListeners(0, signal);
  const found = await measureRoute(plan(options, target), { network, signal });
  return { ...found, elapsedMs: network.clock.nowMs(), path: found.data.hops.map(({ addresses }) => addresses.join(' ') || '*') };
}

const router = (ttl: number): string => `10.0.0.${ttl}`;
/** Routers up to the hop before `length`, at which the target answers. */
const straight =
  (length: number, rttMs: (ttl: number) => number) =>
  ({ ttl }: PathPacket): PacketEvent =>
    ttl < length ? exceeded(router(ttl), rttMs(ttl)) : arrived(TARGET, rttMs(length));

const silentAt = (ttls: readonly number[], otherwise: (packet: PathPacket) => PacketEvent) => (packet: PathPacket) =>
  ttls.includes(packet.ttl) ? null : otherwise(packet);

describe('a plan by TCP', () => {
  it('asks each hop as often as there are flows, since each packet is one', () => {
    expect(plan({ method: 'tcp', flows: 6, cycles: 1 })).toMatchObject({ cycles: 6 });
    expect(plan({ method: 'tcp', flows: 2, cycles: 5 })).toMatchObject({ cycles: 5 });
    expect(plan({ method: 'udp', flows: 6, cycles: 1 })).toMatchObject({ cycles: 1 });
  });
});

describe('the path', () => {
  it('of 30 hops with 100 ms of round trip is there in less than a second', async () => {
    const network = fakePath(straight(30, () => 100));
    const { data, attempt, method, path, elapsedMs } = await trace(network);
    expect({ attempt, method, reached: data.reached, end: data.end?.reason }).toEqual({
      attempt: { kind: 'measured', value: null },
      method: 'icmp',
      reached: true,
      end: 'target',
    });
    expect(path).toEqual([...Array.from({ length: 29 }, (_, index) => router(index + 1)), TARGET]);
    expect(data.hops.every(({ sent, received, lossRatio }) => sent === 3 && received === 3 && lossRatio === 0)).toBe(true);
    expect(data.hops[29]?.rttMs).toMatchObject({ min: 100, p50: 100, max: 100 });
    expect(elapsedMs).toBeLessThan(1000);
    expect(network.openSessions).toBe(0);
  });

  it('ends at the target, and little is sent beyond it', async () => {
    const network = fakePath(straight(4, (ttl) => ttl * 5));
    const { path, data } = await trace(network);
    expect(path).toEqual([router(1), router(2), router(3), TARGET]);
    expect(data.hops.every(({ sent }) => sent === 3)).toBe(true);
    expect(network.packets.filter(({ ttl }) => ttl > 4).length).toBeLessThanOrEqual(17);
  });

  it('by UDP reaches a target that has six answers in store with each of its cycles', async () => {
    let answers = 6;
    const network = fakePath((packet) => {
      if (packet.ttl < 5) return exceeded(router(packet.ttl), 1);
      return answers-- > 0 ? arrived(TARGET, 1.2, 'port-unreachable') : null;
    });
    const { data } = await trace(network, { method: 'udp' });
    expect(data.hops.map(({ received }) => received)).toEqual([3, 3, 3, 3, 3]);
  });

  it('shows a silent hop as silent, asked three times, and without a time', async () => {
    const network = fakePath(
      silentAt(
        [2],
        straight(4, (ttl) => ttl * 5),
      ),
    );
    const { data, path, elapsedMs } = await trace(network, { cycles: 1 });
    expect(path).toEqual([router(1), '*', router(3), TARGET]);
    expect(data.hops[1]).toMatchObject({ sent: 3, received: 0, lossRatio: 1, rttMs: null, clock: null, addresses: [] });
    expect(data.hops[0]).toMatchObject({ sent: 1, received: 1 });
    expect(elapsedMs).toBeLessThan(3 * 200 + 100);
  });

  it('of a target that is silent ends soon, behind the last router', async () => {
    const network = fakePath(
      silentAt(
        [...Array(40).keys()].slice(6),
        straight(99, (ttl) => ttl * 4),
      ),
    );
    const { data, path, attempt, elapsedMs } = await trace(network);
    expect(path).toEqual([1, 2, 3, 4, 5].map(router));
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ reached: false, loop: false, end: { reason: 'silence' } });
    expect(elapsedMs).toBeLessThan(1200);
  });

  it('where nobody answers at all ends after one time-out', async () => {
    const { attempt, data, elapsedMs } = await trace(fakePath(() => null));
    expect(attempt).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 1000 });
    expect(data).toMatchObject({ reached: false, hops: [], end: { reason: 'silence' } });
    expect(elapsedMs).toBeLessThanOrEqual(1500);
  });

  it('goes on behind more silent hops than a window has, as long as the target answers', async () => {
    const silent = Array.from({ length: 20 }, (_, index) => index + 3);
    const { data, path } = await trace(
      fakePath(
        silentAt(
          silent,
          straight(24, () => 30),
        ),
      ),
    );
    expect(data.reached).toBe(true);
    expect(path.at(-1)).toBe(TARGET);
    expect(path).toHaveLength(24);
    expect(path[22]).toBe(router(23));
  });

  it('of a router that answers rarely keeps its address, and the hops behind lose nothing', async () => {
    const network = fakePath((packet) => (packet.ttl === 2 && packet.earlier > 0 ? null : straight(4, () => 10)(packet)));
    const { data } = await trace(network);
    expect(data.hops.map(({ received }) => received)).toEqual([3, 1, 3, 3]);
    expect(data.hops[1]?.addresses).toEqual([router(2)]);
  });

  it('takes a reply that came after the time-out for none, and one that came late for its own packet', async () => {
    const late = fakePath(({ ttl, earlier }) => {
      if (ttl > 1) return arrived(TARGET, 20);
      return earlier === 0 ? exceeded(router(1), 350) : exceeded('10.0.0.200', 10);
    });
    const { data } = await trace(late, { timeoutMs: 600 });
    expect(data.hops[0]?.addresses).toEqual(['10.0.0.200', router(1)]);
    expect(data.hops[0]?.rttMs).toMatchObject({ min: 10, max: 350 });

    const tooLate = fakePath(({ ttl }) => (ttl > 1 ? arrived(TARGET, 20) : exceeded(router(1), 450)));
    expect((await trace(tooLate, { timeoutMs: 400 })).data.hops[0]).toMatchObject({ received: 0, rttMs: null });
  });

  it('keeps label stacks', async () => {
    const stack = [{ label: 24_001, trafficClass: 0, bottomOfStack: true, ttl: 1 }];
    const network = fakePath(({ ttl }) => (ttl === 1 ? exceeded(router(1), 1, stack) : arrived(TARGET, 2)));
    expect((await trace(network)).data.hops[0]?.routers).toEqual([{ address: router(1), hostname: null, received: 3, mpls: stack }]);
  });
});

describe('a path that is not simple', () => {
  it('over a diamond is one path in one flow, and both in several', async () => {
    const diamond = ({ ttl, flow }: PathPacket) =>
      ttl === 2 ? exceeded(flow % 2 === 0 ? '10.0.1.2' : '10.0.2.2', 5) : straight(4, () => 5)({ ttl } as PathPacket);
    const one = await trace(fakePath(diamond));
    expect(one.path).toEqual([router(1), '10.0.1.2', router(3), TARGET]);
    expect(one.data.flows).toEqual([]);

    const two = await trace(fakePath(diamond), { flows: 2, cycles: 1 });
    expect(two.data.hops[1]?.addresses).toEqual(['10.0.1.2', '10.0.2.2']);
    expect(two.data.flows.map(({ flow, hops }) => [flow, hops.map(({ address }) => address)])).toEqual([
      [1, [router(1), '10.0.1.2', router(3), TARGET]],
      [2, [router(1), '10.0.2.2', router(3), TARGET]],
    ]);
    expect(two.data.changes).toEqual([]);
  });

  it('by TCP does not take what is spread for a change', async () => {
    const spread = ({ ttl, earlier }: PathPacket) => (ttl === 1 ? exceeded(`10.0.${earlier % 2}.1`, 5) : arrived(TARGET, 8, 'syn-ack'));
    const { data } = await trace(fakePath(spread), { method: 'tcp', flows: 4 });
    expect(data).toMatchObject({ constantFlow: false, changes: [], flows: [] });
    expect(data.hops[0]?.addresses).toEqual(['10.0.0.1', '10.0.1.1']);
  });

  it('reports another address in a later cycle of a flow as a change', async () => {
    const changing = ({ ttl, earlier }: PathPacket) =>
      ttl === 2 ? exceeded(earlier < 2 ? '10.0.1.2' : '10.0.2.2', 5) : straight(3, () => 5)({ ttl } as PathPacket);
    const { data } = await trace(fakePath(changing), { cycles: 4 });
    expect(data.changes).toEqual([{ ttl: 2, cycle: 3, from: '10.0.1.2', to: '10.0.2.2' }]);
  });

  it('that is a loop says so, by whom, and at which hops', async () => {
    const loop = ({ ttl }: PathPacket) => exceeded(ttl < 3 ? router(ttl) : ttl % 2 === 1 ? '10.9.0.1' : '10.9.0.2', ttl);
    const { data } = await trace(fakePath(loop), { maximumTtl: 8 });
    expect(data).toMatchObject({ reached: false, loop: true, loopAt: { address: '10.9.0.1', ttls: [3, 5, 7] }, end: { reason: 'loop' } });
  });

  it('is no loop where a router stands at two hops in a row, or comes again before the target', async () => {
    const twice = ({ ttl }: PathPacket) => (ttl < 4 ? exceeded(ttl === 3 ? router(2) : router(ttl), 5) : arrived(TARGET, 5));
    expect((await trace(fakePath(twice))).data).toMatchObject({ reached: true, loop: false, loopAt: null });
  });

  it('ends at the router that refuses', async () => {
    const refused = ({ ttl }: PathPacket) => (ttl < 3 ? exceeded(router(ttl), 5) : unreachable(router(2), 6, 'prohibited'));
    const { data, path } = await trace(fakePath(refused));
    expect(data).toMatchObject({ reached: false, end: { reason: 'unreachable', from: router(2), meaning: 'prohibited' }, loop: false });
    expect(path).toEqual([router(1), router(2), router(2)]);
    expect(data.hops[2]?.errors).toEqual([{ from: router(2), type: 3, code: 13, meaning: 'prohibited', count: 3 }]);
  });

  it('reaches a target that refuses by itself', async () => {
    const refused = ({ ttl }: PathPacket) => (ttl < 3 ? exceeded(router(ttl), 5) : unreachable(TARGET, 6, 'prohibited'));
    const { data } = await trace(fakePath(refused));
    expect(data).toMatchObject({ reached: true, end: { reason: 'target' } });
    expect(data.hops).toHaveLength(3);
  });

  it('that is longer than it may be ends at the maximum', async () => {
    const { data } = await trace(fakePath(straight(40, () => 10)), { maximumTtl: 8 });
    expect(data).toMatchObject({ reached: false, end: { reason: 'maximum' } });
    expect(data.hops).toHaveLength(8);
  });
});

describe('the method', () => {
  const filtered = (port: number) => (packet: PathPacket) => {
    if (packet.ttl < 4) return exceeded(router(packet.ttl), 10);
    return packet.method === 'tcp' && packet.port === port ? arrived(TARGET, 12, 'syn-ack') : null;
  };

  it('auto asks by UDP and TCP for the rest of the path where echo is filtered at the target', async () => {
    const network = fakePath(filtered(443));
    const { data, method, path, elapsedMs } = await trace(network, { method: 'auto' });
    expect(method).toBe('tcp');
    expect(path).toEqual([router(1), router(2), router(3), TARGET]);
    expect(data.tried).toEqual([
      { method: 'icmp', port: null, fromTtl: 1, reached: false },
      { method: 'udp', port: 33_434, fromTtl: 4, reached: expect.toSatisfy((reached) => reached === null || reached === false) },
      { method: 'tcp', port: 443, fromTtl: 4, reached: true },
      { method: 'tcp', port: 80, fromTtl: 4, reached: expect.toSatisfy((reached) => reached === null || reached === false) },
    ]);
    expect(network.packets.some((packet) => packet.method === 'tcp' && packet.ttl < 4)).toBe(false);
    expect(elapsedMs).toBeLessThan(1700);
    expect(network.openSessions).toBe(0);
  });

  it('auto connects to the port of the target alone', async () => {
    const network = fakePath(filtered(8443));
    const { method, data } = await trace(network, { method: 'auto' }, `${TARGET}:8443`);
    expect([method, data.reached]).toEqual(['tcp', true]);
    expect([...new Set(network.packets.filter(({ port }) => port !== null).map(({ port }) => port))].sort()).toEqual([33_434, 8443]);
  });

  it('auto sends neither UDP nor TCP where echo gets there', async () => {
    const network = fakePath(straight(4, () => 20));
    expect((await trace(network, { method: 'auto' })).method).toBe('icmp');
    expect(network.packets.every(({ method }) => method === 'icmp')).toBe(true);
  });

  it('auto takes UDP without an ICMP socket, and the tool of the system without native ones', async () => {
    const path = straight(3, () => 5);
    expect((await trace(fakePath(path, { without: ['icmp'] }), { method: 'auto' })).method).toBe('udp');
    const system = {
      hops: [
        { ttl: 1, address: router(1), rttMs: 1.5 },
        { ttl: 3, address: TARGET, rttMs: 3 },
        { ttl: 3, address: TARGET, rttMs: null },
      ],
      reached: true,
    };
    const none = { without: ['icmp', 'udp', 'tcp'] as const };
    const { data, method } = await trace(fakePath(path, { ...none, system }), { method: 'auto' });
    expect(method).toBe('system');
    expect(data).toMatchObject({ reached: true, constantFlow: null });
    expect(data.hops.map(({ addresses, sent, received, lossRatio, clock }) => ({ addresses, sent, received, lossRatio, clock }))).toEqual([
      { addresses: [router(1)], sent: null, received: 1, lossRatio: null, clock: null },
      { addresses: [], sent: null, received: 0, lossRatio: null, clock: null },
      { addresses: [TARGET], sent: null, received: 2, lossRatio: null, clock: null },
    ]);
    const nothing = await trace(fakePath(path, none), { method: 'auto' });
    expect(nothing.attempt).toEqual({ kind: 'unavailable', capability: 'native-sockets', reason: 'no socket for icmp' });
    expect(nothing.data).toMatchObject({ reached: null, loop: null, end: null, hops: [] });
  });

  it('asked for by name has no substitute', async () => {
    const network = fakePath(filtered(443), { without: ['udp'] });
    expect((await trace(network, { method: 'udp' })).attempt.kind).toBe('unavailable');
    expect((await trace(network, { method: 'icmp' })).data.tried).toEqual([{ method: 'icmp', port: null, fromTtl: 1, reached: false }]);
  });

  it('udp asks silent hops again one by one where answers could not be told apart', async () => {
    // A router that quotes too little: understood only where its packet is the only one of its session.
    const sessions = { size: 0 };
    const network = fakePath(
      (packet) => {
        if (packet.ttl === 2) return packet.earlier >= 3 ? exceeded(router(2), 5) : null;
        return straight(4, () => 5)(packet);
      },
      { foreign: (_method, packets) => (packets > 1 ? 3 : sessions.size) },
    );
    const { data, path } = await trace(network, { method: 'udp' });
    expect(path).toEqual([router(1), router(2), router(3), TARGET]);
    expect(data.hops[1]).toMatchObject({ sent: 4, received: 1 });
    expect(data.foreign).toBe(3);
    expect(network.openSessions).toBe(0);
  });
});

describe('what cannot be sent', () => {
  it('is not called silent where this machine let nothing out, though a SYN vanished without a word', async () => {
    const refused: PacketEvent = { kind: 'send-failed', code: 'EPERM', mtuBytes: null };
    const { attempt, data } = await trace(
      fakePath(({ method }) => (method === 'tcp' ? null : refused)),
      { method: 'auto' },
    );
    expect(attempt).toMatchObject({ kind: 'failed', step: 'send', code: 'EPERM' });
    expect(data).toMatchObject({ reached: null, end: null, hops: [] });
    expect(data.tried.map(({ method, reached }) => [method, reached])).toEqual([
      ['icmp', null],
      ['udp', null],
      ['tcp', false],
      ['tcp', false],
    ]);
  });

  it('is a failure with the errno', async () => {
    const { attempt, data } = await trace(fakePath(() => ({ kind: 'send-failed', code: 'ENETUNREACH', mtuBytes: null })));
    expect(attempt).toMatchObject({ kind: 'failed', step: 'send', code: 'ENETUNREACH' });
    expect(data).toMatchObject({ reached: null, end: null, hops: [] });
  });
});

describe('an interrupt', () => {
  it('leaves the hops that were known by then, and no session', async () => {
    const network = fakePath(
      silentAt(
        [...Array(40).keys()].slice(4),
        straight(99, () => 30),
      ),
    );
    const stop = new AbortController();
    network.clock.after(120, () => stop.abort());
    const { attempt, data } = await measureRoute(plan({ method: 'auto' }), { network, signal: stop.signal });
    expect(attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(data).toMatchObject({ reached: null, end: null });
    expect(data.hops.map(({ addresses }) => addresses[0])).toEqual([1, 2, 3].map(router));
    expect(data.hops[0]).toMatchObject({ sent: 1, received: 1 });
    expect(network.openSessions).toBe(0);
    expect(network.clock.nowMs()).toBeLessThan(200);
  });
});

describe('names of the hops', () => {
  const path = straight(3, () => 10);

  it('are looked up beside the trace, and nobody waits for them for long', async () => {
    const pointers = {
      '1.0.0.10.in-addr.arpa': { afterMs: 30, name: 'gw.example.net.' },
      '2.0.0.10.in-addr.arpa': { afterMs: 60_000, name: 'late.example.net.' },
      '9.113.0.203.in-addr.arpa': { afterMs: 30, name: `${'a'.repeat(63)}.`.repeat(30) },
    };
    const { data, elapsedMs } = await trace(fakePath(path, { pointers }), { names: true });
    expect(data.hops.map(({ hostname }) => hostname?.length ?? null)).toEqual(['gw.example.net'.length, null, 253]);
    expect(data.hops[0]?.routers[0]?.hostname).toBe('gw.example.net');
    expect(elapsedMs).toBeLessThan(410 + 520);
  });

  it('are not asked for with --no-names, nor of loopback', async () => {
    const network = fakePath(path);
    network.names.query = async () => {
      throw new Error('asked');
    };
    expect((await trace(network, { names: false })).data.hops[0]?.hostname).toBeNull();
    const loopback = fakePath(() => arrived('127.0.0.1', 1));
    let asked = 0;
    loopback.names.query = async () => {
      asked++;
      throw new Error('asked');
    };
    await trace(loopback, { names: true });
    expect(asked).toBe(0);
  });
});
