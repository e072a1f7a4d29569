import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../../src/model/report.js';
import { assembleVerification } from '../../../src/report/verify/assemble.js';
import { type JudgedCheck, judgeCheck, skippedManifestCheck } from '../../../src/report/verify/judge.js';
import type { ManifestCheck, VerifiedManifest } from '../../../src/report/verify/manifest.js';
import { statusOfAll } from '../../../src/report/verify/statuses.js';
import { healthy, oneFault } from '../../fakes/reports.js';

const checkOf = (id: string, step: number, fields: Partial<ManifestCheck> = {}): ManifestCheck => ({
  id,
  text: null,
  run: `latency app.example.net -c ${step + 1}`,
  step,
  expectations: [],
  from: null,
  ...fields,
});

const FINE = checkOf('TC-1.1', 0, { text: 'is fine' });
const BROKEN = checkOf('TC-1.2', 1);
const LATER = checkOf('TC-2', 2);
const MANIFEST: VerifiedManifest = {
  title: 'A manifest',
  files: ['a.yaml'],
  requirements: [
    { id: 'SYS-1', text: 'first', cases: [{ id: 'TC-1', text: 'a case', needs: [], checks: [FINE, BROKEN] }] },
    { id: 'SYS-2', text: null, cases: [{ id: 'TC-2', text: null, needs: ['TC-1'], checks: [LATER] }] },
  ],
};

const STEPS = new Map([
  [0, healthy()],
  [1, oneFault()],
]);

function assembled(judged: JudgedCheck[], partial = false) {
  return assembleVerification({
    version: '1.2.3',
    startedAt: new Date('2026-11-22T10:00:00Z'),
    durationMs: 5,
    partial,
    host: healthy().host,
    manifest: MANIFEST,
    steps: STEPS,
    judged: new Map(judged.map((one) => [one.check.id, one])),
    skipped: new Map([['TC-2', 'it needs TC-1, which failed']]),
    policy: 'default',
  });
}

describe('a check without expectations', () => {
  it('is as its step is', () => {
    expect(judgeCheck(FINE, healthy())).toMatchObject({ status: 'pass', code: null, because: null, expected: 'no check fails' });
    const broken = judgeCheck(BROKEN, oneFault());
    const secret = 'x'.repeat(300);
    const told = oneFault().checks.map((one) => ({ ...one, observed: secret }));
    const hidden = judgeCheck(BROKEN, { ...oneFault(), checks: told }, (text) => text.replaceAll(secret, '***'));
    expect(hidden.observed).toMatch(/: \*\*\*$/);
    const failed = oneFault().checks.filter(({ status }) => status === 'fail');
    expect(broken).toMatchObject({ status: 'fail', code: failed[0]?.code, layer: failed[0]?.layer });
    expect(broken.remedy).not.toBeNull();
    const warned = healthy().checks.map((one, index) => (index === 0 ? { ...one, status: 'warn' as const } : one));
    expect(judgeCheck(FINE, { ...healthy(), checks: warned, verdict: 'warn' }).status).toBe('warn');
  });

  it('is not passed where nothing was judged', () => {
    const skipped = healthy().checks.map((one) => ({ ...one, status: 'skip' as const, observed: null, because: 'no answer' }));
    expect(judgeCheck(FINE, { ...healthy(), checks: skipped, verdict: 'warn' })).toMatchObject({
      status: 'fail',
      because: 'too little was judged: no answer',
    });
    expect(judgeCheck(FINE, { ...healthy(), checks: [], verdict: 'warn' })).toMatchObject({
      status: 'fail',
      observed: null,
      because: 'nothing could be judged',
    });
  });
});

describe('the report of a manifest', () => {
  const judged = [judgeCheck(FINE, healthy()), judgeCheck(BROKEN, oneFault()), skippedManifestCheck(LATER, 'it needs TC-1, which failed')];
  const report = assembled(judged);

  it('is one that the schema allows, with a check for each of the manifest', () => {
    expect(reportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
    expect(report.checks.map(({ id, title, status, because }) => [id, title, status, because])).toEqual([
      ['TC-1.1', 'is fine', 'pass', null],
      ['TC-1.2', 'a case', 'fail', expect.stringMatching(/ is fail/)],
      ['TC-2', 'latency app.example.net -c 3', 'skip', 'it needs TC-1, which failed'],
    ]);
    expect(report).toMatchObject({ command: 'verify', verdict: 'fail', manifest: { title: 'A manifest', files: ['a.yaml'] } });
  });

  it('leads from each requirement to the measurements, each once and with a number of its own', () => {
    const count = healthy().measurements.length + oneFault().measurements.length;
    const ids = report.measurements.map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => `m${index + 1}`));
    const found = report.requirements?.flatMap(({ cases }) => cases.flatMap(({ checks }) => checks.flatMap((one) => one.found))) ?? [];
    expect(found.length).toBeGreaterThan(5);
    for (const one of [...found, ...report.checks]) for (const id of one.measurements) expect(ids).toContain(id);
    const [first, second] = report.requirements?.[0]?.cases[0]?.checks ?? [];
    // The same check of two runs rests on two measurements.
    const sameOf = (checks: typeof found = []) => checks.find(({ measurements }) => measurements.length > 0)?.measurements;
    expect(sameOf(first?.found)).not.toEqual(sameOf(second?.found));
    expect(report.requirements?.map(({ status }) => status)).toEqual(['fail', 'skip']);
  });

  it('names the causes of what failed, by the checks of the manifest', () => {
    expect(report.diagnosis.map(({ code }) => code)).toEqual(oneFault().diagnosis.map(({ code }) => code));
    expect(report.diagnosis[0]?.evidence).toEqual(['TC-1.2']);
    expect(report.conclusion.kind).toBe('diagnosed');
    expect(report.conclusion.text).toMatch(/^Not met: SYS-1\. Not wholly looked at: SYS-2\. /);
    expect(report.conclusion.notLookedAt).toEqual(['TC-2: it needs TC-1, which failed']);
    // What was to fail, and did, is no trouble.
    const expected = checkOf('TC-1.2', 1, { expectations: [{ kind: 'check', glob: '*', of: null, is: ['pass', 'fail', 'skip', 'warn'] }] });
    const met = assembled([judged[0], judgeCheck(expected, oneFault())].flatMap((one) => one ?? []));
    expect(met.checks.map(({ status }) => status).includes('fail')).toBe(false);
  });

  it('passes where all pass, and no sooner', () => {
    const passed = judgeCheck(FINE, healthy());
    const all = [passed, { ...passed, check: BROKEN }, { ...passed, check: LATER }];
    expect(assembled(all)).toMatchObject({
      verdict: 'pass',
      diagnosis: [],
      conclusion: { kind: 'well', text: 'All 2 requirements are met.' },
    });
    expect(assembled([...all.slice(0, 2), skippedManifestCheck(LATER, 'interrupted')], true)).toMatchObject({
      verdict: 'warn',
      partial: true,
    });
  });
});

it.each([
  [['pass', 'pass'], 'pass'],
  [['pass', 'warn'], 'warn'],
  [['skip', 'warn'], 'warn'],
  [['skip', 'fail'], 'fail'],
  [['skip', 'pass'], 'skip'],
  [[], 'skip'],
] as const)('of %j as parts the whole is %s', (parts, whole) => {
  expect(statusOfAll(parts)).toBe(whole);
});
