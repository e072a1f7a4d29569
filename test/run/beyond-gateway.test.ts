import { describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { judgeUpstream } from '../../src/probes/host/judge-upstream.js';
import { endByGateway, needsBeyond, refusedReferences, speaksItself } from '../../src/run/beyond-gateway.js';
import type { TargetOutcome } from '../../src/run/target-outcome.js';
import { hostAddress, hostData, hostInterface } from '../fakes/host.js';

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

  it('are not needed where the gateway itself says that it has no route: a host that is off is another word', () => {
    const refused = (meaning: string, from = GATEWAY) => {
      const end = { kind: 'refused', from, meaning } as const;
      return judgeUpstream([{ address: '10.0.9.2', answered: false, gateway: GATEWAY, measurementId: 'm1', end }], true);
    };
    expect(refused('network-unreachable')).toMatchObject({ status: 'fail', code: 'upstream-unreachable' });
    expect(refused('host-unreachable')).toMatchObject({ status: 'skip' });
    expect(refused('network-unreachable', '198.51.100.1')).toMatchObject({ status: 'skip' });
  });

  it('say nothing of the line where the resolvers of this network are dead themselves', () => {
    const reference = { address: '1.1.1.1', answered: false, gateway: GATEWAY, measurementId: 'm1', kind: 'reference' } as const;
    const other = { ...reference, address: '8.8.8.8' } as const;
    expect(judgeUpstream([reference, other], true)).toMatchObject({ status: 'fail' });
    expect(judgeUpstream([reference, other], true, true)).toMatchObject({ status: 'skip' });
  });
});

describe('a gateway that is heard', () => {
  const silent = { address: '203.0.113.10', answered: false, gateway: GATEWAY, measurementId: 'm1', end: { kind: 'silent' } } as const;
  const path = (target: string | null, first: string) =>
    ({
      id: 'm2',
      probe: 'route',
      target,
      data: { address: '203.0.113.10', hops: [{ addresses: [first] }] },
    }) as unknown as MeasurementOf<'route'>;
  const own = new Set(['192.0.2.2']);

  it('is the first hop of a path to what lies behind it, by whichever of its addresses', () => {
    expect(speaksItself(GATEWAY, [silent], [path('a', GATEWAY)], own)).toBe(true);
    expect(speaksItself(GATEWAY, [silent], [path('a', '192.0.2.3')], own)).toBe(true);
    expect(speaksItself(GATEWAY, [silent], [], own)).toBe(false);
  });

  it('is not this machine, nor the destination itself, nor the first hop by another link', () => {
    expect(speaksItself(GATEWAY, [silent], [path('a', '192.0.2.2')], own)).toBe(false);
    expect(speaksItself(GATEWAY, [silent], [path('a', '203.0.113.10')], own)).toBe(false);
    expect(speaksItself(GATEWAY, [silent], [path(null, '192.0.3.1')], own)).toBe(false);
  });

  it('turns packets back', () => {
    const end = { kind: 'refused', from: GATEWAY, meaning: 'network-unreachable' } as const;
    expect(speaksItself(GATEWAY, [{ ...silent, end }], [], own)).toBe(true);
    expect(speaksItself(GATEWAY, [{ ...silent, end: { ...end, from: '198.18.0.1' } }], [], own)).toBe(false);
  });

  it('of IPv6 signs with another address of the same link than that by which it is known', () => {
    const addresses = [hostAddress('2001:db8:1::2/64'), hostAddress('fe80::2/64')];
    const host = { data: hostData({ interfaces: [{ ...hostInterface(), addresses }] }) } as MeasurementOf<'host'>;
    const said = (from: string, gateway: string) => endByGateway({ kind: 'refused', from, meaning: 'network-unreachable' }, gateway, host);
    expect(said('2001:db8:1::1', 'fe80::1%eth0')).toMatchObject({ from: 'fe80::1%eth0' });
    expect(said('2001:db8:9::1', 'fe80::1%eth0')).toMatchObject({ from: '2001:db8:9::1' });
    expect(said('2001:db8:1::2', 'fe80::1%eth0')).toMatchObject({ from: '2001:db8:1::2' });
    expect(said('2001:db8:1::3', '2001:db8:1::1')).toMatchObject({ from: '2001:db8:1::3' });
  });
});

describe('whether anything beyond the gateway is needed', () => {
  const host = {
    data: hostData({ interfaces: [hostInterface(), { ...hostInterface(), name: 'wg0', kind: 'wireguard' }] }),
  } as MeasurementOf<'host'>;
  const by = (gateway: string | null, name = 'eth0') =>
    ({ lookup: { attempt: { kind: 'measured' }, data: { gateway, interface: name } } }) as unknown as TargetOutcome;
  const reference = { address: '1.1.1.1', answered: false, gateway: GATEWAY, measurementId: 'm1', kind: 'reference' } as const;

  it('is not by targets on the own link', () => {
    expect(needsBeyond([by(null)], [reference], host)).toBe(false);
  });

  it('is by a target behind it or in a tunnel, by a name without an address, by a resolver, and where there is no target', () => {
    expect(needsBeyond([by(null), by(GATEWAY)], [reference], host)).toBe(true);
    expect(needsBeyond([by(null, 'wg0')], [reference], host)).toBe(true);
    expect(needsBeyond([by(null), { lookup: null } as unknown as TargetOutcome], [reference], host)).toBe(true);
    expect(needsBeyond([by(null)], [{ ...reference, kind: undefined } as never], host)).toBe(true);
    expect(needsBeyond([], [reference], host)).toBe(true);
  });
});
