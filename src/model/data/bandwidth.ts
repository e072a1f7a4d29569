import { z } from 'zod';
import { absences, clock, count, milliseconds, ratio, rttMs, sample, source } from './quantities.js';

/** Megabits (10^6 bits) in a second. */
const mbps = z.number().min(0);

/** Round trips while the line was idle, or while it was loaded in one direction. */
const roundTrips = z.strictObject({
  method: z.string().nullable(),
  clock: clock.nullable(),
  sent: count,
  received: count,
  rttMs: rttMs.nullable(),
  samples: z.array(sample),
});

/** What one direction carried. Bytes are those of bodies of HTTP: headers, TLS, TCP and IP are not in them. */
const direction = z.strictObject({
  /** As it was asked for, without credentials and the values of its query. */
  url: z.string(),
  address: z.string().nullable(),
  /** Why there is no rate; `null` where there is one. `code` is an errno, or a word of our own such as `http-status`. */
  failure: z
    .strictObject({
      kind: z.enum(['failed', 'unanswered', 'unavailable', 'skipped']),
      step: z.string().nullable(),
      code: z.string(),
      message: z.string(),
      /** Of `unanswered`, how long was waited. */
      waitedMs: milliseconds.nullable(),
    })
    .nullable(),
  /** The steady rate: mean of the slices behind the ramp-up, a tenth of them cut off at either end. */
  mbps: mbps.nullable(),
  /** In which that mean lies, were the same line measured again at the same moment; `null` with too few slices. */
  interval: z.strictObject({ lowMbps: mbps, highMbps: mbps, confidence: ratio }).nullable(),
  /** Bytes of the whole direction, ramp-up included; `null`: the direction was not loaded. */
  bytes: count.nullable(),
  /** What told them: the acknowledgements of the other side (upload, Linux), what arrived (download), or what this system took over to send. */
  countedBy: z.enum(['received', 'acknowledged', 'handed-over']),
  /** From the first request to the end; `null`: there was none. */
  durationMs: milliseconds.nullable(),
  /** Left out at the beginning, until the rate was steady; `null` where there is no steady rate. */
  rampUpMs: milliseconds.nullable(),
  /** `time`, `volume`: as much as was asked for. `requests`: the answers were so short that their number was the limit. */
  ended: z.enum(['time', 'volume', 'requests', 'broken-off', 'interrupted']).nullable(),
  connections: z.strictObject({
    asked: count,
    /** Opened in all, those included that took the place of others. */
    opened: count,
    /** Ended by the other side, or by an error, in the middle of a body. */
    broken: count,
    /** Why, of the first that did. */
    reason: z.string().nullable(),
  }),
  requests: z.strictObject({ sent: count, completed: count }),
  /** Of the body of a request, where bodies are sent; `null`: none is. */
  requestBytes: count.nullable(),
  /** Share of the time in which a connection waited for the next answer to begin; `null` where none did, since there was one answer each. */
  waitingRatio: ratio.nullable(),
  /** Share of the time in which this process was busy; at nearly all of it, it is what limits. `null`: not told. */
  busyRatio: ratio.nullable(),
  /** Of an upload, share of the time in which the receive window of the other side was full (`TCP_INFO`); `null`: not told. */
  windowLimitedRatio: ratio.nullable(),
  /** Of an upload, share of the bytes that were sent again (`TCP_INFO`); `null`: not told. */
  retransmittedRatio: ratio.nullable(),
  /** Coding in which the server sent the body although none was asked for; `null`: none. Bytes are counted as they came. */
  contentEncoding: z.string().nullable(),
  /** What kept it from being more, where that can be told: then the line may carry more. `null`: nothing that is known. */
  limitedBy: z.enum(['own-processor', 'short-answers', 'receive-window', 'volume']).nullable(),
  /** Rates of the slices, in their order. `atMs` is the end of a slice, counted from the first request. */
  slices: z.array(z.strictObject({ atMs: milliseconds, mbps, interfaceMbps: mbps.nullable() })),
  /** What crossed the interface in the steady part, headers and whatever else was under way included; `null`: not told. */
  interfaceMbps: mbps.nullable(),
  interfaceBytes: count.nullable(),
  /** That, as a share of the speed of the link; `null` where the link has none. */
  linkRatio: z.number().min(0).nullable(),
  /** What the interface carried in this direction before the measurement, as a share of what it carried under it. */
  utilisationRatio: ratio.nullable(),
  /** While it was loaded. */
  latency: roundTrips.nullable(),
  /** Median before the load, to the same address and port; `null`: none was answered. */
  idleRttMs: milliseconds.nullable(),
  /** By how much the 95th percentile under load is above that. */
  queueingMs: milliseconds.nullable(),
});

/** Shape of: how much goes through, in each direction, and what that does to round trips. */
export const bandwidthData = z.strictObject({
  address: z.string().nullable(),
  downMbps: mbps.nullable(),
  upMbps: mbps.nullable(),
  /** Median of the round trips before any load. */
  idleRttMs: milliseconds.nullable(),
  idle: roundTrips.nullable(),
  /** `null`: not asked for. */
  down: direction.nullable(),
  up: direction.nullable(),
  /** The interface by which the packets leave; `null`: not known, or loopback, which carries both directions as one. */
  interface: z
    .strictObject({
      name: z.string(),
      speedMbit: z.number().min(0).nullable(),
      source,
      /** In the time of the idle round trips. */
      idleWindowMs: milliseconds.nullable(),
      idleReceivedMbps: mbps.nullable(),
      idleSentMbps: mbps.nullable(),
    })
    .nullable(),
  absent: absences,
});
