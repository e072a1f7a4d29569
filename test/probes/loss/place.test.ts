import { describe, expect, it } from 'vitest';
import { type HopTally, needsMoreRounds, type PathTally, placeLoss } from '../../../src/probes/loss/place.js';
import { seeded } from '../../fakes/seeded.js';

const ACCEPTABLE = 0.01;
const HOPS = 5;

interface Scenario {
  /** Probability of loss on the link that leads to hop `ttl`; both ways count alike, since an answer needs both. */
  loss: Readonly<Record<number, number>>;
  /** Hops that answer six probes at once and then one a second, as Linux does. */
  limited?: readonly number[];
  /** Hops that limit by a share, as some hardware does. */
  rationed?: Readonly<Record<number, number>>;
  silent?: readonly number[];
  /** Mean length of bursts on the lossy links; 1 where absent: independent. */
  burst?: number;
  intervalMs?: number;
}

/** Sends rounds of one probe to each hop, spread over the interval, until the place is clear; what the measurement does, in memory. */
function simulate(scenario: Scenario, random: () => number) {
  const { intervalMs = 20, burst = 1 } = scenario;
  const hops: HopTally[] = Array.from({ length: HOPS - 1 }, (_, index) => ({
    ttl: index + 1,
    address: `10.0.${index + 1}.1`,
    sent: 0,
    received: 0,
  }));
  const target: PathTally['target'] & { lost: boolean[] } = { ttl: HOPS, address: '10.0.9.1', lost: [] };
  const losing = new Map<number, boolean>();
  const tokens = new Map<number, number>((scenario.limited ?? []).map((ttl) => [ttl, 6]));
  const passes = (upTo: number): boolean => {
    for (let link = 1; link <= upTo; link++) {
      const rate = scenario.loss[link] ?? 0;
      if (rate === 0) continue;
      if (burst === 1) {
        if (random() < rate) return false;
        continue;
      }
      const state = losing.get(link) ?? random() < rate;
      losing.set(link, state ? random() >= 1 / burst : random() < rate / (1 - rate) / burst);
      if (state) return false;
    }
    return true;
  };
  const round = () => {
    for (const hop of hops) {
      hop.sent++;
      const left = tokens.get(hop.ttl);
      if (left !== undefined) tokens.set(hop.ttl, Math.min(6, left + intervalMs / 1000));
      if (!passes(hop.ttl) || scenario.silent?.includes(hop.ttl) === true || random() < (scenario.rationed?.[hop.ttl] ?? 0)) continue;
      if (left !== undefined) {
        const now = tokens.get(hop.ttl) ?? 0;
        if (now < 1) continue;
        tokens.set(hop.ttl, now - 1);
      }
      hop.received++;
    }
    target.lost.push(!passes(HOPS));
  };
  for (let sent = 0; sent < 100; sent++) round();
  let path = placeLoss({ hops, target }, ACCEPTABLE);
  while (target.lost.length < 750 && needsMoreRounds(path, target, ACCEPTABLE)) {
    for (let sent = 0; sent < 50; sent++) round();
    path = placeLoss({ hops, target }, ACCEPTABLE);
  }
  return path;
}

/** How often each hop was named, over 100 runs; 0 is "no place". */
function named(scenario: Scenario, seed: number, runs = 100): Map<number, number> {
  const random = seeded(seed);
  const counts = new Map<number, number>();
  for (let run = 0; run < runs; run++) {
    const ttl = simulate(scenario, random).start?.ttl ?? 0;
    counts.set(ttl, (counts.get(ttl) ?? 0) + 1);
  }
  return counts;
}

describe('placeLoss, 100 runs each', () => {
  for (const rate of [0.05, 0.1, 0.2]) {
    for (const place of rate === 0.1 ? [1, 2, 3, 4, HOPS] : [2, 3, HOPS]) {
      const limiters = [1, 2, 3, 4].filter((ttl) => ttl !== place);
      it(`a loss of ${rate * 100} % begins at hop ${place}, beside one router that limits its answers`, () => {
        for (const limiter of rate === 0.1 ? limiters : limiters.slice(-1)) {
          const counts = named({ loss: { [place]: rate }, limited: [limiter] }, 10 * place + limiter, 100);
          expect(counts.get(place) ?? 0, `limiter ${limiter}: ${JSON.stringify([...counts])}`).toBeGreaterThanOrEqual(95);
        }
      });
    }
  }

  it('blames nothing on a healthy path, whatever its routers answer', () => {
    for (const limited of [[], [2], [1, 2, 3, 4]]) expect(named({ loss: {}, limited }, 5).get(0)).toBe(100);
    expect(named({ loss: {}, rationed: { 2: 0.1, 4: 0.3 } }, 6).get(0)).toBe(100);
  });

  it('names the first of two lossy places', () => {
    const counts = named({ loss: { 2: 0.05, 4: 0.15 } }, 21);
    expect(counts.get(2) ?? 0, JSON.stringify([...counts])).toBeGreaterThanOrEqual(90);
  });

  it('is not misled by a router that gives a share of its answers only', () => {
    const counts = named({ loss: { 3: 0.1 }, rationed: { 1: 0.3, 4: 0.4 } }, 22);
    expect(counts.get(3) ?? 0, JSON.stringify([...counts])).toBeGreaterThanOrEqual(95);
  });

  it('rather names none than the wrong one where losses come in bursts', () => {
    for (const place of [2, 3, HOPS]) {
      const counts = named({ loss: { [place]: 0.1 }, burst: 8, limited: [place === 2 ? 3 : 1] }, 30 + place, 60);
      const wrong = 60 - (counts.get(place) ?? 0) - (counts.get(0) ?? 0);
      expect(wrong, JSON.stringify([...counts])).toBeLessThanOrEqual(3);
      expect(counts.get(place) ?? 0, JSON.stringify([...counts])).toBeGreaterThanOrEqual(42);
    }
  });

  it('names no place where no router answers, or each of them limits its answers', () => {
    expect(named({ loss: { 3: 0.1 }, silent: [1, 2, 3, 4] }, 40).get(0)).toBe(100);
    expect(named({ loss: { 3: 0.1 }, limited: [1, 2, 3, 4] }, 41).get(0)).toBe(100);
  });

  it('names the hop from which it shows where the one before is silent', () => {
    const counts = named({ loss: { 3: 0.1 }, silent: [3] }, 42);
    expect(counts.get(4) ?? 0).toBeGreaterThanOrEqual(95);
  });
});

/** Exactly so many of so many, the losses evenly spread. */
function tally(sent: number, lost: readonly number[], targetLost: number): PathTally {
  const spread = Array.from(
    { length: sent },
    (_, index) => Math.floor(((index + 1) * targetLost) / sent) > Math.floor((index * targetLost) / sent),
  );
  return {
    hops: lost.map((count, index) => ({ ttl: index + 1, address: `10.0.${index + 1}.1`, sent, received: sent - count })),
    target: { ttl: lost.length + 1, address: '10.0.9.1', lost: spread },
  };
}

describe('placeLoss', () => {
  it('calls a loss from the first hop on local', () => {
    const path = placeLoss(tally(200, [20, 18, 22], 20), ACCEPTABLE);
    expect(path).toMatchObject({ start: { ttl: 1, after: null, place: 'local' }, because: null });
    expect(path.hops.map(({ state }) => state)).toEqual(['lossy', 'lossy', 'lossy', 'lossy']);
  });

  it('names the hop before a loss that begins on the way', () => {
    const path = placeLoss(tally(200, [0, 0, 22], 20), ACCEPTABLE);
    expect(path.start).toMatchObject({ ttl: 3, address: '10.0.3.1', after: { ttl: 2, address: '10.0.2.1' }, place: 'upstream' });
    expect(path.start?.probabilityRatio).toBeGreaterThan(0.97);
    expect(path.hops.map(({ state }) => state)).toEqual(['clean', 'clean', 'lossy', 'lossy']);
  });

  it('blames the target alone only where the hop before it is clean', () => {
    expect(placeLoss(tally(200, [0, 0, 0], 20), ACCEPTABLE).start).toMatchObject({ ttl: 4, place: 'target' });
    expect(placeLoss(tally(200, [0, 0, 200], 20), ACCEPTABLE).start).toMatchObject({ ttl: 4, place: 'upstream', after: { ttl: 2 } });
  });

  it('takes a loss that does not persist for a limit', () => {
    const path = placeLoss(tally(200, [0, 150, 0], 20), ACCEPTABLE);
    expect(path.start).toMatchObject({ ttl: 4, place: 'target' });
    expect(path.hops.map(({ state }) => state)).toEqual(['clean', 'limited', 'clean', 'lossy']);
    const healthy = placeLoss(tally(200, [0, 150, 0], 0), ACCEPTABLE);
    expect(healthy).toMatchObject({ start: null, because: 'nothing was lost on the way to the target and back' });
    expect(healthy.hops.map(({ state }) => state)).toEqual(['clean', 'limited', 'clean', 'clean']);
  });

  it('says why it names none', () => {
    expect(placeLoss(tally(100, [0, 0, 0], 1), ACCEPTABLE).because).toBe('1 of 100 lost is too little to be placed');
    expect(placeLoss(tally(100, [100, 100], 20), ACCEPTABLE).because).toBe('no router on the way answers');
    expect(placeLoss(tally(40, [0, 1, 4], 5), ACCEPTABLE).because).toMatch(/^it may begin at .* or .*: too few packets to tell$/);
  });

  it('takes a loss on a path without a router for one of the wire', () => {
    expect(placeLoss(tally(200, [], 20), ACCEPTABLE).start).toMatchObject({ ttl: 1, place: 'local' });
  });

  it('stays within 1 and above 0 for any counts', () => {
    const random = seeded(3);
    for (let run = 0; run < 60; run++) {
      const sent = 1 + Math.floor(random() * 400);
      const hops = Array.from({ length: Math.floor(random() * 30) }, () => Math.floor(random() * (sent + 1)));
      const path = placeLoss(tally(sent, hops, Math.floor(random() * (sent + 1))), ACCEPTABLE);
      expect(path.start === null).toBe(path.because !== null);
      if (path.start !== null) expect(path.start.probabilityRatio).toBeLessThanOrEqual(1);
    }
  });
});
