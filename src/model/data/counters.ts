import { z } from 'zod';
import { absences, count, milliseconds } from './quantities.js';

/**
 * A counter: what it stands at when it is read the last time, by how much it grew in the window, and that by the second. `delta` is `null`
 * where there is nothing to compare with: it was not there before, or it went backwards, so that it was reset or wrapped in between.
 */
const counter = z.strictObject({ total: count, delta: count.nullable(), perSecond: z.number().min(0).nullable() });

/** `null`: the source does not have it. */
const maybe = counter.nullable();

/** Shape of: how error, drop and retransmission counters of this machine grew over the run. */
export const countersData = z.strictObject({
  /** Between the two readings; `null` where there was only one. */
  windowMs: milliseconds.nullable(),
  links: z.array(
    z.strictObject({
      interface: z.string(),
      source: z.string(),
      /** `appeared`, `vanished`: meanwhile. Of those there is no growth. */
      presence: z.enum(['throughout', 'appeared', 'vanished']),
      /** A radio: its driver counts frames as dropped that were for nobody, so that drops say little. */
      wireless: z.boolean().nullable(),
      received: z.strictObject({
        packets: maybe,
        bytes: maybe,
        errors: maybe,
        dropped: maybe,
        /** No room in the adapter (`rx_missed_errors`). */
        missed: maybe,
        /** `rx_over_errors` */
        overruns: maybe,
        fifo: maybe,
        crc: maybe,
        frame: maybe,
        length: maybe,
      }),
      sent: z.strictObject({
        packets: maybe,
        bytes: maybe,
        errors: maybe,
        dropped: maybe,
        fifo: maybe,
        carrier: maybe,
      }),
      collisions: maybe,
      /** Queueing discipline in front of the link: what it drops is in none of the counters above. `null`: none, or not told. */
      queue: z
        .strictObject({ kind: z.string(), source: z.string(), packets: maybe, dropped: maybe, waitingPackets: count.nullable() })
        .nullable(),
    }),
  ),
  /** Of this network namespace, by the names of nstat(8). */
  protocols: z.array(z.strictObject({ name: z.string(), source: z.string(), ...counter.shape })),
  /** Packets that came in too fast for a processor: of the whole machine, other network namespaces included. */
  processors: z.strictObject({ source: z.string(), processors: count, dropped: counter, squeezed: counter }).nullable(),
  /** Listeners whose queue of connections is full now; `null`: not looked at, since none overflowed since the start of the system. */
  fullListenQueues: z
    .array(z.strictObject({ address: z.string(), port: count, waiting: count, limit: count, source: z.string() }))
    .nullable(),
  absent: absences,
});
