import { describe, expect, it } from 'vitest';
import { placeLosses } from '../../src/diagnosis/loss-place.js';
import { lossInterval } from '../../src/model/loss-interval.js';
import type { Measurement } from '../../src/model/measurement.js';
import { lossNotTried } from '../../src/probes/loss/measure.js';
import { check } from '../fakes/reports.js';
import { routeHop, routeMeasurement } from '../fakes/route.js';

const TARGET = '203.0.113.9';
const ROUTERS = ['10.0.0.1', '10.9.9.9'];

function loss(id: string, target: string | null, address: string, lost: number, path: object | null = null): Measurement {
  const lostOnes = Array.from({ length: 100 }, (_, index) => index % 5 === 0 && index / 5 < lost);
  const interval = lossInterval(lostOnes);
  const base = lossNotTried(address, { kind: 'skipped', because: '' }).data;
  const data = { ...base, sent: 100, received: 100 - lost, lost, lossRatio: lost / 100, interval, path };
  return { ...routeMeasurement(), id, probe: 'loss', target, data } as unknown as Measurement;
}

const own = loss('m2', 'a', TARGET, 20);
const route = { ...routeMeasurement({ hops: [...ROUTERS, TARGET].map((address, at) => routeHop(at + 1, address)) }), target: 'a' };
const lossy = check('l3.loss@a', {
  layer: 3,
  title: 'loss',
  target: 'a',
  status: 'fail',
  code: 'loss-upstream',
  observed: '20 of 100 lost',
  measurements: ['m2'],
});
const placed = (...measurements: Measurement[]) => {
  const [made] = placeLosses([lossy], [own, ...measurements]);
  return [made?.code, made?.observed];
};

describe('a loss', () => {
  it('is the target’s where the router before it loses nothing', () => {
    expect(placed(route, loss('m4', null, '10.0.0.1', 0), loss('m5', null, '10.9.9.9', 0))).toEqual([
      'loss-target',
      '20 of 100 lost; at the target only: 0 of 100 echoes to hop 2 (10.9.9.9) are lost',
    ]);
  });

  it('begins beyond the last router that loses nothing', () => {
    expect(placed(route, loss('m4', null, '10.0.0.1', 0), loss('m5', null, '10.9.9.9', 20))).toEqual([
      'loss-upstream',
      '20 of 100 lost; beyond hop 1: 0 of 100 echoes to hop 1 (10.0.0.1) are lost',
    ]);
  });

  it('stays where it was where no router tells', () => {
    const unknown = ['loss-upstream', '20 of 100 lost'];
    expect(placed(route)).toEqual(unknown);
    expect(placed(loss('m5', null, '10.9.9.9', 0))).toEqual(unknown);
    expect(placed(route, loss('m4', null, '10.0.0.1', 20), loss('m5', null, '10.9.9.9', 100))).toEqual(unknown);
  });

  it('is where the packets of a limited reach have shown it', () => {
    const start = { ttl: 1, address: '10.0.0.1', after: null, place: 'local', probabilityRatio: 0.99, interval: null };
    expect(placed(loss('m9', 'a', TARGET, 20, { hops: [], start, because: null }))).toEqual([
      'loss-local',
      '20 of 100 lost; from hop 1 (10.0.0.1) on',
    ]);
  });
});
