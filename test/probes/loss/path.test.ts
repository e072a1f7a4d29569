import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { PacketEvent, PacketRequest } from '../../../src/net/port.js';
import { measureLoss } from '../../../src/probes/loss/measure.js';
import type { RoundTripPlan } from '../../../src/probes/round-trip/plan.js';
import { type FakeNetwork, fakeNetwork, reply } from '../../fakes/network.js';
import { seeded } from '../../fakes/seeded.js';

const TARGET_TTL = 4;
const plan: RoundTripPlan = {
  address: '192.0.2.1',
  ports: [443],
  method: 'auto',
  count: 100,
  intervalMs: 20,
  timeoutMs: 500,
  payloadBytes: 56,
  origin: {},
  path: { acceptableRatio: 0.01 },
};

function expired(ttl: number, rttMs: number): PacketEvent {
  return {
    kind: 'icmp-error',
    from: `10.0.${ttl}.1`,
    type: 11,
    code: 0,
    meaning: 'time-exceeded',
    mtuBytes: null,
    rttMs,
    clock: 'kernel',
    mpls: [],
  };
}

/** A path of three routers and a target, 5 ms a hop. */
function path(lost: (ttl: number) => boolean, asked: (number | null)[] = []): FakeNetwork {
  return fakeNetwork({
    echo: (_, { ttl }: PacketRequest) => {
      asked.push(ttl);
      const reached = Math.min(ttl ?? TARGET_TTL, TARGET_TTL);
      if (lost(reached)) return [];
      const rttMs = 5 * reached;
      return [{ afterMs: rttMs, event: reached < TARGET_TTL ? expired(reached, rttMs) : reply(rttMs) }];
    },
  });
}

const forever = new AbortController().signal;
// Each wait of a virtual second listens to it.
setMaxListeners(0, forever);
const measure = (network: FakeNetwork, changes: Partial<RoundTripPlan> = {}, signal = forever) =>
  measureLoss({ ...plan, ...changes }, { network, signal });

describe('the loss along a path', () => {
  it('probes each hop beside the target, at one pace, and names where the loss begins', async () => {
    const random = seeded(5);
    const asked: (number | null)[] = [];
    const network = path((ttl) => ttl >= 2 && random() < 0.1, asked);
    const { method, data } = await measure(network, { extend: { maximumCount: 700, decideRatio: 0.01 } });
    expect(method).toBe('icmp');
    expect(data.path).toMatchObject({ start: { ttl: 2, address: '10.0.2.1', after: { ttl: 1 }, place: 'upstream' }, because: null });
    expect(data.path?.hops.map(({ address }) => address)).toEqual(['10.0.1.1', '10.0.2.1', '10.0.3.1', '192.0.2.1']);
    expect(new Set(data.path?.hops.map(({ sent }) => sent))).toEqual(new Set([data.sent]));
    expect(data).toMatchObject({ sent: data.path?.hops.at(-1)?.sent, received: data.path?.hops.at(-1)?.received });
    expect(asked.slice(-4)).toEqual([1, 2, 3, null]);
    expect(network.openSessions).toBe(0);
  });

  it('ends with the count where nothing is lost, and with the count where one was asked for', async () => {
    const healthy = await measure(
      path(() => false),
      { extend: { maximumCount: 700, decideRatio: 0.01 } },
    );
    expect(healthy.data).toMatchObject({ sent: 100, lost: 0, path: { start: null } });
    const random = seeded(6);
    expect((await measure(path((ttl) => ttl >= 3 && random() < 0.03))).data.sent).toBe(100);
  });

  it('asks a silent hop less often', async () => {
    const { data } = await measure(path((ttl) => ttl === 2));
    const [first, silent] = data.path?.hops ?? [];
    expect(first).toMatchObject({ sent: 100, state: 'clean' });
    expect(silent).toMatchObject({ received: 0, state: 'silent', address: null });
    expect(silent?.sent).toBeLessThan(25);
  });

  it('corrects the length of the path where the first packets to its end were lost', async () => {
    let early = 0;
    const { data } = await measure(path((ttl) => ttl === TARGET_TTL && early++ < 1));
    expect(data.path?.hops.map(({ ttl }) => ttl)).toEqual([1, 2, 3, 4]);
    expect(data.path?.hops.at(-1)).toMatchObject({ ttl: TARGET_TTL, address: '192.0.2.1' });
  });

  it('measures the loss all the same where it cannot be placed, and says why', async () => {
    const withoutSocket = fakeNetwork({
      echo: null,
      ping: async ({ count, intervalMs }, replied) => {
        for (let seq = 0; seq < count; seq++) replied({ seq, rttMs: 5, duplicate: false });
        return { kind: 'measured', value: { sent: count, intervalMs, icmpErrors: [] } };
      },
    });
    const { method, data } = await measure(withoutSocket);
    expect(method).toBe('system');
    expect(data).toMatchObject({
      sent: 100,
      lost: 0,
      path: { hops: [], start: null, because: expect.stringContaining('no native sockets') },
    });
    expect((await measure(fakeNetwork(), { method: 'icmp' })).data.path?.because).toMatch(/^the target answers nothing/);
    expect((await measure(fakeNetwork(), { method: 'system' })).data.path?.because).toBe('the method cannot limit how far its packets go');
  });

  it('counts packets to a hop that never left, and does not call the hop silent', async () => {
    const network = fakeNetwork({
      echo: (_, { ttl }: PacketRequest) => {
        const reached = Math.min(ttl ?? TARGET_TTL, TARGET_TTL);
        if (reached === 1) return [{ afterMs: 0, event: { kind: 'send-failed', code: 'EPERM', mtuBytes: null } }];
        return [{ afterMs: 5, event: reached < TARGET_TTL ? expired(reached, 5) : reply(5) }];
      },
    });
    const { data } = await measure(network, { count: 20 });
    expect(data).toMatchObject({ sent: 20, received: 20 });
    expect(data.notSent).toEqual([{ code: 'EPERM', count: 20 }]);
    expect(data.path?.hops[0]).toMatchObject({ ttl: 1, sent: 0, received: 0, lossRatio: null, state: 'unclear' });
  });

  it('does not say that a target is silent which is only farther away than it looks', async () => {
    const network = fakeNetwork({
      echo: (_, { ttl }: PacketRequest) => [{ afterMs: 5, event: ttl === null ? reply(5) : expired(ttl, 5) }],
    });
    const { data } = await measure(network, { method: 'icmp' });
    expect(data).toMatchObject({ sent: 100, received: 100 });
    expect(data.path).toMatchObject({ start: null, because: 'the path goes on beyond 30 hops, and no longer one is measured' });
  });

  it('counts, when interrupted, only what had its time', async () => {
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    const network = path((ttl) => ttl === TARGET_TTL && network.clock.nowMs() > 600);
    network.clock.after(1000, () => abort.abort());
    const { data } = await measure(network, {}, abort.signal);
    expect(data.lost).toBe(0);
    expect(data.sent).toBeGreaterThan(10);
    expect(data.path?.hops.every(({ sent, received }) => sent === received)).toBe(true);
    expect(network.openSessions).toBe(0);
  });

  it('keeps, when interrupted, what was lost for sure', async () => {
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    const network = path((ttl) => ttl >= 2 && network.clock.nowMs() > 1000);
    network.clock.after(2000, () => abort.abort());
    const { data } = await measure(network, { count: 1000 }, abort.signal);
    expect(data.lost).toBeGreaterThan(10);
    expect(data.received).toBeGreaterThan(10);
    const [first, second] = data.path?.hops ?? [];
    expect(first).toMatchObject({ received: first?.sent });
    // Of hop 2 as much is known as of the target: the same packets are left out.
    expect(Math.abs((second?.lossRatio ?? 0) - (data.lossRatio ?? 0))).toBeLessThan(0.1);
  });
});
