import type { ScoreboardNetwork } from '../network.js';
import { ofFamily } from './families.js';
import { internetServices, namesOf, PUBLIC_ADDRESSES, PUBLIC_RESOLVERS } from './well-known-services.js';

const ELSEWHERE = ['9.9.9.9', '2620:fe::fe'];
const FAR = ['198.51.100.80', '2001:db8:3::80', '203.0.113.80', '2001:db8:2::80', ...ELSEWHERE];

function twoPathNetwork(): ScoreboardNetwork {
  const names = namesOf(['203.0.113.80', '2001:db8:2::80'], ['198.51.100.80', '2001:db8:3::80']);
  const { dns, quic: _quic, ...rest } = internetServices(names);
  return {
    layout: {
      hosts: ['client', 'gateway1', 'gateway2', 'internet'],
      routers: ['gateway1', 'gateway2'],
      links: [
        {
          ends: [
            { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24', '2001:db8:1::2/64'] },
            { host: 'gateway1', interface: 'lan0', addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] },
          ],
        },
        {
          ends: [
            { host: 'client', interface: 'eth1', addresses: ['192.0.3.2/24', '2001:db8:4::2/64'] },
            { host: 'gateway2', interface: 'lan0', addresses: ['192.0.3.1/24', '2001:db8:4::1/64'] },
          ],
        },
        {
          ends: [
            { host: 'gateway1', interface: 'wan0', addresses: ['198.51.100.1/24', '2001:db8:3::1/64'] },
            { host: 'internet', interface: 'eth0', addresses: ['198.51.100.80/24', '2001:db8:3::80/64'] },
          ],
        },
        {
          ends: [
            { host: 'gateway2', interface: 'wan0', addresses: ['203.0.113.1/24', '2001:db8:2::1/64'] },
            { host: 'internet', interface: 'eth1', addresses: ['203.0.113.80/24', '2001:db8:2::80/64'] },
          ],
        },
      ],
      loopback: { internet: [...PUBLIC_ADDRESSES, '9.9.9.9/32', '2620:fe::fe/128'] },
      routes: {
        client: [
          'default via 192.0.2.1 metric 50',
          'default via 192.0.3.1 metric 100',
          '9.9.9.9/32 via 192.0.3.1',
          'default via 2001:db8:1::1 metric 50',
          'default via 2001:db8:4::1 metric 100',
          '2620:fe::fe/128 via 2001:db8:4::1',
        ],
        gateway1: ['default via 198.51.100.80', 'default via 2001:db8:3::80'],
        gateway2: ['default via 203.0.113.80', 'default via 2001:db8:2::80'],
        internet: [
          '192.0.2.0/24 via 198.51.100.1',
          '192.0.3.0/24 via 203.0.113.1',
          '2001:db8:1::/64 via 2001:db8:3::1',
          '2001:db8:4::/64 via 2001:db8:2::1',
        ],
      },
      resolvers: { client: ['198.51.100.80', '2001:db8:3::80'] },
    },
    services: {
      internet: {
        ...rest,
        dns: { ...dns, addresses: PUBLIC_RESOLVERS },
        'dns-own': { names, addresses: FAR },
        web: { ...rest['web'], addresses: FAR, certificate: { names: ['app.example.net', 'example.com', 'www.wikipedia.org', ...FAR] } },
        quic: { addresses: [...FAR, ...PUBLIC_RESOLVERS] },
      },
    },
    arguments: ['app.example.net:443', '--ca', 'CA'],
  };
}

/**
 * A client with two uplinks of its own, each with a gateway; the default route by the first is the better one. Both end at a host that is
 * `app.example.net`, the internet and, by an address on each side, reachable through either.
 */
export const twoPath: ScoreboardNetwork = ofFamily(4, twoPathNetwork());
export const twoPathIPv6: ScoreboardNetwork = ofFamily(6, twoPathNetwork());
