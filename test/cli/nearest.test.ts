import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/cli/nearest.js';

const COMMANDS = ['full-report', 'latency', 'loss', 'mtu', 'ports', 'dns', 'tls', 'lab', 'explain', 'schema'];

describe('editDistance', () => {
  it.each([
    ['', 'abc', 3],
    ['latency', 'latncy', 1],
    ['latency', 'laetncy', 1],
    ['kitten', 'sitting', 3],
    ['same', 'same', 0],
  ])('of %j and %j is %i', (first, second, distance) => {
    expect(editDistance(first, second)).toBe(distance);
  });

  it('is the same both ways, and 0 only for equal words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (first, second) => {
        expect(editDistance(first, second)).toBe(editDistance(second, first));
        expect(editDistance(first, second) === 0).toBe(first === second);
      }),
    );
  });
});

describe('nearest', () => {
  it.each([
    ['latncy', 'latency'],
    ['Latency', 'latency'],
    ['fullreport', 'full-report'],
    ['full', 'full-report'],
    ['port', 'ports'],
    ['dsn', 'dns'],
    ['explian', 'explain'],
  ])('of %j is %j', (word, command) => {
    expect(nearest(word, COMMANDS)).toBe(command);
  });

  it.each(['', 'traceroute', 'l', 'x', '--help', 'constructor'])('finds nothing near %j', (word) => {
    expect(nearest(word, COMMANDS)).toBeNull();
  });
});
