import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRoute, parseProcArp, parseProcDev, parseProcIpv6Route, parseProcRoute } from '../../../src/wire/linux/proc-net.js';

const IPV4_ROUTES = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0100000A	0003	0	0	100	00000000	0	0	0
wlan0	00000000	0102A8C0	0003	0	0	600	00000000	0	0	0
eth0	0000000A	00000000	0001	0	0	100	00FFFFFF	0	0	0
*	0000640A	00000000	0201	0	0	0	0000FFFF	0	0	0
`;
const IPV6_ROUTES = `20010db8000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000002 00000000 00000003     eth0
20010db8000000000000000000000005 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000003 00000000 80200001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`;

describe('parseProcRoute', () => {
  const routes = parseProcRoute(IPV4_ROUTES);
  it('reads destination, prefix, gateway, metric', () => {
    expect(routes[0]).toEqual({
      family: 4,
      destination: '0.0.0.0',
      prefixLength: 0,
      gateway: '10.0.0.1',
      interface: 'eth0',
      metric: 100,
      rejects: false,
    });
    expect(routes[2]).toMatchObject({ destination: '10.0.0.0', prefixLength: 24, gateway: null });
    expect(routes[3]).toMatchObject({ destination: '10.100.0.0', prefixLength: 16, rejects: true });
  });
  it('matches the longest prefix, then the lowest metric', () => {
    expect(matchRoute(routes, '8.8.8.8')).toMatchObject({ gateway: '10.0.0.1' });
    expect(matchRoute(routes, '10.0.0.77')).toMatchObject({ gateway: null, interface: 'eth0' });
    expect(matchRoute(routes, '10.100.3.4')).toMatchObject({ rejects: true });
    expect(matchRoute(routes, 'not an address')).toBeNull();
  });
});

describe('parseProcIpv6Route', () => {
  const routes = parseProcIpv6Route(IPV6_ROUTES);
  it('reads gateways, and leaves local entries out', () => {
    expect(routes.map(({ destination, prefixLength, gateway, rejects }) => [destination, prefixLength, gateway, rejects])).toEqual([
      ['2001:db8::', 64, null, false],
      ['::', 0, 'fe80::1', false],
      ['::', 0, null, true],
    ]);
  });
  it('prefers the usable default route to the one that rejects', () => {
    expect(matchRoute(routes, '2606:4700::1')).toMatchObject({ gateway: 'fe80::1', rejects: false });
  });
});

describe('parseProcDev', () => {
  it('adds up errors and drops of both directions', () => {
    const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1000 10 0 0 0 0 0 0 1000 10 0 0 0 0 0 0
  eth0: 2000 20 1 2 0 0 0 0 3000 30 4 8 0 0 0 0
`;
    expect(parseProcDev(text)).toEqual([
      { name: 'lo', errors: 0, dropped: 0 },
      { name: 'eth0', errors: 5, dropped: 10 },
    ]);
  });
});

describe('parseProcArp', () => {
  it('tells a learned address from one that is being asked for', () => {
    const text = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         aa:bb:cc:dd:ee:ff     *        eth0
10.0.0.9         0x1         0x0         00:00:00:00:00:00     *        eth0
`;
    expect(parseProcArp(text)).toEqual([
      { address: '10.0.0.1', interface: 'eth0', resolved: true },
      { address: '10.0.0.9', interface: 'eth0', resolved: false },
    ]);
  });
});

describe('every parser of /proc/net', () => {
  it('takes any text without throwing', () => {
    const line = fc.array(
      fc.constantFrom('eth0', 'eth0:', '00000000', '0100000A', '0003', 'zz', '-1', 'ffffffffffffffff', '0x2', '*', '\t', ':'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line, { maxLength: 6 }).map((lines) => lines.map((words) => words.join(' ')).join('\n')),
        ),
        (text) => {
          const routes = [...parseProcRoute(text), ...parseProcIpv6Route(text)];
          matchRoute(routes, '192.0.2.1');
          parseProcDev(text);
          parseProcArp(text);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
