import { z } from 'zod';
import { clock, count, icmpError, interval, late, milliseconds, notSent, ratio, rttMs, sample } from './quantities.js';

/** Shapes of what packets to a target and back tell: latency and loss. */

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
  samples: z.array(sample),
  /** Samples left out of the statistics since the first packet also pays for address resolution (ARP, neighbour discovery). */
  warmupMs: z.array(milliseconds),
  /** Whether ICMP echo was answered; `null` where it was not tried. `false` beside good TCP round trips is a filter, not a fault. */
  echoAnswered: z.boolean().nullable(),
  icmpErrors: z.array(icmpError),
  notSent,
  late,
  /** By TCP: when connects were sent that the host refused, from the start of the measurement, up to 1000 of them; absent: none was, or not told. */
  refusedMs: z.array(milliseconds).optional(),
});

/** Where on a path the packets are lost, from probes to each hop with a limited time to live beside those to the target. */
export const lossPath = z.strictObject({
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
export const segmentLoss = z.strictObject({
  /** Those with data: that we sent, or that arrived; retransmissions included. */
  segments: count,
  /** On the way there those that had to be sent again; on the way back the holes that were seen, of which each is one segment or more. */
  lost: count,
  /** Connections that showed it. */
  exchanges: count,
});

/** In which direction packets are lost, as far as TCP connections to the target's port show it. */
export const lossDirection = z.strictObject({
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
  /** The first 1000 of a series that was timed; absent: none of it is told. */
  samples: z.array(sample).optional(),
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
