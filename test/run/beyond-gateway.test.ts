import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../src/model/measurement.js';
import { scopedGateway, timeServersBeyond } from '../../src/run/beyond-gateway.js';
import { hostAddress, hostData, hostInterface, hostRoute } from '../fakes/host.js';

type State = DataOf<'clock'>['servers'][number]['state'];

const clock = (...servers: [address: string | null, state: State][]) =>
  ({ id: 'm7', probe: 'clock', data: { servers: servers.map(([address, state]) => ({ address, state })) } }) as MeasurementOf<'clock'>;

const defaults = [
  { family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 100 },
  { family: 4, gateway: '10.1.0.1', interface: 'eth1', metric: 600 },
  { family: 6, gateway: 'fe80::1', interface: 'eth0', metric: 100 },
] as const;

function machine(fields: Partial<DataOf<'host'>> = {}): MeasurementOf<'host'> {
  const interfaces = [hostInterface({ addresses: [hostAddress('10.0.0.2/24')] })];
  return { data: hostData({ interfaces, routes: [], defaultRoutes: [...defaults], ...fields }) } as MeasurementOf<'host'>;
}

describe('a time server that answered', () => {
  const told = (host: MeasurementOf<'host'>, ...servers: Parameters<typeof clock>) =>
    timeServersBeyond(clock(...servers), host).map(({ address, gateway }) => `${address} by ${gateway}`);

  it('speaks for the gateway of the first default route', () => {
    expect(told(machine(), ['192.0.2.1', 'time'], ['2001:db8::1', 'limited'])).toEqual([
      '192.0.2.1 by 10.0.0.1',
      '2001:db8::1 by fe80::1%eth0',
    ]);
  });

  it('speaks for nobody where it was silent, near, or perhaps reached another way', () => {
    expect(told(machine(), ['192.0.2.1', 'unanswered'], [null, 'unresolved'], ['10.0.0.9', 'time'])).toEqual([]);
    const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((to) => hostRoute(to, null, 'tun0'));
    expect(told(machine({ routes: halves }), ['192.0.2.1', 'time'])).toEqual([]);
    expect(told(machine({ routes: null }), ['192.0.2.1', 'time'])).toEqual([]);
    const tunnel = [{ family: 4 as const, gateway: null, interface: 'wg0', metric: 0 }, ...defaults];
    expect(told(machine({ defaultRoutes: tunnel }), ['192.0.2.1', 'time'])).toEqual([]);
    expect(timeServersBeyond(undefined, machine())).toEqual([]);
  });
});

it('a link-local gateway goes with its interface', () => {
  expect(scopedGateway({ gateway: 'fe80::1', interface: 'wlan0' })).toBe('fe80::1%wlan0');
  expect(scopedGateway({ gateway: '192.0.2.1', interface: 'wlan0' })).toBe('192.0.2.1');
  expect(scopedGateway({ gateway: null, interface: 'wg0' })).toBeNull();
});
