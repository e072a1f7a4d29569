import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../src/wire/dns/name.js';
import { depthOfName, isBelow, isWithin, ownerForm, parentKey } from '../../../src/wire/dns/tree.js';

describe('the tree of names', () => {
  it.each([
    ['www.example.net', 'example.net', true, true],
    ['example.net', 'example.net', true, false],
    ['example.net', '.', true, true],
    ['.', '.', true, false],
    ['.', 'net', false, false],
    ['badexample.net', 'example.net', false, false],
    ['net', 'example.net', false, false],
    // A dot inside a label is no cut between two; a backslash that is escaped itself escapes nothing.
    ['www\\.example.net', 'example.net', false, false],
    ['www\\\\.example.net', 'example.net', true, true],
    ['a.www\\.example.net', 'www\\.example.net', true, true],
  ])('%s in %s: %s, below it: %s', (name, zone, within, below) => {
    expect(isWithin(nameKey(name), nameKey(zone))).toBe(within);
    expect(isBelow(nameKey(name), nameKey(zone))).toBe(below);
  });

  it.each([
    ['www.example.net', 'example.net', 3],
    ['net', '.', 1],
    ['.', null, 0],
    ['www\\.a.net', 'net', 2],
    ['\\007.net', 'net', 2],
  ])('%s is below %s, at depth %s', (name, parent, depth) => {
    expect(parentKey(nameKey(name))).toBe(parent);
    expect(depthOfName(nameKey(name))).toBe(depth);
  });

  it('takes the final dot from a name in data, and the root as it is', () => {
    expect(['.', 'ns.example.', 'ns.example'].map(ownerForm)).toEqual(['.', 'ns.example', 'ns.example']);
  });
});
