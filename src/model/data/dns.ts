import { z } from 'zod';
import { count, milliseconds } from './quantities.js';

/** Shape of one question to one server. */

export const dnsData = z.strictObject({
  /** Address and port that answered, or the file that did. */
  server: z.string().nullable(),
  transport: z.enum(['udp', 'tcp', 'tls', 'https', 'file', 'platform']).nullable(),
  name: z.string(),
  type: z.string(),
  rcode: z.string().nullable(),
  queryMs: milliseconds.nullable(),
  flags: z
    .strictObject({ aa: z.boolean(), tc: z.boolean(), rd: z.boolean(), ra: z.boolean(), ad: z.boolean(), cd: z.boolean() })
    .nullable(),
  answers: z.array(z.strictObject({ name: z.string(), type: z.string(), ttl: count.nullable(), data: z.string() })),
  /** Verdict of validation, `null` where none was made. */
  dnssec: z.enum(['secure', 'insecure', 'bogus']).nullable(),
  /** Datagrams sent, retries included; `null` where no datagram was needed. */
  attempts: count.nullable(),
});
