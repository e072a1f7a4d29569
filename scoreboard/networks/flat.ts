import type { ScoreboardNetwork, Services } from '../network.js';
import { internetServices, namesOf, PUBLIC_ADDRESSES, REFERENCE_NAMES, serverServices } from './well-known-services.js';

const isIPv6 = (address: string): boolean => address.includes(':');

/** One subnet behind one switch: the client, a host that is gateway, resolver and the whole internet at once, a target and another. */
function flatNetwork(ipv6: boolean): ScoreboardNetwork {
  const ofFamily = (...addresses: string[]): string[] => addresses.filter((address) => ipv6 || !isIPv6(address));
  const end = (host: string, port: string, ...addresses: string[]) => ({
    ends: [
      { host, interface: 'eth0', addresses: ofFamily(...addresses) },
      { host: 'switch', interface: port },
    ] as const,
  });
  const viaInternet = ofFamily('192.0.2.1', '2001:db8:1::1').map((address) => `default via ${address}`);
  const target = ofFamily('192.0.2.20', '2001:db8:1::20');
  return {
    layout: {
      hosts: ['client', 'switch', 'internet', 'server', 'other'],
      switches: ['switch'],
      routers: ['internet'],
      links: [
        end('client', 'port1', '192.0.2.2/24', '2001:db8:1::2/64'),
        end('internet', 'port2', '192.0.2.1/24', '2001:db8:1::1/64'),
        end('server', 'port3', '192.0.2.20/24', '2001:db8:1::20/64'),
        end('other', 'port4', '192.0.2.30/24', '2001:db8:1::30/64'),
      ],
      loopback: { internet: ofFamily(...PUBLIC_ADDRESSES) },
      routes: { client: viaInternet, server: viaInternet, other: viaInternet },
      resolvers: { client: ['192.0.2.1'], server: ['192.0.2.1'], other: ['192.0.2.1'] },
    },
    services: { internet: gatewayAndInternet(ofFamily), server: serverServices(target) },
    arguments: ['app.example.net:443', '--ca', 'CA'],
  };
}

function gatewayAndInternet(ofFamily: (...addresses: string[]) => string[]): Services {
  const own = ofFamily('192.0.2.1', '2001:db8:1::1');
  const everywhere = [...own, ...ofFamily(...PUBLIC_ADDRESSES).map((address) => address.split('/')[0] ?? address)];
  const { dns = {}, ntp = {} } = internetServices(namesOf(ofFamily('192.0.2.20', '2001:db8:1::20'), own), own);
  return {
    dns: { ...dns, addresses: own, https: false },
    'dns-public': { ...dns, addresses: everywhere.slice(own.length) },
    web: { addresses: own, certificate: { names: [...REFERENCE_NAMES, ...own] } },
    quic: { addresses: everywhere },
    ntp,
  };
}

export const flat: ScoreboardNetwork = flatNetwork(false);
export const flatDualStack: ScoreboardNetwork = flatNetwork(true);
