import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { renderGitlab } from '../../src/render/gitlab.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { check, healthy, oneFault, REPORTS, severalTargets } from '../fakes/reports.js';
import { actingCharacter } from './readers.js';

/** What GitLab asks of a Code Quality report. */
const validate = new Ajv().compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

const read = (report: Report) => JSON.parse(renderGitlab(report)) as Record<string, unknown>[];

describe.each([
  ...Object.entries(REPORTS),
  ['all hostile', () => reportOf(HOSTILE_TEXTS)] as const,
  ['anything', () => reportOf(ANY_TEXTS)] as const,
])('Code Quality of "%s"', (_name, make) => {
  it('is what GitLab takes, each entry with a fingerprint of its own', () => {
    const entries = read(make());
    expect(validate(entries), JSON.stringify(validate.errors)).toBe(true);
    expect(new Set(entries.map((entry) => entry['fingerprint'])).size).toBe(entries.length);
    expect(entries).toHaveLength(make().checks.filter(({ status }) => status === 'fail' || status === 'warn').length);
  });

  it('has nothing that acts on a terminal', () => {
    expect(actingCharacter(renderGitlab(make()))).toBeNull();
    expect(actingCharacter(JSON.stringify(read(make())))).toBeNull();
  });
});

describe('Code Quality', () => {
  it('is an empty list where nothing is wrong', () => {
    expect(renderGitlab(healthy())).toBe('[]\n');
  });

  it('makes the root cause critical and a warning minor, and names what was looked at', () => {
    expect(read(oneFault())).toMatchObject([
      {
        check_name: 'mtu-blackhole',
        severity: 'critical',
        description: 'path MTU: 1400 bytes, and 1401 vanish without a word · Expected: 1500 bytes · Do: ip link set dev eth0 mtu 1400',
        location: { path: 'app.example.net:443', lines: { begin: 1 } },
      },
      { check_name: 'dns-slow', severity: 'minor' },
    ]);
    const own = check('l2.interface@eth0', { layer: 2, title: 'eth0', status: 'fail', code: 'no-carrier', observed: 'no carrier' });
    expect(read({ ...healthy(), checks: [own] })).toMatchObject([{ severity: 'major', location: { path: 'vps-2' } }]);
  });

  it('keeps its fingerprints from run to run, whatever the numbers, and whatever else was looked at', () => {
    const [first] = read(oneFault());
    const report = oneFault();
    const later = report.checks.map((entry) =>
      entry.id === 'l3.mtu' ? { ...entry, observed: '1280 bytes', title: 'MTU', measurements: ['m77'] } : entry,
    );
    expect(read({ ...report, checks: later })[0]?.['fingerprint']).toBe(first?.['fingerprint']);
    const other = report.checks.map((entry) => (entry.id === 'l3.mtu' ? { ...entry, code: 'mtu-reduced' as const } : entry));
    expect(read({ ...report, checks: other })[0]?.['fingerprint']).not.toBe(first?.['fingerprint']);
    const failed = severalTargets().checks.map((entry) => ({ ...entry, status: 'fail' as const }));
    const prints = read({ ...severalTargets(), checks: failed }).map((entry) => entry['fingerprint']);
    expect(new Set(prints).size).toBe(failed.length);
  });
});
