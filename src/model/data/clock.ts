import { z } from 'zod';
import { absences, count, milliseconds, source } from './quantities.js';

/** Another clock against that of this machine, by the Date field of an answer (RFC 9110 section 6.6.1). */
export const serverClock = z.strictObject({
  serverTime: z.string(),
  /** Positive: the service is ahead of this machine. */
  offsetMs: z.number(),
  /** The offset can be wrong by as much in either direction. */
  uncertaintyMs: milliseconds,
  /** How old a stored answer was by its Age field; `null` without. */
  ageSeconds: z.number().min(0).nullable(),
});

const leap = z.enum(['none', 'insert', 'delete']);

const timeServer = z.strictObject({
  /** As it was named, and its port. */
  host: z.string(),
  port: z.int().min(1).max(65_535),
  /** `null`: its name was not resolved. */
  address: z.string().nullable(),
  /** `dhcp`: the network named it. `well-known`: netdiag did, since this machine names none. */
  from: z.enum(['given', 'configured', 'dhcp', 'fallback', 'well-known']),
  source,
  /**
   * `time`: it told the time. `unusable`: it says itself that it is of no use, or what cannot be true. `refused`: by an ICMP error. `limited`:
   * it asks to be left alone (a kiss code). `failed`: nothing could be sent, or its name has no address.
   */
  state: z.enum(['time', 'unanswered', 'refused', 'limited', 'unusable', 'unresolved', 'failed', 'not-asked']),
  /** Why there is no time; `null` where there is. */
  because: z.string().nullable(),
  /** Datagrams that came in its name and were not for our request. */
  foreign: count,
  sent: count,
  stratum: z.int().min(1).max(15).nullable(),
  reference: z.string().nullable(),
  leap: leap.nullable(),
  /** Positive: the server is ahead of this machine. */
  offsetMs: z.number().nullable(),
  delayMs: milliseconds.nullable(),
  rootDistanceMs: milliseconds.nullable(),
  uncertaintyMs: milliseconds.nullable(),
  /** Whether it is among those that agree; `null`: it told no time, or there is no majority. */
  agrees: z.boolean().nullable(),
});

/** Shape of: how right the clock of this machine is. */
export const clockData = z.strictObject({
  /** What the time servers that agree say; `null`: none told a time, or no majority agrees, or none was asked. */
  ntp: z
    .strictObject({
      /** Positive: this machine is behind. */
      offsetMs: z.number(),
      /** The offset can be wrong by as much in either direction, if the servers speak the truth. */
      uncertaintyMs: milliseconds,
      agreeing: count,
    })
    .nullable(),
  servers: z.array(timeServer),
  /** Pages that were asked for their Date field. */
  pages: z.array(
    z.strictObject({
      url: z.string(),
      address: z.string().nullable(),
      clock: serverClock.nullable(),
      /** Why there is none; `null` where there is. */
      because: z.string().nullable(),
    }),
  ),
  /** Time servers that this machine is configured for or was told of, by whom. */
  configured: z.array(
    z.strictObject({
      host: z.string(),
      port: z.int().min(1).max(65_535),
      kind: z.enum(['server', 'pool', 'peer', 'dhcp', 'fallback']),
      /** Whose configuration it is: `chrony`, `systemd-timesyncd`, `ntp`, `openntpd`, `network`. */
      service: z.string(),
      source: z.string(),
    }),
  ),
  /** Clocks at this machine itself that its time service is configured to follow, as they are named there: `PHC /dev/ptp0`. */
  referenceClocks: z.array(z.strictObject({ name: z.string(), service: z.string(), source: z.string() })),
  /** What the kernel knows of its clock (adjtimex(2)). */
  kernel: z
    .strictObject({
      synchronized: z.boolean(),
      /** As whoever disciplines the clock told the kernel; `null`: nobody did. */
      estimatedErrorMs: milliseconds.nullable(),
      maximumErrorMs: milliseconds.nullable(),
      frequencyPpm: z.number().nullable(),
      leap: leap.nullable(),
      taiOffsetSeconds: z.int().nullable(),
      /** Time of the kernel less that of this process: other than near 0 where something shows this process another time. `null`: not told. */
      aheadOfProcessMs: z.number().nullable(),
      source: z.string(),
    })
    .nullable(),
  /** Time services that run. */
  services: z.array(z.strictObject({ name: z.string(), source: z.string() })),
  /** What the running service says of its own work; `null`: it was not asked, or does not tell. */
  tracking: z
    .strictObject({
      /** Whom it follows; `null`: nobody. */
      reference: z.string().nullable(),
      stratum: count.nullable(),
      /** Positive: this machine is behind. */
      lastOffsetMs: z.number().nullable(),
      rootDistanceMs: milliseconds.nullable(),
      synchronized: z.boolean().nullable(),
      source: z.string(),
    })
    .nullable(),
  /** Whose the clock is where it is not this machine's own: it can be read here, and not set. */
  belongsTo: z.literal('windows').nullable(),
  /** What the kernel counts time by (`tsc`, `kvm-clock`, `hyperv_clocksource_tsc_page`), and its precision clocks. */
  clockSource: z.string().nullable(),
  precisionClocks: z.array(z.string()),
  absent: absences,
});
