import type { ScoreboardNetwork } from '../network.js';
import { ofFamily } from './families.js';
import { internetServices, namesOf, PUBLIC_ADDRESSES, serverServices } from './well-known-services.js';

const NAMES = namesOf(['203.0.113.10'], ['198.51.100.80']);
const INTERNET = internetServices(NAMES, ['198.51.100.80']);

/** A subnet with two routers: one leads to the internet and its resolver, the other to the network of `app.example.net` alone. */
export const twoRouters: ScoreboardNetwork = ofFamily(4, {
  layout: {
    hosts: ['client', 'switch', 'gateway', 'branch', 'internet', 'server'],
    switches: ['switch'],
    routers: ['gateway', 'branch'],
    links: [
      {
        ends: [
          { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24'] },
          { host: 'switch', interface: 'port1' },
        ],
      },
      {
        ends: [
          { host: 'gateway', interface: 'lan0', addresses: ['192.0.2.1/24'] },
          { host: 'switch', interface: 'port2' },
        ],
      },
      {
        ends: [
          { host: 'branch', interface: 'lan0', addresses: ['192.0.2.254/24'] },
          { host: 'switch', interface: 'port3' },
        ],
      },
      {
        ends: [
          { host: 'gateway', interface: 'wan0', addresses: ['198.51.100.1/24'] },
          { host: 'internet', interface: 'eth0', addresses: ['198.51.100.80/24'] },
        ],
      },
      {
        ends: [
          { host: 'branch', interface: 'wan0', addresses: ['203.0.113.1/24'] },
          { host: 'server', interface: 'eth0', addresses: ['203.0.113.10/24'] },
        ],
      },
    ],
    loopback: { internet: PUBLIC_ADDRESSES },
    routes: {
      client: ['default via 192.0.2.1', '198.51.100.0/24 via 192.0.2.1', '203.0.113.0/24 via 192.0.2.254'],
      gateway: PUBLIC_ADDRESSES.map((address) => `${address} via 198.51.100.80`),
      internet: ['192.0.2.0/24 via 198.51.100.1'],
      server: ['default via 203.0.113.1'],
    },
    resolvers: { client: ['198.51.100.80'] },
  },
  services: {
    internet: { ...INTERNET, 'dns-own': { names: NAMES, addresses: ['198.51.100.80'] } },
    server: serverServices(['203.0.113.10']),
  },
  arguments: ['app.example.net:443', '--ca', 'CA'],
});
