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

/** A confidence interval of a ratio; `confidence` is 0.95. */
const interval = z.strictObject({ lowRatio: ratio, highRatio: ratio, confidence: ratio });

/** An ICMP error that came back instead of an answer, and who sent it. */
const icmpError = z.strictObject({ from: z.string().nullable(), type: count, code: count, meaning: z.string(), count });

/** Answers that came after the time-out, so that they count as lost, and how long the quickest took; `null`: the method does not tell. */
const late = z.strictObject({ count, fastestMs: milliseconds.nullable() }).nullable();

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
  late,
});

/** Where on a path the packets are lost, from probes to each hop with a limited time to live beside those to the target. */
const lossPath = z.strictObject({
  hops: z.array(
    z.strictObject({
      ttl: z.int().min(1),
      address: z.string().nullable(),
      sent: count,
      received: count,
      lossRatio: ratio.nullable(),
      interval: interval.nullable(),
      /**
       * `clean`: loses clearly less than the target. `lossy`: as much as the target, as all behind it do. `limited`: answers more rarely than
       * the hops behind it, so that it is the router's answers that are few, not the packets. `silent`: never answered. `unclear`: too few
       * packets to tell.
       */
      state: z.enum(['clean', 'lossy', 'limited', 'silent', 'unclear']),
    }),
  ),
  /** First hop from which the loss stays up to the target; `null` where there is no loss, or its place could not be told. */
  start: z
    .strictObject({
      ttl: z.int().min(1),
      address: z.string().nullable(),
      /** The last hop before it that is clean; `null` where there is none, as with a loss from the first hop on. */
      after: z.strictObject({ ttl: z.int().min(1), address: z.string().nullable() }).nullable(),
      place: z.enum(['local', 'upstream', 'target']),
      /** Share of the probability, over all places, that falls on this one, given what was answered. */
      probabilityRatio: ratio,
      /** Interval of the loss from this hop on: that of the target, which loses what is lost there and behind it. */
      interval,
    })
    .nullable(),
  /** Why no place is named; `null` where one is. */
  because: z.string().nullable(),
});

/** Of the segments of TCP connections in one direction. */
const segmentLoss = z.strictObject({
  /** Those with data: that we sent, or that arrived; retransmissions included. */
  segments: count,
  /** On the way there those that had to be sent again; on the way back the holes that were seen, of which each is one segment or more. */
  lost: count,
  /** Connections that showed it. */
  exchanges: count,
});

/** In which direction packets are lost, as far as TCP connections to the target's port show it. */
const lossDirection = z.strictObject({
  /** `null`: they do not show it clearly. */
  hint: z.enum(['to-target', 'from-target', 'both']).nullable(),
  /** What the hint rests on, or why there is none. */
  because: z.string(),
  there: segmentLoss,
  back: segmentLoss,
  /** Connections that stood and whose segments were counted. */
  exchanges: count,
});

export const lossData = z.strictObject({
  address: z.string().nullable(),
  sent: count,
  received: count,
  lost: count.nullable(),
  lossRatio: ratio.nullable(),
  /** Clopper-Pearson interval of the loss ratio at 95 % confidence, of as many independent packets as these are worth where losses come in bursts. */
  interval: interval.nullable(),
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
  late,
  /**
   * Messages that this machine dropped while it was too busy to take them (`SO_RXQ_OVFL`): answers to these probes, or to others. `null`:
   * not told.
   */
  droppedHere: count.nullable(),
  /** Where the loss begins (`--path`); `null` where that was not asked. */
  path: lossPath.nullable(),
  /** `null` where it was not asked, too little was lost, or the target's port is not known to speak TLS or HTTP. */
  direction: lossDirection.nullable(),
});

/** A connection attempt to each address of a name, side by side, and which of them a client would have taken (RFC 8305). */
export const addressesData = z.strictObject({
  /** `null` where it was not tried. */
  host: z.string().nullable(),
  port: z.int().min(1).max(65_535).nullable(),
  /** In the order in which a client tries them (RFC 6724, RFC 8305). */
  addresses: z.array(
    z.strictObject({
      address: z.string(),
      family: z.union([z.literal(4), z.literal(6)]),
      /** Whether anything came back from it, be it a refusal; `null` where it was not tried. */
      answers: z.boolean().nullable(),
      /** How it was tried: `tcp`, `icmp`, …; `null` where it was not. */
      method: z.string().nullable(),
      /** Time until the connection stood, or the first echo was answered; `null` without one. */
      rttMs: milliseconds.nullable(),
      clock: clock.nullable(),
      /** State of the target's port at this address; `null` for a bare host, and where it was not tried. */
      state: z.enum(['open', 'closed', 'filtered', 'rejected']).nullable(),
      /** errno, ICMP meaning or `silence`: why no connection stood, or why it was not tried; `null` where all went well. */
      failure: z.string().nullable(),
    }),
  ),
  /** The one of them that the other probes of this target went to; `null` where none was. */
  chosen: z.string().nullable(),
  /** The address that Happy Eyeballs (RFC 8305) would have connected to, worked out from the times above; `null` where none answers. */
  winner: z.string().nullable(),
  /** When its connection would have stood, counted from the first attempt: attempts start 250 ms apart or when one fails. */
  winnerAfterMs: milliseconds.nullable(),
});

/** One hop of a path; several addresses where the path changed or splits. */
const routeHop = z.strictObject({
  ttl: z.int().min(1),
  /** In the order of how often they answered; empty where nobody did. */
  addresses: z.array(z.string()),
  /** Name of the first address by reverse lookup; `null` where it has none, or was not asked. */
  hostname: z.string().nullable(),
  /** `null` where a tool of the system asked, which does not say how often. */
  sent: count.nullable(),
  received: count,
  lossRatio: ratio.nullable(),
  rttMs: rttMs.nullable(),
  clock: clock.nullable(),
  /** Each address by itself. */
  routers: z.array(
    z.strictObject({
      address: z.string(),
      hostname: z.string().nullable(),
      received: count,
      /** Label stack that our packet carried when it met this router (RFC 4950), outermost first. */
      mpls: z.array(z.strictObject({ label: count, trafficClass: count, bottomOfStack: z.boolean(), ttl: count })),
    }),
  ),
  /** What it said other than "time exceeded": unreachables by type and code. */
  errors: z.array(icmpError),
});

export const routeData = z.strictObject({
  address: z.string().nullable(),
  /** Whether the target itself answered. `null`: not tried. */
  reached: z.boolean().nullable(),
  /** Up to the target, or to the last hop that anybody answered for. */
  hops: z.array(routeHop),
  /** Whether one router stands at several hops with others between or behind it; `null`: not tried. */
  loop: z.boolean().nullable(),
  /** The address that returns, and at which hops; `null` without a loop. */
  loopAt: z.strictObject({ address: z.string(), ttls: z.array(z.int()) }).nullable(),
  /** Why the path ends where it does. */
  end: z
    .strictObject({
      reason: z.enum(['target', 'unreachable', 'loop', 'silence', 'maximum']),
      /** Who refused, with `unreachable`. */
      from: z.string().nullable(),
      meaning: z.string().nullable(),
    })
    .nullable(),
  /** Whether all packets of a flow looked alike to routers that spread load, so that they took one path; `null`: not known. */
  constantFlow: z.boolean().nullable(),
  cycles: count,
  /** One list per flow where several were asked for (`--flows`): the first address that answered at each hop. */
  flows: z.array(z.strictObject({ flow: count, hops: z.array(z.strictObject({ ttl: z.int().min(1), address: z.string().nullable() })) })),
  /** Hops at which, within one flow, another address answered than in an earlier cycle. */
  changes: z.array(z.strictObject({ ttl: z.int().min(1), cycle: count, from: z.string(), to: z.string() })),
  /** Answers that belonged to no packet of ours, or could not be told which. */
  foreign: count,
  /**
   * Every way that was tried, from which hop on, and whether the target answered it; `null` where it was cut short, since another way got
   * there. Hops before `fromTtl` of the way that the path is of were found by the first one.
   */
  tried: z.array(
    z.strictObject({
      method: z.string(),
      port: z.int().min(1).max(65_535).nullable(),
      fromTtl: z.int().min(1),
      reached: z.boolean().nullable(),
    }),
  ),
});

export const listeningData = z.strictObject({
  listeners: z.array(
    z.strictObject({
      port: z.int().min(1).max(65_535),
      protocol: z.enum(['tcp', 'udp']),
      /** Local address as the kernel shows it; `0.0.0.0` and `::` are all interfaces. */
      address: z.string(),
      /** `null` where the system does not let us see whose it is. */
      process: z.string().nullable(),
      pid: z.int().nullable(),
      /** Who can reach it, as far as the address tells: a firewall may say otherwise. */
      exposure: z.enum(['loopback', 'link', 'interface', 'all']),
      service: z.string().nullable(),
    }),
  ),
  /** The ports that were asked for: of a range the first and the last. `null`: all of them, and every listener is listed. */
  asked: z.array(z.strictObject({ first: z.int().min(1).max(65_535), last: z.int().min(1).max(65_535) })).nullable(),
  /** What should listen (`--expect`); `null` where nothing was said. */
  expected: z
    .array(
      z.strictObject({
        port: z.int().min(1).max(65_535),
        protocol: z.enum(['tcp', 'udp']),
        /** Name of the process; `null`: any. */
        process: z.string().nullable(),
        /** `loopback`, `all`, or an IP address; `null`: anywhere. */
        place: z.string().nullable(),
      }),
    )
    .nullable(),
});

/** Of one exchange: the phases that completed. */
const phases = {
  dnsMs: milliseconds.nullable(),
  tcpMs: milliseconds.nullable(),
  tlsMs: milliseconds.nullable(),
  ttfbMs: milliseconds.nullable(),
  totalMs: milliseconds.nullable(),
  httpStatus: z.int().min(100).max(999).nullable(),
};

/** Of several exchanges, each phase is the median of those that completed it. */
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
  /** Of several answers the status that came most often. */
  httpStatus: z.int().min(100).max(999).nullable(),
  /** Clock of `tcpMs`; the other phases are always on that of the process. */
  tcpClock: clock.nullable(),
  /** Exchanges that came to an end, well or not; one that an interrupt cut off is none. */
  count,
  completed: count,
  /** Spread of each phase over the exchanges; `null` with fewer than two. A phase is `null` where it was measured less than twice. */
  distribution: z
    .strictObject({
      dnsMs: rttMs.nullable(),
      tcpMs: rttMs.nullable(),
      tlsMs: rttMs.nullable(),
      ttfbMs: rttMs.nullable(),
      totalMs: rttMs.nullable(),
    })
    .nullable(),
  /** Every HTTP status that came, and how often, the most frequent first. */
  statuses: z.array(z.strictObject({ status: z.int().min(100).max(999), count })),
  /** The exchanges in their order, the first 1000 of them. */
  runs: z.array(
    z.strictObject({
      ...phases,
      tcpClock: clock.nullable(),
      /** By how much this process was late to run meanwhile. */
      stalledMs: milliseconds,
      /** Why it did not complete; `null` where it did. */
      failure: z.string().nullable(),
    }),
  ),
});

/** Sizes of whole IP packets that went through in one direction of TCP connections; `null`: not shown. */
const segmentDirection = z.strictObject({
  /** Largest packet that got through. */
  passedBytes: z.int().nullable(),
  /** Smallest packet that did not, sent more than once, while smaller ones did. */
  failedBytes: z.int().nullable(),
});

export const mtuData = z.strictObject({
  address: z.string().nullable(),
  /** Largest IP packet, header included, that reached the target whole. */
  pathMtuBytes: z.int().nullable(),
  /** Whether one byte more was seen to fail often enough to be sure, or is more than the interface takes. `null`: nothing was found. */
  exact: z.boolean().nullable(),
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
  /** In which direction TCP segments vanish; `null` where none did, or that was not shown. */
  direction: z.enum(['to-target', 'from-target', 'both']).nullable(),
  /** Whether large echoes are swallowed while TCP segments of that size pass in both directions; `null`: not compared. */
  largeEchoFiltered: z.boolean().nullable(),
  /** Whether the target is known to be on a link of this machine, with no router between that could send a message; `null`: not tried. */
  onLink: z.boolean().nullable(),
  /** What TCP connections to the target's port showed; `null` without a connection. */
  tcp: z
    .strictObject({
      /** Maximum segment size that this machine announced. */
      announcedMssBytes: z.int(),
      /** Path MTU that the kernel held for a connection, from its interface, route and earlier ICMP messages. */
      kernelPathMtuBytes: z.int(),
      toTarget: segmentDirection,
      fromTarget: segmentDirection,
      connections: count,
    })
    .nullable(),
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
      /**
       * What settled the state: `accepted`, `refused`, `answered`, an errno (with `open`: the reset that followed the acceptance), the kind of
       * ICMP error, or `silence`.
       */
      reason: z.string(),
      /** Who sent the ICMP error that settled the state; `null` without one, or where it is not told. */
      rejectedBy: z.string().nullable(),
      /** How often it was asked. */
      tries: count,
      /** The first line that the service sent, printable characters only; `null` where it sent none, or was not waited for. */
      banner: z.string().nullable(),
      /** Whether it answers a TLS ClientHello in kind; `null` where that was not tried. */
      tls: z.boolean().nullable(),
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
  z.strictObject({ ...envelope, probe: z.literal('addresses'), data: addressesData }),
  z.strictObject({ ...envelope, probe: z.literal('route'), data: routeData }),
  z.strictObject({ ...envelope, probe: z.literal('phases'), data: phasesData }),
  z.strictObject({ ...envelope, probe: z.literal('mtu'), data: mtuData }),
  z.strictObject({ ...envelope, probe: z.literal('ports'), data: portsData }),
  z.strictObject({ ...envelope, probe: z.literal('listening'), data: listeningData }),
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
export type PhasesRun = DataOf<'phases'>['runs'][number];
export type LossPath = z.infer<typeof lossPath>;
export type RouteHop = z.infer<typeof routeHop>;
export type Interval = z.infer<typeof interval>;
export type PortResult = DataOf<'ports'>['ports'][number];
export type ExpectedListener = NonNullable<DataOf<'listening'>['expected']>[number];
