import { z } from 'zod';
import { count } from './quantities.js';

/** Shape of what this machine says of itself. */

export const hostData = z.strictObject({
  interfaces: z.array(
    z.strictObject({
      name: z.string(),
      up: z.boolean().nullable(),
      /** Whether the link has a carrier (`IFF_RUNNING`, `carrier`); `null` where the interface is down or it cannot be told. */
      carrier: z.boolean().nullable(),
      loopback: z.boolean(),
      mtuBytes: z.int().nullable(),
      speedMbit: z.int().nullable(),
      addresses: z.array(z.strictObject({ address: z.string(), prefixLength: z.int(), family: z.union([z.literal(4), z.literal(6)]) })),
      /** Errors and drops since the interface exists, in both directions. */
      errors: count.nullable(),
      dropped: count.nullable(),
      source: z.string(),
    }),
  ),
  defaultRoutes: z.array(
    z.strictObject({
      family: z.union([z.literal(4), z.literal(6)]),
      gateway: z.string().nullable(),
      interface: z.string(),
      metric: count.nullable(),
    }),
  ),
  /** `null`: the platform gives no list that can be trusted. */
  routesKnown: z.boolean(),
  resolvers: z.array(z.string()),
  resolversSource: z.string().nullable(),
  searchDomains: z.array(z.string()),
});
