import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgePathEnd } from '../../../src/probes/route/judge-end.js';
import { routeHop, routeMeasurement } from '../../fakes/route.js';

const judged = (...parts: Parameters<typeof routeMeasurement>) =>
  judgePathEnd(routeMeasurement(...parts), { policy: DEFAULT_POLICY }).map(({ status, code, because }) => [status, code, because]);

describe('the path of a target that does not answer', () => {
  it('accuses nobody by silence, whoever was asked how', () => {
    const tried = ['icmp', 'udp', 'tcp'].map((method) => ({ method, port: null, fromTtl: 1, reached: false }));
    const end = { reason: 'silence', from: null, meaning: null } as const;
    expect(judged({ reached: false, hops: [routeHop(1, '10.0.0.1')], end, tried })).toEqual([
      ['skip', null, 'nobody answers beyond hop 1 (10.0.0.1), which may be on purpose'],
    ]);
    expect(judged({ reached: false, hops: [], end: { ...end, reason: 'maximum' }, tried })[0]?.[0]).toBe('skip');
  });

  it('accuses by a refusal and by a circle', () => {
    const refused = { reason: 'unreachable', from: '10.0.0.1', meaning: 'prohibited' } as const;
    expect(judged({ reached: false, end: refused })[0]).toEqual(['fail', 'route-prohibited', null]);
    const loopAt = { address: '10.0.0.1', ttls: [1, 3, 5] };
    expect(judged({ reached: false, loop: true, loopAt, end: { reason: 'loop', from: null, meaning: null } })[0]?.[1]).toBe('routing-loop');
  });

  it('passes where it leads there', () => {
    expect(judged()[0]?.[0]).toBe('pass');
  });
});
