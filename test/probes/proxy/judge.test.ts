import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, skipped } from '../../../src/model/attempt.js';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { judgeProxy } from '../../../src/probes/proxy/judge.js';

const DATA: DataOf<'proxy'> = {
  from: 'HTTPS_PROXY',
  proxy: 'http://proxy.example.net:3128',
  kind: 'http',
  address: '192.0.2.8',
  dnsMs: null,
  tcpMs: 2,
  tlsMs: null,
  reachable: true,
  handshakeMs: 30,
  status: 200,
  reason: null,
  accepted: true,
  authentication: null,
  authenticated: false,
  comparison: null,
};
const works = { reachable: true, status: 200, totalMs: 40, failure: null };
const broken = { reachable: false, status: null, totalMs: null, failure: 'connection refused' };

function judge(attempt: Attempt<null>, data: Partial<DataOf<'proxy'>> = {}) {
  const measurement: MeasurementOf<'proxy'> = {
    id: 'm1',
    probe: 'proxy',
    target: 'https://app.example.net',
    method: 'http',
    startedAt: '2026-11-22T00:00:00.000Z',
    durationMs: 100,
    stalledMs: 0,
    attempt,
    data: { ...DATA, ...data },
  };
  return judgeProxy(measurement).map(({ id, status, code, observed, because }) => [id, status, code, observed ?? because]);
}

describe('the judgement of a proxy', () => {
  it('passes one that opens the way, with both ways side by side', () => {
    expect(judge(measured(null), { comparison: { direct: { ...works, status: 403, totalMs: 12 }, proxied: works } })).toEqual([
      [
        'l7.proxy@https://app.example.net',
        'pass',
        null,
        'http://proxy.example.net:3128 (named by HTTPS_PROXY): connected in 2 ms, its answer in 30 ms; through it status 200 in 40 ms, directly status 403 in 12 ms',
      ],
    ]);
    expect(judge(measured(null), { comparison: { direct: broken, proxied: works } })[0]?.[3]).toContain(
      'the direct way does not work: connection refused',
    );
  });

  it('passes no error that may be its own', () => {
    expect(judge(measured(null), { status: 502 })[0]?.[1]).toBe('skip');
    expect(judge(measured(null), { status: 404 })[0]?.[1]).toBe('pass');
  });

  it('fails one that opens a way on which nothing works, where the direct one does', () => {
    const cut = { ...broken, failure: 'it closed the connection' };
    const [line] = judge(measured(null), { comparison: { direct: works, proxied: cut } });
    expect(line?.slice(1, 3)).toEqual(['fail', 'proxy-silent']);
    expect(line?.[3]).toContain('it does not hold: it closed the connection; the direct way works');
    expect(judge(measured(null), { comparison: { direct: broken, proxied: cut } })[0]?.[1]).toBe('pass');
  });

  it('says once why, where the direct way fails too', () => {
    const [line] = judge(failed('connect', 'proxy-refused', 'why'), {
      comparison: { direct: broken, proxied: { ...broken, failure: 'why' } },
    });
    expect(line?.[3]).toBe('why (named by HTTPS_PROXY); the direct way does not work either: connection refused');
  });

  it.each(['proxy-unreachable', 'proxy-refused', 'proxy-silent', 'proxy-not-spoken', 'proxy-untrusted'])(
    'fails %s by its own code',
    (code) => {
      const [line] = judge(failed('connect', code, 'why'), { comparison: { direct: works, proxied: broken } });
      expect(line?.slice(1)).toEqual(['fail', code, 'why (named by HTTPS_PROXY); the direct way works (status 200 in 40 ms)']);
    },
  );

  it('skips what was not tried, or is no fault of the proxy', () => {
    expect(judge(skipped('interrupted'))[0]?.slice(1)).toEqual(['skip', null, 'interrupted']);
    expect(judge(failed('configure', 'EMFILE', 'no descriptor'))[0]?.slice(1)).toEqual(['skip', null, 'no descriptor']);
    expect(judge(skipped('interrupted'), { proxy: null })[0]?.slice(1, 3)).toEqual(['skip', null]);
  });
});
