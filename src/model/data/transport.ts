import { z } from 'zod';
import { serverClock } from './clock.js';
import { clock, count, milliseconds, rttMs } from './quantities.js';

/** Shapes of what is known of connections and ports. */

/** Of one exchange: the phases that completed. */
export const phases = {
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
  /** Clock of the service against that of this machine, by the Date field of its first answer; `null` without one. Absent: not looked at. */
  clock: serverClock.nullable().optional(),
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
  /** What the service at the target's own port does with connections that it accepts; `null`: it accepted none. Absent: not looked at. */
  firstWord: z
    .strictObject({
      port: z.int().min(1).max(65_535),
      /** The protocol whose first words are due at this port; `null`: none is known. */
      expected: z.string().nullable(),
      /** Whether servers of this kind may be slow to greet on purpose. */
      unhurried: z.boolean(),
      waitMs: milliseconds,
      /** Connections that were made at once, and what became of them. */
      connections: count,
      spoke: count,
      closed: count,
      reset: count,
      silent: count,
      unconnected: count,
      /** The first line that was said, printable characters only. */
      line: z.string().nullable(),
      /** Whether that is the protocol that is due; `null` where nothing was said, or none is. */
      asExpected: z.boolean().nullable(),
    })
    .nullable()
    .optional(),
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
