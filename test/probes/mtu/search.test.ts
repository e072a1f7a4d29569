import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn, type MtuSearch, nextSizes, type SizeOutcome, startMtuSearch } from '../../../src/probes/mtu/search.js';

/** A path that carries `mtu` bytes and says so, or not. */
function run(family: 4 | 6, local: number, mtu: number, announces: boolean): { search: MtuSearch; rounds: number; packets: number } {
  let search = startMtuSearch(family, local);
  let rounds = 0;
  let packets = 0;
  for (let sizes = nextSizes(search); sizes.length > 0; sizes = nextSizes(search)) {
    if (++rounds > 50) throw new Error('the search does not end');
    packets += sizes.length;
    search = learn(
      search,
      sizes.map((size): SizeOutcome => {
        if (size <= mtu) return { size, kind: 'passed' };
        return announces ? { size, kind: 'too-big', from: '10.0.0.1', mtuBytes: mtu } : { size, kind: 'silence' };
      }),
    );
  }
  return { search, rounds, packets };
}

describe('MTU search', () => {
  it('is over after one round where the interface is the limit', () => {
    expect(run(4, 1500, 9000, true)).toMatchObject({ search: { passed: 1500, failed: null, announced: null }, rounds: 1, packets: 2 });
  });

  it('believes an announced size only after it has passed', () => {
    const { search, rounds } = run(4, 1500, 1400, true);
    expect(search).toMatchObject({ passed: 1400, failed: 1401, silent: false, announced: { from: '10.0.0.1', mtuBytes: 1400 } });
    expect(rounds).toBe(2);
  });

  it('finds any size exactly, announced or not, in few rounds', () => {
    fc.assert(
      fc.property(fc.constantFrom(4 as const, 6 as const), fc.integer({ min: 1280, max: 9000 }), fc.boolean(), (family, mtu, announces) => {
        const { search, rounds } = run(family, 9000, mtu, announces);
        expect(search.passed).toBe(mtu);
        if (mtu < 9000) expect(search).toMatchObject({ failed: mtu + 1, silent: !announces });
        expect(rounds).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('is not led astray by a router that announces nonsense', () => {
    for (const lie of [0, 1, 67, 1500, 65_000]) {
      let search = startMtuSearch(4, 1500);
      for (let round = 0; round < 12; round++) {
        const sizes = nextSizes(search);
        search = learn(
          search,
          sizes.map(
            (size): SizeOutcome => (size <= 1400 ? { size, kind: 'passed' } : { size, kind: 'too-big', from: '10.0.0.1', mtuBytes: lie }),
          ),
        );
      }
      expect(nextSizes(search)).toEqual([]);
      expect(search.passed).toBe(1400);
    }
  });

  it('takes a lost small packet for a loss when a larger one passed', () => {
    const search = learn(startMtuSearch(4, 1500), [
      { size: 128, kind: 'silence' },
      { size: 1500, kind: 'passed' },
    ]);
    expect(search).toMatchObject({ passed: 1500, failed: null });
    expect(nextSizes(search)).toEqual([]);
  });

  it('gives up where not even a small packet passes', () => {
    const search = learn(startMtuSearch(4, 1500), [
      { size: 128, kind: 'silence' },
      { size: 1500, kind: 'silence' },
    ]);
    expect(nextSizes(search)).toEqual([]);
    expect(search.passed).toBeNull();
  });

  it('does not ask IPv4 for more than its length field can say', () => {
    expect(startMtuSearch(4, 65_536).ceiling).toBe(65_535);
    expect(startMtuSearch(6, 65_536).ceiling).toBe(65_536);
  });
});
