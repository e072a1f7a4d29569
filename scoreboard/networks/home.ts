import type { ScoreboardNetwork } from '../network.js';
import { HOME_NAMES, internetServices, PUBLIC_ADDRESSES, serverServices } from './well-known-services.js';

/** A client behind a gateway that is its resolver, a provider's router, and behind it a server and what stands for the internet. */
export const home: ScoreboardNetwork = {
  layout: {
    hosts: ['client', 'gateway', 'isp', 'internet', 'server', 'neighbour'],
    routers: ['gateway', 'isp'],
    links: [
      {
        ends: [
          { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24', '2001:db8:1::2/64'] },
          { host: 'gateway', interface: 'lan0', addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] },
        ],
      },
      {
        ends: [
          { host: 'gateway', interface: 'wan0', addresses: ['198.18.0.2/30', '2001:db8:f0::2/64'] },
          { host: 'isp', interface: 'dsl0', addresses: ['198.18.0.1/30', '2001:db8:f0::1/64'] },
        ],
      },
      {
        ends: [
          { host: 'isp', interface: 'eth1', addresses: ['203.0.113.1/24', '2001:db8:2::1/64'] },
          { host: 'server', interface: 'eth0', addresses: ['203.0.113.10/24', '2001:db8:2::10/64'] },
        ],
      },
      {
        ends: [
          { host: 'isp', interface: 'eth2', addresses: ['198.51.100.1/24', '2001:db8:3::1/64'] },
          {
            host: 'internet',
            interface: 'eth0',
            addresses: ['198.51.100.53/24', '198.51.100.80/24', '2001:db8:3::53/64', '2001:db8:3::80/64'],
          },
        ],
      },
      {
        ends: [
          { host: 'gateway', interface: 'lan1', addresses: ['192.0.3.1/24'] },
          { host: 'neighbour', interface: 'eth0', addresses: ['192.0.3.2/24'] },
        ],
      },
    ],
    loopback: { internet: PUBLIC_ADDRESSES },
    routes: {
      client: ['default via 192.0.2.1', 'default via 2001:db8:1::1'],
      gateway: ['default via 198.18.0.1', 'default via 2001:db8:f0::1'],
      isp: [
        '192.0.2.0/24 via 198.18.0.2',
        '192.0.3.0/24 via 198.18.0.2',
        '2001:db8:1::/64 via 2001:db8:f0::2',
        ...PUBLIC_ADDRESSES.map((address) => `${address} via ${address.includes(':') ? '2001:db8:3::53' : '198.51.100.53'}`),
      ],
      server: ['default via 203.0.113.1', 'default via 2001:db8:2::1'],
      internet: ['default via 198.51.100.1', 'default via 2001:db8:3::1'],
      neighbour: ['default via 192.0.3.1'],
    },
    resolvers: { client: ['192.0.2.1'], gateway: ['1.1.1.1'], server: ['1.1.1.1'], internet: ['1.1.1.1'], neighbour: ['192.0.3.1'] },
  },
  services: {
    gateway: { dns: { names: HOME_NAMES } },
    internet: internetServices(),
    server: serverServices(['203.0.113.10', '2001:db8:2::10']),
  },
  arguments: ['app.example.net:443', '--ca', 'CA'],
};
