import { z } from 'zod';
import { management } from './management.js';
import { absences, count, milliseconds, source } from './quantities.js';

/** Shape of what this machine says of itself: links, addresses, routes, rules, neighbours, resolvers. */

const family = z.union([z.literal(4), z.literal(6)]);

/** An address of an interface. Flags are `null` where the system does not tell them. */
export const hostAddress = z.strictObject({
  address: z.string(),
  prefixLength: z.int(),
  family,
  /** `global`, `site`, `link`, `host`, `nowhere`, or the number of a scope that somebody made up. */
  scope: z.string().nullable(),
  /** For privacy, and gone after a while (RFC 8981). */
  temporary: z.boolean().nullable(),
  /** Its preferred lifetime is over: new connections take another one where there is one (RFC 4862). */
  deprecated: z.boolean().nullable(),
  /** Not used yet: it is still being asked whether somebody else has it. */
  tentative: z.boolean().nullable(),
  /** The kernel found that somebody else on the link has it (duplicate address detection, RFC 4862), and does not use it. */
  duplicate: z.boolean().nullable(),
  /** It has no end: nobody leased or advertised it, or for ever. */
  permanent: z.boolean().nullable(),
  /** What was left of its valid and its preferred lifetime when it was read; `null`: without end, or not told (see `permanent`). */
  validForMs: milliseconds.nullable(),
  preferredForMs: milliseconds.nullable(),
});

export const hostInterface = z.strictObject({
  name: z.string(),
  up: z.boolean().nullable(),
  /** Whether the link has a carrier (`IFF_RUNNING`, `carrier`); `null` where the interface is down or it cannot be told. */
  carrier: z.boolean().nullable(),
  loopback: z.boolean(),
  mtuBytes: z.int().nullable(),
  speedMbit: z.int().nullable(),
  /** Empty where it has none, and where they are not known: see `addressesKnown`. */
  addresses: z.array(hostAddress),
  /** Errors and drops since the interface exists, in both directions. */
  errors: count.nullable(),
  dropped: count.nullable(),
  source: z.string(),
  /** Whether `addresses` is what the interface has; `false`: the system did not tell. */
  addressesKnown: z.boolean(),
  index: count.nullable(),
  /**
   * What it is: `ethernet`, `wireless`, `loopback`, `cellular`, `ppp`, `infiniband`, or of virtual ones the kernel's own word: `veth`,
   * `bridge`, `tun`, `tap`, `wireguard`, `bond`, `vlan`, `macvlan`, `vxlan`, `dummy`, `ipip`, `gre`, `sit`, …
   */
  kind: z.string().nullable(),
  /** RFC 2863 `ifOperStatus`: `up`, `down`, `dormant`, `lowerlayerdown`, `notpresent`, `testing`; `unknown`: the driver does not say. */
  operationalState: z.string().nullable(),
  duplex: z.enum(['full', 'half']).nullable(),
  /** Bridge, bond, VRF or the like that it is a part of. */
  master: z.string().nullable(),
  /** What it stands on (VLAN, macvlan, tunnel), or the other end of a veth pair; `null`: none, or in another namespace. */
  parent: z.string().nullable(),
  vlanId: z.int().nullable(),
  /** Whether somebody listens to all of its frames, or a bridge does. */
  promiscuous: z.boolean().nullable(),
});

export const hostNextHop = z.strictObject({
  gateway: z.string().nullable(),
  interface: z.string().nullable(),
  /** Share of the packets, by weight, where there are several. */
  weight: count.nullable(),
  /** The kernel marks it: its link is down or has no carrier (`linkdown`, `dead`). */
  linkDown: z.boolean().nullable(),
});

export const hostRoute = z.strictObject({
  family,
  destination: z.string(),
  prefixLength: z.int(),
  /** `unicast`, `blackhole`, `unreachable`, `prohibit`, `throw`, `nat`, …; routes to addresses of this machine are not listed. */
  type: z.string(),
  /** Number of the table; 254 is `main`. */
  table: count,
  /** Who made it: `kernel`, `boot`, `static`, `dhcp`, `ra`, `bird`, …, or a number. */
  protocol: z.string().nullable(),
  scope: z.string().nullable(),
  /** The lowest wins among routes of one prefix; `null`: not told. */
  metric: count.nullable(),
  preferredSource: z.string().nullable(),
  mtuBytes: count.nullable(),
  /** Router preference of an advertised route (RFC 4191). */
  preference: z.enum(['low', 'medium', 'high']).nullable(),
  /** Several are taken in turn, flow by flow; none with routes that refuse. */
  nextHops: z.array(hostNextHop),
});

/** A rule of `ip rule`: which packets ask which table. What is `null` does not matter to it. */
export const hostRule = z.strictObject({
  family,
  priority: count,
  /** `table`, `goto`, `nop`, `blackhole`, `unreachable`, `prohibit`. */
  action: z.string(),
  table: count.nullable(),
  /** It is for all packets but those. */
  inverted: z.boolean(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** `0xca6c`, with a mask `0x1/0xff`. */
  mark: z.string().nullable(),
  incoming: z.string().nullable(),
  outgoing: z.string().nullable(),
  /** `1000-1999` */
  users: z.string().nullable(),
  /** Anything else that it asks for: protocol, ports, type of service. */
  further: z.array(z.string()),
  /** Routes of so short a prefix do not count for it: 0 leaves the default route out. */
  suppressPrefixLength: count.nullable(),
});

export const hostData = z.strictObject({
  interfaces: z.array(hostInterface),
  /** Those of the main table, and of tables that a rule asks for whatever the packet. */
  defaultRoutes: z.array(
    z.strictObject({
      family,
      gateway: z.string().nullable(),
      interface: z.string(),
      metric: count.nullable(),
    }),
  ),
  /** Whether the routes are known; `false`: the platform gives no list that can be trusted. */
  routesKnown: z.boolean(),
  resolvers: z.array(z.string()),
  resolversSource: z.string().nullable(),
  searchDomains: z.array(z.string()),
  /** Of all tables, without those to addresses of this machine, broadcast, multicast and IPv6 link-local ones; `null`: not known. */
  routes: z.array(hostRoute).nullable(),
  /** Routes beyond those: tables can be long. */
  routesLeftOut: count,
  routesSource: source,
  /** In the order in which they are asked, the three standard ones included; `null`: not known. */
  rules: z.array(hostRule).nullable(),
  rulesSource: source,
  /** What the kernel knows of the gateways in `routes`; `null`: not known. */
  neighbors: z
    .array(
      z.strictObject({
        address: z.string(),
        family,
        interface: z.string(),
        /** `reachable`, `stale`, `delay`, `probe`, `permanent`, `noarp`: its link address is known; `incomplete`, `failed`: nobody answered. */
        state: z.string(),
        linkAddressKind: z.enum(['maker', 'local', 'virtual-router', 'group', 'none']).nullable(),
      }),
    )
    .nullable(),
  neighborsSource: source,
  /** Leases that DHCP clients wrote down, where this user may read them. */
  leases: z.array(
    z.strictObject({
      interface: z.string().nullable(),
      address: z.string(),
      server: z.string().nullable(),
      /** How long the lease is, and when the client asks any server for another one (T2, RFC 2131). */
      lifetimeMs: milliseconds.nullable(),
      rebindMs: milliseconds.nullable(),
      /** `null`: never, or not told. */
      expiresAt: z.iso.datetime().nullable(),
      source: z.string(),
    }),
  ),
  /** Absent: not looked at. */
  management: management.optional(),
  absent: absences,
});
