import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../src/model/code.js';
import { INTERNAL } from '../../src/model/failure-code.js';
import type { Report } from '../../src/model/report.js';
import { renderSarif } from '../../src/render/sarif.js';
import { sarifText } from '../../src/render/sarif-rules.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { check, healthy, oneFault, partial, REPORTS, severalTargets } from '../fakes/reports.js';
import { actingCharacter } from './readers.js';

interface Message {
  text: string;
  markdown?: string;
}

interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: Message;
  locations: { logicalLocations: { index: number; fullyQualifiedName: string }[]; physicalLocation?: unknown }[];
  fingerprints: Record<string, string>;
  rank?: number;
  properties: Record<string, unknown>;
}

interface SarifRun {
  tool: { driver: { name: string; version: string; rules: { id: string; help?: Message; fullDescription?: Message }[] } };
  invocations: {
    executionSuccessful: boolean;
    startTimeUtc: string;
    endTimeUtc: string;
    toolExecutionNotifications: { level: string; message: Message }[];
  }[];
  logicalLocations: { fullyQualifiedName: string }[];
  results: SarifResult[];
  properties: Record<string, unknown>;
}

function read(report: Report): SarifRun {
  const log = JSON.parse(renderSarif(report)) as { version: string; runs: SarifRun[] };
  expect(log.version).toBe('2.1.0');
  const [run, ...others] = log.runs;
  expect(others).toEqual([]);
  if (run === undefined) throw new Error('no run');
  return run;
}

/** The schema of the standard. Its draft has other words for the same keywords of the schema itself. */
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(new URL('../schemas/sarif-2.1.0.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

/** A failing check of every code that there is. */
const everyCode = (): Report => ({
  ...healthy(),
  verdict: 'fail',
  checks: CODES.map((code, index) => check(`l7.x@${index}`, { layer: 7, title: code, status: 'fail', code, observed: 'x' })),
});

describe.each([
  ...Object.entries(REPORTS),
  ['every code', everyCode] as const,
  ['all hostile', () => reportOf(HOSTILE_TEXTS)] as const,
  ['anything', () => reportOf(ANY_TEXTS)] as const,
])('SARIF of "%s"', (_name, make) => {
  it('is valid by the schema of the standard', () => {
    const valid = validate(JSON.parse(renderSarif(make())));
    expect(valid, JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it('has a rule and a logical place for each result, and no file', () => {
    const run = read(make());
    for (const { ruleId, ruleIndex, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations).toHaveLength(1);
      const [place] = locations[0]?.logicalLocations ?? [];
      expect(run.logicalLocations[place?.index ?? -1]?.fullyQualifiedName).toBe(place?.fullyQualifiedName);
    }
    expect(renderSarif(make())).not.toContain('physicalLocation');
  });

  it('has no placeholder and no link in a message, and nothing that acts on a terminal', () => {
    const run = read(make());
    const messages = [
      ...run.results.map(({ message }) => message.text),
      ...run.invocations.flatMap(({ toolExecutionNotifications }) => toolExecutionNotifications.map(({ message }) => message.text)),
      ...run.tool.driver.rules.flatMap(({ help }) => (help === undefined ? [] : [help.text])),
    ];
    for (const text of messages) {
      expect(text.replace(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
      expect(text).not.toContain('](');
      expect(actingCharacter(text.replaceAll('\n', ' '))).toBeNull();
    }
    expect(actingCharacter(renderSarif(make()))).toBeNull();
  });
});

describe('SARIF', () => {
  it('has what failed as errors and what warned as warnings', () => {
    const run = read(oneFault());
    expect(run.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['mtu-blackhole', 'error'],
      ['dns-slow', 'warning'],
    ]);
    expect(run.results[0]).toMatchObject({
      message: { text: 'path MTU: 1400 bytes, and 1401 vanish without a word.\nExpected: 1500 bytes\nDo: ip link set dev eth0 mtu 1400' },
      rank: 96,
      properties: { check: 'l3.mtu', layer: 3, target: 'app.example.net:443', observed: '1400 bytes, and 1401 vanish without a word' },
    });
    expect(run.logicalLocations).toEqual([
      { name: 'app.example.net:443', fullyQualifiedName: 'target/app.example.net:443', kind: 'resource' },
    ]);
    expect(run.properties).toMatchObject({ verdict: 'fail', diagnosis: [{ code: 'mtu-blackhole' }] });
  });

  it('explains each rule as netdiag explain does', () => {
    const rules = read(everyCode()).tool.driver.rules;
    expect(rules.map(({ id }) => id)).toEqual(CODES);
    for (const { help, fullDescription } of rules) {
      expect(fullDescription?.text.length).toBeGreaterThan(20);
      expect(help?.markdown).toMatch(/### Likely causes[\s\S]*### What to do/);
      // The standard forbids HTML there.
      expect(help?.markdown?.replace(/`[^`]*`/g, '')).not.toMatch(/(?<!\\)[<>]/);
    }
  });

  it('makes a rule of the kind of a check that names no code', () => {
    const report = { ...healthy(), checks: [check('l3.latency@x', { layer: 3, title: 'round trip', status: 'warn', observed: '200 ms' })] };
    expect(read(report)).toMatchObject({
      tool: { driver: { rules: [{ id: 'l3.latency', shortDescription: { text: 'round trip' } }] } },
      results: [{ ruleId: 'l3.latency', level: 'warning' }],
    });
  });

  it('keeps the fingerprints of findings from run to run', () => {
    const prints = (report: Report) => read(report).results.map(({ fingerprints }) => fingerprints['netdiag/check/v1']);
    const later = { ...oneFault(), startedAt: '2026-01-01T00:00:00.000Z' };
    expect(prints(later)).toEqual(prints(oneFault()));
    const failed = severalTargets().checks.map((entry) => ({ ...entry, status: 'fail' as const }));
    expect(new Set(prints({ ...severalTargets(), checks: failed })).size).toBe(failed.length);
  });

  it('says how the run went, apart from what it found', () => {
    expect(read(oneFault()).invocations).toMatchObject([
      {
        executionSuccessful: true,
        startTimeUtc: '2025-03-04T05:06:07.000Z',
        endTimeUtc: '2025-03-04T05:06:09.104Z',
        toolExecutionNotifications: [],
      },
    ]);
    expect(read(partial()).invocations).toMatchObject([{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'warning' }] }]);
    const attempt = { kind: 'failed', step: 'configure', code: INTERNAL, message: 'x is not a function' } as const;
    const measurements = healthy().measurements.map((entry) => (entry.probe === 'mtu' ? { ...entry, attempt } : entry));
    expect(read({ ...healthy(), measurements }).invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'Internal error in m5: x is not a function' } }],
      },
    ]);
  });

  it('doubles braces and pulls links apart', () => {
    expect(sarifText('nft { drop } [a](b) [2001:db8::1]:443')).toBe('nft {{ drop }} [a] (b) [2001:db8::1]:443');
  });
});
