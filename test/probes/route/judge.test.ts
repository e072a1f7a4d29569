import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeRoute } from '../../../src/probes/route/judge.js';
import { routeNotTried } from '../../../src/probes/route/measure.js';
import { routeHop, routeMeasurement } from '../../fakes/route.js';

type Data = MeasurementOf<'route'>['data'];
type Tried = Data['tried'];

function judge(data: Partial<Data>, more: Partial<MeasurementOf<'route'>> = {}): string {
  const [made] = judgeRoute(routeMeasurement(data, more), { policy: DEFAULT_POLICY });
  return [made?.id, made?.status, made?.code, made?.observed ?? made?.because].filter((part) => part != null).join(' | ');
}

const tried = (...methods: [string, number | null, boolean][]): Tried =>
  methods.map(([method, port, reached]) => ({ method, port, fromTtl: 1, reached }));
const silence: Data['end'] = { reason: 'silence', from: null, meaning: null };

describe('the judgement of a path', () => {
  it.each([
    ['reached', {}, 'l3.hops@app.example.net | pass | 2 hops'],
    [
      'reached, and not every time',
      { hops: [routeHop(1, '10.0.0.1'), { ...routeHop(2, '203.0.113.9'), sent: 40, received: 33 }] },
      'l3.hops@app.example.net | pass | 2 hops; 7 of 40 to the target unanswered',
    ],
    [
      'refused by a firewall',
      { reached: false, end: { reason: 'unreachable', from: '10.0.0.2', meaning: 'prohibited' } },
      'l3.hops@app.example.net | fail | route-prohibited | prohibited at hop 2 (ICMP from 10.0.0.2)',
    ],
    [
      'unreachable',
      { reached: false, end: { reason: 'unreachable', from: null, meaning: 'network-unreachable' } },
      'l3.hops@app.example.net | fail | host-unreachable | network-unreachable at hop 2 (ICMP from an unknown router)',
    ],
    [
      'refused by a firewall, which answered for its own hop before',
      {
        reached: false,
        hops: ['10.0.0.1', '10.0.0.2', '10.0.0.2'].map(
          (address, index) => ({ ...routeMeasurement({}).data.hops[0], ttl: index + 1, addresses: [address] }) as Data['hops'][number],
        ),
        end: { reason: 'unreachable', from: '10.0.0.2', meaning: 'prohibited' },
      },
      'l3.hops@app.example.net | fail | route-prohibited | prohibited at hop 2 (ICMP from 10.0.0.2)',
    ],
    [
      'a loop',
      {
        reached: false,
        loop: true,
        loopAt: { address: '10.0.0.1', ttls: [3, 5, 7, 9, 11] },
        end: { reason: 'loop', from: null, meaning: null },
      },
      'l3.hops@app.example.net | fail | routing-loop | 10.0.0.1 comes again and again: at hops 3, 5, 7, 9, …',
    ],
    [
      'silent to one method, which can be a filter',
      { reached: false, end: silence, tried: tried(['icmp', null, false]) },
      'l3.hops@app.example.net | warn | host-unreachable | no answer by ICMP beyond hop 2 (203.0.113.9)',
    ],
    [
      'silent to two ports, which can be one filter',
      { reached: false, end: silence, tried: tried(['tcp', 443, false], ['tcp', 80, false]) },
      'l3.hops@app.example.net | warn | host-unreachable | no answer by TCP 443, TCP 80 beyond hop 2 (203.0.113.9)',
    ],
    [
      'silent to all',
      { reached: false, hops: [], end: silence, tried: tried(['icmp', null, false], ['udp', 33_434, false], ['tcp', 443, false]) },
      'l3.hops@app.example.net | fail | host-unreachable | no answer by ICMP, UDP, TCP 443, nor from any router',
    ],
    [
      'longer than it may be',
      { reached: false, end: { reason: 'maximum', from: null, meaning: null } },
      'l3.hops@app.example.net | warn | host-unreachable | not within 2 hops',
    ],
  ] as [string, Partial<Data>, string][])('%s', (_name, data, expected) => {
    expect(judge(data)).toBe(expected);
  });

  it('says which method got there where others did not', () => {
    const others = tried(['icmp', null, false], ['udp', 33_434, false], ['tcp', 443, true]);
    expect(judge({ tried: others }, { method: 'tcp' })).toBe(
      'l3.hops@app.example.net | pass | 2 hops, by TCP; ICMP, UDP not answered by the target',
    );
  });

  it('is none where it was not tried, not finished or not possible', () => {
    for (const attempt of [
      { kind: 'skipped', because: 'interrupted' },
      { kind: 'unavailable', capability: 'icmp-socket', reason: 'no ICMP socket' },
    ] as const) {
      const { data } = routeNotTried('203.0.113.9', attempt);
      expect(judge(data, { attempt })).toBe(`l3.hops@app.example.net | skip | ${reasonOf(attempt).replace('not available: ', '')}`);
    }
  });

  it('names why nothing could be sent', () => {
    const attempt = { kind: 'failed', step: 'send', code: 'EPERM', message: 'the packets could not be sent (EPERM)' } as const;
    expect(judge(routeNotTried(null, attempt).data, { attempt })).toBe(
      'l3.hops@app.example.net | fail | firewall-blocks | the packets could not be sent (EPERM)',
    );
  });
});
