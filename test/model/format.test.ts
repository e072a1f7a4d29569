import { describe, expect, it } from 'vitest';
import { formatMs, formatRatio } from '../../src/model/format.js';

describe('formatMs', () => {
  it.each([
    [0, '0 ms'],
    [0.0354, '0.035 ms'],
    [2.126, '2.13 ms'],
    [21.34, '21.3 ms'],
    [204.4, '204 ms'],
    [2310.4, '2.31 s'],
    [12_345.6, '12.3 s'],
    [30, '30 ms'],
    [150, '150 ms'],
    [1000, '1 s'],
    [1800, '1.8 s'],
    [1234, '1.23 s'],
  ])('%d is %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });
});

describe('formatRatio', () => {
  it.each([
    [0, '0 %'],
    [0.001, '0.1 %'],
    [0.0004, '0.04 %'],
    [0.0369, '3.7 %'],
    [0.01, '1.0 %'],
    [0.42, '42 %'],
    [1, '100 %'],
  ])('%d is %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
  });
});
