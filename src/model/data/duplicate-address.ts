import { z } from 'zod';
import { absences, count, milliseconds } from './quantities.js';

/** Shape of: whether another machine on the link claims an address of this one, or the gateway's besides the gateway. */
export const duplicateAddressData = z.strictObject({
  addresses: z.array(
    z.strictObject({
      address: z.string(),
      interface: z.string(),
      /** Whose it is meant to be. */
      owner: z.enum(['self', 'gateway']),
      /** `arp` for IPv4, `ndp` (neighbour discovery) for IPv6. */
      protocol: z.enum(['arp', 'ndp']),
      /** Source of the questions: `0.0.0.0`, `::`, or the link-local address of the interface; `null`: none was sent. */
      askedFrom: z.string().nullable(),
      sent: count,
      /** Who said that it is theirs, this machine left out. Empty without `sent`: not known. */
      claimants: z.array(
        z.strictObject({
          linkAddress: z.string(),
          answers: count,
          /** The protocol by which several routers stand for one address, where the link address is out of its range. */
          redundancy: z.enum(['VRRP', 'HSRP', 'GLBP']).nullable(),
          /** Whether it claimed an address as well that nobody has (proxy ARP for everything); `null`: not asked. */
          claimsAnything: z.boolean().nullable(),
        }),
      ),
    }),
  ),
  /** From the first question to the end of the wait; `null`: nothing was asked. */
  waitedMs: milliseconds.nullable(),
  absent: absences,
});
