import { describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { Layout } from '../../src/render/layout.js';
import { paletteFor } from '../../src/render/paint.js';
import { routeTable } from '../../src/render/route-table.js';
import { routeLines } from '../../src/render/route-text.js';
import { routeHop, routeMeasurement } from '../fakes/route.js';

const label = (number: number) => ({ label: number, trafficClass: 0, bottomOfStack: true, ttl: 1 });
const PATH: Partial<MeasurementOf<'route'>['data']> = {
  hops: [
    routeHop(1, '10.0.0.1', { routers: [{ address: '10.0.0.1', hostname: 'gw.example.net', received: 3, mpls: [] }] }),
    routeHop(2, null),
    routeHop(3, '10.0.0.3', {
      received: 2,
      lossRatio: 1 / 3,
      addresses: ['10.0.0.3', '10.0.9.3'],
      routers: [
        { address: '10.0.0.3', hostname: null, received: 1, mpls: [label(24_001), label(17)] },
        { address: '10.0.9.3', hostname: 'ae1.core.example.net', received: 1, mpls: [] },
      ],
    }),
    routeHop(4, '203.0.113.9', { rttMs: { min: 0.0404, mean: 1, p50: 21.25, p95: 1, p99: 1, max: 1234, stddev: 1 } }),
  ],
};

function table(width: number, data = PATH): string[] {
  return routeTable(routeMeasurement(data), new Layout({ width, unicode: true }), paletteFor(0), 2);
}

describe('the table of a path', () => {
  it('at 80 columns', () => {
    expect(table(80).join('\n')).toMatchInlineSnapshot(`
      "   hop  router                               answered     best   median worst ms
           1  10.0.0.1 gw.example.net                   3/3     1.00     1.50     4.00
           2  no answer                                 0/3
           3  10.0.0.3 · MPLS 24001/17 ·                2/3     3.00     3.50     6.00
              leaves some unanswered
              also 10.0.9.3 ae1.core.example.net ·
              1 answered
           4  203.0.113.9                               3/3    0.040     21.3     1234"
    `);
  });

  it('fits in 120, 60 and 40 columns, with fewer times where there is no room', () => {
    for (const width of [120, 60, 40, 20]) expect(Math.max(...table(width).map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(table(120)[0]).toMatch(/best +median +worst ms$/);
    expect(table(60)[0]).toMatch(/median +worst ms$/);
    expect(table(40)[0]).not.toMatch(/best|worst/);
    expect(table(50)[0]).toMatch(/answered median ms$/);
  });

  it('never shows a time that was not measured', () => {
    const [, , silent] = table(80);
    expect(silent).toMatch(/^ +2 +no answer +0\/3$/);
  });

  it('says what a hop refused, and how often it was asked where that is known', () => {
    const refusal = { from: '10.0.0.2', type: 3, code: 13, meaning: 'prohibited', count: 3 };
    const refused = routeHop(2, '10.0.0.2', { errors: [refusal], sent: null, lossRatio: null });
    const [, , hop] = table(80, { hops: [routeHop(1, '10.0.0.1'), refused] });
    expect(hop).toMatch(/10\.0\.0\.2 · !X prohibited +3 /);
  });

  it('escapes names that came from the network, and cuts none into another column', () => {
    const hostname = `\u001b[31mroot\u202e${'x'.repeat(240)}`;
    const hostile = routeHop(1, '10.0.0.1', { routers: [{ address: '10.0.0.1', hostname, received: 3, mpls: [] }] });
    const lines = table(80, { hops: [hostile] });
    expect(lines.join('')).toContain('\\x1b[31mroot\\u202e');
    expect(lines.join('')).not.toContain('\u001b');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('the words of a path', () => {
  it.each([
    [{}, ['203.0.113.9 in 2 hops · 3 cycles · ICMP, kernel clock']],
    [
      { reached: false, end: { reason: 'silence', from: null, meaning: null }, constantFlow: false, foreign: 2 },
      [
        '203.0.113.9 not reached: silence beyond hop 2 · 3 cycles · ICMP, kernel clock · each packet a flow of its own · 2 stray answers ignored',
      ],
    ],
    [
      {
        tried: [
          { method: 'icmp', port: null, fromTtl: 1, reached: false },
          { method: 'udp', port: 33_434, fromTtl: 2, reached: null },
          { method: 'tcp', port: 443, fromTtl: 2, reached: true },
        ],
        changes: [{ ttl: 1, cycle: 2, from: '10.0.0.1', to: '10.0.0.2' }],
      },
      [
        '203.0.113.9 in 2 hops · 3 cycles · ICMP, kernel clock',
        'answered by the target: TCP 443 · not answered: ICMP · given up: UDP 33434 · hops before 2 found by ICMP',
        'hop 1 changed in cycle 2: 10.0.0.1 to 10.0.0.2',
      ],
    ],
    [
      {
        flows: [1, 2, 3].map((flow) => ({
          flow,
          hops: [
            { ttl: 1, address: flow === 2 ? null : '10.0.0.1' },
            { ttl: 2, address: '203.0.113.9' },
          ],
        })),
      },
      ['203.0.113.9 in 2 hops · 3 cycles · ICMP, kernel clock', 'flows 1, 3: 10.0.0.1 203.0.113.9', 'flow 2: ? 203.0.113.9'],
    ],
  ] as [Partial<MeasurementOf<'route'>['data']>, string[]][])('%j', (data, lines) => {
    expect(routeLines(routeMeasurement(data))).toEqual(lines);
  });
});
