import { z } from 'zod';
import { dnsRecord } from './dns.js';
import { count, milliseconds } from './quantities.js';

/** Shape of the way from the root to a name. Names are without the final dot; the root is `.`. */

const address = z.strictObject({
  address: z.string(),
  /** Who says that this is an address of the server: the root hints, the delegation beside it (glue), its own authoritative records. */
  from: z.array(z.enum(['hints', 'glue', 'records'])),
  /** `null`: not asked, for the reason in `detail`. */
  state: z.enum(['answers', 'lame']).nullable(),
  /** In what way it does not serve the zone that it was named for (RFC 8499, "lame delegation"). */
  lame: z.enum(['refused', 'servfail', 'error', 'not-authoritative', 'upward-referral', 'silent', 'unreachable', 'malformed']).nullable(),
  detail: z.string().nullable(),
  result: z.enum(['answer', 'alias', 'referral', 'no-data', 'no-name']).nullable(),
  rcode: z.string().nullable(),
  authoritative: z.boolean().nullable(),
  queryMs: milliseconds.nullable(),
  transport: z.enum(['udp', 'tcp']).nullable(),
  /** Whether the answer over UDP was truncated. */
  truncated: z.boolean().nullable(),
  /** `absent`: it answers without; `dropped`: it is silent with EDNS, and answers without. */
  edns: z.enum(['answers', 'absent', 'dropped']).nullable(),
  /** What it gave: `TYPE data`, or the names of servers that it refers to. At most 32, sorted. */
  records: z.array(z.string()),
  tcp: z.enum(['answers', 'refused', 'silent', 'failed']).nullable(),
  /** Of the SOA record. */
  serial: count.nullable(),
  /** The servers of the zone, as this one lists them. */
  nameServers: z.array(z.string()).nullable(),
});

const server = z.strictObject({
  /** `null`: root hints that are an address alone. */
  name: z.string().nullable(),
  /** Whether the delegation (or the hints) names it; `null`: the delegation was not seen. */
  inParent: z.boolean().nullable(),
  /** Whether the zone itself names it; `null`: the zone did not say. */
  inChild: z.boolean().nullable(),
  /** `missing`: it is needed and not there; `stale`: an address that the authoritative records do not have; `incomplete`: one less. */
  glue: z.enum(['matches', 'missing', 'stale', 'incomplete', 'not-needed']).nullable(),
  /** Its authoritative address records; `null`: not looked up, or not found. */
  recordAddresses: z.array(z.string()).nullable(),
  /** Why no address of it was found. */
  failure: z.enum(['no-name', 'no-address', 'alias', 'cyclic', 'missing-glue', 'unreachable', 'limit', 'interrupted']).nullable(),
  addresses: z.array(address),
});

const step = z.strictObject({
  zone: z.string(),
  /** The question asked here; after an alias it is another than at first. */
  name: z.string(),
  /** How the walk came here: from the hints, by a referral, without one since the same servers have both zones, or it was here before. */
  by: z.enum(['hints', 'referral', 'same-servers', 'known']),
  /** Zone that delegates it. */
  parent: z.string().nullable(),
  /** DS records of it in the zone above, as `keyTag algorithm digestType`; empty: none; `null`: not learned. */
  delegationSigners: z.array(z.string()).nullable(),
  servers: z.array(server),
  /** Servers of the delegation beyond the bound; they were not looked at. */
  omittedServers: count,
  /** Additional records that were not believed: of names that the delegation does not name, or outside the zone that delegates. */
  ignoredRecords: count,
  result: z.enum(['answer', 'alias', 'referral', 'no-data', 'no-name']).nullable(),
  /** Zone or name to which it leads on. */
  leadsTo: z.string().nullable(),
});

export const dnsTraceData = z.strictObject({
  name: z.string(),
  type: z.string(),
  rootHints: z.enum(['built-in', 'given']).nullable(),
  /** Port at which all servers were asked. */
  port: count.nullable(),
  end: z
    .strictObject({
      reason: z.enum(['answer', 'no-data', 'no-name', 'lame', 'silent', 'no-address', 'no-route', 'alias-loop', 'limit', 'interrupted']),
      zone: z.string().nullable(),
      /** The last name of the chain of aliases. */
      name: z.string(),
      detail: z.string().nullable(),
    })
    .nullable(),
  rcode: z.string().nullable(),
  /** Aliases on the way and the records at their end. */
  answers: z.array(dnsRecord),
  /** Owner of a wildcard that gives the same records; `null`: none was found, or not looked for. */
  wildcard: z.string().nullable(),
  /** The zones in the order in which they were come to. */
  steps: z.array(step),
  /** Names of servers that can only be found by way of each other, each circle once. */
  cycles: z.array(z.array(z.string())),
  queries: count,
  /** Bounds that were met: what lies behind them was not looked at. */
  limits: z.array(z.enum(['queries', 'zones', 'aliases', 'names', 'time'])),
});
