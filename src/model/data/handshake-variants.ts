import { z } from 'zod';
import { count } from './quantities.js';

/** One ClientHello, and how far it came. */
export const handshakeVariant = z.strictObject({
  /**
   * `usual`: small, TLS 1.3 and 1.2, with the name of the target. `large`: the same, longer than one packet. `without-name`, `other-name`: the
   * same with no name, or with that of somebody else. `tls12`: the same for TLS 1.2 alone. `plain`: no hello, but a request of HTTP.
   */
  name: z.enum(['usual', 'large', 'without-name', 'other-name', 'tls12', 'plain']),
  helloBytes: count,
  /**
   * `hello`: a ServerHello came. `alert`: the server turned it down in TLS. `http`: an answer of HTTP came. `other`: something else did. `reset`, `closed`: the connection was
   * ended without a word. `silent`: nothing came. `unconnected`: TCP did not come about.
   */
  outcome: z.enum(['hello', 'alert', 'http', 'other', 'reset', 'closed', 'silent', 'unconnected']),
  /** Name of the alert, or of the version that was chosen; `null` without either. */
  detail: z.string().nullable(),
});

/** Shape of what came of the same handshake in several shapes. */
export const handshakeVariantsData = z.strictObject({
  address: z.string().nullable(),
  port: z.int().min(1).max(65_535).nullable(),
  /** The name that is asked for; `null`: the target is an address, and no name goes with it. */
  servername: z.string().nullable(),
  variants: z.array(handshakeVariant),
});
