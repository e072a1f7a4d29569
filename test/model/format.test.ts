import { describe, expect, it } from 'vitest';
import { formatLimit, formatMs, formatQuantity, formatRate, formatRatio } from '../../src/model/format.js';

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

it.each([
  [0.35, '0.35/s'],
  [2, '2/s'],
  [11.6, '12/s'],
  [1200, '1200/s'],
])('%d in a second are %s', (perSecond, text) => {
  expect(formatRate(perSecond)).toBe(text);
});

it.each([
  [0.5, 'ms', '0.500 ms', '0.5 ms'],
  [1800, 'ms', '1.8 s', '1.8 s'],
  [0.01, 'ratio', '1.0 %', '1 %'],
  [0.001, 'ratio', '0.1 %', '0.1 %'],
  [0.9999, 'ratio', '99.99 %', '99.99 %'],
  [0.99999, 'ratio', '99.99 %', '99.999 %'],
  [0.997, 'ratio', '99.7 %', '99.7 %'],
  [1, 'ratio', '100 %', '100 %'],
  [1500, 'bytes', '1500 bytes', '1500 bytes'],
  [1, 'days', '1 day', '1 day'],
  [58, 'days', '58 days', '58 days'],
  [100, 'messages/s', '100/s', '100/s'],
  [94.123, 'Mbit/s', '94.1 Mbit/s', '94.1 Mbit/s'],
  [3, 'count', '3', '3'],
] as const)('%d %s is %s as a measured value, %s as a limit', (value, unit, measured, limit) => {
  expect([formatQuantity(value, unit), formatLimit(value, unit)]).toEqual([measured, limit]);
});
