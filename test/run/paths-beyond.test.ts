import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/model/measurement.js';
import { endOfPath, endOfReference, routersBeyond, routersOf } from '../../src/run/paths-beyond.js';
import { routeHop, routeMeasurement } from '../fakes/route.js';

const TARGET = '203.0.113.9';
const GATEWAY = '10.0.0.1';
const silence = { reason: 'silence', from: null, meaning: null } as const;
const path = (...addresses: (string | null)[]) => addresses.map((address, index) => routeHop(index + 1, address));

describe('the end of a path', () => {
  it('is an answer only beyond the first hop: what stands there is the gateway itself', () => {
    expect(endOfPath(routeMeasurement())).toEqual({ kind: 'answered' });
    expect(endOfPath(routeMeasurement({ hops: path(TARGET) }))).toBeNull();
  });

  it('is silence after the last router beyond the gateway', () => {
    const ended = (hops: ReturnType<typeof path>) => endOfPath(routeMeasurement({ reached: false, hops, end: silence }));
    expect(ended(path(GATEWAY))).toEqual({ kind: 'silent', after: null });
    expect(ended(path(GATEWAY, '10.9.9.9', null, '10.9.9.10'))).toEqual({ kind: 'silent', after: '10.9.9.10' });
    expect(ended(path(null, '10.9.9.9'))).toEqual({ kind: 'silent', after: '10.9.9.9' });
  });

  it('is a refusal, with who refuses', () => {
    const end = { reason: 'unreachable', from: '10.9.9.9', meaning: 'prohibited' } as const;
    expect(endOfPath(routeMeasurement({ reached: false, end }))).toEqual({ kind: 'refused', from: '10.9.9.9', meaning: 'prohibited' });
  });

  it('is what was heard by then, where it was cut short', () => {
    const cut = { attempt: { kind: 'skipped', because: 'interrupted' } } as const;
    const tried = [{ method: 'icmp', port: null, fromTtl: 1, reached: null }];
    expect(endOfPath(routeMeasurement({ reached: null, hops: path(GATEWAY, '10.9.9.9'), end: null, tried }, cut))).toEqual({
      kind: 'silent',
      after: '10.9.9.9',
    });
    expect(endOfPath(routeMeasurement({ reached: null, hops: [], end: null, tried: [] }, cut))).toBeNull();
  });
});

it('a reference ended as a router said of an earlier packet, where the path to it met silence', () => {
  const quic = (address: string, refusedByTarget = false) =>
    ({
      ...routeMeasurement(),
      probe: 'quic',
      data: { address, refusedBy: GATEWAY, refusedByTarget, reason: 'network-unreachable' },
    }) as unknown as Measurement;
  const dead = routeMeasurement({ reached: false, hops: [], end: silence });
  const refused = { kind: 'refused', from: GATEWAY, meaning: 'network-unreachable' };
  expect(endOfReference(dead, [quic(TARGET)])).toEqual(refused);
  expect(endOfReference(dead, [quic('203.0.113.8')])).toEqual({ kind: 'silent', after: null });
  expect(endOfReference(dead, [quic(TARGET, true)])).toEqual({ kind: 'silent', after: null });
  expect(endOfReference(routeMeasurement(), [quic(TARGET)])).toEqual({ kind: 'answered' });
});

it('routers beyond the gateway are named once, without gateway and target', () => {
  const route = routeMeasurement({ hops: path(GATEWAY, GATEWAY, '10.9.9.9', '10.9.9.9', null, TARGET) });
  expect(routersOf(route.data)).toEqual(['10.9.9.9']);
  expect(routersBeyond(route, GATEWAY)).toEqual([
    { address: '10.9.9.9', answered: true, gateway: GATEWAY, measurementId: 'm1', kind: 'router' },
  ]);
});
