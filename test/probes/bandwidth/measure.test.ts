import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { failed, measured } from '../../../src/model/attempt.js';
import type { BandwidthOptions } from '../../../src/model/probe-options.js';
import { parseTarget, type Target } from '../../../src/model/target.js';
import type { LoadOptions, LoadReading, LoadSummary } from '../../../src/net/port.js';
import { measureBandwidth } from '../../../src/probes/bandwidth/measure.js';
import { planBandwidth } from '../../../src/probes/bandwidth/plan.js';
import { fakeNetwork } from '../../fakes/network.js';

const targetOf = (text: string): Target => {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
};

const OPTIONS: BandwidthOptions = {
  down: true,
  up: null,
  durationMs: 5000,
  connections: 4,
  maximumBytes: 1e9,
  method: 'auto',
  headers: [],
  servername: null,
  ca: [],
  cert: null,
  key: null,
  timeoutMs: 1000,
};

/** 10 Mbit/s: 1250 bytes a millisecond. */
const BYTES_PER_MS = 1250;
const GOOD: LoadSummary = {
  connections: { opened: 4, broken: 0, reason: null },
  requests: { sent: 4, completed: 0 },
  countedBy: 'received',
  contentEncoding: null,
  failure: null,
  refusedWith: null,
  ended: null,
};
const NOTHING: LoadReading = {
  bytes: 0,
  sentBytes: null,
  retransmittedBytes: null,
  busyMs: null,
  windowLimitedMs: null,
  waitedMs: 0,
  ownBusyMs: 0,
};

/** A network whose loads run at a steady rate, on a virtual clock, or end at once with what `summaryOf` says of the `index`th. */
function network(summaryOf: (index: number, options: LoadOptions) => LoadSummary = () => GOOD) {
  const begun: LoadOptions[] = [];
  const loadedMs: number[] = [];
  const fake = fakeNetwork({
    // Slower by 80 ms while something is loaded.
    tcp: (_index, port) => {
      const busy = loadedMs.some((startMs, at) => fake.clock.nowMs() - startMs < 5000 && begun[at]?.port === port);
      const rttMs = busy ? 100 : 20;
      return {
        afterMs: rttMs,
        outcome: measured({ connectMs: rttMs, kernel: { rttMs, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions: 0 } }),
      };
    },
  });
  return {
    begun,
    network: {
      ...fake,
      loads: {
        begin(options: LoadOptions) {
          const summary = summaryOf(begun.push(options) - 1, options);
          const startMs = fake.clock.nowMs();
          loadedMs.push(startMs);
          const over = summary.failure !== null;
          return {
            read: () => ({ ...NOTHING, bytes: over ? 0 : Math.round((fake.clock.nowMs() - startMs) * BYTES_PER_MS) }),
            over: over ? Promise.resolve() : new Promise<void>(() => {}),
            stop: () => {},
            summary: () => summary,
          };
        },
      },
    },
  };
}

function measure(options: Partial<BandwidthOptions>, fake = network(), target = 'https://u:pw@speed.example.net/down?token=secret1234567') {
  const plan = planBandwidth(targetOf(target), '192.0.2.7', { ...OPTIONS, ...options }, {});
  if (plan === null) throw new Error('no plan');
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return measureBandwidth(plan, { network: fake.network, signal: controller.signal });
}

describe('planBandwidth', () => {
  it('is for http: and https: URLs alone', () => {
    for (const text of ['example.net', 'example.net:443', 'wss://example.net/x', 'tls://example.net:443'])
      expect(planBandwidth(targetOf(text), '192.0.2.7', OPTIONS, {}), text).toBeNull();
  });

  it('gives each URL its own login, and an upload path that of the target', () => {
    const plan = (up: BandwidthOptions['up']) => planBandwidth(targetOf('http://u:pw@a.example/x'), '192.0.2.7', { ...OPTIONS, up }, {});
    const basic = { name: 'authorization', value: `Basic ${Buffer.from('u:pw').toString('base64')}`, secret: true };
    expect(plan({ path: '/up' })?.up).toMatchObject({ place: { host: 'a.example', path: '/up' }, address: '192.0.2.7', headers: [basic] });
    expect(plan({ target: targetOf('https://b.example/up') })?.up).toMatchObject({
      place: { host: 'b.example' },
      address: null,
      headers: [],
    });
  });
});

describe('measureBandwidth', () => {
  it('gives rate, interval, and round trips before and under load, in each direction', async () => {
    const fake = network();
    const { attempt, method, data } = await measure({ up: { path: '/up' } }, fake);
    expect([attempt.kind, method]).toEqual(['measured', 'https']);
    expect(data.downMbps).toBeCloseTo(10, 3);
    expect(data.upMbps).toBeCloseTo(10, 3);
    expect(data.idleRttMs).toBe(20);
    for (const direction of [data.down, data.up]) {
      expect(direction).toMatchObject({
        ended: 'time',
        rampUpMs: 1000,
        queueingMs: 80,
        limitedBy: null,
        interfaceMbps: null,
        utilisationRatio: null,
      });
      expect(direction?.latency).toMatchObject({ method: 'tcp', clock: 'kernel', sent: 20, received: 20 });
      expect(direction?.slices).toHaveLength(40);
    }
    expect(data.absent).toEqual([{ fact: 'what crossed the interface', because: expect.any(String) }]);
    expect(fake.begun.map(({ direction, path, connections, confidential }) => [direction, path, connections, confidential])).toEqual([
      ['down', '/down?token=secret1234567', 4, true],
      ['up', '/up', 4, true],
    ]);
  });

  it('holds an upload to another port against the idle round trips of that one', async () => {
    const fake = network();
    const { data } = await measure({ up: { target: targetOf('http://speed.example.net:8080/up') } }, fake);
    expect(fake.begun.map(({ port, secure }) => [port, secure])).toEqual([
      [443, true],
      [8080, false],
    ]);
    expect([data.up?.idleRttMs, data.up?.queueingMs]).toEqual([20, 80]);
    expect(fake.network.sent.tcp).toHaveLength(16 + 20 + 16 + 20);
  });

  it('shows no secret', async () => {
    const failure = failed('response', 'http-status', 'the server answers with status 500 to secret1234567');
    const { data, attempt } = await measure(
      {},
      network(() => ({ ...GOOD, failure, connections: { opened: 1, broken: 0, reason: 'Basic dTpwdw==' } })),
    );
    expect(JSON.stringify([data, attempt])).not.toMatch(/secret1234567|dTpwdw|pw@/);
    expect(data.down?.url).toBe('https://speed.example.net/down?token=***');
  });

  it('tries smaller bodies where the server takes none of this size, and says what came of those', async () => {
    const refused: LoadSummary = { ...GOOD, failure: failed('response', 'http-status', 'status 413'), refusedWith: 413 };
    const fake = network((index) => (index === 0 ? refused : GOOD));
    const { data } = await measure({ down: false, up: { path: '/up' } }, fake);
    expect(fake.begun.map(({ requestBytes }) => requestBytes)).toEqual([32_000_000, 1_000_000]);
    expect(data.up).toMatchObject({ requestBytes: 1_000_000, failure: null });
    expect(data.down).toBeNull();

    const never = network(() => refused);
    const { attempt, data: none } = await measure({ down: false, up: { path: '/up' } }, never);
    expect(never.begun).toHaveLength(2);
    expect(none).toMatchObject({ upMbps: null, up: { mbps: null, bytes: 0, failure: { kind: 'failed', code: 'http-status' } } });
    expect(attempt).toMatchObject({ kind: 'failed', code: 'http-status' });
  });

  it('goes on with the upload where the download fails, and counts as measured', async () => {
    const fake = network((index) => (index === 0 ? { ...GOOD, failure: failed('response', 'empty', 'no body') } : GOOD));
    const { attempt, data } = await measure({ up: { path: '/up' } }, fake);
    expect(attempt.kind).toBe('measured');
    expect([data.downMbps, data.down?.failure?.code]).toEqual([null, 'empty']);
    expect(data.upMbps).toBeCloseTo(10, 3);
  });

  it('has no rate where nothing came in all the time, and that is no 0', async () => {
    const silent = network();
    silent.network.loads.begin = (options) => {
      silent.begun.push(options);
      return { read: () => NOTHING, over: new Promise<void>(() => {}), stop: () => {}, summary: () => GOOD };
    };
    const { attempt, data } = await measure({}, silent);
    expect(data.down).toMatchObject({ mbps: null, interval: null, failure: { kind: 'unanswered', code: 'silent' } });
    expect(attempt).toMatchObject({ kind: 'unanswered', step: 'response' });
  });

  it('moved nothing for no time where there was nowhere to send to: neither is a 0', async () => {
    const fake = network();
    const { data } = await measure({ up: { target: targetOf('https://elsewhere.example.net/up') } }, fake);
    expect(fake.begun).toHaveLength(1);
    expect(data.down).toMatchObject({ bytes: 6_250_000, failure: null });
    expect(data.up).toMatchObject({ mbps: null, bytes: null, durationMs: null, failure: { code: 'no-resolver' } });
  });
});
