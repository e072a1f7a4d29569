import { describe, expect, it } from 'vitest';
import { parseRetryAfter, readRateLimit } from '../../../src/wire/http/rate-limit.js';

/** 2026-11-22 00:00:00 UTC. */
const NOW = 1_795_305_600;

const read = (fields: Record<string, string>) => readRateLimit(Object.entries(fields), NOW);

describe('the spellings of rate limits', () => {
  it.each<[string, Record<string, string>, object]>([
    [
      'GitHub: reset as a date',
      {
        'x-ratelimit-limit': '60',
        'x-ratelimit-remaining': '57',
        'x-ratelimit-used': '3',
        'x-ratelimit-reset': String(NOW + 1800),
        'x-ratelimit-resource': 'core',
      },
      { limit: 60, remaining: 57, used: 3, resetSeconds: 1800, windowSeconds: null },
    ],
    [
      'Twitter',
      { 'x-rate-limit-limit': '900', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(NOW + 60) },
      { limit: 900, remaining: 0, used: 900, resetSeconds: 60 },
    ],
    [
      'the draft with three fields',
      { 'ratelimit-limit': '100', 'ratelimit-remaining': '50', 'ratelimit-reset': '5' },
      { limit: 100, remaining: 50, used: 50, resetSeconds: 5 },
    ],
    [
      'the draft with a list',
      { 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '9' },
      { limit: 100, remaining: 9, windowSeconds: 60 },
    ],
    [
      'the draft with a dictionary',
      { ratelimit: 'limit=100, remaining=50, reset=5', 'ratelimit-policy': '100;w=60' },
      { limit: 100, remaining: 50, resetSeconds: 5, windowSeconds: 60, policy: '100;w=60' },
    ],
    [
      'the draft with items',
      { 'ratelimit-policy': '"burst";q=100;w=60,"daily";q=1000;w=86400', ratelimit: '"burst";r=50;t=30' },
      { limit: 100, remaining: 50, resetSeconds: 30, windowSeconds: 60 },
    ],
    [
      'milliseconds since 1970',
      { 'x-ratelimit-limit': '10', 'x-ratelimit-reset': String((NOW + 3) * 1000) },
      { limit: 10, resetSeconds: 3 },
    ],
    [
      'a date in words',
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '49',
        'anthropic-ratelimit-requests-reset': '2026-11-22T00:00:30Z',
      },
      { limit: 50, remaining: 49, resetSeconds: 30 },
    ],
    [
      'a duration',
      { 'x-ratelimit-limit-requests': '5000', 'x-ratelimit-remaining-requests': '4999', 'x-ratelimit-reset-requests': '1m30.5s' },
      { limit: 5000, remaining: 4999, resetSeconds: 90.5 },
    ],
    [
      'windows in names',
      { 'x-ratelimit-limit-minute': '60', 'x-ratelimit-remaining-minute': '2' },
      { limit: 60, remaining: 2, windowSeconds: 60 },
    ],
    [
      'fractions of seconds',
      { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1.25' },
      { limit: 5, remaining: 0, resetSeconds: 1.25 },
    ],
    ['weight used', { 'x-mbx-used-weight': '12', 'x-mbx-used-weight-1m': '12' }, { used: 12, limit: null, remaining: null }],
    ['orders counted', { 'x-mbx-order-count-10s': '3' }, { used: 3, windowSeconds: 10 }],
    [
      'Bybit',
      { 'x-bapi-limit': '100', 'x-bapi-limit-status': '99', 'x-bapi-limit-reset-timestamp': String((NOW + 1) * 1000) },
      { limit: 100, remaining: 99, resetSeconds: 1 },
    ],
    ['used of all', { 'x-shopify-shop-api-call-limit': '32/40' }, { limit: 40, used: 32, remaining: 8 }],
    ['only a wait', { 'retry-after': '120' }, { limit: null, retryAfterSeconds: 120, allowances: [] }],
  ])('%s', (_name, fields, expected) => {
    expect(read(fields)).toMatchObject(expected);
  });

  it('names its fields, and each allowance with its window', () => {
    expect(read({ 'x-mbx-used-weight-1m': '12', 'x-mbx-order-count-1d': '4', server: 'x' })).toMatchObject({
      headers: ['x-mbx-used-weight-1m', 'x-mbx-order-count-1d'],
      allowances: [
        { name: 'used-weight-1m', used: 12, windowSeconds: 60 },
        { name: 'order-count-1d', used: 4, windowSeconds: 86_400 },
      ],
    });
  });

  it('puts the allowance in front that is used up first', () => {
    const fields = {
      'x-ratelimit-limit-requests': '100',
      'x-ratelimit-remaining-requests': '90',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '5',
    };
    expect(read(fields)).toMatchObject({ limit: 1000, remaining: 5 });
  });

  it.each([
    {},
    { server: 'nginx' },
    { 'x-ratelimit-limit': 'many' },
    { 'x-ratelimit-remaining': '' },
    { 'x-ratelimit-reset': '99999999999999' },
    { ratelimit: '???' },
    { 'retry-after': 'soon' },
    { 'x-ratelimit-limit': '-5' },
  ])('what says nothing is nothing: %j', (fields) => {
    expect(readRateLimit(Object.entries(fields as Record<string, string>), NOW)).toBeNull();
  });

  it('a reset that is over is 0, not a negative time', () => {
    expect(read({ 'x-ratelimit-limit': '1', 'x-ratelimit-reset': String(NOW - 50) })?.resetSeconds).toBe(0);
  });
});

describe('Retry-After', () => {
  it.each<[string, number | null]>([
    ['120', 120],
    ['0', 0],
    ['Sun, 22 Nov 2026 00:01:00 GMT', 60],
    ['Sat, 21 Nov 2026 00:00:00 GMT', 0],
    ['-1', null],
    ['1e9', null],
    ['', null],
  ])('%j is %j', (value, seconds) => {
    expect(parseRetryAfter(value, NOW)).toBe(seconds);
  });
});
