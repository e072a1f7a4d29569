import { z } from 'zod';

/** Numbers and small shapes that several measurements share. `null` is "not measured"; 0 is a measured zero. */

export const milliseconds = z.number().min(0);
export const ratio = z.number().min(0).max(1);
export const count = z.int().min(0);

/** Distribution of round trips; `stddev` is that of the sample (n − 1), `null` below two samples. Percentiles are by nearest rank. */
export const rttMs = z.strictObject({
  min: milliseconds,
  mean: milliseconds,
  p50: milliseconds,
  p95: milliseconds,
  p99: milliseconds,
  max: milliseconds,
  stddev: milliseconds.nullable(),
});

export const clock = z.enum(['kernel', 'user']);

/** A confidence interval of a ratio; `confidence` is 0.95. */
export const interval = z.strictObject({ lowRatio: ratio, highRatio: ratio, confidence: ratio });

/** An ICMP error that came back instead of an answer, and who sent it. */
export const icmpError = z.strictObject({ from: z.string().nullable(), type: count, code: count, meaning: z.string(), count });

/** Answers that came after the time-out, so that they count as lost, and how long the quickest took; `null`: the method does not tell. */
export const late = z.strictObject({ count, fastestMs: milliseconds.nullable() }).nullable();

/**
 * Packets that this machine itself refused to send, by errno: they are neither answered nor lost on the way. `atMs`: when the first of them
 * were to be sent, counted from the start of the measurement; absent: not told.
 */
export const notSent = z.array(z.strictObject({ code: z.string(), count, atMs: z.array(milliseconds).optional() }));

/** One probe of a series, in the order sent. */
export const sample = z.strictObject({
  seq: count,
  /** `null`: not answered in time. */
  rttMs: milliseconds.nullable(),
  /** When it was sent, counted from the start of the measurement; absent: the tool that sent it does not tell. */
  sentMs: milliseconds.optional(),
  /** It was answered too late, after so long; absent: it was not. */
  lateMs: milliseconds.optional(),
  /** How long this machine kept it before it left, for a link address or in a queue; absent: not long (20 ms), or not told. */
  heldMs: milliseconds.optional(),
});

/**
 * Facts of this machine that could not be had: which, and why. A fact that is in the list is `null` or missing elsewhere in the data. The
 * reason says whether root would see it, whether the file or tool is missing, or what was wrong with what it said.
 */
export const absences = z.array(z.strictObject({ fact: z.string(), because: z.string() }));

/** Where a fact was read: a file, `rtnetlink`, or a command line; `null` where it was not. */
export const source = z.string().nullable();
