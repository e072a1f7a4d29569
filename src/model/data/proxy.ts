import { z } from 'zod';
import { count, milliseconds } from './quantities.js';

/** How one way to the target ended: the direct one, and that through the proxy. */
const way = z.strictObject({
  /** `null`: not tried. */
  reachable: z.boolean().nullable(),
  /** Of the answer to the request; `null` where none came. */
  status: z.int().nullable(),
  /** From the beginning to the head of the answer, or where the target speaks no HTTP to the open connection. */
  totalMs: milliseconds.nullable(),
  /** Why it is not reachable, or was not tried; `null` where it is. */
  failure: z.string().nullable(),
});

/** Shape of what is known of the proxy in front of a target. */
export const proxyData = z.strictObject({
  /** Which variable or flag names it. */
  from: z.string().nullable(),
  /** `http://proxy.example.net:3128`, never with credentials. */
  proxy: z.string().nullable(),
  kind: z.enum(['http', 'https', 'socks5', 'socks5h']).nullable(),
  address: z.string().nullable(),
  dnsMs: milliseconds.nullable(),
  tcpMs: milliseconds.nullable(),
  /** Handshake with an `https` proxy. */
  tlsMs: milliseconds.nullable(),
  /** Whether a connection to it opened; `null`: not tried. */
  reachable: z.boolean().nullable(),
  /** From CONNECT or the greeting of SOCKS to its word; `null` where none came, or where only a plain request could be asked for. */
  handshakeMs: milliseconds.nullable(),
  /** HTTP status, or reply code of SOCKS. */
  status: count.nullable(),
  reason: z.string().nullable(),
  /** Whether it opened the way to the target; `null`: not known. */
  accepted: z.boolean().nullable(),
  /** Schemes of the login that it wants; `null`: it asked for none. */
  authentication: z.array(z.string()).nullable(),
  authenticated: z.boolean(),
  /** The same target by both ways; `null`: not compared. */
  comparison: z.strictObject({ direct: way, proxied: way }).nullable(),
});
