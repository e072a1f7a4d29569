import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Metric, type Policy, TRADING_POLICY } from '../../src/model/policy.js';
import { type Check, type Report, reportSchema } from '../../src/model/report.js';
import { budgetOf } from '../../src/probes/budget.js';
import { renderTable } from '../../src/render/table.js';
import { check, healthy, severalTargets } from '../fakes/reports.js';

const TARGET = 'app.example.net:443';

function judged(title: string, metric: Metric, value: number, fields: Partial<Check> = {}, policy: Policy = TRADING_POLICY): Check {
  const grades = policy[metric];
  if (grades === null) throw new Error(`no grades for ${metric}`);
  const layer = fields.layer ?? 3;
  return check(`l${layer}.${title}`, { layer, title, target: TARGET, budget: budgetOf(metric, value, grades), ...fields });
}

const CHECKS: Check[] = [
  check('l2.interface', { layer: 2, title: 'eth0', observed: 'up, 1 Gbit/s, no errors' }),
  judged('gateway 192.0.2.1', 'gatewayRttMs', 0.4, { target: null, observed: '0.400 ms, 0 of 10 lost', expected: 'under 10 ms' }),
  judged('latency', 'rttMs', 14.2, { observed: '14.2 ms (p95 15.1 ms, max 16.0 ms)', expected: 'under 20 ms' }),
  judged('jitter', 'jitterMs', 0.31, { observed: '0.310 ms', expected: 'under 5 ms' }),
  judged('loss', 'lossRatio', 0.01, {
    status: 'warn',
    observed: '1 of 100 lost (0.03 % to 5.4 %, 95 % sure): too few to tell if above 0.1 %',
    expected: 'at most 0.1 %',
  }),
  judged('path MTU', 'expectedMtuBytes', 1400, { observed: '1400, announced by 192.0.2.1', expected: '1500, or announced' }),
  judged('TCP 443 https', 'tcpConnectMs', 112.9, { layer: 4, status: 'warn', observed: 'open, 113 ms', expected: 'open, under 20 ms' }),
  judged('TLS handshake', 'tlsHandshakeMs', 257.5, { layer: 6, status: 'fail', observed: '258 ms', expected: 'under 100 ms' }),
  judged('certificate dates', 'certificateRemainingDays', 58, {
    layer: 6,
    observed: 'until 2025-05-01, 58 days left',
    expected: 'more than 14 days left',
  }),
  judged('HTTP', 'firstByteMs', 39, {
    layer: 7,
    status: 'fail',
    observed: 'status 503, first byte after 39.0 ms',
    expected: 'no error, under 50 ms',
  }),
  judged('name app.example.net', 'dnsQueryMs', 75.7, { layer: 7, status: 'skip', because: 'explained by another' }),
];

const trading = (): Report => ({ ...healthy(), policy: 'trading', checks: CHECKS, verdict: 'fail' });
const table = (report: Report, width: number, unicode = true) => renderTable(report, { width, color: 0, unicode });
const HEADING = 'Against the grades of';

/** The lines of the grades alone. */
function grades(report: Report, width = 80, unicode = true): string[] {
  const lines = table(report, width, unicode).split('\n');
  const start = lines.findIndex((line) => line.startsWith(HEADING));
  return start < 0 ? [] : lines.slice(start, lines.indexOf('', start));
}

it('the report is one that the schema allows', () => {
  expect(reportSchema.safeParse(trading()).error?.issues ?? []).toEqual([]);
});

it.each([80, 120])('looks the same as before in %i columns', async (width) => {
  await expect(table({ ...trading(), measurements: [] }, width)).toMatchFileSnapshot(`../golden/grades.${width}.txt`);
});

describe('what was measured against the grades', () => {
  it('has a line for each number that was judged, with the grade that it reaches', () => {
    const lines = grades(trading());
    const line = (title: string) =>
      lines
        .find((one) => one.includes(title))
        ?.replace(/ +/g, ' ')
        .trim();
    expect(line('latency')).toBe('✓ latency 14.2 ms 2 ms 20 ms 100 ms acceptable');
    expect(line('jitter')).toBe('✓ jitter 0.310 ms 0.5 ms 5 ms 20 ms objective');
    expect(line('path MTU')).toBe('✓ path MTU 1400 bytes 1500 bytes 1280 bytes 576 bytes acceptable');
    expect(line('TLS handshake')).toBe('✗ TLS handshake 258 ms 10 ms 100 ms 250 ms critical');
    expect(lines.at(-1)).toBe('   Where they come from: netdiag explain --profile trading');
  });

  it('holds no more against a number than its check does, and nothing that is not its fault', () => {
    const lines = grades(trading());
    // One packet of a hundred says too little to fail.
    expect(lines.find((one) => one.includes('loss'))).toMatch(/^ ! loss +1\.0 % .* missed$/);
    // The port is open: a slow connection only warns.
    expect(lines.find((one) => one.includes('TCP 443'))).toMatch(/^ ! .* critical$/);
    // The status is what is wrong, not the time.
    expect(lines.find((one) => one.includes('HTTP'))).toMatch(/^ ✓ .* acceptable$/);
    // It was not judged in the end.
    expect(lines.join('\n')).not.toContain('name app.example.net');
  });

  it('is shown only where other grades than the usual ones were asked for', () => {
    const usual = [judged('latency', 'rttMs', 14.2, {}, DEFAULT_POLICY)];
    expect(grades({ ...trading(), policy: 'default', checks: usual })).toEqual([]);
    expect(grades({ ...trading(), policy: 'default, budget given', checks: usual })[0]).toBe(`${HEADING} default, budget given`);
    expect(grades({ ...trading(), policy: 'default', checks: [...usual, judged('x', 'jitterMs', 1)] })).toHaveLength(4);
    expect(grades({ ...trading(), checks: [check('l2.x', { layer: 2, title: 'x' })] })).toEqual([]);
  });

  it('names no page for grades that are not built in, and lets nothing of their name act', () => {
    const lines = grades({ ...trading(), policy: 'of\u001b[31m the house' });
    expect(lines[0]).toBe(`${HEADING} of\\x1b[31m the house`);
    expect(lines.join('\n')).not.toContain('netdiag explain');
  });

  it('parts what is of this machine from the targets where there are several', () => {
    const report = severalTargets();
    const lines = grades({ ...report, policy: 'trading', checks: CHECKS });
    expect(lines).toContain(' This machine');
    expect(lines).toContain(` ${TARGET}`);
  });

  it.each([40, 60, 80, 120])('fits into %i columns, with what was measured and what is acceptable', (width) => {
    for (const unicode of [true, false]) {
      const lines = grades(trading(), width, unicode);
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.some((line) => /14\.2 ms .*20 ms/.test(line))).toBe(true);
      if (!unicode) expect(lines.join('')).toMatch(/^[ -~]*$/);
    }
  });

  it('says the same with colour as without', () => {
    const coloured = renderTable(trading(), { width: 80, color: 3, unicode: true });
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, '')).toBe(table(trading(), 80));
  });

  it('takes a metric that is not known here by the order of its grades', () => {
    const budget = { metric: 'of tomorrow', value: 3, unit: 'count' as const, objective: 9, acceptable: 5, critical: 1, source: '' };
    const lines = grades({ ...trading(), policy: 'default', checks: [check('l3.x', { layer: 3, title: 'x', status: 'warn', budget })] });
    expect(lines.find((line) => line.includes(' x '))?.replace(/ +/g, ' ')).toBe(' ! x 3 9 5 1 missed');
  });
});
