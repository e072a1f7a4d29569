import { reasonOf } from '../../model/attempt.js';
import { reachedGrade } from '../../model/limits.js';
import type { Measurement } from '../../model/measurement.js';
import type { Budget, VerifiedExpectation } from '../../model/report.js';
import { countOf, type Held, holdAll, holdOne, isOfAll } from './conditions.js';
import { isSpread, leadsThroughNull, valuesAt } from './data-way.js';
import type { Condition, ValueExpectation } from './manifest.js';
import { expectationText, type Found, type Outcome } from './outcome.js';
import { scopeOf } from './scope.js';
import { asItIs, type Hide, unitOf, valueText } from './units.js';

/** Holds what was measured, each of several values, against conditions. What was not measured fulfils none. */
export function holdValue(expectation: ValueExpectation, found: Found, hide: Hide = asItIs): Outcome {
  const { way, of, conditions } = expectation;
  const inScope = scopeOf(of, found);
  const measurements = found.measurements.filter(({ probe, target }) => probe === way.probe && inScope(target));
  const ids = new Set(measurements.map(({ id }) => id));
  const looked = found.checks.filter((check) => check.measurements.some((id) => ids.has(id)));
  const parts = measurements.map((measurement) => holdMeasurement(measurement, expectation, hide));
  const worst = worstOf(parts);
  const troubled = parts.filter(({ held }) => held.status !== 'pass');
  const result: VerifiedExpectation = {
    text: expectationText(expectation),
    status: worst?.held.status ?? 'fail',
    observed: worst === undefined ? null : (troubled[0] ?? worst).observed,
    because: worst === undefined ? nothingMeasured(way.probe, of, found) : reasonFor(worst, measurements.length > 1),
  };
  const grades = conditions.find((condition) => condition.kind === 'grades');
  const budget = grades === undefined ? null : budgetOf(parts, grades, expectation);
  const offending = looked.filter(
    ({ status, measurements: own }) =>
      (status === 'fail' || status === 'warn') && troubled.some(({ measurement }) => own.includes(measurement.id)),
  );
  return { result, looked, offending, measurements: [...ids], ...(budget === null ? {} : { budget }) };
}

interface Part {
  measurement: Measurement;
  held: Held;
  observed: string | null;
  /** Numbers that grades were asked of. */
  numbers: readonly number[];
}

function holdMeasurement(measurement: Measurement, { way, conditions }: ValueExpectation, hide: Hide): Part {
  const unit = unitOf(way);
  const values = valuesAt(measurement.data, way);
  if (values === null) return { measurement, held: { status: 'fail', because: 'it has too many values' }, observed: null, numbers: [] };
  const known = values.filter((value) => value !== null && value !== undefined);
  const numbers = known.filter((value) => typeof value === 'number');
  const spread = isSpread(way);
  const isMeasured = known.length > 0 || measurement.attempt.kind === 'measured';
  const shownRange = rangeText(known, unit, hide) ?? (isMeasured ? 'nothing there' : null);
  const observed = conditions.some(({ kind }) => kind === 'count') ? String(countOf(values, spread)) : shownRange;
  const part = (held: Held, shown: string | null = observed): Part => ({ measurement, held, observed: shown, numbers });
  if (!isMeasured && measurement.attempt.kind !== 'measured')
    return part({ status: 'fail', because: `not measured: ${reasonOf(measurement.attempt)}` }, null);

  let worst: { held: Held; shown: string | null } = { held: { status: 'pass', because: null }, shown: observed };
  for (const condition of conditions) {
    const held = isOfAll(condition)
      ? holdTogether(measurement, values, condition, way, observed, hide)
      : holdEach(values, condition, way, observed, hide);
    if (SEVERITY[held.held.status] > SEVERITY[worst.held.status]) worst = held;
  }
  return part(worst.held, worst.shown);
}

/** What is not known is neither absent nor little: it fulfils what more of it could not break, and nothing else. */
function holdTogether(
  { data }: Measurement,
  values: readonly unknown[],
  condition: Condition,
  way: ValueExpectation['way'],
  observed: string | null,
  hide: Hide,
): { held: Held; shown: string | null } {
  const spread = isSpread(way);
  const held = holdAll(values, spread, condition, unitOf(way), hide);
  // A value that is `null` can mean that there is none; a list that is was not made.
  const isUnknown = leadsThroughNull(data, way) || (condition.kind === 'count' && !spread && values[0] === null);
  const isSure = held.status === 'pass' ? holdsForMore(condition) : values.some((value) => value !== null && value !== undefined);
  if (!isUnknown || isSure) return { held, shown: observed };
  return { held: { status: 'fail', because: 'it was not measured' }, shown: valueText(null, unitOf(way)) };
}

/** Whether a condition that is fulfilled would be so with more values too. */
function holdsForMore(condition: Condition): boolean {
  if (condition.kind === 'count') return condition.bounds.every(({ relation }) => relation === 'over' || relation === 'atLeast');
  return condition.kind !== 'present' || condition.present;
}

function holdEach(
  values: readonly unknown[],
  condition: Condition,
  way: ValueExpectation['way'],
  observed: string | null,
  hide: Hide,
): { held: Held; shown: string | null } {
  const unit = unitOf(way);
  if (values.length === 0) return { held: { status: 'fail', because: 'there is no such value in what was measured' }, shown: null };
  let worst: { held: Held; shown: string | null } = { held: { status: 'pass', because: null }, shown: observed };
  for (const [index, value] of values.entries()) {
    if (condition.kind === 'matches' && index >= MOST_PATTERNS)
      return { held: { status: 'fail', because: `there are more than ${MOST_PATTERNS} values to match` }, shown: observed };
    const held: Held =
      value === null || value === undefined ? { status: 'fail', because: 'it was not measured' } : holdOne(value, condition, unit, hide);
    if (SEVERITY[held.status] <= SEVERITY[worst.held.status]) continue;
    worst = { held, shown: valueText(value, unit, hide) };
    if (held.status === 'fail') break;
  }
  return worst;
}

/** Each pattern runs by itself, with a limit of time. */
const MOST_PATTERNS = 1000;

const SEVERITY = { pass: 0, warn: 1, fail: 2 } as const;

function worstOf(parts: readonly Part[]): Part | undefined {
  return [...parts].sort((a, b) => SEVERITY[b.held.status] - SEVERITY[a.held.status])[0];
}

function reasonFor({ held, measurement }: Part, isOneOfSeveral: boolean): string | null {
  if (held.because === null || !isOneOfSeveral || measurement.target === null) return held.because;
  return `${measurement.target}: ${held.because}`;
}

function nothingMeasured(probe: string, of: string | null, { measurements }: Found): string {
  if (of !== null && measurements.some((measurement) => measurement.probe === probe)) return `the step measured no ${probe} of ${of}`;
  const probes = [...new Set(measurements.map((measurement) => measurement.probe))];
  return probes.length === 0
    ? 'the step measured nothing'
    : `the step measured no ${probe}; it measured ${probes.slice(0, SHOWN_PROBES).join(', ')}`;
}

/** `12.3 ms`, `0.4 ms to 12.3 ms`, `TLSv1.2, TLSv1.3`; `null`: there is none. */
function rangeText(values: readonly unknown[], unit: Budget['unit'], hide: Hide): string | null {
  if (values.length === 0) return null;
  if (values.length > 1 && values.every((value) => typeof value === 'number')) {
    const [least, most] = values.reduce<[number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    return least === most ? valueText(least, unit) : `${valueText(least, unit)} to ${valueText(most, unit)}`;
  }
  const texts = [...new Set(values.slice(0, 1000).map((value) => valueText(value, unit, hide)))];
  const more = texts.length - SHOWN_VALUES;
  return `${texts.slice(0, SHOWN_VALUES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const SHOWN_VALUES = 3;
const SHOWN_PROBES = 8;

/** The worst of the numbers, by the grade that it reaches and then by itself. */
function budgetOf(parts: readonly Part[], { grades }: Extract<Condition, { kind: 'grades' }>, { way }: ValueExpectation): Budget | null {
  const budget = (value: number): Budget => ({
    metric: way.written,
    value,
    unit: unitOf(way),
    objective: grades.objective,
    acceptable: grades.acceptable,
    critical: grades.critical,
    source: 'the manifest',
  });
  let worst: Budget | null = null;
  for (const { numbers } of parts) for (const value of numbers) if (worst === null || isWorse(budget(value), worst)) worst = budget(value);
  return worst;
}

const GRADES = ['objective', 'acceptable', 'missed', 'critical'] as const;

function isWorse(one: Budget, other: Budget): boolean {
  const step = GRADES.indexOf(reachedGrade(one)) - GRADES.indexOf(reachedGrade(other));
  if (step !== 0) return step > 0;
  return one.objective > one.critical ? one.value < other.value : one.value > other.value;
}
