import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { readStoredReport } from '../../src/report/stored-report.js';
import { healthy, REPORTS } from '../fakes/reports.js';

/** As it comes out of a file. */
const stored = (report: object): Record<string, unknown> => JSON.parse(JSON.stringify(report));

function readBack(content: unknown): { report: Report; leftOut: string[] } {
  const outcome = readStoredReport(content);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome;
}

function reasonOf(content: unknown): string {
  const outcome = readStoredReport(content);
  if (outcome.ok) throw new Error('it was read');
  return outcome.reason;
}

describe('a stored report', () => {
  it.each(Object.entries(REPORTS))('"%s" reads back as it was', (_name, make) => {
    expect(readBack(stored(make()))).toEqual({ ok: true, report: make(), leftOut: [] });
  });

  it('of an older version has "not measured" where that had nothing yet', () => {
    const { policy: _policy, ...older } = stored(healthy());
    const host: Record<string, unknown> = { ...(older['host'] as object) };
    delete host['virtualization'];
    const diagnosed = { ...older, policy: 'default', host, diagnosis: [] };
    expect(readBack(diagnosed).report.host.virtualization).toBeNull();
  });

  it('keeps a measurement of an older version, the fields that came later not measured', () => {
    const report = healthy();
    const measurements = stored(report)['measurements'] as { probe: string; data: Record<string, unknown> }[];
    for (const { probe, data } of measurements) if (probe === 'latency') delete data['late'];
    for (const { probe, data } of measurements) if (probe === 'loss') delete data['icmpErrors'];
    const { report: read, leftOut } = readBack({ ...stored(report), measurements });
    expect(leftOut).toEqual([]);
    expect(read.measurements.find(({ probe }) => probe === 'latency')?.data).toMatchObject({ late: null });
    expect(read.measurements.find(({ probe }) => probe === 'loss')?.data).toMatchObject({ icmpErrors: [] });
  });

  it('of a newer minor version is read without what is not known yet', () => {
    const newer = stored(healthy());
    newer['weather'] = 'fine';
    (newer['host'] as Record<string, unknown>)['altitude'] = 12;
    const [check] = newer['checks'] as Record<string, unknown>[];
    if (check !== undefined) check['mood'] = 1;
    expect(readBack(newer).report).toEqual(healthy());
  });

  it('is read without a measurement that is not as it should be', () => {
    const broken = stored(healthy());
    const measurements = broken['measurements'] as Record<string, unknown>[];
    measurements.push({ ...measurements[0], id: 'm98', probe: 'telepathy' }, { id: 'm99', probe: 'tls', data: 7 }, 'rubbish' as never);
    const { report, leftOut } = readBack(broken);
    expect(report).toEqual(healthy());
    expect(leftOut).toEqual(['m98 telepathy', 'm99 tls', 'one without a name']);
  });
});

describe('what is no report of this version', () => {
  it.each<[string, unknown, RegExp]>([
    ['a number', 7, /^it is no report of netdiag$/],
    ['null', null, /^it is no report of netdiag$/],
    ['a list', [healthy()], /^it is no report of netdiag$/],
    ['an empty object', {}, /^it is no report of netdiag$/],
    ['a report of another tool', { ...healthy(), tool: { name: 'ping', version: '1' } }, /^it is no report of netdiag$/],
    ['a comparison', { ...healthy(), kind: 'netdiag-diff' }, /^it is a comparison of two reports/],
    [
      'a newer schema',
      { ...healthy(), schemaVersion: '2' },
      /^it is of schema version 2, and this netdiag knows 1: read it with a newer netdiag$/,
    ],
    ['an older schema', { ...healthy(), schemaVersion: '0' }, /^it is of schema version 0, and this netdiag knows 1$/],
    ['no schema version', { ...healthy(), schemaVersion: {} }, /^it does not say which schema version/],
    ['a hostile schema version', { ...healthy(), schemaVersion: '9\u001b[2J' }, /^it does not say which schema version/],
    ['no measurements', { ...healthy(), measurements: undefined }, /^its list of measurements is missing$/],
    ['no checks', { ...healthy(), checks: undefined }, /^its list of checks is missing$/],
    ['no causes', { ...healthy(), diagnosis: null }, /^its list of diagnosis is missing$/],
    ['a wrong time', { ...healthy(), startedAt: 'yesterday' }, /^it is no report as this netdiag knows them: startedAt: /],
    ['a wrong status', { ...healthy(), checks: [{ ...healthy().checks[0], status: 'fine' }] }, /checks\.0\.status: /],
    ['a missing status', { ...healthy(), checks: [{ ...healthy().checks[0], status: undefined }] }, /checks\.0\.status: /],
  ])('is refused: %s', (_name, content, reason) => {
    expect(reasonOf(content === undefined ? undefined : JSON.parse(JSON.stringify(content)))).toMatch(reason);
  });

  it('is refused in one short line, whatever it holds', () => {
    const long = { ...stored(healthy()), verdict: 'x'.repeat(10_000) };
    expect(reasonOf(long).length).toBeLessThan(260);
  });

  it('is refused without a walk through all of it, and deep nesting is no trap', () => {
    let nested: unknown = 1;
    for (let depth = 0; depth < 200_000; depth++) nested = [nested];
    const started = performance.now();
    expect(readBack({ ...stored(healthy()), extra: nested }).report).toEqual(healthy());
    expect(reasonOf({ ...stored(healthy()), checks: Array(3_000_000).fill(1) })).toMatch(/more values than any report/);
    expect(reasonOf({ ...stored(healthy()), checks: Array(700_000).fill(1) })).toMatch(/more checks than any report/);
    expect(readBack({ ...stored(healthy()), measurements: [{ id: 'm1', probe: 'dns', data: Array(700_000).fill(1) }] }).leftOut).toEqual([
      'm1 dns',
    ]);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('takes over no prototype', () => {
    const evil = JSON.parse(`{"__proto__":{"polluted":1},"constructor":{"prototype":{}},${JSON.stringify(healthy()).slice(1)}`);
    expect(readBack(evil).report).toEqual(healthy());
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
