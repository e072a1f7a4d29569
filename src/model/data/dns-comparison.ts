import { z } from 'zod';
import { count, milliseconds, ratio, rttMs } from './quantities.js';

/** Shape of one question put to many servers at once. */

/** What a server said of a name that certainly does not exist. */
const nonexistent = z.strictObject({
  name: z.string(),
  /** `null`: no answer came. */
  rcode: z.string().nullable(),
  /** Sorted. */
  answers: z.array(z.string()),
  /**
   * `nonexistent`: NXDOMAIN, as it should be. `empty`: no record, but no NXDOMAIN either. `rewritten`: an address was made up. `wildcard`:
   * the zone has an entry for all names. `filtered`: refused by a filter that says so. `failed`: another rcode. `unanswered`: silence.
   */
  verdict: z.enum(['nonexistent', 'empty', 'rewritten', 'wildcard', 'filtered', 'failed', 'unanswered']),
});

export const comparedServer = z.strictObject({
  /** How it was asked: `192.0.2.53` over UDP, `tcp://192.0.2.53`, `tls://192.0.2.53`, `https://192.0.2.53/dns-query`; the port where it is not the usual one. Unique in a measurement. */
  server: z.string(),
  /** What people call it; `null`: it has no name. */
  label: z.string().nullable(),
  /** Who runs it, where it is one of the well-known public servers, whoever named it. */
  operator: z.string().nullable(),
  from: z.enum(['given', 'system', 'well-known']),
  /** The stub resolver of this machine that asks it; `null`: it is asked by programs themselves, or by nobody here. */
  behind: z.string().nullable(),
  transport: z.enum(['udp', 'tcp', 'tls', 'https']),
  /** Whether it is known to refuse names on purpose (advertising, malware). */
  filters: z.boolean(),
  /** Datagrams, or exchanges over a connection: everything that this server was asked, repeats included. */
  sent: count,
  received: count,
  /** `null`: nothing was sent. */
  lossRatio: ratio.nullable(),
  /** The first question, the setting up of a connection included; `null`: no answer came. */
  coldMs: milliseconds.nullable(),
  /** Setting up the connection, TLS included; `null`: there was none, or that is not known. */
  connectionMs: milliseconds.nullable(),
  /** The same question again, one after the other; `null`: none was asked or answered. */
  warmMs: rttMs.nullable(),
  warm: z.strictObject({ sent: count, received: count }),
  /** Of the first answer; `null`: none came. */
  rcode: z.string().nullable(),
  /** The data of the records of the type asked for, sorted. */
  answers: z.array(z.string()),
  /** The aliases (CNAME) on the way to them, in the order of the answer. */
  aliases: z.array(z.string()),
  /** Times to live of the answers, in seconds; `null`: there are no answers. */
  ttl: z.strictObject({ minimum: count, maximum: count }).nullable(),
  /** Whether the server says that it validated the answer (AD); `null`: no answer came. */
  validated: z.boolean().nullable(),
  /** Which of its instances answered (RFC 5001); `null`: it does not say. */
  nameServerId: z.string().nullable(),
  /** RFC 8914. */
  extendedErrors: z.array(z.strictObject({ code: count, name: z.string(), text: z.string() })),
  /** Why there is no answer; `null`: there is one. */
  failure: z
    .strictObject({ kind: z.enum(['unanswered', 'failed', 'not-asked']), code: z.string().nullable(), reason: z.string() })
    .nullable(),
  /** Servers with the same number gave the same answer; 1 is the largest group. `null`: no answer. */
  group: count.nullable(),
  /**
   * Against {@link dnsComparisonData.reference}. `agrees`. `differs-by-location`: other addresses of the same kind, as content networks give.
   * `inner-view`: what only this network sees (split horizon). `filtered`: refused on purpose. `rewritten`: the address that it makes up for
   * names that do not exist. `injected`: two answers to one question. `intercepted`: contradicts what the same operator says encrypted.
   * `disagrees`: contradicts without such a reason. `refused`, `servfail`: an rcode that is no answer. `silent`, `failed`, `not-asked`: none came.
   */
  classification: z.enum([
    'agrees',
    'differs-by-location',
    'inner-view',
    'filtered',
    'rewritten',
    'injected',
    'intercepted',
    'disagrees',
    'refused',
    'servfail',
    'silent',
    'failed',
    'not-asked',
  ]),
  /** Names that do not exist, asked of this server; empty where none was asked. */
  nonexistent: z.array(nonexistent),
  /** Further answers to one datagram that contradict the first. `null`: not listened for. */
  contradictions: z
    .strictObject({
      listenedMs: milliseconds,
      /** How long the answer took that was first of all; `null`: none came. */
      firstMs: milliseconds.nullable(),
      answers: z.array(z.strictObject({ rcode: z.string(), answers: z.array(z.string()) })),
    })
    .nullable(),
});

export const dnsComparisonData = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** Those of the system first, then those given, then the well-known ones. */
  servers: z.array(comparedServer),
  /** What the others are held against, and who says so; `null`: no server gave an answer that could serve. */
  reference: z
    .strictObject({ by: z.enum(['encrypted', 'plain', 'configured']), rcode: z.string(), answers: z.array(z.string()) })
    .nullable(),
  /** What the answers show together. */
  findings: z.array(
    z.strictObject({
      /**
       * `injection`: somebody on the way sends answers of his own. `rewriting`: the server makes up addresses of names that do not exist.
       * `interception`: somebody on the way answers in the place of well-known servers. `system-disagreement`: servers that programs here use
       * by turns contradict each other. The rest as in the classification of a server.
       */
      kind: z.enum([
        'injection',
        'interception',
        'rewriting',
        'system-disagreement',
        'disagreement',
        'filtering',
        'split-horizon',
        'location',
      ]),
      /** By {@link comparedServer.server}. */
      servers: z.array(z.string()),
      detail: z.string(),
    }),
  ),
});
