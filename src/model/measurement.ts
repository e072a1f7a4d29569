import { z } from 'zod';

/**
 * The shapes of `measurements[]`: one definition gives the TypeScript types, the validation and the JSON Schema. Modules that only need
 * the types import them with `import type`, so that a run does not pay for loading the validator.
 *
 * In all of them: `null` is "not measured"; 0 is a measured zero. Durations are milliseconds, sizes bytes, ratios 0 to 1.
 */

const milliseconds = z.number().min(0);
const ratio = z.number().min(0).max(1);
const count = z.int().min(0);

/** Distribution of round trips; `stddev` is that of the sample (n − 1), `null` below two samples. Percentiles are by nearest rank. */
const rttMs = z.strictObject({
  min: milliseconds,
  mean: milliseconds,
  p50: milliseconds,
  p95: milliseconds,
  p99: milliseconds,
  max: milliseconds,
  stddev: milliseconds.nullable(),
});

const clock = z.enum(['kernel', 'user']);

/** An ICMP error that came back instead of an answer, and who sent it. */
const icmpError = z.strictObject({ from: z.string().nullable(), type: count, code: count, meaning: z.string(), count });

/** Packets that this machine itself refused to send, by errno: they are neither answered nor lost on the way. */
const notSent = z.array(z.strictObject({ code: z.string(), count }));

export const latencyData = z.strictObject({
  address: z.string().nullable(),
  sent: count,
  received: count,
  lossRatio: ratio.nullable(),
  rttMs: rttMs.nullable(),
  /** Interarrival jitter by RFC 3550 section 6.4.1, over the samples in the order sent. */
  jitterMs: milliseconds.nullable(),
  /** Mean of the absolute differences of consecutive samples. */
  meanDeviationMs: milliseconds.nullable(),
  clock: clock.nullable(),
  samples: z.array(z.strictObject({ seq: count, rttMs: milliseconds.nullable() })),
  /** Samples left out of the statistics since the first packet also pays for address resolution (ARP, neighbour discovery). */
  warmupMs: z.array(milliseconds),
  /** Whether ICMP echo was answered; `null` where it was not tried. `false` beside good TCP round trips is a filter, not a fault. */
  echoAnswered: z.boolean().nullable(),
  icmpErrors: z.array(icmpError),
  notSent,
});

export const lossData = z.strictObject({
  address: z.string().nullable(),
  sent: count,
  received: count,
  lost: count.nullable(),
  lossRatio: ratio.nullable(),
  /** Wilson score interval of the loss ratio at 95 % confidence. */
  interval: z.strictObject({ lowRatio: ratio, highRatio: ratio, confidence: ratio }).nullable(),
  /** `null` where the method cannot see it: TCP hides both. */
  duplicated: count.nullable(),
  reordered: count.nullable(),
  /** Runs of consecutive losses; `mean` is `null` without loss. */
  bursts: z.strictObject({ count, longest: count, mean: z.number().min(0).nullable() }).nullable(),
  rttMs: rttMs.nullable(),
  clock: clock.nullable(),
  echoAnswered: z.boolean().nullable(),
  icmpErrors: z.array(icmpError),
  notSent,
});

export const phasesData = z.strictObject({
  address: z.string().nullable(),
  /** `null` where the target is an address: nothing was looked up. */
  dnsMs: milliseconds.nullable(),
  tcpMs: milliseconds.nullable(),
  tlsMs: milliseconds.nullable(),
  /** From the request sent to the first byte of the answer. `null` where no HTTP was spoken. */
  ttfbMs: milliseconds.nullable(),
  /** Sum of the phases above, up to the last one that was reached. `null` where one of them did not complete. */
  totalMs: milliseconds.nullable(),
  httpStatus: z.int().min(100).max(999).nullable(),
});

export const mtuData = z.strictObject({
  address: z.string().nullable(),
  /** Largest IP packet, header included, that reached the target whole. */
  pathMtuBytes: z.int().nullable(),
  /** MTU of the interface through which the packets leave. */
  localMtuBytes: z.int().nullable(),
  /** Maximum segment size that the kernel uses towards the target on a TCP connection. */
  tcpMssBytes: z.int().nullable(),
  /** Whether larger packets vanish without a message. `null`: not determined. */
  blackhole: z.boolean().nullable(),
  /** Address of the router that announced a smaller MTU; `"local"` where it is the interface; `null` where nobody said so. */
  limitedBy: z.string().nullable(),
  /** Smallest packet that did not pass, where one was found. */
  smallestFailedBytes: z.int().nullable(),
  sent: count,
});

export const portState = z.enum(['open', 'closed', 'filtered', 'rejected']);

export const portsData = z.strictObject({
  address: z.string().nullable(),
  ports: z.array(
    z.strictObject({
      port: z.int().min(1).max(65_535),
      protocol: z.enum(['tcp', 'udp']),
      state: portState,
      /** Name of the service by its number (IANA), not by asking it. */
      service: z.string().nullable(),
      /** Time until the answer that settled the state; `null` where there was none. */
      latencyMs: milliseconds.nullable(),
      /** Segments that the kernel sent anew until the connection stood; `null` where it was not accepted, or the kernel does not tell. */
      retransmissions: count.nullable(),
      /** Whether the port was asked for by its number, so that it must be open; otherwise it belongs to a survey. */
      required: z.boolean(),
      /** What settled the state: `accepted`, `refused`, an errno (with `open`: the reset that followed the acceptance), or `silence`. */
      reason: z.string(),
    }),
  ),
});

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

export const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  serial: z.string(),
  sha256: z.string(),
  keyType: z.string().nullable(),
  keyBits: z.int().nullable(),
  san: z.array(z.string()),
  /** `RSA-SHA256`, `ECDSA-SHA384`, `Ed25519`, …, or an object identifier; `null` where it could not be read. */
  signatureAlgorithm: z.string().nullable().optional(),
  /** Whether it says where its issuer's certificate can be had (RFC 5280 section 4.2.2.1, caIssuers), as public authorities do. */
  issuerPublished: z.boolean().optional(),
});

export const tlsData = z.strictObject({
  address: z.string().nullable(),
  protocol: z.string().nullable(),
  cipher: z.string().nullable(),
  group: z.string().nullable(),
  alpn: z.string().nullable(),
  handshakeMs: milliseconds.nullable(),
  trusted: z.boolean().nullable(),
  trustError: z.string().nullable(),
  hostnameMatches: z.boolean().nullable(),
  /** As the server sent it, leaf first. */
  chain: z.array(certificate),
  /** `null`: not enumerated. */
  protocols: z.array(z.strictObject({ name: z.string(), supported: z.boolean() })).nullable(),
  ciphers: z.array(z.strictObject({ protocol: z.string(), name: z.string(), strength: z.string() })).nullable(),
  groups: z.array(z.string()).nullable(),
  servername: z.string().nullable(),
  clientCertificateRequested: z.boolean().nullable(),
  /** Whether trust anchors were given (`--ca`) beside those of the system. */
  anchorsGiven: z.boolean().optional(),
  /** `sha256//BASE64` of the leaf's public key, as curl's `--pinnedpubkey` takes it. */
  pin: z.string().nullable(),
  /** Whether that key is one of the `--pin` values; `null` where none was given. */
  pinMatches: z.boolean().nullable(),
});

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

/** Whether the link address of a neighbour was learned (ARP, RFC 826; neighbour discovery, RFC 4861). */
export const neighborData = z.strictObject({
  address: z.string(),
  interface: z.string().nullable(),
  /** `absent`: the kernel holds no entry for it. */
  state: z.enum(['resolved', 'incomplete', 'absent']).nullable(),
});

/** What the kernel decided for packets to a target, without sending one. */
export const routeLookupData = z.strictObject({
  address: z.string().nullable(),
  source: z.string().nullable(),
  interface: z.string().nullable(),
  gateway: z.string().nullable(),
  loopback: z.boolean().nullable(),
});

const step = z.enum(['configure', 'resolve', 'route', 'send', 'connect', 'handshake', 'request', 'response']);

/** How the measurement ended; `data` holds the numbers that were reached by then. See `attempt.ts`. */
export const attemptSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('measured') }),
  z.strictObject({ kind: z.literal('unanswered'), step, waitedMs: milliseconds }),
  z.strictObject({ kind: z.literal('failed'), step, code: z.string(), message: z.string() }),
  z.strictObject({ kind: z.literal('unavailable'), capability: z.string(), reason: z.string() }),
  z.strictObject({ kind: z.literal('skipped'), because: z.string() }),
]);

const envelope = {
  id: z.string(),
  /** `id` of the target; for a measurement of the machine itself, `null`. */
  target: z.string().nullable(),
  /** How it was measured: `icmp`, `tcp`, `udp`, `system`, …; `null` where it was not. */
  method: z.string().nullable(),
  startedAt: z.iso.datetime(),
  durationMs: milliseconds,
  /** By how much this process was late to run meanwhile: times on the process clock can be too long by as much. `null`: not measured. */
  stalledMs: milliseconds.nullable(),
  attempt: attemptSchema,
};

export const measurementSchema = z.discriminatedUnion('probe', [
  z.strictObject({ ...envelope, probe: z.literal('latency'), data: latencyData }),
  z.strictObject({ ...envelope, probe: z.literal('loss'), data: lossData }),
  z.strictObject({ ...envelope, probe: z.literal('phases'), data: phasesData }),
  z.strictObject({ ...envelope, probe: z.literal('mtu'), data: mtuData }),
  z.strictObject({ ...envelope, probe: z.literal('ports'), data: portsData }),
  z.strictObject({ ...envelope, probe: z.literal('dns'), data: dnsData }),
  z.strictObject({ ...envelope, probe: z.literal('tls'), data: tlsData }),
  z.strictObject({ ...envelope, probe: z.literal('host'), data: hostData }),
  z.strictObject({ ...envelope, probe: z.literal('route-lookup'), data: routeLookupData }),
  z.strictObject({ ...envelope, probe: z.literal('neighbor'), data: neighborData }),
]);

export type Measurement = z.infer<typeof measurementSchema>;
export type ProbeName = Measurement['probe'];
export type MeasurementOf<P extends ProbeName> = Extract<Measurement, { probe: P }>;
export type DataOf<P extends ProbeName> = MeasurementOf<P>['data'];
export type RttStatistics = z.infer<typeof rttMs>;
export type ClockSource = z.infer<typeof clock>;
export type IcmpErrorCount = z.infer<typeof icmpError>;
export type Certificate = z.infer<typeof certificate>;
export type PortResult = DataOf<'ports'>['ports'][number];
