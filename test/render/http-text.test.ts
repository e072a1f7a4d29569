import { describe, expect, it } from 'vitest';
import { skipped } from '../../src/model/attempt.js';
import type { DataOf } from '../../src/model/measurement.js';
import { httpNotTried } from '../../src/probes/http/measure.js';
import { httpLines } from '../../src/render/http-text.js';

type Data = DataOf<'http'>;

const EMPTY = httpNotTried(null, skipped('-'), 'https://app.example/').data;
const SPREAD = { min: 1, mean: 2, p50: 2, p95: 3, p99: 3, max: 3, stddev: 1 };
const ALLOWANCE = { limit: 60, remaining: 57, used: 3, resetSeconds: 1800, windowSeconds: 3600 };

const FULL: Data = {
  ...EMPTY,
  finalUrl: 'https://app.example/b',
  address: '192.0.2.7',
  status: 200,
  httpVersion: '2',
  redirects: [
    {
      url: 'https://app.example/',
      address: '192.0.2.7',
      status: 302,
      location: '/b',
      httpVersion: '2',
      dnsMs: 1,
      tcpMs: 2,
      proxyMs: null,
      tlsMs: 3,
      ttfbMs: 4,
      bodyMs: 0,
      totalMs: 10,
    },
  ],
  dnsMs: null,
  tcpMs: 2,
  tlsMs: 3,
  ttfbMs: 12.3,
  bodyMs: 0.5,
  totalMs: 27.8,
  count: 2,
  completed: 1,
  distribution: { dnsMs: null, tcpMs: SPREAD, proxyMs: null, tlsMs: null, ttfbMs: null, bodyMs: null, totalMs: null },
  runs: [],
  tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', trusted: true, trustError: null, hostnameMatches: true },
  body: {
    bytes: 2048,
    ended: 'complete',
    contentType: 'text/html; charset=utf-8',
    encoding: 'gzip',
    decodedBytes: 9000,
    decodeFault: null,
  },
  compression: { offered: ['gzip'], used: 'gzip' },
  http3: true,
  server: 'nginx',
  cookies: [{ name: 'id', secure: true, httpOnly: false, sameSite: null, persistent: false }],
  security: [
    { header: 'referrer-policy', value: 'no-referrer', problem: null },
    { header: 'content-security-policy', value: null, problem: 'missing' },
  ],
  clock: { serverTime: '2026-11-22T00:00:00.000Z', offsetMs: -90_000, uncertaintyMs: 500, ageSeconds: null },
  rateLimit: {
    ...ALLOWANCE,
    policy: null,
    retryAfterSeconds: 30,
    headers: ['x-ratelimit-limit'],
    allowances: [{ name: 'core', ...ALLOWANCE }],
  },
  burst: {
    asked: 100,
    concurrency: 10,
    sent: 60,
    answered: 60,
    failed: 0,
    limited: 10,
    statuses: [
      { status: 200, count: 50 },
      { status: 429, count: 10 },
    ],
    durationMs: 100,
    perSecond: 600,
    firstLimited: 51,
    acceptedBefore: 50,
    ttfbMs: SPREAD,
    retryAfterSeconds: 1,
    recovered: true,
  },
};

describe('an HTTP measurement in words', () => {
  it('says everything that was found, in its order', () => {
    expect(httpLines(FULL)).toEqual([
      '302 https://app.example/ → /b · 10 ms',
      '200 https://app.example/b · HTTP/2 · TLSv1.3 · 2.0 KiB gzip text/html · from 192.0.2.7',
      'median of 1 of 2 exchanges: TCP 2.00 · TLS 3.00 · first byte 12.3 · body 0.500 · total 27.8 ms',
      'TCP: min 1.00 · p50 2.00 · p95 3.00 · p99 3.00 · max 3.00 ms',
      'server nginx · compressed by gzip · HTTP/3 advertised · clock 90 s behind',
      'rate limit core: 57 left, 3 used, limit 60, in 60 min, reset in 30 min · retry after 30 s',
      'burst 60 of 100 sent, 10 at once · 50 × 200, 10 × 429 · 600 a second · first 429 at request 51',
      'first byte under burst: min 1.00 · p50 2.00 · p95 3.00 · p99 3.00 · max 3.00 ms',
      'cookies id (Secure, not HttpOnly, no SameSite)',
      'security has referrer-policy · lacks content-security-policy',
    ]);
  });

  it('of an exchange that failed it says how far it came, and nothing of one that was not tried', () => {
    expect(httpLines({ ...EMPTY, tcpMs: 2, tlsMs: 3 })).toEqual(['TCP 2.00 · TLS 3.00 ms']);
    expect(httpLines(EMPTY)).toEqual([]);
  });
});
