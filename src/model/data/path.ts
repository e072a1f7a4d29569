import { z } from 'zod';
import { clock, count, icmpError, milliseconds, ratio, rttMs } from './quantities.js';

/** Shapes of what is known of the way to a target: addresses, routers, sizes, neighbours. */

/** A connection attempt to each address of a name, side by side, and which of them a client would have taken (RFC 8305). */
export const addressesData = z.strictObject({
  /** `null` where it was not tried. */
  host: z.string().nullable(),
  port: z.int().min(1).max(65_535).nullable(),
  /** In the order in which a client tries them (RFC 6724, RFC 8305). */
  addresses: z.array(
    z.strictObject({
      address: z.string(),
      family: z.union([z.literal(4), z.literal(6)]),
      /** Whether anything came back from it, be it a refusal; `null` where it was not tried. */
      answers: z.boolean().nullable(),
      /** How it was tried: `tcp`, `icmp`, …; `null` where it was not. */
      method: z.string().nullable(),
      /** Time until the connection stood, or the first echo was answered; `null` without one. */
      rttMs: milliseconds.nullable(),
      clock: clock.nullable(),
      /** State of the target's port at this address; `null` for a bare host, and where it was not tried. */
      state: z.enum(['open', 'closed', 'filtered', 'rejected']).nullable(),
      /** errno, ICMP meaning or `silence`: why no connection stood, or why it was not tried; `null` where all went well. */
      failure: z.string().nullable(),
    }),
  ),
  /** The one of them that the other probes of this target went to; `null` where none was. */
  chosen: z.string().nullable(),
  /** The address that Happy Eyeballs (RFC 8305) would have connected to, worked out from the times above; `null` where none answers. */
  winner: z.string().nullable(),
  /** When its connection would have stood, counted from the first attempt: attempts start 250 ms apart or when one fails. */
  winnerAfterMs: milliseconds.nullable(),
});

/** One hop of a path; several addresses where the path changed or splits. */
export const routeHop = z.strictObject({
  ttl: z.int().min(1),
  /** In the order of how often they answered; empty where nobody did. */
  addresses: z.array(z.string()),
  /** Name of the first address by reverse lookup; `null` where it has none, or was not asked. */
  hostname: z.string().nullable(),
  /** `null` where a tool of the system asked, which does not say how often. */
  sent: count.nullable(),
  received: count,
  lossRatio: ratio.nullable(),
  rttMs: rttMs.nullable(),
  clock: clock.nullable(),
  /** Each address by itself. */
  routers: z.array(
    z.strictObject({
      address: z.string(),
      hostname: z.string().nullable(),
      received: count,
      /** Label stack that our packet carried when it met this router (RFC 4950), outermost first. */
      mpls: z.array(z.strictObject({ label: count, trafficClass: count, bottomOfStack: z.boolean(), ttl: count })),
    }),
  ),
  /** What it said other than "time exceeded": unreachables by type and code. */
  errors: z.array(icmpError),
});

export const routeData = z.strictObject({
  address: z.string().nullable(),
  /** Whether the target itself answered. `null`: not tried. */
  reached: z.boolean().nullable(),
  /** Up to the target, or to the last hop that anybody answered for. */
  hops: z.array(routeHop),
  /** Whether one router stands at several hops with others between or behind it; `null`: not tried. */
  loop: z.boolean().nullable(),
  /** The address that returns, and at which hops; `null` without a loop. */
  loopAt: z.strictObject({ address: z.string(), ttls: z.array(z.int()) }).nullable(),
  /** Why the path ends where it does. */
  end: z
    .strictObject({
      reason: z.enum(['target', 'unreachable', 'loop', 'silence', 'maximum']),
      /** Who refused, with `unreachable`. */
      from: z.string().nullable(),
      meaning: z.string().nullable(),
    })
    .nullable(),
  /** Whether all packets of a flow looked alike to routers that spread load, so that they took one path; `null`: not known. */
  constantFlow: z.boolean().nullable(),
  cycles: count,
  /** One list per flow where several were asked for (`--flows`): the first address that answered at each hop. */
  flows: z.array(z.strictObject({ flow: count, hops: z.array(z.strictObject({ ttl: z.int().min(1), address: z.string().nullable() })) })),
  /** Hops at which, within one flow, another address answered than in an earlier cycle. */
  changes: z.array(z.strictObject({ ttl: z.int().min(1), cycle: count, from: z.string(), to: z.string() })),
  /** Answers that belonged to no packet of ours, or could not be told which. */
  foreign: count,
  /**
   * Every way that was tried, from which hop on, and whether the target answered it; `null` where it was cut short, since another way got
   * there. Hops before `fromTtl` of the way that the path is of were found by the first one.
   */
  tried: z.array(
    z.strictObject({
      method: z.string(),
      port: z.int().min(1).max(65_535).nullable(),
      fromTtl: z.int().min(1),
      reached: z.boolean().nullable(),
    }),
  ),
});

/** Sizes of whole IP packets that went through in one direction of TCP connections; `null`: not shown. */
export const segmentDirection = z.strictObject({
  /** Largest packet that got through. */
  passedBytes: z.int().nullable(),
  /** Smallest packet that did not, sent more than once, while smaller ones did. */
  failedBytes: z.int().nullable(),
});

export const mtuData = z.strictObject({
  address: z.string().nullable(),
  /** Largest IP packet, header included, that reached the target whole. */
  pathMtuBytes: z.int().nullable(),
  /** Whether one byte more was seen to fail often enough to be sure, or is more than the interface takes. `null`: nothing was found. */
  exact: z.boolean().nullable(),
  /** MTU of the interface through which the packets leave. */
  localMtuBytes: z.int().nullable(),
  /** Maximum segment size that the kernel uses towards the target on a TCP connection. */
  tcpMssBytes: z.int().nullable(),
  /** Whether larger packets vanish without a message. `null`: not determined. */
  blackhole: z.boolean().nullable(),
  /** Address of the router that announced a smaller MTU; `"local"` where it is the interface; `null` where nobody said so. */
  limitedBy: z.string().nullable(),
  /** Smallest packet that did not pass, where one was found. */
  smallestFailedBytes: z.int().nullable(),
  /** In which direction TCP segments vanish; `null` where none did, or that was not shown. */
  direction: z.enum(['to-target', 'from-target', 'both']).nullable(),
  /** Whether large echoes are swallowed while TCP segments of that size pass in both directions; `null`: not compared. */
  largeEchoFiltered: z.boolean().nullable(),
  /** Whether the target is known to be on a link of this machine, with no router between that could send a message; `null`: not tried. */
  onLink: z.boolean().nullable(),
  /** How many packets the link of this machine itself refused for their size (ENOBUFS), as the far end of a veth does; absent: none. */
  linkRefused: count.optional(),
  /** What TCP connections to the target's port showed; `null` without a connection. */
  tcp: z
    .strictObject({
      /** Maximum segment size that this machine announced. */
      announcedMssBytes: z.int(),
      /** Path MTU that the kernel held for a connection, from its interface, route and earlier ICMP messages. */
      kernelPathMtuBytes: z.int(),
      toTarget: segmentDirection,
      fromTarget: segmentDirection,
      connections: count,
    })
    .nullable(),
  sent: count,
});

/** Whether the link address of a neighbour was learned (ARP, RFC 826; neighbour discovery, RFC 4861). */
export const neighborData = z.strictObject({
  address: z.string(),
  interface: z.string().nullable(),
  /** `absent`: the kernel holds no entry for it. */
  state: z.enum(['resolved', 'incomplete', 'absent']).nullable(),
  /** The kernel's own word: `reachable`, `stale`, `delay`, `probe`, `permanent`, `noarp`, `incomplete`, `failed`; `null`: not told. */
  kernelState: z.string().nullable(),
  /**
   * Of its link address: `maker`, assigned by a maker; `local`, made up by software; `virtual-router`, shared by routers (VRRP, HSRP);
   * `group`, which no single machine has; `none`: the link needs none. `null`: not known.
   */
  linkAddressKind: z.enum(['maker', 'local', 'virtual-router', 'group', 'none']).nullable(),
});

/** What the kernel decided for packets to a target, without sending one. */
export const routeLookupData = z.strictObject({
  address: z.string().nullable(),
  source: z.string().nullable(),
  interface: z.string().nullable(),
  gateway: z.string().nullable(),
  loopback: z.boolean().nullable(),
  /** Number of the table that decided, 254 being `main`; `null`: not told. */
  table: count.nullable(),
  /** Kind of the route: `unicast`, `local`, `broadcast`, `multicast`, …; `null`: not told. */
  type: z.string().nullable(),
  /** The prefix that matched: `198.51.100.0/24`; `null`: not told. */
  prefix: z.string().nullable(),
  /** MTU that the route sets, or that the kernel has learned for it; `null`: that of the interface, or not told. */
  mtuBytes: count.nullable(),
});
