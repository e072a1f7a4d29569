import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { measured, unanswered } from '../../../src/model/attempt.js';
import type { SegmentExchange, SegmentExchangeOptions, TcpSegmentFacts } from '../../../src/net/port.js';
import { measureLoss } from '../../../src/probes/loss/measure.js';
import type { LossPlan } from '../../../src/probes/loss/plan.js';
import { type FakeBehaviour, type FakeNetwork, fakeNetwork, reply } from '../../fakes/network.js';

const plan: LossPlan = {
  address: '192.0.2.1',
  ports: [443],
  method: 'icmp',
  count: 100,
  intervalMs: 20,
  timeoutMs: 500,
  payloadBytes: 56,
  origin: { source: '192.0.2.9' },
  service: { family: 4, port: 443, speech: { protocol: 'http', host: 'app.example.net' } },
};

const FACTS: TcpSegmentFacts = {
  sendSegmentBytes: 524,
  largestReceivedSegmentBytes: 524,
  receiveSegmentBytes: 524,
  pathMtuBytes: 1500,
  optionBytes: 12,
  retransmissions: 0,
  acknowledgedBytes: 1,
  rttMs: 30,
  counters: { sent: 0, needless: 0, reorderings: 0, received: 0, outOfOrder: 0, selective: true },
};

/** Every third connection had to send a segment again. */
function exchange(index: number, receivedBytes: number): SegmentExchange {
  const lost = index % 3 === 0 ? 1 : 0;
  const counters = { sent: 13 + lost, needless: 0, reorderings: 0, received: 12, outOfOrder: 0, selective: true };
  return {
    opened: FACTS,
    facts: { ...FACTS, retransmissions: lost, counters },
    writtenBytes: 6500,
    acknowledgedBytes: 6500,
    receivedBytes,
    holesMs: [],
    ended: 'settled',
  };
}

interface Service {
  network: FakeNetwork;
  asked: SegmentExchangeOptions[];
  mostAtOnce: () => number;
}

/** Echo loses every `lossEvery`th packet; each connection takes 300 ms, and does not come about with segments below `smallest`. */
function service(lossEvery: number, { answerBytes = 7000, takesMs = 300, smallest = 0 } = {}): Service {
  const asked: SegmentExchangeOptions[] = [];
  let [open, mostOpen] = [0, 0];
  const segments: NonNullable<FakeBehaviour['segments']> = async (options) => {
    const index = asked.push(options) - 1;
    open++;
    mostOpen = Math.max(mostOpen, open);
    await network.clock.sleep(takesMs, options.signal);
    open--;
    return (options.maximumSegmentBytes ?? 0) < smallest ? unanswered('connect', 1500) : measured(exchange(index, answerBytes));
  };
  const network = fakeNetwork({
    echo: (index) => (index % lossEvery === lossEvery - 1 ? [] : [{ afterMs: 30, event: reply(30) }]),
    segments,
  });
  return { network, asked, mostAtOnce: () => mostOpen };
}

async function measure(network: FakeNetwork, changes: Partial<LossPlan> = {}, signal = new AbortController().signal) {
  setMaxListeners(0, signal);
  return (await measureLoss({ ...plan, ...changes }, { network, signal })).data;
}

const { service: _, ...WITHOUT_SERVICE } = plan;

describe('the direction of a loss', () => {
  it('is asked by 24 connections, eight at once, from where the packets came from', async () => {
    const { network, asked, mostAtOnce } = service(20);
    const { direction } = await measure(network);
    expect(direction).toMatchObject({ hint: 'to-target', exchanges: 24, there: { segments: 24 * 13 + 8, lost: 8 }, back: { lost: 0 } });
    expect([asked.length, mostAtOnce()]).toEqual([24, 8]);
    expect(asked[0]).toMatchObject({ address: '192.0.2.1', port: 443, source: '192.0.2.9', maximumSegmentBytes: 536 });
    const flight = new TextDecoder().decode(asked[0]?.firstFlight(524));
    expect(flight.length).toBeGreaterThan(12 * 524);
    expect(flight).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: app\.example\.net\r\n.*Connection: keep-alive\r\n.*\r\n\r\n$/s);
  });

  it('is not asked without loss to speak of, without a service, or where nearly all is lost', async () => {
    for (const [lossEvery, changes] of [
      [50, {}],
      [1000, {}],
      [1, {}],
    ] as const) {
      const { network, asked } = service(lossEvery);
      expect(await measure(network, changes)).toMatchObject({ direction: null });
      expect(asked).toHaveLength(0);
    }
    const { network, asked } = service(20);
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    const { data } = await measureLoss(WITHOUT_SERVICE, { network, signal });
    expect(data.direction).toBeNull();
    expect(asked).toHaveLength(0);
  });

  it('asks with smaller segments where the answer fills too few, and no more where those do not get through', async () => {
    const short = service(20, { answerBytes: 2400 });
    await measure(short.network);
    expect(short.asked.map(({ maximumSegmentBytes }) => maximumSegmentBytes).slice(8)).toEqual(Array(16).fill(212));
    const tiny = service(20, { answerBytes: 7 });
    await measure(tiny.network);
    expect(tiny.asked.at(-1)?.maximumSegmentBytes).toBe(100);
    const strict = service(20, { answerBytes: 2400, smallest: 500 });
    const { direction } = await measure(strict.network);
    // Those under way, and the next ones until four had failed.
    expect(direction?.exchanges).toBe(13);
    expect(strict.asked.slice(19).every(({ maximumSegmentBytes }) => maximumSegmentBytes === 536)).toBe(true);
  });

  it('begins no further ones after a while', async () => {
    const { network, asked } = service(20, { takesMs: 2000 });
    await measure(network);
    expect(asked).toHaveLength(16);
  });

  it('is left out where nobody can be connected to, and where the run is interrupted', async () => {
    const { network } = service(20, { smallest: 10_000 });
    expect(await measure(network)).toMatchObject({ lost: 5, direction: null });
    const interrupt = new AbortController();
    const late = service(20);
    late.network.clock.after(2800, () => interrupt.abort());
    expect(await measure(late.network, {}, interrupt.signal)).toMatchObject({ lost: 5, direction: null });
    expect(late.asked.length).toBeLessThan(24);
  });
});
