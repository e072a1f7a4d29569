/** A percentile that can be judged in place of the median, where there are enough samples for it. */
export type Percentile = 'p95' | 'p99';

/** Three grades for a metric. Beyond `acceptable` a check warns; beyond `critical` it fails. The limits themselves still pass. */
export interface Grades {
  /** What is aimed at: the best networks of this kind reach it. Shown, and no fault where it is missed. */
  objective: number;
  acceptable: number;
  critical: number;
  /** Where the numbers come from. */
  because: string;
  /** What of a distribution is held against them where there are samples enough; absent: the median. */
  percentile?: Percentile;
  /** Given for this run alone, so that a check shows all three. */
  given?: true;
}

/** The three grades alone, in the unit of the metric. */
export type Budget = Pick<Grades, 'objective' | 'acceptable' | 'critical'>;

export type Grade = 'pass' | 'warn' | 'fail';

/** Holds a measured value of which less is better against the grades. */
export function grade(value: number, grades: Budget): Grade {
  if (value <= grades.acceptable) return 'pass';
  return value <= grades.critical ? 'warn' : 'fail';
}

/** The same for a value of which more is better: bytes that pass, days that are left, messages in a second. */
export function gradeAtLeast(value: number, grades: Budget): Grade {
  if (value >= grades.acceptable) return 'pass';
  return value >= grades.critical ? 'warn' : 'fail';
}

/**
 * A time on the process clock against the grades: what our own delay alone can explain is not held against the network.
 *
 * @param stalledMs by how much the process was late meanwhile; `null` where that is not known
 */
export function gradeProcessTime(valueMs: number, stalledMs: number | null, grades: Budget): Grade {
  return grade(withoutOwnDelay(valueMs, stalledMs), grades);
}

/** What of a time on the process clock is surely not our own delay, in milliseconds. */
export function withoutOwnDelay(valueMs: number, stalledMs: number | null): number {
  return Math.max(0, valueMs - (stalledMs ?? 0));
}

/**
 * The time that is judged: without our own delay where it would not pass otherwise. What passes is taken as it was measured, since the delay may
 * have been none, and then nobody is praised for less.
 */
export function judgedTimeMs(valueMs: number, stalledMs: number | null, grades: Budget): number {
  return grade(valueMs, grades) === 'pass' ? valueMs : withoutOwnDelay(valueMs, stalledMs);
}

/** With fewer samples, a percentile by nearest rank is that of the slowest one alone. */
const FEWEST_SAMPLES: Readonly<Record<Percentile, number>> = { p95: 20, p99: 100 };

/** What of a distribution of so many samples is held against the grades. */
export function judgedPercentile({ percentile }: Pick<Grades, 'percentile'>, samples: number): 'p50' | Percentile {
  return percentile !== undefined && samples >= FEWEST_SAMPLES[percentile] ? percentile : 'p50';
}
