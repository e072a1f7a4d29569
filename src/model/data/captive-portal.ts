import { z } from 'zod';
import { milliseconds } from './quantities.js';

/** Shape of a question whose answer is known beforehand, so that another one shows who answers. */
export const captivePortalData = z.strictObject({
  /** What asks so: `Firefox`, `NetworkManager`, …; `null`: an address that was given. */
  reference: z.string().nullable(),
  url: z.string(),
  address: z.string().nullable(),
  expected: z.string(),
  status: z.int().nullable(),
  /** Whether the answer was the known one; `null` where none came. */
  asExpected: z.boolean().nullable(),
  /** Where there is a portal, how it shows; `null`: there is no sign of one. */
  sign: z.enum(['redirect', 'network-authentication-required', 'other-content', 'announced']).nullable(),
  /** Address of the portal as it names it, without query; `null` where it is not known. */
  portal: z.string().nullable(),
  /** Address of its API (RFC 8908), where it names one. */
  api: z.string().nullable(),
  /** Whether the name leads to an address that belongs to no public host, as a portal that answers all questions makes it. */
  privateAddress: z.boolean().nullable(),
  totalMs: milliseconds.nullable(),
});
