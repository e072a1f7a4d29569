import { describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { classify, type Observed } from '../../src/probes/dns-comparison/classify.js';
import { dnsComparisonLines, dnsComparisonTable, firstAnswerLine } from '../../src/render/dns-comparison-table.js';
import { Layout } from '../../src/render/layout.js';
import { paletteFor } from '../../src/render/paint.js';
import { answers, known, SILENT, server, system } from '../probes/dns-comparison/rows.js';

const ROWS = [
  system('192.0.2.53', { ...answers('10.1.2.3'), label: null }),
  system('192.0.2.54', SILENT),
  known('Cloudflare', 'udp', { validated: true }),
  known('Google', 'https', { server: 'https://8.8.8.8/dns-query', coldMs: 84.25, warmMs: null }),
  server('2001:db8::5353', {
    ...answers('0.0.0.0'),
    extendedErrors: [{ code: 15, name: 'Blocked', text: '' }],
    label: 'a resolver with a long name',
  }),
];

function measurement(rows: readonly Observed[] = ROWS): MeasurementOf<'dns-comparison'> {
  return {
    ...{ id: 'm1', target: 'www.example.net', probe: 'dns-comparison', method: 'dns', startedAt: '2026-11-22T00:00:00.000Z' },
    ...{ durationMs: 500, stalledMs: 0, attempt: { kind: 'measured' } },
    data: { name: 'www.example.net', type: 'A', ...classify(rows, 'A') },
  };
}

const table = (width: number, rows?: readonly Observed[]) =>
  dnsComparisonTable(measurement(rows), new Layout({ width, unicode: true }), paletteFor(0), 2);

describe('the table of a comparison', () => {
  it('at 80 columns', () => {
    expect(`\n${table(80).join('\n')}\n`).toMatchInlineSnapshot(`
      "
        server                     first     p50  p95 ms  lost  answer
        192.0.2.53                  20.0    10.0    10.0   0/9  10.1.2.3 · inner view
        192.0.2.54                                         2/2  no answer within 4000
                                                                ms
        Cloudflare 1.1.1.1          20.0    10.0    10.0   0/9  192.0.2.80 · validated
        Google https://8.8.8.8      84.3                   0/9  192.0.2.80
        a resolver with a long      20.0    10.0    10.0   0/9  0.0.0.0 · filtered ·
        name 2001:db8::5353                                     Blocked
      "
    `);
  });

  it('at 120 columns', () => {
    expect(`\n${table(120).join('\n')}\n`).toMatchInlineSnapshot(`
      "
        server                                  first     p50  p95 ms  lost  answer
        192.0.2.53                               20.0    10.0    10.0   0/9  10.1.2.3 · inner view
        192.0.2.54                                                      2/2  no answer within 4000 ms
        Cloudflare 1.1.1.1                       20.0    10.0    10.0   0/9  192.0.2.80 · validated
        Google https://8.8.8.8                   84.3                   0/9  192.0.2.80
        a resolver with a long name              20.0    10.0    10.0   0/9  0.0.0.0 · filtered · Blocked
        2001:db8::5353
      "
    `);
  });

  it('fits, with fewer times where there is no room', () => {
    for (const width of [120, 80, 60, 40]) expect(Math.max(...table(width).map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(table(40)[0]).not.toMatch(/p50|p95/);
  });

  it('never shows a time that was not measured, and is empty where nobody was asked', () => {
    expect(table(120).find((line) => line.includes('192.0.2.54'))).toMatch(/^ +192\.0\.2\.54 +2\/2 +no answer within 4000 ms$/);
    expect(table(80, [])).toEqual([]);
  });

  it('says above it what is true and what was found', () => {
    expect(dnsComparisonLines(measurement().data)).toEqual([
      'www.example.net A: 192.0.2.80 · 4 of 5 servers answer, 3 groups',
      'filtering: a resolver with a long name (2001:db8::5353): 0.0.0.0 (Blocked)',
      'split horizon: 192.0.2.53: 10.1.2.3',
    ]);
    expect(dnsComparisonLines(measurement([]).data)).toEqual(['www.example.net A']);
  });

  it('is bounded, whatever a server sends', () => {
    const many = answers(...Array.from({ length: 3000 }, (_, index) => `v=${index}${'x'.repeat(500)}`));
    const rows = Array.from({ length: 10 }, (_, index) => server(`192.0.2.${index}`, { ...many, ttl: null }));
    const text = dnsComparisonLines({ ...measurement(rows).data, type: 'TXT' }).join('\n');
    expect(text.length).toBeLessThan(5000);
    expect(table(80, rows).length).toBeLessThan(10 * 25);
  });
});

describe('an answer as it comes', () => {
  const line = (row: Observed) => firstAnswerLine({ name: 'www.example.net', type: 'A', row, afterMs: 53.4 });
  it('says who said what, and when', () => {
    expect(line(known('Cloudflare'))).toBe('53.4 ms Cloudflare 1.1.1.1: www.example.net A: 192.0.2.80');
    expect(line(server('192.0.2.53', SILENT))).toBe('53.4 ms 192.0.2.53: www.example.net A: no answer within 4000 ms');
    expect(line(server('192.0.2.53', answers()))).toContain('no such record');
  });
});
