import { Parser } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INTERNAL } from '../../src/model/failure-code.js';
import type { Report } from '../../src/model/report.js';
import { renderTap } from '../../src/render/tap.js';
import { visibleText } from '../../src/render/visible.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { healthy, oneFault, partial, REPORTS } from '../fakes/reports.js';
import { actingCharacter } from './readers.js';

interface Assert {
  ok: boolean;
  name: string;
  skip: string | boolean;
  todo: string | boolean;
  diag: Record<string, unknown> | null;
}

interface Ended {
  ok: boolean;
  count: number;
  bailout: string | boolean;
  failures: { tapError: string | null }[];
}

/** As a reader of other people sees it: in strict mode, where every line that is not TAP is a failure. */
function read(report: Report) {
  const text = renderTap(report).replace('TAP version 14\n', 'TAP version 14\npragma +strict\n');
  const events = Parser.parse(text) as [string, unknown][];
  const asserts = events.flatMap(([kind, value]) => (kind === 'assert' ? [value as Assert] : []));
  const ended = events.find(([kind]) => kind === 'complete')?.[1] as Ended | undefined;
  if (ended === undefined) throw new Error('the reader came to no end');
  return { asserts, ended, version: events.find(([kind]) => kind === 'version')?.[1] };
}

describe.each([
  ...Object.entries(REPORTS),
  ['all hostile', () => reportOf(HOSTILE_TEXTS)] as const,
  ['anything', () => reportOf(ANY_TEXTS)] as const,
])('TAP of "%s"', (_name, make) => {
  it('is read as version 14, with a point for each check and nothing else', () => {
    const { asserts, ended, version } = read(make());
    expect(version).toBe(14);
    expect(asserts).toHaveLength(make().checks.length);
    expect(ended.failures.filter(({ tapError }) => tapError !== null)).toEqual([]);
  });

  it('gives every check back from its YAML', () => {
    const blocks = [...renderTap(make()).matchAll(/^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/gm)].map(([, yaml = '']) =>
      parse(yaml.replace(/^ {2}/gm, '')),
    );
    const facts = make().checks.map((check) =>
      Object.fromEntries(Object.entries(check).filter(([name, value]) => value !== null && name !== 'title')),
    );
    expect(blocks).toHaveLength(facts.length);
    blocks.forEach((block, index) => {
      expect(block).toMatchObject(facts[index] ?? {});
    });
  });

  it('has nothing that acts on a terminal', () => {
    expect(actingCharacter(renderTap(make()))).toBeNull();
  });
});

describe('TAP', () => {
  it('makes fail "not ok", skip a SKIP and warn a TODO, so that warnings are seen and fail nothing', () => {
    const { asserts, ended } = read(oneFault());
    const one = (part: string) => asserts.find(({ name }) => name.includes(part));
    expect(one('l3.mtu')).toMatchObject({ ok: false, todo: false, skip: false });
    expect(one('l7.dns')).toMatchObject({ ok: false, todo: 'warning: 198.51.100.7, 412 ms' });
    expect(one('l6.tls')).toMatchObject({ ok: true, skip: 'explained by path MTU' });
    expect(one('l4.port')).toMatchObject({ ok: true, todo: false, skip: false });
    expect(ended).toMatchObject({ ok: false, count: 8, fail: 2, todo: 1, skip: 1 });
    expect(renderTap(oneFault())).toContain('# cause: mtu-blackhole, 96 % sure: Packets over 1400 bytes vanish');
  });

  it('is well where warnings are all that there is', () => {
    const report = oneFault();
    const checks = report.checks.filter(({ status }) => status !== 'fail');
    expect(read({ ...report, checks }).ended.ok).toBe(true);
  });

  it('bails out of a run that was interrupted', () => {
    expect(read(partial()).ended.bailout).toBe('interrupted: this is what was measured by then');
  });

  it('says that nothing was judged where there is no check', () => {
    expect(renderTap({ ...healthy(), checks: [] })).toMatch(/^TAP version 14\n1\.\.0 # SKIP nothing was judged\n/);
    expect(read({ ...healthy(), checks: [] }).ended).toMatchObject({ ok: true, count: 0 });
  });

  it('fails a check that netdiag itself could not make', () => {
    const report = healthy();
    const attempt = { kind: 'failed', step: 'configure', code: INTERNAL, message: 'x is not a function' } as const;
    const measurements = report.measurements.map((entry) => (entry.probe === 'tls' ? { ...entry, attempt } : entry));
    const checks = report.checks.map((entry) => (entry.id === 'l6.tls' ? { ...entry, status: 'skip' as const } : entry));
    const { asserts } = read({ ...report, measurements, checks });
    expect(asserts.find(({ name }) => name.includes('l6.tls'))).toMatchObject({
      ok: false,
      diag: { severity: 'error', message: 'x is not a function' },
    });
  });

  it('gives titles and reasons of an adversary back as they are, made visible', () => {
    const { asserts } = read(reportOf(HOSTILE_TEXTS));
    const skipped = asserts.filter(({ skip }) => skip !== false);
    expect(skipped).toHaveLength(HOSTILE_TEXTS.length);
    skipped.forEach(({ name }, index) => {
      const text = HOSTILE_TEXTS[index] ?? '';
      const title = visibleText(`${text} (l7.skip@${index} ${text})`).trim();
      expect(name.trim()).toBe(title);
    });
  });
});
