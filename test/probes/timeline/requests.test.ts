import { describe, expect, it } from 'vitest';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { judgeRequests } from '../../../src/probes/timeline/judge-requests.js';
import { tracksOf } from '../../../src/probes/timeline/packets.js';
import { placesOf } from '../../../src/probes/timeline/places.js';

const STARTED_MS = Date.parse('2026-01-01T10:00:00.000Z');
const ADDRESS = '203.0.113.10';
const PAGE = 'https://app.example.net/page';
let made = 0;

const envelope = (target: string, method: string, atMs = 0) => ({
  ...({ id: `m${++made}`, target, method, durationMs: 60, stalledMs: 0, attempt: { kind: 'measured' } } as const),
  startedAt: new Date(STARTED_MS + atMs).toISOString(),
});

/** A hundred echoes, of which so many are lost. */
function echo(target: string, lost = 0): Measurement {
  const samples = Array.from({ length: 100 }, (_, seq) => ({ seq, rttMs: seq < lost ? null : 20, sentMs: seq * 12 }));
  const data = { address: ADDRESS, sent: 100, received: 100 - lost, lost, samples, notSent: [] } as unknown as DataOf<'loss'>;
  return { ...envelope(target, 'icmp'), probe: 'loss', data } as MeasurementOf<'loss'>;
}

type Fate = number | 'reset' | 'reset in the handshake' | 'closed' | 'silent' | 'refused' | 'no way';

const FAILED = {
  reset: { kind: 'failed', step: 'response', code: 'ECONNRESET', message: 'reset' },
  'reset in the handshake': { kind: 'failed', step: 'handshake', code: 'ECONNRESET', message: 'reset' },
  closed: { kind: 'failed', step: 'response', code: 'EOF', message: 'closed' },
  silent: { kind: 'unanswered', step: 'response', waitedMs: 1500 },
  refused: { kind: 'failed', step: 'connect', code: 'ECONNREFUSED', message: 'refused' },
  'no way': { kind: 'failed', step: 'response', code: 'EHOSTUNREACH', message: 'no way' },
} as const;

interface Given {
  target?: string;
  lost?: number;
  tookMs?: number;
}

/** One request each third of a second. */
function judge(fates: readonly Fate[], { target = PAGE, lost = 0, tookMs = 60 }: Given = {}) {
  const way = { ...envelope(target, 'system'), probe: 'route-lookup', data: { address: ADDRESS, gateway: '192.0.2.1', interface: 'eth0' } };
  const requests = fates.map((fate, index) => {
    const answered = typeof fate === 'number';
    const data = { address: ADDRESS, tcpMs: 20, httpStatus: answered ? fate : null, totalMs: answered ? tookMs : null, count: 1, runs: [] };
    const method = /^https?/.exec(target)?.[0] ?? 'tcp';
    return { ...envelope(target, method, index * 330), probe: 'phases', data, ...(answered ? {} : { attempt: FAILED[fate] }) };
  });
  const all = [way, echo(target, lost), ...requests] as unknown as Measurement[];
  return judgeRequests(placesOf(tracksOf(all), all), all);
}
const brief = (fates: readonly Fate[], given?: Given) =>
  judge(fates, given).map(({ status, code, observed }) => `${status} ${code}: ${observed}`);

describe('requests that are all answered alike give no line', () => {
  const alike: readonly (readonly Fate[])[] = [
    [200, 200, 200, 200],
    [200, 203, 204, 302],
    [503, 503, 503, 503],
    [503, 502, 'reset', 503],
    ['reset', 'reset', 'closed', 'reset'],
    [429],
    [401, 401, 401],
    [200],
  ];
  it.each(alike.map((fates) => ({ fates })))('$fates', ({ fates }) => {
    expect(judge(fates)).toEqual([]);
  });
});

describe('errors of the server between good answers', () => {
  it.each<{ fates: Fate[]; told: string }>([
    { fates: [200, 503, 200, 503], told: 'fail http-status: 503 for 2 of 4 requests, 200 for the others' },
    { fates: [200, 200, 502, 200], told: 'fail http-status: 502 for 1 of 4 requests, 200 for the others' },
    { fates: [401, 500, 401, 502], told: 'fail http-status: 500/502 for 2 of 4 requests, 401 for the others' },
    { fates: [200, 503, 'reset', 302], told: 'fail http-status: 503 for 1 of 4 requests, no answer for 1, 200/302 for the others' },
  ])('$fates', ({ fates, told }) => {
    expect(brief(fates)).toEqual([told]);
  });

  it('are there at a port without a page too', () => {
    expect(brief([200, 503, 200, 503], { target: 'app.example.net:443' })).toHaveLength(1);
  });

  it('have times: of a service that was started anew the one when it was there again', () => {
    const at = (ms: number) => new Date(STARTED_MS + ms).toISOString();
    expect(judge([503, 200, 200, 200])[0]?.when).toEqual([{ from: at(0), to: at(330) }]);
    expect(judge([200, 200, 503, 503])[0]?.when).toEqual([{ from: at(660), to: null }]);
    expect(judge([200, 503, 200, 503])[0]?.when).toEqual([
      { from: at(330), to: at(660) },
      { from: at(990), to: null },
    ]);
  });
});

describe('connections that end without an answer, between good ones', () => {
  it.each<{ fates: Fate[]; told: string }>([
    { fates: ['closed', 200, 'closed', 200], told: '2 of 4 requests without an answer: the connection was closed; 200 for the others' },
    {
      fates: [200, 'reset in the handshake', 200],
      told: '1 of 3 requests without an answer: the connection was reset; 200 for the others',
    },
    {
      fates: ['reset', 200, 'closed', 503],
      told: '2 of 4 requests without an answer: the connection was reset, the connection was closed; 503 for 1, 200 for the others',
    },
    { fates: ['silent', 200, 200, 200], told: '1 of 4 requests without an answer: nothing came; 200 for the others' },
  ])('$fates', ({ fates, told }) => {
    expect(brief(fates)).toEqual([`fail connectivity-intermittent: ${told}`]);
  });

  it('are none where the connection did not open, or the way was gone', () => {
    expect(judge(['refused', 200, 'no way', 200])).toEqual([]);
  });

  it('that are silent may be late, or lost, or wait for other connections of ours', () => {
    expect(judge([200, 'silent', 200], { tookMs: 900 })).toEqual([]);
    expect(judge([200, 'silent', 200], { lost: 5 })).toEqual([]);
    expect(judge([200, 'silent', 200], { target: 'app.example.net:80' })).toEqual([]);
  });
});

describe('other answers', () => {
  it('with 429 say that it is too often, whatever else comes', () => {
    expect(brief([200, 429])).toEqual(['warn http-rate-limited: 429 for 1 of 2 requests, 200 for the others']);
    expect(brief([503, 200, 429])).toEqual(['warn http-rate-limited: 429 for 1 of 3 requests, 200 for the others']);
  });

  it('of a page that is not found at times are a remark, and nothing where nobody asked for the page', () => {
    expect(brief([200, 404, 200, 404])).toEqual(['warn http-status: 404 for 2 of 4 requests, 200 for the others']);
    expect(judge([200, 404, 200, 404], { target: 'app.example.net:443' })).toEqual([]);
    expect(judge([200, 403, 200, 403])).toEqual([]);
  });

  it('of a login page of the network say nothing of the service', () => {
    expect(judge([200, 511, 200, 503])).toEqual([]);
  });
});
