import { describe, expect, it } from 'vitest';
import { lossInterval } from '../../../src/model/loss-interval.js';
import type { SegmentExchange, TcpSegmentFacts } from '../../../src/net/port.js';
import { judgeDirection, type SeriesLoss } from '../../../src/probes/loss/direction.js';
import { seeded } from '../../fakes/seeded.js';

const THERE = 13;
const BACK = 12;
const RTT_MS = 40;

const FACTS: TcpSegmentFacts = {
  sendSegmentBytes: 524,
  largestReceivedSegmentBytes: 524,
  receiveSegmentBytes: 524,
  pathMtuBytes: 1500,
  optionBytes: 12,
  // A SYN that was sent again belongs to nobody.
  retransmissions: 1,
  acknowledgedBytes: 1,
  rttMs: RTT_MS,
  counters: { sent: 0, needless: 0, reorderings: 0, received: 0, outOfOrder: 0, selective: true },
};

interface Seen {
  lost?: number;
  needless?: number;
  holesMs?: number[];
  receivedBytes?: number;
  rttMs?: number;
  selective?: boolean;
  received?: number;
  acknowledgedBytes?: number;
  ended?: SegmentExchange['ended'];
}

function exchange(seen: Seen = {}): SegmentExchange {
  const { lost = 0, needless = 0, holesMs = [], received = BACK, selective = true } = seen;
  const opened = { ...FACTS, rttMs: seen.rttMs ?? RTT_MS };
  const repeated = lost + needless;
  const counters = { sent: THERE + repeated, needless, reorderings: 0, received, outOfOrder: 3 * holesMs.length, selective };
  return {
    opened,
    facts: { ...opened, retransmissions: 1 + repeated, counters },
    writtenBytes: 6000,
    acknowledgedBytes: seen.acknowledgedBytes ?? 6000,
    receivedBytes: seen.receivedBytes ?? 4000,
    holesMs,
    ended: seen.ended ?? 'settled',
  };
}

const clean = (count: number, seen: Seen = {}) => Array.from({ length: count }, () => exchange(seen));
const series: SeriesLoss = { interval: { lowRatio: 0.02, highRatio: 0.12 }, reordered: 0 };
const lossHole = { holesMs: [RTT_MS] };
const lateHole = { holesMs: [8] };

describe('judgeDirection', () => {
  it.each<[string, SegmentExchange[], string | null]>([
    ['what had to be sent again was lost on the way there', [...clean(8, { lost: 1 }), ...clean(16)], 'to-target'],
    ['but not where the target had it already', [...clean(8, { needless: 1 }), ...clean(16)], null],
    ['a hole that lasts a round trip is a loss on the way back', [...clean(8, lossHole), ...clean(16)], 'from-target'],
    ['a hole that closes sooner may be a late segment', [...clean(12, lateHole), ...clean(12)], null],
    ['and then the way back is not known to be free of loss', [...clean(8, { lost: 1 }), ...clean(8, lateHole), ...clean(8)], null],
    ['both', [...clean(5, { lost: 1 }), ...clean(5, lossHole), ...clean(14)], 'both'],
    [
      'one way and late segments on the other, some of them as late as a loss',
      [...clean(8, { lost: 1 }), ...clean(4, lossHole), ...clean(12, lateHole)],
      null,
    ],
    [
      'both, where ours overtake each other',
      [...clean(5, { lost: 1 }), ...clean(5, { needless: 1 }), ...clean(5, lossHole), ...clean(9)],
      null,
    ],
    ['few of each are no majority', [...clean(4, { lost: 1 }), ...clean(2, lossHole), ...clean(18)], null],
    ['few connections', clean(7, { lost: 1 }), null],
    [
      'answers of one segment show no hole',
      clean(24, { lost: 1, received: 1, receivedBytes: 100 }).fill(exchange({ received: 1 }), 8),
      null,
    ],
    [
      'an answer that stayed short may have lost its end',
      [...clean(8, { lost: 1 }), ...clean(8, { receivedBytes: 3000 }), ...clean(8)],
      null,
    ],
    ['without selective acknowledgements', [...clean(8, { lost: 1, selective: false }), ...clean(16, { selective: false })], null],
    ['connections that were reset show nothing', [...clean(7, { lost: 1 }), ...clean(17, { ended: 'reset' })], null],
    ['none', [], null],
  ])('%s', (_, exchanges, hint) => {
    expect(judgeDirection(exchanges, series)).toMatchObject({ hint });
  });

  it('counts segments, losses and connections of either direction', () => {
    const found = judgeDirection([...clean(3, { lost: 2 }), ...clean(4, { holesMs: [40, 5, 41] }), ...clean(17)], series);
    expect(found).toEqual({
      hint: 'both',
      because: '3 of 24 TCP connections lost segments on the way there, 4 of 24 on the way back',
      there: { segments: 24 * THERE + 6, lost: 6, exchanges: 3 },
      back: { segments: 24 * BACK, lost: 8, exchanges: 4 },
      exchanges: 24,
    });
  });

  it('says where the answers are too short to show the way back', () => {
    const short = judgeDirection(clean(24, { lost: 1, received: 1 }), { interval: { lowRatio: 0.02, highRatio: 0.3 }, reordered: 0 });
    expect(short).toMatchObject({ hint: null, because: 'the answers are too short to show what is lost on the way back' });
  });

  it('takes no connection whose kernel does not count', () => {
    const old = { ...exchange({ lost: 1 }), facts: { ...FACTS, counters: null } };
    expect(
      judgeDirection(
        Array.from({ length: 24 }, () => old),
        series,
      ),
    ).toMatchObject({ hint: null, exchanges: 0 });
    const blind = { ...exchange({ lost: 1 }), holesMs: null };
    expect(
      judgeDirection(
        Array.from({ length: 24 }, () => blind),
        series,
      ),
    ).toMatchObject({ hint: null, exchanges: 0 });
  });

  it('does not speak of the loss of the series where TCP loses less or more', () => {
    const lossless = judgeDirection(clean(24), { interval: { lowRatio: 0.1, highRatio: 0.2 }, reordered: 0 });
    expect(lossless).toMatchObject({ hint: null, because: expect.stringContaining('less than these packets do') });
    const bursts = judgeDirection(clean(24, { lost: 1 }), { interval: { lowRatio: 0.001, highRatio: 0.02 }, reordered: 0 });
    expect(bursts).toMatchObject({ hint: null, because: expect.stringContaining('more than these packets do') });
  });

  it('on a path too short to time holes, names the way back only where nothing else explains the loss', () => {
    const near = { rttMs: 2 };
    const back = [...clean(9, { ...near, holesMs: [1] }), ...clean(15, near)];
    expect(judgeDirection(back, { interval: { lowRatio: 0.03, highRatio: 0.1 }, reordered: 0 })).toMatchObject({ hint: 'from-target' });
    expect(judgeDirection(back, { interval: { lowRatio: 0.03, highRatio: 0.1 }, reordered: 1 })).toMatchObject({ hint: null });
    expect(judgeDirection(back, { interval: { lowRatio: 0.03, highRatio: 0.1 }, reordered: null })).toMatchObject({ hint: null });
    expect(judgeDirection(back, { interval: { lowRatio: 0.005, highRatio: 0.1 }, reordered: 0 })).toMatchObject({ hint: null });
    const both = [...clean(6, { ...near, lost: 1 }), ...clean(6, { ...near, holesMs: [1] }), ...clean(12, near)];
    expect(judgeDirection(both, series)).toMatchObject({ hint: null });
  });
});

interface Path {
  there: number;
  back: number;
  /** Share of segments on the way back that come 1 to 10 ms late. */
  late?: number;
}

/** One connection over a path, as TCP repairs it: fast by what arrives behind, else by time-out, and sometimes for nothing. */
function simulate({ there, back, late = 0 }: Path, random: () => number): SegmentExchange {
  let lost = 0;
  for (let segment = 0; segment < THERE; segment++) while (random() < there) lost++;
  // An end that was not acknowledged in time is sent again; the answer about it can be lost too, and counts as a loss then.
  const unheard = random() < back * back;
  const told = random() >= back;
  const arrivals = Array.from({ length: BACK }, () => random() >= back);
  const last = arrivals.lastIndexOf(true);
  const holesMs = arrivals.flatMap((arrived, segment) => (!arrived && segment < last ? [RTT_MS - 3 + 3 * random()] : []));
  for (let segment = 0; segment < BACK - 1; segment++) if (random() < late) holesMs.push(1 + 9 * random());
  // The end that nothing came behind of is mostly there when we stop to read.
  const short = last < BACK - 1 && random() < 0.2;
  return exchange({
    lost: lost + (unheard && !told ? 1 : 0),
    needless: unheard && told ? 1 : 0,
    holesMs,
    receivedBytes: short ? 3400 : 4000,
  });
}

function simulateRuns(path: Path, runs: number, seed: number): Record<string, number> {
  const random = seeded(seed);
  const hints: Record<string, number> = { 'to-target': 0, 'from-target': 0, both: 0, null: 0 };
  for (let run = 0; run < runs; run++) {
    const lost = Array.from({ length: 150 }, () => random() < path.there || random() < path.back);
    const interval = lossInterval(lost);
    if (interval === null) throw new Error('a series without packets');
    const { hint } = judgeDirection(
      Array.from({ length: 24 }, () => simulate(path, random)),
      { interval, reordered: 0 },
    );
    hints[`${hint}`] = (hints[`${hint}`] ?? 0) + 1;
  }
  return hints;
}

describe('in 200 simulated runs of each path', () => {
  const RUNS = 200;
  it.each<[string, Path, string, number]>([
    ['5 % there', { there: 0.05, back: 0 }, 'to-target', 0.85],
    ['10 % there', { there: 0.1, back: 0 }, 'to-target', 0.9],
    ['5 % back', { there: 0, back: 0.05 }, 'from-target', 0.7],
    ['10 % back', { there: 0, back: 0.1 }, 'from-target', 0.85],
    ['5 % both', { there: 0.05, back: 0.05 }, 'both', 0.9],
    ['10 % both', { there: 0.1, back: 0.1 }, 'both', 0.9],
    ['2 % there', { there: 0.02, back: 0 }, 'to-target', 0.2],
    ['5 % there, late segments back', { there: 0.05, back: 0, late: 0.05 }, 'to-target', 0],
    ['5 % back, late segments back', { there: 0, back: 0.05, late: 0.05 }, 'from-target', 0.6],
    ['late segments alone', { there: 0, back: 0, late: 0.1 }, 'null', 1],
  ])('%s: right or silent', (name, path, right, least) => {
    const hints = simulateRuns(path, RUNS, 7);
    const found = JSON.stringify({ name, ...hints });
    expect((hints[right] ?? 0) / RUNS, found).toBeGreaterThanOrEqual(least);
    expect((hints[right] ?? 0) + (right === 'null' ? 0 : (hints['null'] ?? 0)), found).toBeGreaterThanOrEqual(RUNS - 1);
  });

  it.each([0.01, 0.02, 0.03])('a loss of %s on both ways is nearly never taken for one on one way', (ratio) => {
    const hints = simulateRuns({ there: ratio, back: ratio }, RUNS, 8);
    expect((hints['to-target'] ?? 0) + (hints['from-target'] ?? 0), JSON.stringify(hints)).toBeLessThanOrEqual(0.05 * RUNS);
  });
});
