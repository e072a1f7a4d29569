import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/probes/route/answer.js';
import { Discovery, type DiscoveryPlan } from '../../../src/probes/route/discovery.js';
import { findLoop } from '../../../src/probes/route/loop.js';
import { pathOf } from '../../../src/probes/route/path.js';

const PLAN: DiscoveryPlan = {
  firstTtl: 1,
  maximumTtl: 30,
  flows: 1,
  cycles: 1,
  intervalMs: 100,
  timeoutMs: 1000,
  window: 8,
  slowestMs: null,
};

const answer = (kind: Answer['kind'], from: string, rttMs: number | null = 10): Answer => {
  return { kind, from, rttMs, clock: 'kernel', mpls: [], error: null };
};

/** Runs it to its end; `answers` are given at once. Says how long it took and how often it was asked what to do. */
function run(discovery: Discovery, answers: (ttl: number, flow: number) => Answer | 'not-sent' | null) {
  let nowMs = 0;
  let steps = 0;
  for (; steps < 100_000; steps++) {
    const { ask, wakeMs } = discovery.next(nowMs);
    for (const { id, ttl, flow } of ask) {
      const came = answers(ttl, flow);
      if (came === 'not-sent') discovery.refused(id, 'EPERM');
      else if (came !== null) discovery.learn(id, came);
    }
    if (wakeMs === null) break;
    expect(wakeMs).toBeGreaterThan(nowMs);
    nowMs = wakeMs;
  }
  return { elapsedMs: nowMs, steps };
}

describe('the search for a path', () => {
  it('asks a window and one far hop first, in the order of the path', () => {
    const { ask } = new Discovery(PLAN).next(0);
    expect(ask.map(({ ttl }) => ttl)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 30]);
  });

  it('begins where another search has ended', () => {
    const { ask } = new Discovery({ ...PLAN, firstTtl: 12, window: 3 }).next(0);
    expect(ask.map(({ ttl }) => ttl)).toEqual([12, 13, 14, 30]);
  });

  it('sends no more than a burst at a time', () => {
    const { ask, wakeMs } = new Discovery({ ...PLAN, flows: 16 }).next(0);
    expect(ask).toHaveLength(32);
    expect(wakeMs).toBeLessThan(10);
  });

  it('counts only the first answer to a packet, and none for one that is not known', () => {
    const discovery = new Discovery(PLAN);
    const [first] = discovery.next(0).ask;
    discovery.learn(first?.id ?? -1, answer('router', '10.0.0.1'));
    discovery.learn(first?.id ?? -1, answer('target', '10.0.0.9'));
    discovery.learn(4711, answer('target', '10.0.0.9'));
    expect(discovery.reached).toBe(false);
    expect(discovery.results(null).filter((asked) => asked.answer !== null)).toHaveLength(1);
  });

  it('leaves out packets that still had time when it was cut short', () => {
    const discovery = new Discovery(PLAN);
    const [first] = discovery.next(0).ask;
    discovery.learn(first?.id ?? -1, answer('router', '10.0.0.1'));
    expect(discovery.results(100).map(({ ttl }) => ttl)).toEqual([1]);
    expect(discovery.results(1000)).toHaveLength(9);
  });

  it('offers silent hops for another try only where strange errors came back', () => {
    const discovery = new Discovery(PLAN);
    run(discovery, (ttl) => (ttl === 5 ? answer('target', '10.0.0.9') : ttl % 2 === 0 ? null : answer('router', `10.0.0.${ttl}`)));
    expect(discovery.silentHops(0)).toEqual([]);
    expect(discovery.silentHops(1)).toEqual([2]);
    expect(discovery.silentHops(9)).toEqual([2, 4]);
  });

  it('ends whatever is answered, with a bounded number of packets, and gives a path', () => {
    const kinds = fc.constantFrom('router' as const, 'target' as const, 'refusal' as const);
    const came = fc.oneof(
      fc.constant(null),
      fc.constant('not-sent' as const),
      fc.record({
        kind: kinds,
        from: fc.constantFrom('a', 'b', 'c', null),
        rttMs: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 2000, noNaN: true })),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(came, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 64 }),
        (script, flows, cycles, maximumTtl) => {
          const discovery = new Discovery({ ...PLAN, flows, cycles, maximumTtl });
          let index = 0;
          const { elapsedMs } = run(discovery, () => {
            const next = script[index++ % script.length] ?? null;
            return next === null || next === 'not-sent' ? next : { ...next, clock: null, mpls: [], error: null };
          });
          expect(index).toBeLessThanOrEqual(flows * maximumTtl * Math.max(3, cycles));
          expect(elapsedMs).toBeLessThan(maximumTtl * 1500 + 10_000);
          const asked = discovery.results(null);
          const trace = { method: 'icmp', port: null, firstTtl: 1, constantFlow: true, foreign: 0, asked, complete: true } as const;
          const { hops, reached, loop } = pathOf([trace], maximumTtl);
          expect(hops.length).toBeLessThanOrEqual(maximumTtl);
          expect(hops.every(({ sent, received }) => received <= (sent ?? 0))).toBe(true);
          expect(reached === true && loop === true).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a loop', () => {
  it.each([
    ['none', ['a', 'b', 'c'], null],
    ['none where a router stands at three hops in a row', ['a', 'b', 'b', 'b'], null],
    ['none by one return', ['a', 'b', 'a'], null],
    ['of two routers', ['a', 'b', 'c', 'b', 'c'], { address: 'b', ttls: [2, 4] }],
    ['of one router', ['a', 'b', 'b', 'b', 'b'], { address: 'b', ttls: [2, 3, 4, 5] }],
    ['of three, with silent hops between', ['a', 'b', null, 'd', 'b', null, 'd'], { address: 'b', ttls: [2, 5] }],
  ] as [string, (string | null)[], unknown][])('%s', (_name, addresses, loop) => {
    expect(findLoop(addresses)).toEqual(loop);
  });
});
