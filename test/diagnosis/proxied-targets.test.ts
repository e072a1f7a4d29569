import { describe, expect, it } from 'vitest';
import { withoutDirectWay } from '../../src/diagnosis/proxied-targets.js';
import { type Attempt, failed, skipped, unanswered } from '../../src/model/attempt.js';
import type { Code } from '../../src/model/code.js';
import type { DataOf, Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';
import { proxyNotTried } from '../../src/probes/proxy/measure.js';
import { hostAddress, hostData, hostInterface } from '../fakes/host.js';

const TARGET = 'https://a.example';
const REFUSED = failed('connect', 'proxy-unreachable', 'connection refused');

function proxied(attempt: Attempt<null>, parts: Partial<DataOf<'proxy'>> = {}): Measurement {
  const data = { ...proxyNotTried(skipped('')).data, proxy: 'http://192.0.2.9:3128', kind: 'http' as const, ...parts };
  const made = attempt.kind === 'measured' ? ({ kind: 'measured' } as const) : attempt;
  return { id: 'm1', probe: 'proxy', target: TARGET, method: 'http', startedAt: '', durationMs: 1, stalledMs: 0, attempt: made, data };
}

function check(id: string, code: Code | null): Check {
  const [, target = null] = id.split('@');
  const rest = { observed: null, expected: null, remedy: null, because: null, measurements: [] };
  return { id, layer: 3, title: id, target, status: code === null ? 'pass' : 'fail', code, ...rest };
}

const statusesOf = (checks: Check[], ...measurements: Measurement[]) =>
  Object.fromEntries(withoutDirectWay(checks, measurements).map(({ id, status }) => [id, status]));

describe('a machine without a way out, whose targets are reached through a proxy', () => {
  it.each<[string, Code]>([
    ['l3.upstream', 'upstream-unreachable'],
    ['l3.route', 'no-default-route'],
  ])('lacks nothing: %s', (id, code) => {
    const checks = [check(id, code), check(`l7.proxy@${TARGET}`, null)];
    expect(statusesOf(checks, proxied({ kind: 'measured', value: null }))[id]).toBe('skip');
  });
});

describe('a proxy that fails', () => {
  const checks = [check('l3.upstream', 'upstream-unreachable'), check(`l7.proxy@${TARGET}`, 'proxy-unreachable')];
  const data = hostData({ interfaces: [hostInterface({ addresses: [hostAddress('192.0.2.2/24')] })] });
  const attempt = { kind: 'measured' } as const;
  const host: Measurement = {
    id: 'm0',
    probe: 'host',
    target: null,
    method: 'netlink',
    startedAt: '',
    durationMs: 1,
    stalledMs: 0,
    attempt,
    data,
  };
  const onLink = { address: '192.0.2.9' };

  it('next door does not fail for want of a way out', () => {
    expect(statusesOf(checks, host, proxied(REFUSED, onLink))['l3.upstream']).toBe('skip');
  });

  it('and was heard does not either', () => {
    const silent = proxied(failed('connect', 'proxy-silent', ''), { address: '203.0.113.9', tcpMs: 20 });
    expect(statusesOf(checks, host, silent)['l3.upstream']).toBe('skip');
  });

  it('far away does', () => {
    const far = proxied(unanswered('connect', 3000), { address: '203.0.113.9' });
    expect(statusesOf(checks, host, far)['l3.upstream']).toBe('fail');
  });

  it.each<[DataOf<'proxy'>['kind'], number]>([
    ['http', 502],
    ['socks5', 3],
  ])('as its own way is dead (%s, %i) shares that with the machine', (kind, status) => {
    const refuses = proxied(failed('connect', 'proxy-refused', ''), { ...onLink, kind, status, tcpMs: 1 });
    expect(statusesOf(checks, host, refuses)['l3.upstream']).toBe('fail');
  });
});
