import { describe, expect, it } from 'vitest';
import { bridgesOf, overlapsOf } from '../../../src/probes/surroundings/local-networks.js';
import { mtuConflictsOf } from '../../../src/probes/surroundings/mtu-conflicts.js';
import { hostWith, link, MAIN_RULES, route, rule } from './host-data.js';

const ETH0 = link('eth0', 'ethernet', ['192.168.1.10/24']);
const DOCKER0 = link('docker0', 'bridge', ['172.17.0.1/16']);
const TUN0 = link('tun0', 'tun', ['10.8.0.2/24']);
const DEFAULT = route('0.0.0.0/0', 'eth0', { gateway: '192.168.1.1' });
const LAN = route('192.168.1.0/24', 'eth0');
const BRIDGE = route('172.17.0.0/16', 'docker0');

const overlaps = (...parts: Parameters<typeof hostWith>) =>
  overlapsOf(hostWith(...parts))?.map(
    ({ bridge, prefix, other, otherPrefix, otherIs, winner }) => `${bridge} ${prefix} | ${otherIs} ${other} ${otherPrefix} | ${winner}`,
  );

describe('overlaps of container networks', () => {
  it('are none on a machine with Docker and an ordinary network', () => {
    expect(overlaps([ETH0, DOCKER0], [DEFAULT, LAN, BRIDGE])).toEqual([]);
  });

  it('with a VPN that routes a whole private range: the longer prefix wins', () => {
    expect(overlaps([ETH0, DOCKER0, TUN0], [DEFAULT, LAN, BRIDGE, route('172.16.0.0/12', 'tun0')])).toEqual([
      'docker0 172.17.0.0/16 | tunnel tun0 172.16.0.0/12 | docker0',
    ]);
  });

  it('with a VPN that routes a part of it: the part goes into the tunnel', () => {
    expect(overlaps([ETH0, DOCKER0, TUN0], [DEFAULT, LAN, BRIDGE, route('172.17.5.0/24', 'tun0')])).toEqual([
      'docker0 172.17.0.0/16 | tunnel tun0 172.17.5.0/24 | tun0',
    ]);
  });

  it('with the network that the machine is on: metrics decide, and where they are alike nothing does', () => {
    const same = link('eth0', 'ethernet', ['172.17.3.4/16']);
    expect(overlaps([same, DOCKER0], [DEFAULT, BRIDGE, route('172.17.0.0/16', 'eth0', { metric: 100 })])).toEqual([
      'docker0 172.17.0.0/16 | uplink eth0 172.17.0.0/16 | docker0',
    ]);
    expect(overlaps([same, DOCKER0], [DEFAULT, BRIDGE, route('172.17.0.0/16', 'eth0')])).toEqual([
      'docker0 172.17.0.0/16 | uplink eth0 172.17.0.0/16 | null',
    ]);
  });

  it('with a table that a VPN client puts before the main one: its shorter prefix wins', () => {
    const tailscale = link('tailscale0', 'tun', ['100.101.102.103/32']);
    const routes = [DEFAULT, LAN, BRIDGE, route('172.16.0.0/12', 'tailscale0', { table: 52 })];
    const rules = [rule(5270, 52), ...MAIN_RULES];
    expect(overlaps([ETH0, DOCKER0, tailscale], routes, { rules })).toEqual([
      'docker0 172.17.0.0/16 | tunnel tailscale0 172.16.0.0/12 | tailscale0',
    ]);
    // No rule leads there: nobody follows it.
    expect(overlaps([ETH0, DOCKER0, tailscale], routes)).toEqual([]);
  });

  it.each([
    ['the halves of a VPN for everything', [route('0.0.0.0/1', 'tun0'), route('128.0.0.0/1', 'tun0')]],
    ['a VPN for all public addresses and more', [route('172.0.0.0/8', 'tun0'), route('160.0.0.0/5', 'tun0')]],
    ['single addresses', [route('172.17.0.9/32', 'tun0')]],
    ['routes that refuse', [route('172.16.0.0/12', null, { type: 'blackhole' })]],
    ['pods of the same network', [route('172.17.4.0/24', 'flannel.1'), route('172.17.5.0/24', 'cali123')]],
  ])('are none with %s', (_name, routes) => {
    const more = [link('flannel.1', 'vxlan', []), link('cali123', 'veth', [])];
    expect(overlaps([ETH0, DOCKER0, TUN0, ...more], [DEFAULT, LAN, BRIDGE, ...routes])).toEqual([]);
  });

  it('are none with the tunnel of the same network of pods', () => {
    const cni0 = link('cni0', 'bridge', ['10.42.0.1/24']);
    const tunnel = link('flannel-wg', 'wireguard', ['10.42.0.0/32']);
    expect(overlaps([ETH0, cni0, tunnel], [DEFAULT, LAN, route('10.42.0.0/24', 'cni0'), route('10.42.0.0/16', 'flannel-wg')])).toEqual([]);
  });

  it('are not known where the routes are not', () => {
    expect(overlapsOf({ ...hostWith([ETH0, DOCKER0], []), routes: null })).toBeNull();
  });

  it("take a bridge with a cable in it for the machine's own network", () => {
    const bridge = link('br0', 'bridge', ['172.17.3.4/16']);
    expect(
      overlaps(
        [bridge, DOCKER0],
        [route('0.0.0.0/0', 'br0', { gateway: '172.17.0.1' }), BRIDGE, route('172.17.0.0/16', 'br0', { metric: 425 })],
      ),
    ).toEqual(['docker0 172.17.0.0/16 | uplink br0 172.17.0.0/16 | docker0']);
  });
});

describe('bridges', () => {
  it('are those of container engines and hypervisors, with what is on them', () => {
    const veth = link('veth1', 'veth', [], { master: 'docker0' });
    const compose = link('br-0123456789ab', 'bridge', ['172.20.0.1/16', 'fe80::1/64'], { carrier: false });
    expect(bridgesOf(hostWith([ETH0, DOCKER0, veth, compose, link('br-lan', 'bridge', ['192.168.9.1/24'])], []))).toEqual([
      { interface: 'docker0', prefixes: ['172.17.0.0/16'], carrier: true, ports: ['veth1'] },
      { interface: 'br-0123456789ab', prefixes: ['172.20.0.0/16'], carrier: false, ports: [] },
    ]);
  });
});

describe('MTU of bridges and tunnels', () => {
  const VETH = link('veth1', 'veth', [], { master: 'docker0' });
  const conflicts = (links: Parameters<typeof hostWith>[0]) =>
    mtuConflictsOf(hostWith(links, [DEFAULT])).map(
      ({ interface: name, kind, against, fitsBytes }) => `${name} ${kind} ${against} ${fitsBytes}`,
    );
  const uplink = (mtuBytes: number) => link('eth0', 'ethernet', ['192.168.1.10/24'], { mtuBytes });

  it.each([
    ['Docker over an uplink of its size', [uplink(1500), DOCKER0, VETH], []],
    ['Docker over a narrower uplink', [uplink(1450), DOCKER0, VETH], ['docker0 bridge-over-uplink eth0 1450']],
    ['Docker over a wider uplink', [uplink(9000), DOCKER0, VETH], []],
    ['Docker without a container, whose bridge has no size yet', [uplink(1400), { ...DOCKER0, carrier: false }], []],
    ['Docker that never had a container, whose bridge has carrier all the same', [uplink(1400), DOCKER0], []],
    [
      'Cilium and OVN, whose routes bound the packets',
      [uplink(1500), link('cilium_vxlan', 'vxlan', []), link('genev_sys_6081', 'geneve', [], { mtuBytes: 65_000 })],
      [],
    ],
    ['a bridge that is off', [uplink(1450), link('docker0', 'bridge', [], { up: false })], []],
    ['host-only networks', [uplink(1450), link('vboxnet0', 'ethernet', [])], []],
    ['WireGuard with its usual size', [uplink(1500), link('wg0', 'wireguard', [], { mtuBytes: 1420 })], []],
    ['WireGuard over IPv4 to the brim', [uplink(1500), link('wg0', 'wireguard', [], { mtuBytes: 1440 })], []],
    [
      'WireGuard as large as the uplink',
      [uplink(1500), link('wg0', 'wireguard', [], { mtuBytes: 1500 })],
      ['wg0 tunnel-over-uplink eth0 1440'],
    ],
    ['OpenVPN as large as the uplink', [uplink(1500), link('tun0', 'tun', [], { mtuBytes: 1500 })], []],
    ['VXLAN by itself', [uplink(1500), link('flannel.1', 'vxlan', [], { mtuBytes: 1450, parent: 'eth0' })], []],
    [
      'VXLAN too large',
      [uplink(1500), link('flannel.1', 'vxlan', [], { mtuBytes: 1500, parent: 'eth0' })],
      ['flannel.1 tunnel-over-uplink eth0 1450'],
    ],
    [
      'jumbo frames in one half of a bridge',
      [
        uplink(1500),
        link('vmbr0', 'bridge', []),
        link('ens1', 'ethernet', [], { master: 'vmbr0', mtuBytes: 9000 }),
        link('tap1', 'tap', [], { master: 'vmbr0' }),
      ],
      ['vmbr0 ports-of-bridge tap1 1500'],
    ],
    [
      'ports alike',
      [
        uplink(1500),
        link('vmbr0', 'bridge', []),
        link('ens1', 'ethernet', [], { master: 'vmbr0' }),
        link('tap1', 'tap', [], { master: 'vmbr0' }),
      ],
      [],
    ],
    ['nobody knows', [uplink(1500), link('docker0', 'bridge', [], { mtuBytes: null })], []],
  ])('%s', (_name, links, expected) => expect(conflicts(links)).toEqual(expected));
});
