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

  it('is the target’s also where the trace is a hop too long, since the packet that would have ended at the target was lost', () => {
    const long = { ...routeMeasurement({ hops: [...ROUTERS, null, TARGET].map((address, at) => routeHop(at + 1, address)) }), target: 'a' };
    const walk = loss('m9', 'a', TARGET, 20, {
      hops: [{ ttl: 1 }, { ttl: 2 }, { ttl: 3 }],
      start: null,
      because: 'all limit their answers',
    });
    expect(placed(long, loss('m5', null, '10.9.9.9', 0))).toMatchObject(['loss-upstream', expect.any(String)]);
    expect(placed(long, walk, loss('m5', null, '10.9.9.9', 0))).toMatchObject(['loss-target', expect.any(String)]);
  });

  it('of few packets is placed with all that were sent to the target together', () => {
    const few = loss('m2', 'a', TARGET, 7);
    const [alone] = placeLosses([lossy], [few, route, loss('m5', null, '10.9.9.9', 2)]);
    const [together] = placeLosses([lossy], [few, loss('m9', 'a', TARGET, 12), route, loss('m5', null, '10.9.9.9', 0)]);
    expect([alone?.code, together?.code]).toEqual(['loss-upstream', 'loss-target']);
  });

  it('on the own link is the target’s where the gateway loses nothing, and the link’s where it does', () => {
    const direct = { ...routeMeasurement({ hops: [routeHop(1, TARGET)] }), target: 'a' };
    const host = { ...routeMeasurement(), id: 'm1', probe: 'host', target: null, data: { defaultRoutes: [{ gateway: '203.0.113.1' }] } };
    const start = { ttl: 1, address: TARGET, after: null, place: 'local', probabilityRatio: 1, interval: null };
    const walk = loss('m9', 'a', TARGET, 20, { hops: [{ ttl: 1 }], start, because: null });
    const known = [direct, host as unknown as Measurement, walk];
    expect(placed(...known, loss('m5', null, '203.0.113.1', 0))).toEqual([
      'loss-target',
      '20 of 100 lost; at the target only: 0 of 100 echoes to 203.0.113.1 on the same link are lost',
    ]);
    expect(placed(...known, loss('m5', null, '203.0.113.1', 20))[0]).toBe('loss-local');
    expect(placed(...known)[0]).toBe('loss-local');
  });

  describe('of a target to which no router leads', () => {
    const known = (kind = 'ethernet', gateway: string | null = null) => {
      const lookup = { ...routeMeasurement(), id: 'm7', probe: 'route-lookup', target: 'a', attempt: { kind: 'measured' } };
      const data = { address: TARGET, interface: 'eth0', gateway, source: '203.0.113.5', loopback: false };
      const host = { defaultRoutes: [{ gateway: '203.0.113.1' }, { gateway: TARGET }], interfaces: [{ name: 'eth0', kind }] };
      return [
        { ...lookup, data },
        { ...routeMeasurement(), id: 'm1', probe: 'host', target: null, data: host },
      ] as unknown as Measurement[];
    };

    it('is of the link, be the target the gateway itself or beside one that loses too', () => {
      const [code, observed] = placed(...known(), loss('m5', null, TARGET, 20));
      expect([code, observed]).toEqual(['loss-local', '20 of 100 lost; no router is between']);
      expect(placed(...known(), loss('m5', null, '203.0.113.1', 15))[0]).toBe('loss-local');
      expect(placed(...known())[0]).toBe('loss-local');
    });

    it('is the target’s where the gateway on the same link loses none, be it by chance', () => {
      const [few] = placeLosses([lossy], [loss('m2', 'a', TARGET, 3), ...known(), loss('m5', null, '203.0.113.1', 0)]);
      expect(few?.code).toBe('loss-target');
    });

    it('is not told by what the kernel says of a tunnel, or behind a gateway', () => {
      expect(placed(...known('wireguard'))[0]).toBe('loss-upstream');
      expect(placed(...known('vxlan'))[0]).toBe('loss-upstream');
      expect(placed(...known('ethernet', '203.0.113.1'))[0]).toBe('loss-upstream');
    });
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
