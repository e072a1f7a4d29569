import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanOutcome } from '../../../src/net/port.js';
import { allowance, isSettled, lossRatio, next, startPace, TCP_LIMITS, UDP_LIMITS, waitMs } from '../../../src/probes/ports/pace.js';
import { sweep } from '../../../src/probes/ports/sweep.js';
import { VirtualClock } from '../../fakes/virtual-clock.js';

type State = 'open' | 'closed' | 'filtered';

interface Target {
  stateOf(index: number): State;
  rttMs: number;
  /** Whether a SYN gets no answer although its port has one. */
  drops(nowMs: number): boolean;
}

const LIMITS = { ...TCP_LIMITS, capacity: 1000, timeoutMs: 1500 };

async function scan(count: number, target: Target, limits: Parameters<typeof startPace>[0] = LIMITS) {
  const clock = new VirtualClock();
  const sentMs: number[] = [];
  const started = clock.nowMs();
  const result = await sweep({
    count,
    limits,
    budgetMs: 600_000,
    enoughTries: null,
    clock,
    signal: new AbortController().signal,
    ask(index, timeoutMs, done) {
      sentMs.push(clock.nowMs());
      const state = target.stateOf(index);
      const silent = state === 'filtered' || target.drops(clock.nowMs()) || target.rttMs > timeoutMs;
      const { rttMs } = target;
      const outcome: ScanOutcome = silent
        ? { kind: 'silent', waitedMs: timeoutMs }
        : state === 'open'
          ? { kind: 'open', rttMs, clock: 'kernel', retransmissions: 0 }
          : { kind: 'closed', rttMs };
      clock.after(silent ? timeoutMs : rttMs, () => done(outcome));
    },
  });
  const kinds = new Map(result.swept.map(({ index, outcome }) => [index, outcome.kind]));
  const missed = Array.from({ length: count }, (_, index) => index).filter(
    (index) => target.stateOf(index) === 'open' && kinds.get(index) === 'silent',
  );
  return { ...result, kinds, missed, sentMs, elapsedMs: clock.nowMs() - started };
}

/** The same numbers each time: a linear congruential generator (Numerical Recipes). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const never = () => false;
const everyTenth = (index: number): State => (index % 10 === 0 ? 'open' : 'closed');

/** Lets through `perSecond` packets, with room for `burst`. */
function limiter(perSecond: number, burst: number): (nowMs: number) => boolean {
  let tokens = burst;
  let atMs = 0;
  return (nowMs) => {
    tokens = Math.min(burst, tokens + ((nowMs - atMs) * perSecond) / 1000);
    atMs = nowMs;
    if (tokens < 1) return true;
    tokens--;
    return false;
  };
}

describe('no open port is called filtered', () => {
  it('by a target that answers 20 packets a second', async () => {
    const { end, missed, kinds } = await scan(200, { stateOf: everyTenth, rttMs: 50, drops: limiter(20, 20) });
    expect(end).toBe('complete');
    expect(missed).toEqual([]);
    expect([...kinds.values()].filter((kind) => kind === 'silent')).toEqual([]);
  });

  it('behind a queue of 30 packets that overflows', async () => {
    const { missed, elapsedMs } = await scan(400, { stateOf: everyTenth, rttMs: 50, drops: limiter(200, 30) });
    expect(missed).toEqual([]);
    expect(elapsedMs).toBeLessThan(60_000);
  });

  it('where each answer takes 900 ms', async () => {
    const { missed, kinds } = await scan(200, { stateOf: everyTenth, rttMs: 900, drops: never });
    expect(missed).toEqual([]);
    expect(kinds.size).toBe(200);
  });

  it('where one answers after 900 ms and the others at once', async () => {
    const clock = new VirtualClock();
    const { swept } = await sweep({
      count: 100,
      limits: LIMITS,
      budgetMs: 600_000,
      enoughTries: null,
      clock,
      signal: new AbortController().signal,
      ask(index, timeoutMs, done) {
        const rttMs = index === 7 ? 900 : 5;
        const outcome: ScanOutcome = rttMs > timeoutMs ? { kind: 'silent', waitedMs: timeoutMs } : { kind: 'closed', rttMs };
        clock.after(Math.min(rttMs, timeoutMs), () => done(outcome));
      },
    });
    expect(swept.find(({ index }) => index === 7)).toMatchObject({ outcome: { kind: 'closed', rttMs: 900 }, tries: 3 });
  });

  it('whatever the loss up to 25 %, the round trip and the mixture of states', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 0, max: 0xffff }),
      fc.double({ min: 0, max: 0.25, noNaN: true }),
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      async (seed, loss, rttMs, answering) => {
        const random = randomOf(seed);
        const states = Array.from({ length: 60 }, (): State => (random() > answering ? 'filtered' : random() < 0.5 ? 'open' : 'closed'));
        const { missed, end } = await scan(60, { stateOf: (index) => states[index] ?? 'closed', rttMs, drops: () => random() < loss });
        expect(end).toBe('complete');
        expect(missed).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 40, seed: 20_261_122 });
  }, 30_000);
});

describe('silence', () => {
  it('of a whole host is believed after four tries, the last ones long and calm', async () => {
    const { swept, sentMs, elapsedMs } = await scan(300, { stateOf: () => 'filtered', rttMs: 1, drops: never });
    expect(new Set(swept.map(({ outcome, tries }) => `${outcome.kind} ${tries}`))).toEqual(new Set(['silent 4']));
    expect(sentMs).toHaveLength(1200);
    expect(elapsedMs).toBeLessThan(10_000);
    // In the calm passes no millisecond sees more than a few packets.
    const late = sentMs.slice(300);
    const most = Math.max(...late.map((at) => late.filter((other) => other >= at && other < at + 10).length));
    expect(most).toBeLessThanOrEqual(30);
  });

  it('beside many answers without a loss is believed after three', async () => {
    const { swept } = await scan(100, { stateOf: (index) => (index < 50 ? 'closed' : 'filtered'), rttMs: 20, drops: never });
    expect(new Set(swept.filter(({ outcome }) => outcome.kind === 'silent').map(({ tries }) => tries))).toEqual(new Set([3]));
  });

  it('beside a single port that answers is believed after three, since that one is asked again to tell whether packets get lost', async () => {
    const { swept, sentMs, elapsedMs } = await scan(300, {
      stateOf: (index) => (index === 80 ? 'open' : 'filtered'),
      rttMs: 50,
      drops: never,
    });
    expect(new Set(swept.map(({ outcome, tries }) => `${outcome.kind} ${tries}`))).toEqual(new Set(['open 1', 'silent 3']));
    // Seven more to the open port, and three to each of the others.
    expect(sentMs).toHaveLength(1 + 7 + 3 * 299);
    expect(elapsedMs).toBeLessThan(5000);
  });

  it('is not believed so soon where the port that answered does not always do so', async () => {
    const random = randomOf(7);
    let missed = 0;
    for (let run = 0; run < 8; run++) {
      const stateOf = (index: number): State => (index === 40 || index === 90 ? 'open' : 'filtered');
      missed += (await scan(120, { stateOf, rttMs: 50, drops: () => random() < 0.25 })).missed.length;
    }
    expect(missed).toBe(0);
  });

  it('is no state when the time is up', async () => {
    const clock = new VirtualClock();
    const ask = (_index: number, timeoutMs: number, done: (outcome: ScanOutcome) => void) =>
      clock.after(timeoutMs, () => done({ kind: 'silent', waitedMs: timeoutMs }));
    const options = { count: 50, limits: LIMITS, budgetMs: 1500, clock, signal: new AbortController().signal, ask };
    expect(await sweep({ ...options, enoughTries: null })).toMatchObject({ end: 'out-of-time', swept: [] });
  });

  it('counts what the kernel sent anew in the silent tries', async () => {
    const clock = new VirtualClock();
    let asked = 0;
    const ask = (_index: number, timeoutMs: number, done: (outcome: ScanOutcome) => void) => {
      const first = asked++ === 0;
      const silent: ScanOutcome = { kind: 'silent', waitedMs: timeoutMs, retransmissions: 1 };
      clock.after(timeoutMs, () => done(first ? silent : { kind: 'open', rttMs: 1000, clock: 'user', retransmissions: 1 }));
    };
    const limits = { ...LIMITS, fewestPasses: 1 };
    const options = { count: 1, limits, budgetMs: 60_000, enoughTries: null, clock, signal: new AbortController().signal, ask };
    expect((await sweep(options)).swept).toMatchObject([
      { tries: 2, waitedMs: 1500, repeated: 1, outcome: { kind: 'open', retransmissions: 1 } },
    ]);
  });

  it('ends at once with an interrupt, however long the wait', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    clock.after(100, () => controller.abort());
    const ask = () => {};
    const options = { count: 5, limits: LIMITS, budgetMs: 60_000, enoughTries: null, clock, signal: controller.signal, ask };
    expect(await sweep(options)).toMatchObject({ end: 'interrupted', swept: [] });
    expect(clock.nowMs()).toBeLessThanOrEqual(1100);
  });
});

describe('the pace', () => {
  it('grows with answers and never lets more under way than there is room for', () => {
    let pace = startPace({ ...LIMITS, capacity: 100 }, 0);
    for (let at = 1; at < 200; at++) pace = next(pace, { kind: 'answered', atMs: at, count: 1, rttMs: 10, lost: false, own: true });
    expect(pace.window).toBeGreaterThan(200);
    expect(pace.window).toBeLessThanOrEqual(LIMITS.maximumWindow);
    expect(allowance(pace, 100, 1000)).toBe(0);
    expect(allowance(pace, 90, 1000)).toBe(10);
  });

  it('halves its window once a round when a packet was lost', () => {
    const pace = startPace(LIMITS, 0);
    const lost = { kind: 'answered', count: 1, rttMs: 1010, lost: true, own: true } as const;
    const once = next(pace, { ...lost, atMs: 1000 });
    expect(once.window).toBe(pace.window / 2);
    expect(next(once, { ...lost, atMs: 1001 }).window).toBe(once.window);
    expect(next(once, { ...lost, atMs: 1200 }).window).toBe(once.window / 2);
  });

  it('makes do with fewer descriptors where there are none left', () => {
    const pace = next(startPace(LIMITS, 0), { kind: 'no-room', atMs: 1, underWay: 40 });
    expect(pace.capacity).toBe(30);
    expect(next({ ...pace, capacity: 1 }, { kind: 'no-room', atMs: 2, underWay: 1 }).capacity).toBe(1);
  });

  it('waits longer with each pass, and at last as long as it may', () => {
    let pace = startPace(LIMITS, 0);
    pace = next(pace, { kind: 'answered', atMs: 50, count: 20, rttMs: 50, lost: false, own: true });
    const waits = [waitMs(pace)];
    while (!isSettled(pace)) {
      pace = next(pace, { kind: 'pass-over', atMs: 1000 });
      waits.push(waitMs(pace));
    }
    expect(waits).toEqual([300, 600, 1500]);
  });

  it('asks a host that limits its ICMP errors less than once a second', () => {
    let pace = startPace({ ...UDP_LIMITS, capacity: 100, timeoutMs: 1000 }, 0);
    pace = next(pace, { kind: 'answered', atMs: 5, count: 6, rttMs: 1, lost: false, own: true });
    pace = next(pace, { kind: 'pass-over', atMs: 1000 });
    pace = next(pace, { kind: 'sent', atMs: 1000, count: 1 });
    expect(allowance(pace, 0, 2000)).toBe(0);
    expect(allowance(pace, 0, 2200)).toBe(1);
  });

  it('estimates the loss from the answers of each pass and of the one before', () => {
    expect(lossRatio([800, 160, 32, 6])).toBeCloseTo(0.2, 2);
    expect(lossRatio([100])).toBe(0);
    expect(lossRatio([0, 5])).toBe(1);
  });

  it("takes no round trip from a rejection that was not the target's own", () => {
    const fresh = startPace(LIMITS, 0);
    const rejected = { kind: 'answered', count: 20, rttMs: 0, lost: false, own: false } as const;
    const pace = next(fresh, { ...rejected, atMs: 5 });
    expect(waitMs(pace)).toBe(waitMs(fresh));
    expect(pace.slowestMs).toBe(0);
  });
});
