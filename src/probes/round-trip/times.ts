import type { DataOf } from '../../model/measurement.js';
import type { RoundTripSeries, Sample } from './collector.js';

/** Times of a series, from the clock of the process to those of a report, which count from the start of the measurement. Pure. */

type ReportedSample = DataOf<'latency'>['samples'][number];
type NotSent = DataOf<'latency'>['notSent'];

/** Of a long series, its beginning is enough to see how it went. */
const MOST_SAMPLES = 1000;

/** Microseconds are what the clocks are good for. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * The samples of a report; times are left out where they are not told.
 *
 * @param startedMs when the measurement began, on the clock of the process; `null`: not known
 * @param firstSeq the number that the first one gets is its own less this
 */
export function reportedSamples(samples: readonly Sample[], startedMs: number | null, firstSeq = 0): ReportedSample[] {
  return samples.map(({ seq, rttMs, sentMs, lateMs, heldMs }) => ({
    seq: seq - firstSeq,
    rttMs,
    ...(sentMs === undefined || startedMs === null ? {} : { sentMs: rounded(Math.max(0, sentMs - startedMs)) }),
    ...(lateMs === undefined ? {} : { lateMs }),
    ...(heldMs === undefined ? {} : { heldMs: rounded(heldMs) }),
  }));
}

/** The beginning of a series that was timed; `undefined` where it was not, or where answers are among them whose time is not told. */
export function timedSamples(samples: readonly Sample[], startedMs: number | null): ReportedSample[] | undefined {
  if (startedMs === null || samples.length === 0) return undefined;
  if (samples.some(({ sentMs, untimed }) => sentMs === undefined || untimed === true)) return undefined;
  return reportedSamples(samples.slice(0, MOST_SAMPLES), startedMs).map((sample) => ({
    ...sample,
    rttMs: sample.rttMs === null ? null : rounded(sample.rttMs),
  }));
}

/** Connects that were refused, the first of them; nothing where there were none, or the start is not known. */
export function reportedRefusals({ refusedAtMs = [] }: RoundTripSeries, startedMs: number | null): Pick<DataOf<'latency'>, 'refusedMs'> {
  if (refusedAtMs.length === 0 || startedMs === null) return {};
  return { refusedMs: refusedAtMs.slice(0, MOST_SAMPLES).map((ms) => rounded(Math.max(0, ms - startedMs))) };
}

/** What did not leave, with its times where they are told. */
export function reportedNotSent(notSent: RoundTripSeries['notSent'], startedMs: number | null): NotSent {
  return notSent.map(({ code, count, atMs }) => ({
    code,
    count,
    ...(atMs === undefined || startedMs === null ? {} : { atMs: atMs.map((ms) => rounded(Math.max(0, ms - startedMs))) }),
  }));
}
