import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { FORMATS, type RenderOptions, renderReport } from '../../src/render/index.js';
import { diffReports } from '../../src/report/diff/index.js';
import { Redactor } from '../../src/report/redact/redact.js';
import { readStoredReport } from '../../src/report/stored-report.js';
import { HOSTILE_TEXTS } from '../fakes/hostile-report.js';
import { verified } from '../fakes/verified-report.js';
import { actingCharacter, readXml, schemaProblems, toolRefusal } from './readers.js';

const PLAIN: RenderOptions = { width: 100, color: 0, unicode: true };

describe('the report of a manifest', () => {
  it('is one that the schema allows, and is read again as it was stored', () => {
    expect(reportSchema.safeParse(verified()).error?.issues ?? []).toEqual([]);
    const stored = JSON.parse(JSON.stringify(verified()));
    expect(readStoredReport(stored)).toMatchObject({ ok: true, leftOut: [], report: verified() });
  });

  it.each([
    ['table', 'txt', PLAIN],
    ['table', '60-ascii.txt', { width: 60, color: 0, unicode: false }],
    ['table', '160.txt', { width: 160, color: 0, unicode: true }],
    ['markdown', 'md', PLAIN],
    ['html', 'html', PLAIN],
    ['junit', 'junit.xml', PLAIN],
  ] as const)('looks the same as before as %s (%s)', async (format, ending, options) => {
    await expect(await renderReport(verified(), format, options)).toMatchFileSnapshot(`../golden/verified.${ending}`);
  });

  it.each([40, 60, 80, 100])('has no line that is wider than %i columns', async (width) => {
    const text = await renderReport(verified(), 'table', { ...PLAIN, width });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
  });

  it('is a suite for each requirement, as JUnit has it', async (context) => {
    const refusal = toolRefusal('xmllint') ?? toolRefusal('python3');
    if (refusal !== null) context.skip(refusal);
    const text = await renderReport(verified(), 'junit', PLAIN);
    expect(schemaProblems(text, 'junit.xsd')).toBe('');
    const [document] = readXml([text]);
    const suites = document?.children.map(({ attributes, children }) => [
      attributes['name'],
      children.filter(({ name }) => name === 'testcase').map((one) => one.attributes['classname']),
    ]);
    expect(suites).toEqual([
      ['SYS-NETWORK-001: The service is near', ['TC-NETWORK-001', 'TC-NETWORK-001', 'TC-NETWORK-002']],
      ['SYS-NETWORK-002', ['TC-NETWORK-003', 'TC-NETWORK-004']],
    ]);
    expect(document?.attributes).toMatchObject({ tests: '5', failures: '2' });
  });
});

/** Whatever a manifest and its steps can say, said by somebody hostile; ids stay, so that all of it is shown. */
function hostile(turn: number): Report {
  const report = verified();
  let next = turn;
  const text = () => HOSTILE_TEXTS[next++ % HOSTILE_TEXTS.length] ?? '';
  return {
    ...report,
    manifest: { title: text(), files: [text()] },
    checks: report.checks.map((check) => ({ ...check, title: text(), observed: text(), expected: text(), because: text() })),
    requirements: (report.requirements ?? []).map((requirement) => ({
      ...requirement,
      text: text(),
      cases: requirement.cases.map((one) => ({
        ...one,
        text: text(),
        checks: one.checks.map((check) => ({
          ...check,
          run: text(),
          expectations: check.expectations.map((expectation) => ({ ...expectation, text: text(), observed: text(), because: text() })),
        })),
      })),
    })),
  };
}

describe('hostile words in a manifest', () => {
  it.each(FORMATS)('act on nothing as %s', async (format) => {
    for (let turn = 0; turn < 4; turn++) {
      const text = await renderReport(hostile(turn * 7), format, PLAIN);
      expect(actingCharacter(text)).toBeNull();
      if (format !== 'html') continue;
      const names: string[] = [];
      const visit = (node: { nodeName: string; childNodes?: unknown[] }): void => {
        names.push(node.nodeName);
        for (const inner of node.childNodes ?? []) visit(inner as { nodeName: string });
      };
      visit(parse(text));
      expect(names.filter((name) => /^(?:script|img|iframe|object|embed|form|input|base|link)$/.test(name))).toEqual([]);
    }
  });
});

describe('a manifest that is verified again', () => {
  it('is the same by its ids, on other targets too', () => {
    const later = {
      ...verified(),
      checks: verified().checks.map((check) => ({ ...check, target: check.target === null ? null : 'other.example:443' })),
    };
    expect(diffReports(verified(), later).checks).toEqual([]);
    const mended = {
      ...verified(),
      checks: verified().checks.map((check) => ({ ...check, target: 'other.example:443', status: 'pass' as const, code: null })),
    };
    expect(diffReports(verified(), mended).checks.map(({ id, kind }) => [id, kind])).toEqual([
      ['TC-NETWORK-001.grades', 'mended'],
      ['TC-NETWORK-002', 'mended'],
      ['TC-NETWORK-003', 'judged'],
      ['TC-NETWORK-004', 'mended'],
    ]);
  });
});

describe('a manifest that is redacted', () => {
  const redacted = (report: Report) => new Redactor(new Uint8Array(32).fill(9)).report(report);

  it('keeps ids of ordinary words, the ways into data and its shape, and leaves nothing out', () => {
    const { report, leftOut } = redacted(verified());
    expect(leftOut).toEqual([]);
    expect(reportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
    expect(report.requirements?.flatMap(({ id, cases }) => [id, ...cases.map((one) => one.id)])).toEqual(
      verified().requirements?.flatMap(({ id, cases }) => [id, ...cases.map((one) => one.id)]),
    );
    expect(report.checks.map(({ id }) => id)).toEqual(verified().checks.map(({ id }) => id));
    expect(report.checks[4]?.expected).toBe('websocket.rttMs.p99 at most 50 ms');
    expect(report.checks[3]?.because).toBe('it needs TC-NETWORK-002, which failed');
    const text = JSON.stringify(report);
    expect(text).not.toMatch(/app\.example\.net|192\.0\.2\.10/);
  });

  it('replaces what may be a name in an id, alike wherever it stands', () => {
    const named = JSON.parse(JSON.stringify(verified()).replaceAll('TC-NETWORK-002', 'TC-ACMECORP-002')) as Report;
    const { report } = redacted(named);
    expect(JSON.stringify(report).toLowerCase()).not.toContain('acmecorp');
    const id = report.checks[2]?.id ?? '';
    expect(id).toMatch(/^TC-word-\w+-002$/);
    expect(report.requirements?.[0]?.cases[1]?.id).toBe(id);
    expect(report.checks[3]?.because).toBe(`it needs ${id}, which failed`);
    for (const other of ['db-10-20-30-40', '10.20.30.40', 'acmecorp']) {
      const shown = redacted(JSON.parse(JSON.stringify(verified()).replaceAll('TC-NETWORK-002', other)) as Report).report.checks[2]?.id;
      expect(shown, other).not.toContain(other);
    }
  });
});
