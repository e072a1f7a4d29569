import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../../src/model/measurement.js';
import { diffReports } from '../../../src/report/diff/index.js';
import { healthy } from '../../fakes/reports.js';
import { hop, routeData, withMeasurement } from '../../fakes/two-reports.js';

type Hops = Parameters<typeof routeData>[0];

const path = (hops: Hops, fields: Partial<DataOf<'route'>> = {}, method = 'icmp') =>
  withMeasurement(healthy(), 'route', routeData(hops, fields), { method });

const BASE = [hop(1, '192.0.2.1'), hop(2, '203.0.113.1'), hop(3, '198.51.100.1'), hop(4, '198.51.100.7')];

/** `kind before>after` of each hop that is told. */
function changes(before: Hops, after: Hops, fields: Partial<DataOf<'route'>> = {}): string[] {
  const { routes } = diffReports(path(before), path(after, fields));
  return routes.flatMap(({ hops }) =>
    hops.map(({ kind, before: earlier, after: later }) => `${kind} ${earlier?.addresses ?? ''}>${later?.addresses ?? ''}`),
  );
}

describe('a path', () => {
  it('is the same as itself, whoever keeps silent this time', () => {
    expect(changes(BASE, BASE)).toEqual([]);
    expect(changes(BASE, [hop(1, '192.0.2.1'), hop(2), hop(3, '198.51.100.1'), hop(4, '198.51.100.7')])).toEqual([]);
    expect(changes([hop(1), ...BASE.slice(1)], BASE)).toEqual([]);
  });

  it('with another router in a place is another path', () => {
    expect(changes(BASE, [BASE[0] ?? hop(1), hop(2, '100.64.9.9'), ...BASE.slice(2)])).toEqual(['other 203.0.113.1>100.64.9.9']);
  });

  it('with one router more has that one alone as new, and all behind it are as they were', () => {
    const longer = [hop(1, '192.0.2.1'), hop(2, '100.64.9.9'), hop(3, '203.0.113.1'), hop(4, '198.51.100.1'), hop(5, '198.51.100.7')];
    expect(changes(BASE, longer)).toEqual(['new >100.64.9.9']);
    expect(changes(longer, BASE)).toEqual(['gone 100.64.9.9>']);
  });

  it('is the same where a router is one of several that share the load', () => {
    const both = [hop(1, '192.0.2.1'), hop(2, '203.0.113.1', '203.0.113.2'), ...BASE.slice(2)];
    expect(changes(BASE, both)).toEqual([]);
    expect(changes(both, [hop(1, '192.0.2.1'), hop(2, '203.0.113.2'), ...BASE.slice(2)])).toEqual([]);
  });

  it('by a neighbour of the router is told as parallel, and counts as no change', () => {
    const beside = [hop(1, '192.0.2.1'), hop(2, '203.0.113.9'), ...BASE.slice(2)];
    const diff = diffReports(path(BASE), path(beside));
    expect(diff).toMatchObject({ outcome: 'same', routes: [{ kind: 'parallel', hops: [{ kind: 'parallel' }] }] });
  });

  it('by another gateway is another path, in the same network too', () => {
    expect(changes(BASE, [hop(1, '192.0.2.254'), ...BASE.slice(1)])).toEqual(['other 192.0.2.1>192.0.2.254']);
  });

  it('knows the routers of other flows and of earlier cycles', () => {
    const other = [hop(1, '192.0.2.1'), hop(2, '100.64.9.9'), ...BASE.slice(2)];
    expect(changes(BASE, other, { flows: [{ flow: 1, hops: [{ ttl: 2, address: '203.0.113.1' }] }] })).toEqual([]);
    expect(changes(BASE, other, { changes: [{ ttl: 2, cycle: 1, from: '203.0.113.1', to: '100.64.9.9' }] })).toEqual([]);
  });

  it('that broke off has no other end', () => {
    expect(changes(BASE, BASE.slice(0, 2), { reached: false })).toEqual([]);
    expect(changes(BASE, BASE.slice(0, 2), { reached: true })).toEqual(['gone 198.51.100.1>', 'gone 198.51.100.7>']);
  });

  it('followed by another method is not compared, and that is said', () => {
    const diff = diffReports(path(BASE), path([hop(1, '192.0.2.1')], {}, 'tcp'));
    expect(diff.routes).toEqual([]);
    expect(diff.notes).toEqual(['The path to app.example.net:443 was followed by icmp before and by tcp now: it is not compared.']);
  });

  it('of absurd length and width takes no time', () => {
    const absurd = Array.from({ length: 3000 }, (_, index) =>
      hop(index + 1, ...Array.from({ length: 200 }, (_unused, k) => `10.${index % 256}.0.${k}`)),
    );
    const started = performance.now();
    diffReports(path(absurd), path([...absurd].reverse()));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
