import { describe, expect, it } from 'vitest';
import { counted, elapsed, milliseconds } from '../../src/render/quantities.js';

describe('milliseconds', () => {
  it.each([
    [0, '0.000'],
    [0.0352, '0.035'],
    [2.128, '2.13'],
    [21.34, '21.3'],
    [204.4, '204'],
    [1204.2, '1204'],
  ])('%d is %s', (value, text) => {
    expect(milliseconds(value)).toBe(text);
  });
});

describe('elapsed', () => {
  it.each([
    [612.4, '612 ms'],
    [2104, '2.1 s'],
    [59_990, '59.9 s'],
    [200_000, '3 min 20 s'],
  ])('%d ms is %s', (value, text) => {
    expect(elapsed(value)).toBe(text);
  });
});

it('counted agrees in number', () => {
  expect([counted(0, 'check'), counted(1, 'check'), counted(2, 'check')]).toEqual(['0 checks', '1 check', '2 checks']);
});
