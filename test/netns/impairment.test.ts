import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DueQueue } from './due-queue.mjs';
import { change, createDirection, delivered, type Fate, type Impairment, MOST_IN_FLIGHT, schedule, seededRandom } from './impairment.mjs';

const PACKET_BYTES = 100;

/** Sends packets at fixed intervals and tells what became of each. */
function send(impairment: Impairment, count: number, options: { seed?: number; everyMs?: number; bytes?: number } = {}) {
  const { seed = 1, everyMs = 1, bytes = PACKET_BYTES } = options;
  const direction = createDirection(impairment, seed);
  const fates = Array.from({ length: count }, (_, index) => schedule(direction, bytes, index * everyMs));
  return { direction, fates, counters: direction.counters };
}

const latenessMs = (fates: readonly Fate[], everyMs = 1) =>
  fates.flatMap((fate, index) => (fate.kind === 'deliver' ? [fate.atMs - index * everyMs] : []));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const isDropped = (fate: Fate) => fate.kind === 'dropped';

/** Lengths of the runs of dropped packets. */
function runs(fates: readonly Fate[]): number[] {
  const text = fates.map((fate) => (isDropped(fate) ? 'x' : '.')).join('');
  return (text.match(/x+/g) ?? []).map((run) => run.length);
}

describe('the impairment of a link', () => {
  test('does nothing where nothing is asked for', () => {
    const { fates, counters } = send({}, 3);
    expect(fates).toEqual([0, 1, 2].map((at) => ({ kind: 'deliver', atMs: at, copies: 1, sequence: at })));
    expect(counters).toMatchObject({ arrived: 3, inFlight: 3, lost: 0 });
  });

  test('delays, and spreads the delay evenly or normally without a change of order', () => {
    expect(latenessMs(send({ delayMs: 20 }, 5).fates)).toEqual([20, 20, 20, 20, 20]);

    const even = latenessMs(send({ delayMs: 20, jitterMs: 5 }, 4000, { everyMs: 100 }).fates, 100);
    expect(Math.min(...even)).toBeGreaterThanOrEqual(15);
    expect(Math.max(...even)).toBeLessThanOrEqual(25);
    expect(mean(even)).toBeCloseTo(20, 0);
    expect(even.filter((value) => value < 17.5).length / even.length).toBeCloseTo(0.25, 1);

    const normal = latenessMs(send({ delayMs: 50, jitterMs: 5, jitterShape: 'normal' }, 4000, { everyMs: 100 }).fates, 100);
    const deviation = Math.sqrt(mean(normal.map((value) => (value - 50) ** 2)));
    expect(deviation).toBeGreaterThan(4.7);
    expect(deviation).toBeLessThan(5.3);

    const dense = send({ delayMs: 20, jitterMs: 20 }, 2000, { everyMs: 0.1 }).fates.flatMap((fate) => ('atMs' in fate ? [fate.atMs] : []));
    expect(dense).toEqual([...dense].sort((a, b) => a - b));
  });

  test('loses as often as it is told, and never or always at the ends', () => {
    for (const lossRatio of [0.005, 0.05, 0.2]) {
      const { counters, fates } = send({ lossRatio }, 40_000);
      expect(Math.abs(counters.lost / 40_000 - lossRatio), String(lossRatio)).toBeLessThan(4 * Math.sqrt(lossRatio / 40_000));
      expect(counters.lost).toBe(fates.filter(isDropped).length);
      expect(counters.lossBursts).toBe(runs(fates).length);
    }
    expect(send({ lossRatio: 0 }, 1000).counters.lost).toBe(0);
    expect(send({ lossRatio: 1 }, 1000).counters).toMatchObject({ lost: 1000, lossBursts: 1 });
  });

  test('loses in bursts of the mean length and the share that Gilbert’s model promises', () => {
    const { counters, fates } = send({ lossBursts: { lossRatio: 0.1, meanPackets: 5 } }, 100_000);
    expect(counters.lost / 100_000).toBeGreaterThan(0.09);
    expect(counters.lost / 100_000).toBeLessThan(0.11);
    expect(mean(runs(fates))).toBeGreaterThan(4.7);
    expect(mean(runs(fates))).toBeLessThan(5.3);
  });

  test('repeats itself for one seed, and not for another', () => {
    const impairment = { lossRatio: 0.1, jitterMs: 3, delayMs: 10, duplicateRatio: 0.1, reorderRatio: 0.1 };
    expect(send(impairment, 500, { seed: 7 }).fates).toEqual(send(impairment, 500, { seed: 7 }).fates);
    expect(send(impairment, 500, { seed: 8 }).fates).not.toEqual(send(impairment, 500, { seed: 7 }).fates);
  });

  test('loses the same packets whatever else it does', () => {
    const lost = (impairment: Impairment) => send(impairment, 500).fates.map(isDropped);
    expect(lost({ lossRatio: 0.1, jitterMs: 3, duplicateRatio: 0.5, reorderRatio: 0.5 })).toEqual(lost({ lossRatio: 0.1 }));
  });

  test('holds packets back so that others overtake them, and counts those', () => {
    const { direction, fates } = send({ delayMs: 5, reorderRatio: 0.1, reorderDelayMs: 3.5 }, 1000);
    const late = new Set(fates.flatMap((fate, index) => (fate.kind === 'deliver' && fate.atMs > index + 5 ? [index] : [])));
    expect(late.size).toBeGreaterThan(70);
    expect(late.size).toBeLessThan(130);
    const queue = new DueQueue<Fate>();
    for (const fate of fates) if (fate.kind === 'deliver') queue.add(fate.atMs, fate);
    for (let fate = queue.take(); fate?.kind === 'deliver'; fate = queue.take()) delivered(direction, fate.sequence, 1, 100, true);
    expect(direction.counters.reordered).toBeGreaterThan(late.size * 0.9);
    expect(direction.counters.reordered).toBeLessThanOrEqual(late.size);
    expect(direction.counters).toMatchObject({ forwarded: 1000, forwardedBytes: 100_000, inFlight: 0 });
  });

  test('duplicates', () => {
    const { fates, direction } = send({ duplicateRatio: 0.25 }, 4000);
    const twice = fates.filter((fate) => fate.kind === 'deliver' && fate.copies === 2).length;
    expect(twice / 4000).toBeCloseTo(0.25, 1);
    delivered(direction, 0, 2, 100, true);
    delivered(direction, 1, 2, 100, false);
    expect(direction.counters).toMatchObject({ forwarded: 1, duplicated: 1, refused: 1 });
  });

  test('sends at its rate, lets a queue build, and drops what does not fit', () => {
    // 100 bytes at 80 kbit/s take 10 ms; they come every millisecond.
    const queue = send({ rateBitsPerSecond: 80_000, queueBytes: 450 }, 100);
    expect(latenessMs(queue.fates.slice(0, 4))).toEqual([10, 19, 28, 37]);
    expect(Math.max(...latenessMs(queue.fates.filter((_, index) => index < 4)))).toBeLessThanOrEqual(45);
    expect(queue.counters.queueDropped).toBeGreaterThan(80);
    expect(queue.counters.inFlight + queue.counters.queueDropped).toBe(100);

    expect(send({ rateBitsPerSecond: 80_000, queuePackets: 3 }, 9).fates.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 3 }, () => 'deliver'),
      ...Array.from({ length: 6 }, () => 'dropped'),
    ]);
    // An idle line takes any packet, however small its queue.
    expect(send({ rateBitsPerSecond: 80_000, queueBytes: 0 }, 3, { everyMs: 20 }).counters.queueDropped).toBe(0);
    expect(latenessMs(send({ rateBitsPerSecond: 80_000 }, 3, { everyMs: 20 }).fates, 20)).toEqual([10, 10, 10]);
  });

  test('lets nothing pass that is larger than its MTU', () => {
    expect(send({ mtuBytes: 100 }, 1).fates[0]?.kind).toBe('deliver');
    const { fates, counters } = send({ mtuBytes: 99, lossRatio: 1 }, 2);
    expect(fates).toEqual([
      { kind: 'too-large', mtuBytes: 99 },
      { kind: 'too-large', mtuBytes: 99 },
    ]);
    expect(counters).toMatchObject({ arrived: 2, tooLarge: 2, lost: 0 });
  });

  test('changes while packets are on their way, which stay in front', () => {
    const direction = createDirection({ delayMs: 50 }, 1);
    schedule(direction, 100, 0);
    change(direction, {});
    expect(schedule(direction, 100, 10)).toMatchObject({ atMs: 50 });
    expect(schedule(direction, 100, 60)).toMatchObject({ atMs: 60 });
  });

  test('holds so many packets and no more', () => {
    const { counters } = send({ delayMs: 60_000 }, MOST_IN_FLIGHT + 5, { everyMs: 0 });
    expect(counters).toMatchObject({ inFlight: MOST_IN_FLIGHT, queueDropped: 5 });
  });

  test.each([
    [{ lossRatio: 1.1 }, 'lossRatio must be from 0 to 1, not 1.1'],
    [{ delayMs: Number.NaN }, 'delayMs must be'],
    [{ mtuBytes: 20 }, 'mtuBytes must be'],
    [{ lossBursts: { lossRatio: 0.9, meanPackets: 1 } }, 'no Gilbert model loses 0.9'],
    [{ jitterShape: 'triangle' }, 'jitterShape must be'],
    [{ mtuAnnouncedBy: '192.0.2.1' }, 'mtuAnnouncedBy must be'],
    [{ delay: 5 }, 'there is no impairment delay'],
  ])('refuses %j', (impairment, words) => {
    expect(() => createDirection(impairment as Impairment, 1)).toThrow(words);
  });

  test('draws even numbers', () => {
    const draw = seededRandom(42);
    const numbers = Array.from({ length: 20_000 }, draw);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length;
      expect(share).toBeCloseTo(0.1, 1);
    }
  });
});

describe('the queue of what is due', () => {
  test('gives the earliest first, and what is due at once in the order in which it came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new DueQueue<[number, number]>();
        times.forEach((time, index) => {
          queue.add(time, [time, index]);
        });
        const taken = times.map(() => queue.take());
        expect(taken).toEqual(times.map((time, index) => [time, index]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)));
        expect(queue.take()).toBeUndefined();
        expect(queue.nextAtMs()).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });
});
