import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/model/code.js';
import type { Layer } from '../../src/model/layer.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';
import { assembleReport } from '../../src/report/assemble.js';
import { hostAddress, hostData, hostInterface, routeLookup } from '../fakes/host.js';

/** A machine with a cable and Wi-Fi, each with a gateway of its own. */
const HOST = hostData({
  interfaces: [hostInterface(), hostInterface({ name: 'wlan0', index: 3, addresses: [hostAddress('198.51.100.7/24')] })],
  defaultRoutes: [
    { family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 0 },
    { family: 4, gateway: '198.51.100.1', interface: 'wlan0', metric: 600 },
    { family: 6, gateway: 'fe80::1', interface: 'wlan0', metric: 600 },
  ],
});

function line(id: string, code: Code, fields: Partial<Check> = {}): Check {
  const own = { observed: 'no answer', expected: null, remedy: null, because: null, measurements: ['m1'] };
  return { id, layer: Number(id.charAt(1)) as Layer, title: id, target: null, status: 'fail', code, ...own, ...fields };
}

function report(checks: readonly Check[], ways: readonly { target: string; gateway: string | null; loopback?: boolean }[] = []) {
  const base = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, stalledMs: null, method: 'system', attempt: { kind: 'measured' } };
  const lookups = ways.map(({ target, gateway, loopback = false }, index) => ({
    ...base,
    id: `m${index + 2}`,
    probe: 'route-lookup',
    target,
    data: { address: target, ...routeLookup({ source: '10.0.0.2', interface: 'eth0', gateway, loopback }) },
  }));
  return assembleReport({
    command: 'host',
    version: '0',
    startedAt: new Date(0),
    durationMs: 1,
    partial: false,
    host: { platform: 'linux' } as never,
    policy: 'default',
    targets: [],
    checks,
    measurements: [{ ...base, id: 'm1', probe: 'host', target: null, data: HOST }, ...lookups] as unknown as Measurement[],
  });
}

const texts = (check: Check) => report([check]).diagnosis.map(({ summary, remedy }) => `${summary} ${remedy}`)[0];

describe('the texts of a fault name the part of this machine that it is about', () => {
  it('a gateway that is not the first one, and its link', () => {
    const second = texts(line('l3.gateway@198.51.100.1', 'gateway-unreachable'));
    expect(second).toContain('The gateway 198.51.100.1 does not answer on wlan0');
    expect(second).toContain('ip neigh show to 198.51.100.1');
    expect(texts(line('l3.gateway@fe80::1%wlan0', 'neighbor-unresolved'))).toContain('of the gateway fe80::1 on wlan0');
  });

  it('an address of another link than that of the default route', () => {
    const shared = texts(line('l2.duplicate@198.51.100.7', 'duplicate-address'));
    expect(shared).toContain('on wlan0');
    expect(shared).toContain('sudo arping -D -c 3 -I wlan0 198.51.100.7');
  });

  it('the link that is judged first, though no default route goes by it', () => {
    expect(texts(line('l2.interface', 'interface-down', { observed: 'eth5 is down' }))).toContain('sudo ip link set dev eth5 up');
    expect(texts(line('l1.carrier', 'no-carrier', { title: 'eth5 carrier' }))).toContain('The interface eth5 is up but has no carrier');
    expect(texts(line('l2.address', 'no-address', { title: 'eth5 address' }))).toContain('sudo networkctl renew eth5');
  });

  it('a route that is wrong for the machine as a whole names no link of its own accord', () => {
    expect(texts(line('l3.tunnel@ipv4', 'route-wrong'))).not.toContain('eth0');
  });
});

describe('what a target does not need is not why it fails', () => {
  const causes = (gateway: string | null, loopback = false) =>
    report(
      [line('l3.gateway@10.0.0.1', 'gateway-unreachable'), line('l4.port@a:443', 'port-filtered', { target: 'a:443' })],
      [{ target: 'a:443', gateway, loopback }],
    ).diagnosis.map(({ code }) => code);

  it('by the way that the kernel has to it', () => {
    expect(causes('10.0.0.1')).toEqual(['gateway-unreachable']);
    expect(causes('198.51.100.1')).toEqual(['gateway-unreachable', 'port-filtered']);
    expect(causes(null)).toEqual(['gateway-unreachable', 'port-filtered']);
    expect(causes(null, true)).toEqual(['gateway-unreachable', 'port-filtered']);
  });
});
