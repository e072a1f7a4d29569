import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absoluteName, encodeName, nameKey, presentLabel, presentName, sameName } from '../../../src/wire/dns/name.js';

const bytesOf = (text: string): number[] | string => {
  const outcome = encodeName(text);
  return outcome.ok ? [...outcome.value] : outcome.refusal;
};

describe('encodeName', () => {
  test.each([
    ['.', [0]],
    ['a', [1, 97, 0]],
    ['a.', [1, 97, 0]],
    ['a.bc', [1, 97, 2, 98, 99, 0]],
    ['_x.A', [2, 95, 120, 1, 65, 0]],
    ['a\\.b', [3, 97, 46, 98, 0]],
    ['\\007', [1, 7, 0]],
    ['\\255\\\\', [2, 255, 92, 0]],
  ])('%s', (text, wire) => {
    expect(bytesOf(text)).toEqual(wire);
  });

  test.each([
    ['', 'the name is empty'],
    ['..', 'the name has an empty label'],
    ['.a', 'the name has an empty label'],
    ['a..b', 'the name has an empty label'],
    ['a b', 'the name has a character that is not printable ASCII'],
    ['a\u0000', 'the name has a character that is not printable ASCII'],
    ['münchen', 'the name has a character that is not printable ASCII'],
    ['a\\', 'the name has a backslash without a character or three digits behind it'],
    ['a\\25', 'the name has a backslash without a character or three digits behind it'],
    ['a\\256', 'the name has a backslash without a character or three digits behind it'],
    ['a'.repeat(64), 'a label of the name is longer than 63 octets'],
    [`${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(62)}`, 'the name is longer than 255 octets'],
    ['a.'.repeat(100_000), 'the name is longer than 255 octets'],
  ])('refuses %j', (text, refusal) => {
    expect(bytesOf(text)).toBe(refusal);
  });

  test('takes labels and names of the largest size', () => {
    expect(bytesOf(`${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(63)}.${'a'.repeat(61)}`)).toHaveLength(255);
  });

  test('encodes again what presentName made of any labels', () => {
    const label = fc.uint8Array({ minLength: 1, maxLength: 63 });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), (labels) => {
        const text = presentName(labels);
        expect(text).toMatch(/^[!-~]+$/);
        expect(bytesOf(text)).toEqual([...labels.flatMap((one) => [one.length, ...one]), 0]);
      }),
    );
  });
});

test('labels are escaped as dig does', () => {
  expect(presentLabel(Buffer.from('a.b;c\\d"e(f)g@h$'))).toBe('a\\.b\\;c\\\\d\\"e\\(f\\)g\\@h\\$');
  expect(presentLabel(Buffer.from([0, 7, 27, 32, 127, 200]))).toBe('\\000\\007\\027\\032\\127\\200');
});

test('an absolute name ends in a dot', () => {
  expect([absoluteName('.'), absoluteName('a.b')]).toEqual(['.', 'a.b.']);
});

describe('sameName', () => {
  test.each([
    ['Example.NET', 'example.net.', true],
    ['a\\046b', 'a\\.b', true],
    ['\\065', 'a', true],
    ['a.b', 'a\\.b', false],
    ['a', 'b', false],
    ['a[', 'a{', false],
    ['', '', false],
  ])('%j and %j', (one, other, same) => {
    expect(sameName(one, other)).toBe(same);
  });
});

test('nameKey gives one spelling for all of a name', () => {
  expect(['Ab.C.', 'ab.c', '\\065b.c'].map(nameKey)).toEqual(['ab.c', 'ab.c', 'ab.c']);
  expect(nameKey('.')).toBe('.');
  expect(nameKey('a..b')).toBe('a..b');
});
