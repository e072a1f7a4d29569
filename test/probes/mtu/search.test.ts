import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conclude,
  type Evidence,
  nextProbes,
  type Refusal,
  type SearchBounds,
  type SearchResult,
  type SizeEvidence,
  searchBounds,
} from '../../../src/probes/mtu/search.js';

/** What comes of one packet: an answer, a refusal, both (a forged one) or nothing. */
type Path = (size: number) => { answered: boolean; refusal: Refusal | null };

const ROUNDS = 16;

function run(bounds: SearchBounds, path: Path): { result: SearchResult; rounds: number; packets: number } {
  const evidence = new Map<number, SizeEvidence>();
  let rounds = 0;
  let packets = 0;
  for (; rounds < ROUNDS; rounds++) {
    const probes = nextProbes(bounds, evidence);
    if (probes.length === 0) break;
    for (const { size, copies } of probes) {
      const before = evidence.get(size) ?? { copies: 0, answered: 0, refusals: [] };
      const fates = Array.from({ length: copies }, () => path(size));
      packets += copies;
      evidence.set(size, {
        copies: before.copies + copies,
        answered: before.answered + fates.filter(({ answered }) => answered).length,
        refusals: [...before.refusals, ...fates.flatMap(({ refusal }) => (refusal === null ? [] : [refusal]))],
      });
    }
  }
  return { result: conclude(bounds, evidence), rounds, packets };
}

const ROUTER = '10.0.0.1';
const silent =
  (mtu: number): Path =>
  (size) => ({ answered: size <= mtu, refusal: null });
const announcing =
  (mtu: number, says: number | null = mtu): Path =>
  (size) => ({ answered: size <= mtu, refusal: size <= mtu ? null : { from: ROUTER, mtuBytes: says } });

/** A small generator of the test's own, so that fast-check can shrink and repeat a run. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

describe('MTU search', () => {
  it('is over after one round where the interface is the limit', () => {
    const { result, rounds } = run(searchBounds(4, 1500, 'icmp'), silent(9000));
    expect(result).toEqual({ passed: 1500, failed: null, exact: true, silent: false, limitedBy: 'local' });
    expect(rounds).toBe(1);
  });

  it('believes an announced size only after it has passed, and one more has not', () => {
    const { result, rounds } = run(searchBounds(4, 1500, 'icmp'), announcing(1400));
    expect(result).toEqual({ passed: 1400, failed: 1401, exact: true, silent: false, limitedBy: ROUTER });
    expect(rounds).toBe(3);
  });

  it('finds any size exactly, announced or not, by either method', () => {
    const method = fc.constantFrom('icmp' as const, 'udp' as const);
    fc.assert(
      fc.property(
        fc.constantFrom(4 as const, 6 as const),
        fc.integer({ min: 1280, max: 9000 }),
        fc.boolean(),
        method,
        (family, mtu, says, by) => {
          const bounds = searchBounds(family, 9000, by);
          const { result, rounds } = run(bounds, says ? announcing(mtu) : silent(mtu));
          // One size at a time takes more rounds than the simulation has.
          if (rounds === ROUNDS && by === 'udp') return;
          expect(result).toMatchObject({ passed: mtu, exact: true });
          if (mtu < 9000) expect(result).toMatchObject({ failed: mtu + 1, silent: !says, limitedBy: says ? ROUTER : null });
          if (by === 'icmp') expect(rounds).toBeLessThanOrEqual(7);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tries common sizes first where only one can be tried at a time', () => {
    for (const mtu of [1280, 1400, 1420, 1480, 1492]) {
      const { result, packets } = run(searchBounds(4, 1500, 'udp'), silent(mtu));
      expect(result).toMatchObject({ passed: mtu, exact: true, silent: true });
      expect(packets).toBeLessThan(26);
    }
  });

  it('follows several routers, each narrower than the one before', () => {
    const path: Path = (size) => {
      if (size > 1450) return { answered: false, refusal: { from: '10.0.0.1', mtuBytes: 1450 } };
      if (size > 1420) return { answered: false, refusal: { from: '10.0.0.2', mtuBytes: 1420 } };
      return { answered: size <= 1400, refusal: size <= 1400 ? null : { from: '10.0.0.3', mtuBytes: 1400 } };
    };
    expect(run(searchBounds(4, 1500, 'icmp'), path).result).toEqual({
      passed: 1400,
      failed: 1401,
      exact: true,
      silent: false,
      limitedBy: '10.0.0.3',
    });
  });

  it('calls it a black hole where the last of them says nothing', () => {
    const path: Path = (size) =>
      size > 1450 ? { answered: false, refusal: { from: ROUTER, mtuBytes: 1450 } } : { answered: size <= 1400, refusal: null };
    expect(run(searchBounds(4, 1500, 'icmp'), path).result).toMatchObject({ passed: 1400, exact: true, silent: true, limitedBy: null });
  });

  it('is not led astray by a router that announces nonsense, and names it', () => {
    for (const lie of [null, 1, 67, 1000, 1450, 1500, 65_000]) {
      const { result } = run(searchBounds(4, 1500, 'icmp'), announcing(1400, lie));
      expect(result).toEqual({ passed: 1400, failed: 1401, exact: true, silent: false, limitedBy: ROUTER });
    }
  });

  it('does not shrink the result where a stranger forges messages', () => {
    const forged = { from: '203.0.113.66', mtuBytes: 576 };
    const { result, rounds } = run(searchBounds(4, 1500, 'icmp'), () => ({ answered: true, refusal: forged }));
    expect(result).toMatchObject({ passed: 1500, failed: null, exact: true, limitedBy: 'local' });
    expect(rounds).toBe(1);
  });

  it('is never silently wrong: any path, any lies, up to 30 % lost in each exchange', () => {
    let exact = 0;
    const runs = 1500;
    fc.assert(
      fc.property(
        fc.integer({ min: 1280, max: 9000 }),
        fc.constantFrom(1500, 9000),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        fc.constantFrom('silent', 'honest', 'lying', 'forged'),
        fc.integer({ min: 0, max: 9000 }),
        fc.integer(),
        (mtu, local, lossRatio, kind, lie, seed) => {
          const random = randomFrom(seed);
          const { result } = run(searchBounds(4, local, 'icmp'), (size) => {
            const passes = size <= mtu;
            const heard = random() >= lossRatio;
            const says = kind === 'silent' ? null : { from: ROUTER, mtuBytes: kind === 'honest' ? mtu : lie };
            const refused = kind === 'forged' ? random() < 0.5 : !passes && heard;
            return { answered: passes && heard, refusal: refused ? says : null };
          });
          const truth = Math.min(mtu, local);
          if (result.exact) {
            exact++;
            expect(result.passed).toBe(truth);
          } else if (result.passed !== null) expect(result.passed).toBeLessThanOrEqual(truth);
        },
      ),
      { numRuns: runs },
    );
    expect(exact).toBeGreaterThan(runs * 0.9);
  });

  it('takes a lost small packet for a loss when a larger one passed', () => {
    const evidence: Evidence = new Map([
      [128, { copies: 3, answered: 0, refusals: [] }],
      [1500, { copies: 3, answered: 1, refusals: [] }],
    ]);
    const bounds = searchBounds(4, 1500, 'icmp');
    expect(nextProbes(bounds, evidence)).toEqual([]);
    expect(conclude(bounds, evidence)).toMatchObject({ passed: 1500, failed: null, exact: true });
  });

  it('gives up where not even a small packet passes', () => {
    const bounds = searchBounds(4, 1500, 'icmp');
    expect(run(bounds, silent(0))).toMatchObject({ result: { passed: null, exact: false }, rounds: 1 });
  });

  it('takes the word of our own kernel at once', () => {
    const path: Path = (size) => ({ answered: size <= 1400, refusal: size <= 1400 ? null : { from: 'local', mtuBytes: 1400 } });
    expect(run(searchBounds(4, 1500, 'icmp'), path)).toMatchObject({
      result: { passed: 1400, failed: 1401, exact: true, limitedBy: 'local' },
      rounds: 2,
    });
  });

  it('says that it is not sure where it could not be confirmed', () => {
    const bounds = searchBounds(4, 1500, 'icmp');
    const evidence: Evidence = new Map([
      [1400, { copies: 3, answered: 3, refusals: [] }],
      [1401, { copies: 3, answered: 0, refusals: [] }],
    ]);
    expect(conclude(bounds, evidence)).toMatchObject({ passed: 1400, failed: 1401, exact: false, silent: null });
    expect(nextProbes(bounds, evidence)).toEqual([{ size: 1401, copies: expect.any(Number), confirm: true }]);
  });

  it('is not taken in by a far end that announces only what is a few bytes too large, and drops the rest', () => {
    const path: Path = (size) => ({
      answered: size <= 1500,
      refusal: size > 1500 && size <= 1504 ? { from: ROUTER, mtuBytes: 1500 } : null,
    });
    expect(run(searchBounds(4, 9000, 'icmp'), path).result).toMatchObject({ passed: 1500, failed: 1501, silent: true, limitedBy: null });
    expect(run(searchBounds(4, 9000, 'icmp'), announcing(1500)).result).toMatchObject({ passed: 1500, silent: false, limitedBy: ROUTER });
  });

  it('counts what the link of this machine refuses for its size, and not what meets a full queue', () => {
    const bounds = searchBounds(4, 1500, 'icmp');
    const tried = (small: number, large: number): Evidence =>
      new Map([
        [1404, { copies: 6, answered: 6 - small, refusals: [], noRoom: small }],
        [1405, { copies: 30, answered: 0, refusals: [], noRoom: large }],
      ]);
    expect(conclude(bounds, tried(0, 30))).toMatchObject({ passed: 1404, silent: true, linkRefused: 30 });
    expect(conclude(bounds, tried(1, 30)).linkRefused).toBeUndefined();
    expect(conclude(bounds, tried(0, 20)).linkRefused).toBeUndefined();
  });

  it('does not ask IPv4 for more than its length field can say', () => {
    expect(searchBounds(4, 65_536, 'icmp').ceiling).toBe(65_535);
    expect(searchBounds(6, 65_536, 'icmp').ceiling).toBe(65_536);
  });
});
