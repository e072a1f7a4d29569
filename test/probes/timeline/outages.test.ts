import { describe, expect, it } from 'vitest';
import { coincide, outagesOf } from '../../../src/probes/timeline/outages.js';
import type { Packet } from '../../../src/probes/timeline/packets.js';
import { seeded } from '../../fakes/seeded.js';

/** As `full-report` sends them: a hundred packets, 12 ms apart. */
const INTERVAL_MS = 12;

function series(isLost: (index: number) => boolean, count = 100, intervalMs = INTERVAL_MS): Packet[] {
  return Array.from({ length: count }, (_, index) => ({ atMs: 1000 + index * intervalMs, rttMs: isLost(index) ? null : 20 }));
}

const within = (from: number, to: number) => (index: number) => index >= from && index < to;

describe('outagesOf', () => {
  it('finds the one stretch in which nothing was answered, with its edges', () => {
    expect(outagesOf(series(within(40, 75)))).toEqual([{ fromMs: 1480, toMs: 1900, lastMs: 1888, packets: 35, held: false }]);
  });

  it.each([
    ['at the start, and back', within(0, 50), [[1000, 1600]]],
    ['to the end', within(60, 100), [[1720, null]]],
    [
      'each time that it flaps',
      (index: number) => within(15, 40)(index) || within(60, 85)(index),
      [
        [1180, 1480],
        [1720, 2020],
      ],
    ],
  ] as const)('sees that a place was gone %s', (_, isLost, expected) => {
    expect(outagesOf(series(isLost)).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual(expected);
  });

  it('sees none where the way is only opened: each hop asks for the next, all together once back and forth', () => {
    const far = (isLost: (index: number) => boolean) =>
      series(isLost).map((packet) => (packet.rttMs === null ? packet : { ...packet, rttMs: 500 }));
    expect(outagesOf(far(within(0, 40)))).toEqual([]);
    expect(outagesOf(far(within(0, 60)))).toHaveLength(1);
    expect(outagesOf(far(within(10, 50)))).toHaveLength(1);
  });

  it('finds it beside a loss of ten in a hundred, too', () => {
    const random = seeded(5);
    const found = outagesOf(series((index) => within(30, 70)(index) || random() < 0.1));
    expect(found).toHaveLength(1);
    expect(found[0]?.packets).toBeGreaterThanOrEqual(40);
  });

  it.each([
    ['nothing was lost', () => false],
    ['everything was', () => true],
    ['one packet was', within(50, 51)],
    ['three in a row were', within(50, 53)],
    ['a burst of a tenth of a second was', within(50, 58)],
    ['every second one was', (index: number) => index % 2 === 0],
    ['a host answered the first of them and limits the rest', (index: number) => index > 10 && index % 9 !== 0],
  ])('finds none where %s', (_, isLost) => {
    expect(outagesOf(series(isLost))).toEqual([]);
  });

  it('knows no burst by a stretch that was cut off by the end of the looking', () => {
    const flapping = series((index) => within(20, 40)(index) || within(55, 75)(index) || index >= 93);
    expect(outagesOf(flapping).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [1240, 1480],
      [1660, 1900],
    ]);
  });

  it('does not take few packets for many', () => {
    expect(outagesOf(series(within(4, 7), 10, 50))).toEqual([]);
    expect(outagesOf([])).toEqual([]);
  });

  // The share of series in which an outage is seen that is none.
  it.each([
    ...[0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9].map((ratio) => [`a loss of ${ratio * 100} %`, ratio, 1] as const),
    ['bursts of three, 3 %', 0.03, 3],
    ['bursts of three, 10 %', 0.1, 3],
  ] as const)('takes %s for an outage in less than one series of a hundred', (_, ratio, meanBurst) => {
    const random = seeded(Math.round(ratio * 1000) + meanBurst);
    let alarms = 0;
    const trials = 2000;
    for (let trial = 0; trial < trials; trial++) {
      let bad = false;
      // Gilbert: into the bad state so that the share comes out, and out of it after the mean length; one packet by itself where that is 1.
      const enter = ratio / (meanBurst * (1 - ratio));
      const lost = () => {
        if (meanBurst === 1) return random() < ratio;
        bad = bad ? random() >= 1 / meanBurst : random() < enter;
        return bad;
      };
      if (outagesOf(series(lost)).length > 0) alarms++;
    }
    expect(alarms / trials).toBeLessThan(0.01);
  });

  it('takes an outage of 300 ms for one in all but few series, beside a loss of three in a hundred', () => {
    const random = seeded(9);
    let found = 0;
    for (let trial = 0; trial < 500; trial++) {
      const start = 2 + Math.floor(random() * 70);
      if (outagesOf(series((index) => within(start, start + 25)(index) || random() < 0.03)).length === 1) found++;
    }
    expect(found / 500).toBeGreaterThan(0.99);
  });
});

describe('coincide', () => {
  it.each([
    [[0, 100], [10, 90], true],
    [[0, 100], [50, 160], true],
    [[0, 100], [80, 400], false],
    [[0, 100], [100, 200], false],
  ] as const)('%j and %j: %s', ([fromMs, toMs], [otherFromMs, otherToMs], expected) => {
    expect(coincide({ fromMs, toMs, lastMs: toMs }, { fromMs: otherFromMs, toMs: null, lastMs: otherToMs })).toBe(expected);
  });
});
