import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { failed, measured, unanswered } from '../../../src/model/attempt.js';
import type { RoundTripPlan } from '../../../src/probes/round-trip/plan.js';
import { clockOf, sampleRoundTrips } from '../../../src/probes/round-trip/sampler.js';
import { routeLookup } from '../../fakes/host.js';
import { type FakeBehaviour, fakeNetwork, reply } from '../../fakes/network.js';

const plan: RoundTripPlan = {
  address: '192.0.2.1',
  ports: [443],
  method: 'auto',
  count: 10,
  intervalMs: 20,
  timeoutMs: 1000,
  payloadBytes: 56,
  origin: {},
};
const connected = (rttMs: number, kernel = true) =>
  measured({ connectMs: rttMs + 1, kernel: kernel ? { rttMs, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions: 0 } : null });

async function sample(behaviour: FakeBehaviour, changes: Partial<RoundTripPlan> = {}, signal = new AbortController().signal) {
  const network = fakeNetwork(behaviour);
  setMaxListeners(0, signal);
  const series = await sampleRoundTrips({ ...plan, ...changes }, { network, signal });
  expect(network.openSessions).toBe(0);
  const samples = series.samples.map(({ seq, rttMs }) => ({ seq, rttMs }));
  return { series: { ...series, samples, clock: clockOf(series.samples) }, network };
}

describe('sampleRoundTrips by echo', () => {
  it('sends at the interval, and ends with the last answer instead of the time-out', async () => {
    const { series, network } = await sample({ echo: () => [{ afterMs: 5, event: reply(5) }] });
    expect(network.sent.echo).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180]);
    expect(network.clock.nowMs()).toBeLessThan(200 + 500);
    expect(series).toMatchObject({
      method: 'icmp',
      attempt: { kind: 'measured' },
      clock: 'kernel',
      echoAnswered: true,
      duplicated: 0,
      reordered: 0,
    });
    expect(series.samples.map(({ rttMs }) => rttMs)).toEqual(Array(10).fill(5));
    expect(network.sent.tcp).toEqual([]);
  });

  it('keeps lost, duplicated and late answers apart', async () => {
    const { series } = await sample({
      echo: (index) => {
        if (index === 3) return [];
        if (index === 4)
          return [
            { afterMs: 5, event: reply(5) },
            { afterMs: 6, event: { ...reply(6), duplicate: true } as never },
          ];
        if (index === 6) return [{ afterMs: 50, event: reply(50) }];
        return [{ afterMs: 5, event: reply(5) }];
      },
    });
    expect(series).toMatchObject({ duplicated: 1, reordered: 1 });
    expect(series.samples.filter(({ rttMs }) => rttMs === null).map(({ seq }) => seq)).toEqual([3]);
    expect(series.samples[6]?.rttMs).toBe(50);
  });

  it('counts a reply after the time-out as lost, though later probes are still being sent', async () => {
    const { series } = await sample(
      { echo: (index) => [{ afterMs: index === 0 ? 150 : 5, event: reply(index === 0 ? 150 : 5) }] },
      { timeoutMs: 100 },
    );
    expect(series.samples[0]).toEqual({ seq: 0, rttMs: null });
    expect(series.samples[1]?.rttMs).toBe(5);
  });

  it('says "user" as soon as one round trip lacks a kernel stamp', async () => {
    const { series } = await sample({ echo: (index) => [{ afterMs: 5, event: reply(5, index === 2 ? 'user' : 'kernel') }] });
    expect(series.clock).toBe('user');
  });

  it('counts ICMP errors by router, and does not wait for what they killed', async () => {
    const { series, network } = await sample(
      {
        echo: () => [
          {
            afterMs: 3,
            event: {
              kind: 'icmp-error',
              from: '10.0.0.1',
              type: 3,
              code: 1,
              meaning: 'host-unreachable',
              mtuBytes: null,
              rttMs: 3,
              clock: 'kernel',
              mpls: [],
            },
          },
        ],
      },
      { method: 'icmp' },
    );
    expect(series.icmpErrors).toEqual([{ from: '10.0.0.1', type: 3, code: 1, meaning: 'host-unreachable', count: 10 }]);
    expect(series.attempt).toMatchObject({ kind: 'unanswered' });
    expect(network.clock.nowMs()).toBeLessThan(1000);
  });

  it('remembers answers that came after the time-out, which are no answers in time', async () => {
    const { series } = await sample(
      { echo: () => [{ afterMs: 500, event: reply(500) }] },
      { method: 'icmp', count: 5, intervalMs: 200, timeoutMs: 300 },
    );
    expect(series).toMatchObject({ attempt: { kind: 'unanswered' }, late: { count: expect.any(Number), fastestMs: 500 } });
    expect(series.late?.count).toBeGreaterThanOrEqual(3);
  });

  it('takes a packet that never left for no packet', async () => {
    const { series } = await sample(
      { echo: () => [{ afterMs: 0, event: { kind: 'send-failed', code: 'ENETUNREACH', mtuBytes: null } }] },
      { method: 'icmp' },
    );
    expect(series).toMatchObject({
      attempt: { kind: 'failed', step: 'send', code: 'ENETUNREACH' },
      notSent: [{ code: 'ENETUNREACH', count: 10 }],
      samples: [],
      duplicated: null,
      reordered: null,
      clock: null,
    });
  });

  it('keeps count of packets that could not be sent beside others that were answered', async () => {
    const { series } = await sample({
      echo: (index) =>
        index % 2 === 0
          ? [{ afterMs: 5, event: reply(5) }]
          : [{ afterMs: 0, event: { kind: 'send-failed', code: 'EPERM', mtuBytes: null } }],
    });
    expect(series).toMatchObject({ attempt: { kind: 'measured' }, notSent: [{ code: 'EPERM', count: 5 }] });
    expect(series.samples).toHaveLength(5);
  });

  it('leaves out, when interrupted, what was still on its way', async () => {
    const abort = new AbortController();
    const network = fakeNetwork({ echo: (index) => (index < 2 ? [{ afterMs: 5, event: reply(5) }] : []) });
    network.clock.after(70, () => abort.abort());
    const series = await sampleRoundTrips({ ...plan, method: 'icmp' }, { network, signal: abort.signal });
    expect(series.attempt.kind).toBe('measured');
    expect(series.samples).toEqual([
      { seq: 0, rttMs: 5, clock: 'kernel', sentMs: 0 },
      { seq: 1, rttMs: 5, clock: 'kernel', sentMs: 20 },
    ]);
    expect(network.openSessions).toBe(0);
  });
});

describe('sampleRoundTrips, interrupted', () => {
  it('does not take the quick ones among the last for all of them', async () => {
    const abort = new AbortController();
    // Every fourth is lost, all along; the last 500 ms are within the time-out when it ends.
    const network = fakeNetwork({ echo: (index) => (index % 4 === 3 ? [] : [{ afterMs: 5, event: reply(5) }]) });
    network.clock.after(2010, () => abort.abort());
    const series = await sampleRoundTrips(
      { ...plan, method: 'icmp', count: 500, intervalMs: 20, timeoutMs: 500 },
      { network, signal: abort.signal },
    );
    const lost = series.samples.filter(({ rttMs }) => rttMs === null).length;
    expect(series.samples.length).toBe(76);
    expect(lost).toBe(19);
  });

  it('does the same with connections', async () => {
    const abort = new AbortController();
    const network = fakeNetwork({
      tcp: (index) => (index % 2 === 0 ? { afterMs: 5, outcome: connected(5) } : { afterMs: 400, outcome: unanswered('connect', 400) }),
    });
    network.clock.after(840, () => abort.abort());
    const series = await sampleRoundTrips(
      { ...plan, method: 'tcp', count: 20, intervalMs: 50, timeoutMs: 400 },
      { network, signal: abort.signal },
    );
    expect(series.samples.length).toBe(9);
    expect(series.samples.filter(({ rttMs }) => rttMs === null).length).toBe(4);
  });
});

describe('sampleRoundTrips, auto', () => {
  it('does not give TCP up for an echo that comes after the time-out', async () => {
    const late = [{ afterMs: 600, event: reply(600) }];
    const { series } = await sample(
      { echo: () => late, tcp: () => ({ afterMs: 8, outcome: connected(8) }) },
      { timeoutMs: 500, count: 20, intervalMs: 50 },
    );
    expect(series).toMatchObject({ method: 'tcp', attempt: { kind: 'measured' }, echoAnswered: false });
    expect(series.samples).toHaveLength(20);
  });

  it('goes on by TCP where echo is silent, and says so', async () => {
    const { series, network } = await sample({ echo: () => [], tcp: () => ({ afterMs: 8, outcome: connected(8) }) });
    expect(series).toMatchObject({
      method: 'tcp',
      attempt: { kind: 'measured' },
      echoAnswered: false,
      clock: 'kernel',
      duplicated: null,
      reordered: null,
    });
    expect(series.samples).toHaveLength(10);
    expect(network.sent.tcp[0]).toBeGreaterThanOrEqual(400);
  });

  it('begins with TCP at once where no ICMP socket is granted, and then knows nothing of echo', async () => {
    const { series, network } = await sample({ echo: null, tcp: () => ({ afterMs: 8, outcome: connected(8, false) }) });
    expect(series).toMatchObject({ method: 'tcp', echoAnswered: null, clock: 'user' });
    expect(network.sent.tcp[0]).toBe(0);
  });

  it('stays with echo where both are silent', async () => {
    const { series } = await sample({ echo: () => [] });
    expect(series).toMatchObject({ method: 'icmp', attempt: { kind: 'unanswered' }, echoAnswered: false });
  });

  it('sends no connect to a host that answers echo after the head start began', async () => {
    const { network } = await sample({ echo: () => [{ afterMs: 350, event: reply(350) }] });
    expect(network.sent.tcp).toEqual([]);
  });

  it('does without TCP where no port is known', async () => {
    const { series, network } = await sample({ echo: () => [] }, { ports: [] });
    expect(series.attempt.kind).toBe('unanswered');
    expect(network.sent.tcp).toEqual([]);
  });
});

describe('sampleRoundTrips of a bare host that is silent to echo', () => {
  const refused = { afterMs: 2, outcome: failed('connect', 'ECONNREFUSED', 'connection refused') };

  it('uses the common port that accepts', async () => {
    const { series } = await sample(
      { echo: () => [], tcp: (_, port) => (port === 80 ? { afterMs: 4, outcome: connected(4) } : refused) },
      { ports: [443, 80] },
    );
    expect(series).toMatchObject({ method: 'tcp', attempt: { kind: 'measured' }, echoAnswered: false });
    expect(series.samples).toHaveLength(10);
  });

  it('takes a refusal for an answer of the host, and asks no further', async () => {
    const { series, network } = await sample({ echo: () => [], tcp: () => refused }, { ports: [443, 80] });
    expect(series).toMatchObject({ method: 'tcp', attempt: { kind: 'failed', code: 'ECONNREFUSED' }, echoAnswered: false });
    expect(network.sent.tcp).toHaveLength(2);
  });

  it('says silence where both ports are silent too', async () => {
    const { series } = await sample({ echo: () => [] }, { ports: [443, 80] });
    expect(series).toMatchObject({ method: 'icmp', attempt: { kind: 'unanswered' } });
  });
});

describe('sampleRoundTrips by TCP', () => {
  it('is polite: never more than 20 connects, never faster than one in 50 ms', async () => {
    const { series, network } = await sample(
      { tcp: () => ({ afterMs: 1, outcome: connected(1) }) },
      { method: 'tcp', count: 500, intervalMs: 1 },
    );
    expect(series.samples).toHaveLength(20);
    expect(network.sent.tcp.map((at, index) => at - (network.sent.tcp[index - 1] ?? at - 50))).toEqual(Array(20).fill(50));
  });

  it('reports a refusal as an answer that was not timed', async () => {
    const { series } = await sample(
      { tcp: () => ({ afterMs: 2, outcome: failed('connect', 'ECONNREFUSED', 'connection refused') }) },
      { method: 'tcp' },
    );
    expect(series).toMatchObject({ attempt: { kind: 'failed', code: 'ECONNREFUSED' }, samples: [] });
  });

  it('says when the refused among them were sent', async () => {
    const refused = failed('connect', 'ECONNREFUSED', 'connection refused');
    const tcp = (index: number) => ({ afterMs: 2, outcome: index === 2 ? refused : connected(2) });
    const { series } = await sample({ tcp }, { method: 'tcp', intervalMs: 50 });
    expect(series).toMatchObject({ attempt: { kind: 'measured' }, refusedAtMs: [100] });
    expect(series.samples).toHaveLength(9);
  });

  it('counts a connect that needed a second SYN as lost', async () => {
    const again = measured({ connectMs: 1010, kernel: { rttMs: 9, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions: 1 } });
    const { series } = await sample(
      { tcp: (index) => ({ afterMs: 9, outcome: index === 2 ? again : connected(9) }) },
      { method: 'tcp', timeoutMs: 3000 },
    );
    expect(series.samples.filter(({ rttMs }) => rttMs === null)).toEqual([{ seq: 2, rttMs: null }]);
  });

  it('counts a connect that was refused on the way as lost, and one that never left as not sent', async () => {
    const away = failed('connect', 'ENETUNREACH', 'the network is unreachable');
    const tcp = (index: number) => ({ afterMs: 3, outcome: index < 6 ? connected(3) : away });
    const measure = async (routed: boolean) => {
      const network = fakeNetwork({ tcp });
      const route = measured(routeLookup({ source: '192.0.2.9', interface: 'eth0' }));
      if (routed) network.routes.lookup = async () => route;
      const { signal } = new AbortController();
      setMaxListeners(0, signal);
      return sampleRoundTrips({ ...plan, method: 'tcp' }, { network, signal });
    };
    const onTheWay = await measure(true);
    expect(onTheWay).toMatchObject({ attempt: { kind: 'measured' }, notSent: [] });
    expect(onTheWay.samples.map(({ rttMs }) => rttMs)).toEqual([...Array(6).fill(3), ...Array(4).fill(null)]);
    const here = await measure(false);
    expect(here).toMatchObject({ attempt: { kind: 'measured' }, notSent: [{ code: 'ENETUNREACH', count: 4 }] });
    expect(here.samples).toHaveLength(6);
  });

  it('leaves a connection that was reset as it stood out of the count', async () => {
    const reset = failed('connect', 'ECONNRESET', 'the other side reset the connection');
    const { series } = await sample({ tcp: (index) => ({ afterMs: 3, outcome: index < 6 ? connected(3) : reset }) }, { method: 'tcp' });
    expect(series.samples).toHaveLength(6);
    expect(series.notSent).toEqual([]);
  });

  it('counts a connect that met silence as lost', async () => {
    const { series } = await sample(
      { tcp: (index) => ({ afterMs: index === 4 ? Number.POSITIVE_INFINITY : 2, outcome: connected(2) }) },
      { method: 'tcp', timeoutMs: 900 },
    );
    expect(series.samples.filter(({ rttMs }) => rttMs === null)).toEqual([{ seq: 4, rttMs: null }]);
  });
});

describe('sampleRoundTrips by UDP', () => {
  const portUnreachable = { afterMs: 7, event: { ...reply(7), by: 'port-unreachable' } as never };

  it('sends what is asked where it is asked for', async () => {
    const { series, network } = await sample({ datagrams: () => [portUnreachable] }, { method: 'udp', count: 30 });
    expect(series).toMatchObject({ method: 'udp', attempt: { kind: 'measured' }, echoAnswered: null, duplicated: 0, clock: 'kernel' });
    expect(network.sent.datagrams).toHaveLength(30);
  });

  it('is asked six times at most, and slowly, where echo is silent', async () => {
    const { network } = await sample({ echo: () => [], datagrams: () => [portUnreachable] });
    expect(network.sent.datagrams.map((at, index) => at - (network.sent.datagrams[index - 1] ?? at - 100))).toEqual(Array(6).fill(100));
  });

  it('serves where TCP is refused or silent', async () => {
    const refused = { afterMs: 2, outcome: failed('connect', 'ECONNREFUSED', 'connection refused') };
    for (const tcp of [undefined, () => refused]) {
      const { series } = await sample({ echo: () => [], datagrams: () => [portUnreachable], ...(tcp === undefined ? {} : { tcp }) });
      expect(series).toMatchObject({ method: 'udp', echoAnswered: false });
    }
  });

  it('steps back behind a TCP that answers more of them', async () => {
    const { series } = await sample({
      echo: () => [],
      datagrams: (index) => (index < 3 ? [portUnreachable] : []),
      tcp: () => ({ afterMs: 8, outcome: connected(8) }),
    });
    expect(series).toMatchObject({ method: 'tcp', attempt: { kind: 'measured' } });
    expect(series.samples.every(({ rttMs }) => rttMs === 8)).toBe(true);
  });

  it('is preferred where it answered all that was asked, and TCP no more', async () => {
    const { series } = await sample(
      { echo: () => [], datagrams: () => [portUnreachable], tcp: () => ({ afterMs: 8, outcome: connected(8) }) },
      { count: 5 },
    );
    expect(series).toMatchObject({ method: 'udp' });
  });
});

describe('sampleRoundTrips by the system ping', () => {
  it('takes its times without a clock, and an answer without a time for an answer', async () => {
    const { series } = await sample(
      {
        ping: async ({ count, intervalMs }, replied) => {
          for (const [seq, rttMs] of [9, null, 2000, 8, 8].entries()) replied({ seq, rttMs, duplicate: false });
          replied({ seq: 4, rttMs: 9, duplicate: true });
          return measured({ sent: count, intervalMs, icmpErrors: [] });
        },
      },
      { method: 'system', count: 6 },
    );
    expect(series).toMatchObject({ method: 'system', clock: null, duplicated: 1, reordered: 0, echoAnswered: true });
    expect(series.samples.map(({ rttMs }) => rttMs)).toEqual([9, null, null, 8, 8, null]);
  });

  it('is the last resort where there is no socket and no port that answers', async () => {
    const ping: FakeBehaviour['ping'] = async ({ count, intervalMs }, replied) => {
      for (let seq = 0; seq < count; seq++) replied({ seq, rttMs: 5, duplicate: false });
      return measured({ sent: count, intervalMs, icmpErrors: [] });
    };
    const { series } = await sample({ echo: null, ping });
    expect(series).toMatchObject({ method: 'system', attempt: { kind: 'measured' }, echoAnswered: true });
    expect((await sample({ echo: () => [], ping })).series.method).toBe('icmp');
    expect((await sample({ echo: null, ping, tcp: () => ({ afterMs: 8, outcome: connected(8) }) })).series.method).toBe('tcp');
  });

  it('says why there is nothing where it is missing too', async () => {
    expect((await sample({ echo: null }, { ports: [] })).series.attempt).toMatchObject({ kind: 'unavailable', capability: 'icmp-socket' });
    expect((await sample({}, { method: 'system' })).series.attempt).toMatchObject({ kind: 'unavailable', capability: 'system-ping' });
  });

  it('keeps what an interrupted ping had answered', async () => {
    const abort = new AbortController();
    const { series } = await sample(
      {
        ping: async (_, replied) => {
          for (const seq of [0, 2]) replied({ seq, rttMs: 5, duplicate: false });
          abort.abort();
          return { kind: 'skipped', because: 'interrupted' };
        },
      },
      { method: 'system' },
      abort.signal,
    );
    expect(series.samples.map(({ seq }) => seq)).toEqual([0, 2]);
  });
});

describe('sampleRoundTrips, extended', () => {
  const extend = { maximumCount: 300, decideRatio: 0.01 };
  const lossy = (lost: (index: number) => boolean) => ({ echo: (index: number) => (lost(index) ? [] : [{ afterMs: 5, event: reply(5) }]) });

  it('stops after the first hundred where nothing was lost, or the loss is clear', async () => {
    expect(
      (
        await sample(
          lossy(() => false),
          { count: 100, extend },
        )
      ).series.samples,
    ).toHaveLength(100);
    expect(
      (
        await sample(
          lossy((index) => index % 5 === 0),
          { count: 100, extend },
        )
      ).series.samples,
    ).toHaveLength(100);
  });

  it('goes on by batches while it cannot be told, up to the bound, and never faster than asked', async () => {
    const { series, network } = await sample(
      lossy((index) => index % 100 === 50),
      { count: 100, extend },
    );
    expect(series.samples).toHaveLength(300);
    const gaps = network.sent.echo.slice(1).map((at, index) => at - (network.sent.echo[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20);
  });

  it('sends exactly the count where it is not asked to', async () => {
    expect(
      (
        await sample(
          lossy((index) => index === 7),
          { count: 100 },
        )
      ).series.samples,
    ).toHaveLength(100);
  });
});
