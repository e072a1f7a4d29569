import type { Layout, Link } from './network.js';

/** The address plan of every scenario: documentation addresses (RFC 5737, RFC 3849), which exist nowhere else. */
export const GATEWAY = '192.0.2.1';
export const CLIENT = '192.0.2.2';
/** On the client's link, and nobody's. */
export const NOBODY_HERE = '192.0.2.53';
export const SERVER = '198.51.100.10';
/** The server's second address, in a network of its own. */
export const OTHER_SERVER = '203.0.113.10';
export const SERVER_V6 = '2001:db8:2::10';
/** The router's address towards the server. */
export const FAR_GATEWAY = '198.51.100.1';

const CLIENT_LINK: Link = {
  ends: [
    { host: 'client', interface: 'eth0', addresses: [`${CLIENT}/24`, '2001:db8:1::2/64'] },
    { host: 'router', interface: 'eth0', addresses: [`${GATEWAY}/24`, '2001:db8:1::1/64'] },
  ],
};

/** client — router — server, whole and well: whoever wants a fault adds it. */
export function routedNetwork(options: { serverLinkMtuBytes?: number } = {}): Layout {
  return {
    hosts: ['client', 'router', 'server'],
    routers: ['router'],
    links: [
      CLIENT_LINK,
      {
        mtuBytes: options.serverLinkMtuBytes ?? 1500,
        ends: [
          { host: 'router', interface: 'eth1', addresses: [`${FAR_GATEWAY}/24`, '2001:db8:2::1/64'] },
          { host: 'server', interface: 'eth0', addresses: [`${SERVER}/24`, `${OTHER_SERVER}/32`, `${SERVER_V6}/64`] },
        ],
      },
    ],
    routes: {
      client: [`default via ${GATEWAY}`, 'default via 2001:db8:1::1'],
      router: [`${OTHER_SERVER}/32 via ${SERVER}`],
      server: [`default via ${FAR_GATEWAY}`, 'default via 2001:db8:2::1'],
    },
    resolvers: { client: [GATEWAY] },
  };
}

/** A machine that has nothing but a loopback interface, which is down. */
export function machineWithoutNetwork(): Layout {
  return { hosts: ['client'], resolvers: { client: [NOBODY_HERE] } };
}

/** A machine on a link with one neighbour, at {@link GATEWAY} unless `neighbour` says otherwise. `routes` are the client's. */
export function machineOnLink(routes: readonly string[], neighbour = GATEWAY): Layout {
  return {
    hosts: ['client', 'neighbour'],
    links: [
      {
        ends: [
          { host: 'client', interface: 'eth0', addresses: [`${CLIENT}/24`] },
          { host: 'neighbour', interface: 'eth0', addresses: [`${neighbour}/24`] },
        ],
      },
    ],
    routes: { client: routes },
    resolvers: { client: [neighbour] },
  };
}
