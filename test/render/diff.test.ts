import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import type { ReportDiff } from '../../src/model/report-diff.js';
import { renderDiff } from '../../src/render/diff.js';
import { diffReports } from '../../src/report/diff/index.js';
import { healthy, hostile, oneFault, partial, severalTargets } from '../fakes/reports.js';
import { brokenSince, near, withRoundTrips } from '../fakes/two-reports.js';

const { before, after } = brokenSince();

/** Everything that a peer can put into a report, as differences. */
function hostileDiff(): ReportDiff {
  const evil =
    '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\u2066\r\nFAKE: pass\u0000\u007f\u2028\ud800 日本語 <script>alert(1)</script> | `x` ![p](http://a.example) @root #1';
  const diff = diffReports(healthy(), hostile());
  return {
    ...diff,
    command: evil,
    after: { ...diff.after, hostname: evil, version: evil },
    checks: diffReports(healthy(), oneFault()).checks.map((check) => ({ ...check, title: evil, target: evil, note: evil })),
    facts: [{ topic: 'names', target: evil, subject: evil, isSet: true, before: [evil], after: [evil, 'b'], removed: [], added: [evil] }],
    routes: [
      { target: evil, method: 'icmp', kind: 'changed', hops: [{ kind: 'new', before: null, after: { ttl: 3, addresses: [evil] } }] },
    ],
    notes: [evil],
    onlyAfter: { targets: [evil], probes: [] },
  };
}

const MAKERS: Readonly<Record<string, () => ReportDiff>> = {
  broken: () => diffReports(before, after),
  mended: () => diffReports(after, before),
  same: () => diffReports(healthy(), healthy()),
  'few-values': () => diffReports(withRoundTrips(healthy(), near(20, 5, 1)), withRoundTrips(partial(), near(60, 5, 2))),
  targets: () => diffReports(healthy(), severalTargets()),
  hostile: hostileDiff,
};

const DIFFS: Readonly<Record<string, ReportDiff>> = Object.fromEntries(Object.entries(MAKERS).map(([name, make]) => [name, make()]));

const options = (width: number, unicode = true) => ({ width, color: 0, unicode }) as const;
const table = (diff: ReportDiff, width: number, unicode = true) => renderDiff(diff, 'table', options(width, unicode));

/** Columns that the widest line takes on a terminal, as the table library counts them: wide characters are two. */
function columns(text: string): number {
  const made = new CliTable({ style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  made.push(...text.split('\n').map((line) => [line]));
  return (made.toString().split('\n', 1)[0]?.length ?? 0) - 2;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])/;

describe.each(Object.entries(DIFFS))('the comparison "%s"', (name, diff) => {
  it.each([80, 120])('is this table in %i columns', async (width) => {
    await expect(await table(diff, width)).toMatchFileSnapshot(`../golden/diff/${name}.${width}.txt`);
  });

  it('is this JSON, and reads back', async () => {
    const text = await renderDiff(diff, 'json', options(80));
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(diff)));
    expect(text).not.toMatch(RAW);
    await expect(text).toMatchFileSnapshot(`../golden/diff/${name}.json`);
  });

  it('is this Markdown', async () => {
    await expect(await renderDiff(diff, 'markdown', options(80))).toMatchFileSnapshot(`../golden/diff/${name}.md`);
  });

  it.each([40, 80, 120])('has no line longer than %i columns', async (width) => {
    for (const unicode of [true, false]) expect(columns(await table(diff, width, unicode))).toBeLessThanOrEqual(width);
  });

  it('is ASCII alone without UTF-8, says the same in colour, and lets nothing act on a terminal', async () => {
    const plain = await table(diff, 80);
    expect(await table(diff, 80, false)).toMatch(/^[\n -~]*$/);
    const coloured = await renderDiff(diff, 'table', { width: 80, color: 3, unicode: true });
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, '')).toBe(plain);
    expect(plain).not.toMatch(RAW);
    expect(plain).toMatch(/[^\n]\n$/);
    expect(plain).not.toMatch(/ $|null|NaN|undefined/m);
  });
});

describe('the table of a comparison', () => {
  it('names both reports, and ends with what it comes to', async () => {
    const text = await table(diffReports(before, after), 120);
    expect(text).toMatch(
      /^netdiag diff of two reports of full-report app\.example\.net:443\n before +2025-03-04 05:06:07 UTC on vps-2, by netdiag 0\.1\.0: pass\n/,
    );
    expect(text).toMatch(/\n\n✗ WORSE: \d+ worse, 0 better, \d+ otherwise changed; [^\n]+\n[^\n]*cannot be told\.\n$/);
    expect(await table(diffReports(healthy(), healthy()), 120)).toContain('✓ THE SAME: 0 worse, 0 better, 0 otherwise changed');
  });

  it('has the check, the shift with its interval, the certificate, the router and the answer', async () => {
    const text = (await table(diffReports(before, after), 120)).replace(/\s+/g, ' ');
    expect(text).toContain('path MTU pass → fail, mtu-blackhole');
    expect(text).toMatch(/round trip 21\.\d ms → 44\.\d ms \+23\.\d ms \(\+\d\d\.\d ms to \+\d\d\.\d ms, 95 % sure\)/);
    expect(text).toContain('issuer: CN=Example Issuing CA 1 → CN=Other Issuing CA 3');
    expect(text).toContain('A app.example.net: 198.51.100.7 → 198.51.100.9');
    expect(text).toContain('hop 1: 192.0.2.1 → 192.0.2.254');
    expect(text).toContain('hop 3: 203.0.113.65 → 203.0.113.77 (beside it, as where load is spread)');
  });

  it('says what cannot be told, and why', async () => {
    const text = (await table(DIFFS['few-values'] ?? diffReports(before, after), 120)).replace(/\s+/g, ' ');
    expect(text).toContain('cannot tell There are 5 and 5 values, and 8 of each are the least that shows anything.');
  });

  it('stays short however much is different', async () => {
    const many: Report = {
      ...healthy(),
      checks: Array.from({ length: 1000 }, (_, index) => ({
        ...(healthy().checks[0] as Report['checks'][number]),
        id: `l4.port@a:${index}`,
      })),
    };
    const text = await table(diffReports(healthy(), many), 80);
    expect(text.split('\n').length).toBeLessThan(120);
    expect(text).toMatch(/and \d+ more, which the JSON has/);
    expect((await renderDiff(diffReports(healthy(), many), 'markdown', options(80))).length).toBeLessThan(33_000);
  });
});

describe('the Markdown of a comparison', () => {
  it('lets nothing of a peer come alive', async () => {
    const text = await renderDiff(hostileDiff(), 'markdown', options(80));
    expect(text).not.toMatch(RAW);
    const outside = text.replace(/(`+)[^`](?:[\s\S]*?[^`])?\1(?!`)/g, '');
    expect(outside).not.toMatch(/<script|!\[|\]\(|@root|#1\b|http:/);
    expect(outside).not.toMatch(/<(?!br>)/);
  });

  it('has three cells in every row', async () => {
    const rows = (await renderDiff(hostileDiff(), 'markdown', options(80))).split('\n').filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});
