import { z } from 'zod';
import { count, milliseconds, rttMs } from './quantities.js';

/** What is sent once every interval and is to come back. `late`: came after the time-out, and counts as lost too. */
const roundTrips = z.strictObject({ sent: count, answered: count, lost: count, late: count, rttMs: rttMs.nullable() });

/** Shape of a WebSocket that was opened, used and closed. */
export const webSocketData = z.strictObject({
  /** As it was asked for, without credentials and query. */
  url: z.string(),
  address: z.string().nullable(),
  /** The proxy on the way, without credentials. */
  via: z.string().nullable(),
  /** Of the answer to the upgrade; `null` where none came. */
  status: z.int().nullable(),
  reason: z.string().nullable(),
  /** What is wrong with that answer; `null` where it is a valid switch, or none came. */
  refusal: z.enum(['status', 'accept', 'upgrade', 'extension', 'subprotocol', 'not-http']).nullable(),
  /** Schemes of a login that the server wants; `null`: it asked for none. */
  authentication: z.array(z.string()).nullable(),
  dnsMs: milliseconds.nullable(),
  tcpMs: milliseconds.nullable(),
  proxyMs: milliseconds.nullable(),
  tlsMs: milliseconds.nullable(),
  /** From the request written to the end of the head of the answer. */
  upgradeMs: milliseconds.nullable(),
  tls: z
    .strictObject({
      protocol: z.string(),
      cipher: z.string(),
      trusted: z.boolean(),
      trustError: z.string().nullable(),
      hostnameMatches: z.boolean(),
    })
    .nullable(),
  /** The subprotocol that the server chose; `null`: none. */
  subprotocol: z.string().nullable(),
  subprotocolsOffered: z.array(z.string()),
  /** As the server names them; none is ever offered. */
  extensions: z.array(z.string()),
  /** What was looked at: pings alone, messages that come back, or messages that come by themselves. */
  kind: z.enum(['ping', 'echo', 'stream']),
  /** Of the pings; where the server answers none of them, of the messages that came back. */
  rttMs: rttMs.nullable(),
  rttBy: z.enum(['ping', 'echo']).nullable(),
  pings: roundTrips,
  /** `null`: no message was given to be sent back. */
  echoes: roundTrips.nullable(),
  messages: z.strictObject({
    /** All of them, those that came back included. */
    received: count,
    receivedBytes: count,
    /** From the upgrade, or where a message was sent ahead from that, to the first one; `null` where none came. */
    firstMs: milliseconds.nullable(),
    /** Between one and the next; `null` below two. */
    interarrivalMs: rttMs.nullable(),
  }),
  /** Messages sent as fast as they come back, where that was asked for. */
  throughput: roundTrips
    .extend({
      /** How many were to be sent. */
      asked: count,
      /** From the first one sent to the last that came back; `null` where none did. */
      durationMs: milliseconds.nullable(),
      /** That came back, in a second of it. */
      perSecond: z.number().min(0).nullable(),
    })
    .optional(),
  /** Pings of the server, each of which was answered. */
  serverPings: count,
  /** How long was listened, where that was asked for. */
  listenedMs: milliseconds.nullable(),
  /** How it ended; `null` where it was never open, or was cut off by an interrupt. */
  close: z
    .strictObject({
      /** Who began it: `server` while we were not done yet. */
      by: z.enum(['client', 'server']),
      /** That the server sent; 1005 where its frame has none, 1006 where the connection ended without such a frame. */
      code: z.int(),
      name: z.string().nullable(),
      reason: z.string(),
      /** Whether both sides sent a close frame. */
      clean: z.boolean(),
    })
    .nullable(),
  /** How the server broke the rules, or sent more than is taken, so that we ended it; `null`: it did not. */
  violation: z.strictObject({ code: z.int(), reason: z.string() }).nullable(),
  /** Whether credentials were sent. */
  authenticated: z.boolean(),
});
