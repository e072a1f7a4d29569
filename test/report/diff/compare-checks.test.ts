import { describe, expect, it } from 'vitest';
import type { Check, Report } from '../../../src/model/report.js';
import { diffReports } from '../../../src/report/diff/index.js';
import { check, healthy, oneFault, severalTargets } from '../../fakes/reports.js';

const CHECK = { layer: 4, title: 'TCP 443', target: 'app.example.net:443' } as const;

function withChecks(...checks: Check[]): Report {
  return { ...healthy(), checks };
}

const one = (fields: Partial<Check>): Report => withChecks(check('l4.port@app.example.net:443', { ...CHECK, ...fields }));

describe('a check', () => {
  it.each<[string, Partial<Check>, Partial<Check>, string, string]>([
    ['pass → fail', { status: 'pass' }, { status: 'fail', code: 'port-closed' }, 'broke', 'worse'],
    ['pass → warn', { status: 'pass' }, { status: 'warn', code: 'latency-high' }, 'broke', 'worse'],
    ['warn → fail', { status: 'warn', code: 'latency-high' }, { status: 'fail', code: 'latency-high' }, 'broke', 'worse'],
    ['skip → fail', { status: 'skip' }, { status: 'fail', code: 'port-closed' }, 'broke', 'worse'],
    ['fail → warn', { status: 'fail', code: 'latency-high' }, { status: 'warn', code: 'latency-high' }, 'mended', 'better'],
    ['fail → pass', { status: 'fail', code: 'port-closed' }, { status: 'pass' }, 'mended', 'better'],
    ['skip → pass', { status: 'skip' }, { status: 'pass' }, 'judged', 'changed'],
    ['fail → skip', { status: 'fail', code: 'port-closed' }, { status: 'skip' }, 'not-judged', 'changed'],
    [
      'fail → fail for another reason',
      { status: 'fail', code: 'port-closed' },
      { status: 'fail', code: 'port-filtered' },
      'code',
      'changed',
    ],
  ])('that goes %s', (_name, before, after, kind, change) => {
    const diff = diffReports(one(before), one(after));
    expect(diff.checks).toEqual([
      expect.objectContaining({
        id: 'l4.port@app.example.net:443',
        kind,
        change,
        before: expect.objectContaining({ status: before.status }),
      }),
    ]);
    expect(diff.unchangedChecks).toBe(0);
    expect(diff.outcome).toBe(change === 'worse' ? 'regression' : change === 'better' ? 'improvement' : 'change');
  });

  it.each<[Check['status']]>([['pass'], ['warn'], ['fail'], ['skip']])('that stays %s is as it was, whatever it observed', (status) => {
    const diff = diffReports(one({ status, observed: '21 ms' }), one({ status, observed: '22 ms' }));
    expect(diff).toMatchObject({ checks: [], unchangedChecks: 1, outcome: 'same' });
  });

  it('that is new and not well is a fault that was not there', () => {
    const diff = diffReports(withChecks(), one({ status: 'fail', code: 'port-closed' }));
    expect(diff.checks).toEqual([expect.objectContaining({ kind: 'new', change: 'worse', before: null })]);
  });

  it('that is new is no fault where another version may have looked at less, or the report was cut short', () => {
    const after = one({ status: 'fail', code: 'port-closed' });
    const older: Report = { ...withChecks(), tool: { name: 'netdiag', version: '0.0.9' } };
    expect(diffReports(older, after).checks).toEqual([expect.objectContaining({ kind: 'new', change: 'changed' })]);
    expect(diffReports({ ...withChecks(), partial: true }, after).checks).toEqual([
      expect.objectContaining({ kind: 'new', change: 'changed' }),
    ]);
  });

  it('that is gone is told, and is never an improvement: perhaps nobody came so far', () => {
    expect(diffReports(one({ status: 'fail', code: 'port-closed' }), withChecks()).checks).toEqual([
      expect.objectContaining({ kind: 'gone', change: 'changed', after: null }),
    ]);
  });
});

describe('targets that only one report has', () => {
  it('are named, and their checks are not compared', () => {
    const [two, single] = [severalTargets(), { ...healthy(), checks: severalTargets().checks.filter(({ id }) => !id.includes('api.')) }];
    const diff = diffReports(single, two);
    expect(diff.onlyAfter.targets).toEqual(['https://api.example.org/v1']);
    expect(diff.checks).toEqual([]);
    expect(diffReports(two, single).onlyBefore.targets).toEqual(['https://api.example.org/v1']);
  });

  it('may be all of them', () => {
    const other: Report = {
      ...healthy(),
      targets: [{ id: '203.0.113.9', host: '203.0.113.9', port: null, scheme: null }],
      checks: healthy().checks.filter(({ target }) => target === null),
      measurements: healthy().measurements.filter(({ target }) => target === null),
    };
    const diff = diffReports(healthy(), other);
    expect(diff).toMatchObject({
      outcome: 'same',
      checks: [],
      metrics: [],
      onlyBefore: { targets: ['app.example.net:443'], probes: [] },
      onlyAfter: { targets: ['203.0.113.9'], probes: [] },
    });
  });
});

describe('causes', () => {
  it('are new, gone or as before, with their rank and confidence', () => {
    const [well, ill] = [healthy(), oneFault()];
    expect(diffReports(well, ill).diagnosis).toEqual([
      expect.objectContaining({ code: 'mtu-blackhole', kind: 'new', before: null, after: { rank: 1, confidence: 0.96 } }),
    ]);
    expect(diffReports(ill, well).diagnosis).toEqual([expect.objectContaining({ code: 'mtu-blackhole', kind: 'gone', after: null })]);
    const [cause] = ill.diagnosis;
    if (cause === undefined) throw new Error('no diagnosis');
    const surer = {
      ...ill,
      diagnosis: [
        { ...cause, code: 'cert-expired' as const },
        { ...cause, confidence: 0.98 },
      ],
    };
    expect(diffReports(ill, surer).diagnosis.map(({ code, kind, after }) => [code, kind, after?.rank])).toEqual([
      ['cert-expired', 'new', 1],
      ['mtu-blackhole', 'kept', 2],
    ]);
  });
});

describe('what makes two reports hard to compare', () => {
  it.each<[string, Partial<Report>, RegExp]>([
    ['other limits', { policy: 'trading' }, /judged by different limits, default and trading/],
    ['an interrupt', { partial: true }, /later report was cut short/],
    ['another machine', { host: { ...healthy().host, hostname: 'vps-3' } }, /of two machines, vps-2 and vps-3/],
    ['the wrong order', { startedAt: '2020-01-01T00:00:00Z' }, /the later of the two/],
  ])('%s is said', (_name, fields, note) => {
    expect(diffReports(healthy(), { ...healthy(), ...fields }).notes).toEqual([expect.stringMatching(note)]);
  });

  it('is nothing with the same report twice, and nothing differs', () => {
    expect(diffReports(oneFault(), oneFault())).toMatchObject({
      outcome: 'same',
      counts: { worse: 0, better: 0, changed: 0 },
      checks: [],
      facts: [],
      routes: [],
      notes: [],
    });
  });
});
