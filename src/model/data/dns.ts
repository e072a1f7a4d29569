import { z } from 'zod';
import { count, milliseconds } from './quantities.js';

/** Shape of one question to one server. */

export const dnsRecord = z.strictObject({ name: z.string(), type: z.string(), ttl: count.nullable(), data: z.string() });

export const dnsData = z.strictObject({
  /** Address and port that answered, the URL of an HTTPS server, or the file that did. */
  server: z.string().nullable(),
  /** What people call it: `systemd-resolved`, `Docker`, `local`; `null`: nothing in particular. */
  serverLabel: z.string().nullable().optional(),
  /** Who named it: the user, this machine's configuration, or nobody: it is one that everybody knows. Absent: not told. */
  from: z.enum(['given', 'system', 'well-known']).optional(),
  /** Whom a stub resolver of this machine asks in its turn; `null` where it is none, or does not tell. */
  serverUpstreams: z.array(z.string()).nullable().optional(),
  transport: z.enum(['udp', 'tcp', 'tls', 'https', 'file', 'platform']).nullable(),
  /** As it was asked for last, where the search list made several of it. */
  name: z.string(),
  /** Names of the search list that were asked for before, in vain; `null`: there was no search. */
  searched: z.array(z.string()).nullable().optional(),
  type: z.string(),
  rcode: z.string().nullable(),
  queryMs: milliseconds.nullable(),
  flags: z
    .strictObject({ aa: z.boolean(), tc: z.boolean(), rd: z.boolean(), ra: z.boolean(), ad: z.boolean(), cd: z.boolean() })
    .nullable(),
  answers: z.array(dnsRecord),
  /** What the hosts file says of the name, to programs, whatever a server answers; `null`: nothing. */
  hostsFile: z
    .strictObject({ path: z.string(), addresses: z.array(z.string()) })
    .nullable()
    .optional(),
  /** Verdict of our own validation, `null` where none was made, or where it came to none. */
  dnssec: z.enum(['secure', 'insecure', 'bogus']).nullable(),
  /** Datagrams sent, retries included; `null` where no datagram was needed. */
  attempts: count.nullable(),
  /** The other two sections, without OPT; `null` where no answer came. */
  authorities: z.array(dnsRecord).nullable().optional(),
  additionals: z.array(dnsRecord).nullable().optional(),
  /** Size of the answer; `null` where none came. */
  answerBytes: count.nullable().optional(),
  /** Whether the answer over UDP was truncated, so that it was asked for again over TCP; `null` where it was not asked over UDP. */
  truncated: z.boolean().nullable().optional(),
  /** EDNS of the answer; `null` where it had none. */
  edns: z
    .strictObject({
      version: count,
      udpPayloadBytes: count,
      dnssecOk: z.boolean(),
      /** Which instance of the server it was (RFC 5001), as text where it is printable, else in hexadecimal digits. */
      nameServerId: z.string().nullable(),
      clientSubnet: z.strictObject({ address: z.string(), sourcePrefixLength: count, scopePrefixLength: count }).nullable(),
      /** RFC 8914. */
      extendedErrors: z.array(z.strictObject({ code: count, name: z.string(), text: z.string() })),
    })
    .nullable()
    .optional(),
  /** Datagrams that came to the question and were not its answer: somebody guesses, or a server is broken. `null` where none could come. */
  ignored: z
    .strictObject({
      /** With another id than any that was sent. */
      wrongId: count,
      /** About another name, type or class. */
      wrongQuestion: count,
      /** From another address or port than was asked. `null`: the system does not tell. */
      wrongSource: count.nullable(),
      malformed: count,
      /** Further answers to a question that was answered already, saying something else. `null`: not listened for. */
      contradicting: count.nullable(),
    })
    .nullable()
    .optional(),
  /** What setting up the connection took, of a question over one; `null` where there was none, or it stood already. */
  connection: z
    .strictObject({ tcpMs: milliseconds, tlsMs: milliseconds.nullable(), protocol: z.string().nullable() })
    .nullable()
    .optional(),
  /** Whether the server was asked not to validate (CD, RFC 4035). Absent: it was not. */
  checkingDisabled: z.boolean().optional(),
  /**
   * The same question again and again, by one datagram each, in the order sent; all else here is of the first that was answered, or of the
   * first. Absent: it was asked once.
   */
  series: z
    .array(
      z.strictObject({
        /** Counted from the start of the measurement. */
        sentMs: milliseconds,
        /** `null`: no answer came. */
        rcode: z.string().nullable(),
        /** `null`: no answer came. */
        queryMs: milliseconds.nullable(),
        /** For how long it was listened in vain; `null`: there is an answer, or it could not be sent. */
        waitedMs: milliseconds.nullable(),
      }),
    )
    .optional(),
  /** What the verdict of {@link dnsData.dnssec} rests on; `null` where no validation was made. */
  validation: z
    .strictObject({
      /** `null`: it came to no verdict, for the reason given. */
      verdict: z.enum(['secure', 'insecure', 'bogus']).nullable(),
      /** A word for machines: `signature-expired`, `no-ds-match`, `no-ds`, …; `null` where secure. */
      reason: z.string().nullable(),
      /** The same in words, with names, key tags and dates. */
      detail: z.string(),
      /** Where the verdict fell: zone at which the chain broke or ended, or that of the answer. */
      zone: z.string().nullable(),
      /** From the trust anchor down. */
      chain: z.array(
        z.strictObject({
          zone: z.string(),
          /** `keyTag/algorithm/digestType` of each. */
          ds: z.array(z.string()),
          keys: z.array(z.strictObject({ keyTag: count, algorithm: z.string(), secureEntryPoint: z.boolean() })),
          verdict: z.enum(['secure', 'insecure', 'bogus']).nullable(),
        }),
      ),
      /** Questions that validation took beside the one of the user. */
      queries: count,
    })
    .nullable()
    .optional(),
});
