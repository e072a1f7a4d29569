import { describe, expect, it } from 'vitest';
import type { Packet } from '../../../src/probes/timeline/packets.js';
import { type Course, courseOf, isQueue, isStandingQueue } from '../../../src/probes/timeline/queueing.js';
import { slowStretches } from '../../../src/probes/timeline/stretches.js';
import { seeded } from '../../fakes/seeded.js';

const INTERVAL_MS = 12;

function series(rttOf: (atMs: number, index: number) => number | null, count = 100): Packet[] {
  return Array.from({ length: count }, (_, index) => ({ atMs: index * INTERVAL_MS, rttMs: rttOf(index * INTERVAL_MS, index) }));
}

/** Answers that never overtake each other, as behind one queue. */
function inOrder(packets: readonly Packet[]): Packet[] {
  let latest = 0;
  return packets.map(({ atMs, rttMs }) => {
    latest = Math.max(latest, atMs + (rttMs ?? 0));
    return { atMs, rttMs: latest - atMs };
  });
}

/** A triangle between low and high: a queue that fills in `fillMs` and drains in `drainMs`. */
function sawtooth(low: number, high: number, fillMs: number, drainMs: number) {
  return (atMs: number): number => {
    const at = atMs % (fillMs + drainMs);
    return at < fillMs ? low + ((high - low) * at) / fillMs : high - ((high - low) * (at - fillMs)) / drainMs;
  };
}

function course(packets: readonly Packet[]): Course {
  const made = courseOf(packets);
  if (made === null) throw new Error('too few packets');
  return made;
}

describe('isQueue', () => {
  const random = seeded(3);
  const noise = (ms: number) => (random() - 0.5) * 2 * ms;

  it.each([
    ['a queue that fills and drains', series((atMs) => sawtooth(30, 320, 500, 300)(atMs) + noise(4))],
    ['a queue that is full and wavers slowly', series((atMs) => sawtooth(280, 340, 900, 600)(atMs) + noise(1.5))],
    ['a queue on a thin line, packet by packet', series((atMs) => 12 * Math.round(sawtooth(40, 400, 700, 500)(atMs) / 12))],
  ])('%s is one', (_, packets) => {
    expect(isQueue(course(packets))).toBe(true);
  });

  it.each([
    ['a short path', series(() => 20 + noise(0.3))],
    ['a long and stable path', series(() => 600 + noise(2))],
    ['a path that jitters a little', series(() => 300 + noise(10))],
    ['one that jitters much', series(() => 120 + noise(100))],
    ['one that jitters much and keeps the order', inOrder(series(() => 120 + noise(100)))],
    ['one that jitters a little and keeps the order', inOrder(series(() => 300 + noise(10)))],
    ['a path that changed', series((atMs) => (atMs < 600 ? 20 : 320) + noise(0.5))],
    ['a spike', series((atMs) => (atMs > 300 && atMs < 700 ? 700 : 10) + noise(1))],
  ])('%s is none', (_, packets) => {
    expect(isQueue(course(packets))).toBe(false);
  });

  it('tells no jitter from a queue wrongly in more than one series of two hundred', () => {
    let alarms = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const width = 2 + random() * 100;
      const jittering = series(() => 110 + noise(width));
      if (isQueue(course(trial % 2 === 0 ? jittering : inOrder(jittering)))) alarms++;
    }
    expect(alarms / 1000).toBeLessThan(0.005);
  });

  it('sees that a long round trip wavers as that through a full queue, and not by jitter', () => {
    // Whole packets of others come and go: a walk that is drawn back to its middle.
    let level = 200;
    const full = series(() => {
      level += (200 - level) * 0.08 + noise(9);
      return level;
    });
    expect(isStandingQueue(course(full))).toBe(true);
    let alarms = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const width = 1 + random() * 40;
      const jittering = series(() => 300 + noise(width));
      if (isStandingQueue(course(trial % 2 === 0 ? jittering : inOrder(jittering)))) alarms++;
    }
    expect(alarms / 1000).toBeLessThan(0.01);
  });

  it('sees it too where packets of others come in heaps: a download of a neighbour, 8 Mbit/s, as it was measured', () => {
    const measured =
      '174 182 192 192 192 192 183 190 189 189 182 180 185 192 189 192 192 191 184 195 180 182 178 175 174 173 182 181 187 190 187 187 174 182 181 176 175 171 161 153 166 159 153 159 153 153 153 158 153 158 154 144 142 144 154 148 136 152 142 154 144 148 152 160 159 155 143 151 163 160 158 155 157 156 144 153 142 160 157 159 160 160 160 162 155 155 151 160 160 154 157 155 150 152 155 158 157 157 169 163';
    const rtts = measured.split(' ').map(Number);
    expect(isStandingQueue(course(series((index) => rtts[index] ?? 0, rtts.length)))).toBe(true);
  });

  it('knows nothing of a few packets', () => {
    expect(courseOf(series(() => 20, 20))).toBeNull();
  });

  it('gives the differences of round trips some 50 ms apart', () => {
    const jittering = course(series(() => 120 + noise(100), 400));
    // Of two independent uniform numbers of a width of 200 the mean difference is a third of it.
    expect(jittering.lagMeanMs).toBeGreaterThan(58);
    expect(jittering.lagMeanMs).toBeLessThan(76);
    const one = course(series((_, index) => (index === 40 ? 500 : 20)));
    expect(one.lagMedianMs).toBe(0);
  });
});

describe('slowStretches', () => {
  const random = seeded(8);
  const noise = (ms: number) => (random() - 0.5) * 2 * ms;

  it('finds a spike with its edges and heights', () => {
    const [stretch, ...others] = slowStretches(series((atMs) => (atMs >= 300 && atMs < 900 ? 700 : 10) + noise(1)));
    expect(others).toEqual([]);
    expect(stretch).toMatchObject({ fromMs: 300, toMs: 900 });
    expect(stretch?.slowMs).toBeCloseTo(700, -1);
    expect(stretch?.usualMs).toBeCloseTo(10, -1);
  });

  it('finds one that is still there at the end, and one of which some were lost', () => {
    expect(slowStretches(series((atMs) => (atMs >= 700 ? 500 : 10)))).toMatchObject([{ toMs: null }]);
    expect(slowStretches(series((atMs, index) => (index % 5 === 0 ? null : atMs >= 300 && atMs < 800 ? 500 : 10)))).toHaveLength(1);
  });

  it.each([
    ['a few late ones', series((_, index) => (index % 20 === 0 ? 400 : 10))],
    ['a hiccup of a tenth of a second', series((atMs) => (atMs >= 300 && atMs < 400 ? 400 : 10))],
    ['a path that is slow throughout', series(() => 700 + noise(10))],
    ['jitter', series(() => 120 + noise(100))],
    ['jitter in order', inOrder(series(() => 120 + noise(100)))],
    ['a rise that is felt by nobody', series((atMs) => (atMs >= 300 && atMs < 900 ? 60 : 10))],
    ['nothing', []],
  ])('finds none in %s', (_, packets) => {
    expect(slowStretches(packets)).toEqual([]);
  });

  it('takes jitter for one in less than one series of a hundred', () => {
    let alarms = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const jittering = series(() => 110 + noise(20 + random() * 85));
      if (slowStretches(trial % 2 === 0 ? jittering : inOrder(jittering)).length > 0) alarms++;
    }
    expect(alarms / 1000).toBeLessThan(0.01);
  });
});
