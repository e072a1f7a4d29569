import { z } from 'zod';
import { serverClock } from './clock.js';
import { count, milliseconds, rttMs } from './quantities.js';

/** Shapes of what is known of HTTP exchanges. Addresses of pages stand without credentials, and with `***` for the values of a query. */

const status = z.int().min(100).max(999);

/** Times of one request, each part that was reached. */
export const httpPhases = {
  /** `null` where nothing was looked up: an address, a kept connection, or a proxy that does it. */
  dnsMs: milliseconds.nullable(),
  tcpMs: milliseconds.nullable(),
  /** From the connection to the proxy to its word that the destination is connected; `null` without a tunnel. */
  proxyMs: milliseconds.nullable(),
  tlsMs: milliseconds.nullable(),
  /** From the request sent to the first byte of the answer. */
  ttfbMs: milliseconds.nullable(),
  /** From there to the last byte that was read. */
  bodyMs: milliseconds.nullable(),
};

/** A limit on requests, as a service announces it; what it does not say is `null`. */
const allowance = {
  limit: z.number().min(0).nullable(),
  remaining: z.number().nullable(),
  used: z.number().min(0).nullable(),
  /** Until it is whole again, from the moment of the answer. */
  resetSeconds: z.number().min(0).nullable(),
  windowSeconds: z.number().min(0).nullable(),
};

export const rateLimit = z.strictObject({
  ...allowance,
  /** The policy in the service's own words. */
  policy: z.string().nullable(),
  retryAfterSeconds: z.number().min(0).nullable(),
  /** Names of the fields that it was read from. */
  headers: z.array(z.string()),
  /** Each allowance by itself, where a service has several. The one above is the tightest of them. */
  allowances: z.array(z.strictObject({ name: z.string().nullable(), ...allowance })),
});

export const httpRedirect = z.strictObject({
  url: z.string(),
  address: z.string().nullable(),
  status,
  location: z.string(),
  httpVersion: z.string(),
  ...httpPhases,
  totalMs: milliseconds,
});

export const httpData = z.strictObject({
  /** As it was asked for; `null` where it was not. */
  url: z.string().nullable(),
  /** That the answer came from, behind all redirects; `null` where none came. */
  finalUrl: z.string().nullable(),
  method: z.string(),
  /** IP address of the answer; that of a proxy is not shown. */
  address: z.string().nullable(),
  /** The proxy on the way, without credentials. */
  via: z.string().nullable(),
  /** Of several exchanges the status that came most often. */
  status: status.nullable(),
  /** `1.0`, `1.1`, `2`. */
  httpVersion: z.string().nullable(),
  /** Of the first answer, names in small letters; what can be secret is `***`. */
  headers: z.record(z.string(), z.string()),
  /** Fields that were left out, since there were too many. */
  headersOmitted: count.nullable(),
  /** Of the first exchange, in their order. */
  redirects: z.array(httpRedirect),
  /** Why a redirect was not followed; `null` where all were, or there was none. */
  redirectFault: z.strictObject({ kind: z.enum(['loop', 'too-many', 'downgrade', 'invalid']), location: z.string() }).nullable(),
  /** Whether one of the redirects led from https: to http:. */
  downgraded: z.boolean(),
  /** Of several exchanges, each phase is the median of those that completed it. The phases are those of the last request, behind redirects. */
  ...httpPhases,
  /** Sum of the phases of all requests of an exchange, redirects included. */
  totalMs: milliseconds.nullable(),
  /** Whether connections were kept from one exchange to the next. */
  keepAlive: z.boolean(),
  count,
  completed: count,
  distribution: z
    .strictObject({
      dnsMs: rttMs.nullable(),
      tcpMs: rttMs.nullable(),
      proxyMs: rttMs.nullable(),
      tlsMs: rttMs.nullable(),
      ttfbMs: rttMs.nullable(),
      bodyMs: rttMs.nullable(),
      totalMs: rttMs.nullable(),
    })
    .nullable(),
  statuses: z.array(z.strictObject({ status, count })),
  /** The exchanges in their order, the first 1000 of them. */
  runs: z.array(
    z.strictObject({
      ...httpPhases,
      totalMs: milliseconds.nullable(),
      status: status.nullable(),
      bodyBytes: count.nullable(),
      /** Whether the request went over a connection that was there already. */
      reused: z.boolean(),
      stalledMs: milliseconds,
      failure: z.string().nullable(),
    }),
  ),
  /** `null` where no TLS was spoken. */
  tls: z
    .strictObject({
      protocol: z.string(),
      cipher: z.string(),
      alpn: z.string().nullable(),
      trusted: z.boolean(),
      trustError: z.string().nullable(),
      hostnameMatches: z.boolean(),
    })
    .nullable(),
  /** Of the first answer; `null` where it has none by the rules of HTTP, or none was reached. */
  body: z
    .strictObject({
      /** As they came, so compressed where it is. */
      bytes: count,
      /** How its end came: all of it was read, or that much was enough, or it broke off, or it did not end in time. */
      ended: z.enum(['complete', 'limit', 'broken-off', 'timed-out']),
      contentType: z.string().nullable(),
      /** `gzip`, `br`, `deflate`; `null`: not compressed. */
      encoding: z.string().nullable(),
      /** What it is when unpacked, as far as it was kept for matching; `null` where that was not needed or not possible. */
      decodedBytes: count.nullable(),
      /** Why it could not be unpacked: `corrupt`, `too-large`, `unknown-encoding`; `null` where it could, or nothing was to be. */
      decodeFault: z.enum(['corrupt', 'too-large', 'unknown-encoding']).nullable(),
    })
    .nullable(),
  compression: z.strictObject({ offered: z.array(z.string()), used: z.string().nullable() }),
  /** What the service says it can also be had by (RFC 7838), HTTP/3 among it. */
  alternatives: z.array(z.strictObject({ protocol: z.string(), authority: z.string(), maxAgeSeconds: z.number().nullable() })),
  http3: z.boolean().nullable(),
  server: z.string().nullable(),
  /** Names and flags; values are never kept. */
  cookies: z.array(
    z.strictObject({
      name: z.string(),
      secure: z.boolean(),
      httpOnly: z.boolean(),
      sameSite: z.string().nullable(),
      persistent: z.boolean(),
    }),
  ),
  /** What protects those who read a page; `problem` is `null` where it is as it should be. */
  security: z.array(z.strictObject({ header: z.string(), value: z.string().nullable(), problem: z.string().nullable() })),
  /** Whether the fields above were asked for. */
  securityRequired: z.boolean(),
  /** Clock of the service against that of this machine; `null` without a Date field. */
  clock: serverClock.nullable(),
  rateLimit: rateLimit.nullable(),
  /** What was asked of the answer, and whether it was so. */
  expectations: z.array(
    z.strictObject({
      kind: z.enum(['status', 'body', 'json', 'header', 'no-header']),
      expected: z.string(),
      met: z.boolean(),
      observed: z.string().nullable(),
      /** Answers of which it is not true, one of which is `observed`. */
      missed: count,
    }),
  ),
  /** Many requests at once (`--burst`); `null`: not asked for, or not reached. */
  burst: z
    .strictObject({
      asked: count,
      concurrency: count,
      sent: count,
      answered: count,
      failed: count,
      limited: count,
      statuses: z.array(z.strictObject({ status, count })),
      durationMs: milliseconds,
      perSecond: z.number().min(0).nullable(),
      /** Number of the request, from 1, that was first answered 429, in the order in which they were sent. */
      firstLimited: count.nullable(),
      /** Answered otherwise before it. */
      acceptedBefore: count.nullable(),
      ttfbMs: rttMs.nullable(),
      retryAfterSeconds: z.number().min(0).nullable(),
      /** Whether a request was accepted again after `retryAfterSeconds`; `null` where that was not tried. */
      recovered: z.boolean().nullable(),
    })
    .nullable(),
  /** Whether credentials were sent with the first request. */
  authenticated: z.boolean(),
});
