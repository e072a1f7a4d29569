import { describe, expect, it } from 'vitest';
import { placeLoss } from '../../src/probes/loss/place.js';
import { lossPathLines } from '../../src/render/loss-path-text.js';

const lostOf = (count: number, sent: number) =>
  Array.from({ length: sent }, (_, index) => index % Math.floor(sent / Math.max(1, count)) === 0 && count > 0);
const pathOf = (lost: readonly number[], targetLost: number, sent = 200) =>
  placeLoss(
    {
      hops: lost.map((count, index) => ({
        ttl: index + 1,
        address: count === sent ? null : `10.0.${index + 1}.1`,
        sent,
        received: sent - count,
      })),
      target: { ttl: lost.length + 1, address: '192.0.2.1', lost: lostOf(targetLost, sent) },
    },
    0.01,
  );

describe('the hops of a loss', () => {
  it('are shown with what each lost, and where it begins', () => {
    expect(lossPathLines(pathOf([0, 150, 200, 21], 20))).toEqual([
      '1  10.0.1.1     0 of 200 lost (under 1.8 %)',
      '2  10.0.2.1   150 of 200 lost (68 % to 81 %)   limits its answers',
      '3  *          no answer to 200',
      '4  10.0.4.1    21 of 200 lost (6.6 % to 16 %)  lossy',
      '5  192.0.2.1   20 of 200 lost (6.2 % to 15 %)  lossy',
      expect.stringMatching(/^it begins at hop 4 \(10\.0\.4\.1\), (9\d|100) % sure; hop 1 \(10\.0\.1\.1\) is clean$/),
    ]);
  });

  it('say why nothing is named', () => {
    expect(lossPathLines(pathOf([0, 0], 0)).at(-1)).toBe('nothing was lost on the way to the target and back');
    expect(lossPathLines(pathOf([200, 200], 20)).at(-1)).toBe('where a loss begins is not known: no router on the way answers');
    expect(lossPathLines(pathOf([0, 0], 20)).at(-1)).toMatch(/^it begins at the target, hop 3, .* sure; hop 2 \(10\.0\.2\.1\) is clean$/);
    expect(lossPathLines(null)).toEqual([]);
  });

  it('fit 65 columns, the verdict aside, which wraps', () => {
    for (const line of lossPathLines(pathOf(Array(29).fill(0), 20)).slice(0, -1)) expect(line.length).toBeLessThan(66);
  });
});
