import { z } from 'zod';
import { count, milliseconds } from './quantities.js';

/** Shape of what is known of QUIC at a port: what came of packets that a server answers with the versions it has. */
export const quicData = z.strictObject({
  address: z.string().nullable(),
  port: z.int().min(1).max(65_535).nullable(),
  /** Packets that left for the port. */
  sent: count,
  /**
   * `answered`: by Version Negotiation. `other`: by something that is none. `refused`: by an ICMP error. `silent`: nothing came. `not-sent`:
   * this machine let none out. `null`: not tried.
   */
  outcome: z.enum(['answered', 'other', 'refused', 'silent', 'not-sent']).nullable(),
  /** From the packet that was answered or refused to what came of it. */
  rttMs: milliseconds.nullable(),
  /** The versions of the server in its order, less the reserved ones: `v1`, `draft-29`; `null` without an answer. */
  versions: z.array(z.string()).nullable(),
  /** Who sent the ICMP error; `null` without one, or where it is not told. */
  refusedBy: z.string().nullable(),
  /** Whether it was the target itself; `null` without a refusal. */
  refusedByTarget: z.boolean().nullable(),
  /** The kind of ICMP error, the errno of what did not leave, or what was wrong with the answer. */
  reason: z.string().nullable(),
  /** Packets as large to another UDP port of the same host, which refuses them as a rule; `null`: not tried. */
  otherPort: z
    .strictObject({
      port: z.int().min(1).max(65_535),
      sent: count,
      /** Those that the host itself answered or refused. */
      answered: count,
    })
    .nullable(),
  /** The same port by TCP, asked where no answer came by UDP; `null`: not asked. */
  tcp: z
    .strictObject({
      opened: z.boolean(),
      /** Whether the answer to a request offers HTTP/3 at this host and port (Alt-Svc, RFC 7838); `null`: there was no answer to tell. */
      offersHttp3: z.boolean().nullable(),
    })
    .nullable(),
});
