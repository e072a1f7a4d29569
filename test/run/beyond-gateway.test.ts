import { describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { judgeUpstream } from '../../src/probes/host/judge-upstream.js';
import { refusedReferences } from '../../src/run/beyond-gateway.js';

const GATEWAY = '192.0.2.1';

function ports(address: string, state: 'filtered' | 'rejected', rejectedBy: string | null): MeasurementOf<'ports'> {
  const port = { port: 853, protocol: 'tcp', state, service: null, latencyMs: null, retransmissions: null, required: true };
  const rest = { reason: state === 'rejected' ? 'network-unreachable' : 'silent', rejectedBy, tries: 1, banner: null, tls: null };
  return { id: 'm1', probe: 'ports', target: null, data: { address, ports: [{ ...port, ...rest }] } } as unknown as MeasurementOf<'ports'>;
}

describe('references that a router refuses', () => {
  it('are known from whatever was asked of them', () => {
    const refused = refusedReferences([ports('1.1.1.1', 'rejected', GATEWAY), ports('8.8.8.8', 'filtered', null)]);
    expect([...refused]).toEqual([['1.1.1.1', { kind: 'refused', from: GATEWAY, meaning: 'network-unreachable' }]]);
  });

  it('are no witnesses beside a target that is silent: a network can have no way to the internet', () => {
    const silent = { answered: false, gateway: GATEWAY, measurementId: 'm1', end: { kind: 'silent', after: null } } as const;
    const target = { ...silent, address: '203.0.113.10' };
    const reference = (address: string) => ({ ...silent, address, kind: 'reference' as const });
    const both = [reference('1.1.1.1'), reference('8.8.8.8')];
    expect(judgeUpstream([target, ...both], true)).toMatchObject({ status: 'fail', code: 'upstream-unreachable' });
    const refused = refusedReferences([ports('1.1.1.1', 'rejected', GATEWAY), ports('8.8.8.8', 'rejected', GATEWAY)]);
    const known = both.map((one) => ({ ...one, end: refused.get(one.address) ?? one.end }));
    expect(judgeUpstream([target, ...known], true)).toMatchObject({ status: 'skip' });
  });

  it('say nothing of the line where the resolvers of this network are dead themselves', () => {
    const reference = { address: '1.1.1.1', answered: false, gateway: GATEWAY, measurementId: 'm1', kind: 'reference' } as const;
    const other = { ...reference, address: '8.8.8.8' } as const;
    expect(judgeUpstream([reference, other], true)).toMatchObject({ status: 'fail' });
    expect(judgeUpstream([reference, other], true, true)).toMatchObject({ status: 'skip' });
  });
});
