import { grade, gradeAtLeast } from '../../model/grades.js';
import type { Budget } from '../../model/report.js';
import { matchPattern } from '../../probes/http/match-body.js';
import type { Bound, Condition, Scalar } from './manifest.js';
import { asItIs, type Hide, limitText, valueText } from './units.js';

type Unit = Budget['unit'];

/** What became of a value, or of a list of them, under one condition. */
export interface Held {
  status: 'pass' | 'warn' | 'fail';
  /** In words, where it does not pass: of which value that is true stands beside it. */
  because: string | null;
}

const PASS: Held = { status: 'pass', because: null };
const fail = (because: string): Held => ({ status: 'fail', because });

/** Whether a condition is about all values together, rather than about each. */
export function isOfAll(condition: Condition): boolean {
  return condition.kind === 'contains' || condition.kind === 'count' || condition.kind === 'present';
}

/** Holds one measured value against a condition. */
export function holdOne(value: unknown, condition: Condition, unit: Unit, hide: Hide = asItIs): Held {
  switch (condition.kind) {
    case 'bound': {
      if (typeof value !== 'number') return fail(`${valueText(value, unit, hide)} is no number`);
      return lies(value, condition) ? PASS : fail(`${valueText(value, unit, hide)} is not ${relationText(condition, unit)}`);
    }
    case 'is':
      return condition.values.some((wanted) => isSame(value, wanted)) ? PASS : fail(`it is ${valueText(value, unit, hide)}`);
    case 'isNot':
      return condition.values.some((refused) => isSame(value, refused)) ? fail(`it is ${valueText(value, unit, hide)}`) : PASS;
    case 'matches':
      return holdPattern(value, condition, hide);
    case 'grades': {
      if (typeof value !== 'number') return fail(`${valueText(value, unit, hide)} is no number`);
      const { grades } = condition;
      const status = moreIsBetter(grades) ? gradeAtLeast(value, grades) : grade(value, grades);
      if (status === 'pass') return PASS;
      const limit = status === 'fail' ? grades.critical : grades.acceptable;
      const missed = status === 'fail' ? 'critical' : 'acceptable';
      return { status, because: `${valueText(value, unit, hide)} misses ${missed}, which is ${limitText(limit, unit)}` };
    }
    default:
      return PASS;
  }
}

/**
 * Holds all values of one measurement against a condition that is about them together.
 *
 * @param spread whether the way leads to many; otherwise one value stands there, which can be a list itself
 */
export function holdAll(values: readonly unknown[], spread: boolean, condition: Condition, unit: Unit, hide: Hide = asItIs): Held {
  switch (condition.kind) {
    case 'contains': {
      const [single] = values;
      const missing = condition.values.filter((wanted) =>
        !spread && typeof single === 'string' ? !single.includes(String(wanted)) : !values.flat().some((value) => isSame(value, wanted)),
      );
      return missing.length === 0 ? PASS : fail(`${missing.map((one) => JSON.stringify(one)).join(', ')} is not among it`);
    }
    case 'count': {
      const count = countOf(values, spread);
      const missed = condition.bounds.find((bound) => !lies(count, bound));
      return missed === undefined ? PASS : fail(`there are ${count}, which is not ${relationText(missed, 'count')}`);
    }
    case 'present': {
      const there = values.some((value) => value !== null && value !== undefined);
      if (there === condition.present) return PASS;
      return fail(there ? `it is there: ${valueText(values[0], unit, hide)}` : 'it is not there');
    }
    default:
      return PASS;
  }
}

/** How many there are: values at the end of a way to many, otherwise the entries of the list that stands there. */
export function countOf(values: readonly unknown[], spread: boolean): number {
  const [single] = values;
  if (!spread && Array.isArray(single)) return single.length;
  return values.filter((value) => value !== null && value !== undefined).length;
}

/** More is better where the objective is above what is critical, as of a throughput. */
export function moreIsBetter({ objective, critical }: Pick<Budget, 'objective' | 'critical'>): boolean {
  return objective > critical;
}

function lies(value: number, { relation, limit }: Pick<Bound, 'relation' | 'limit'>): boolean {
  switch (relation) {
    case 'under':
      return value < limit;
    case 'over':
      return value > limit;
    case 'atLeast':
      return value >= limit;
    case 'atMost':
      return value <= limit;
    case 'is':
      return value === limit;
  }
}

/** The same whatever kind of value the file made of it: `200` and `"200"` are. */
function isSame(value: unknown, wanted: Scalar): boolean {
  return value === wanted || ((typeof value !== 'object' || value === null) && value !== null && String(value) === String(wanted));
}

/** Beyond it a text is not searched. */
const LONGEST_SEARCHED = 65_536;

function holdPattern(value: unknown, { pattern, flags }: { pattern: string; flags: string }, hide: Hide): Held {
  if (typeof value === 'object') return fail('it is no text');
  switch (matchPattern(pattern, flags, String(value).slice(0, LONGEST_SEARCHED))) {
    case 'matched':
      return PASS;
    case 'not-matched':
      return fail(`it is ${valueText(value, 'count', hide)}`);
    case 'too-slow':
      return fail('the pattern takes too long on this text');
  }
}

/** `under 50 ms`, `at least 3`. */
export function relationText({ relation, limit }: Pick<Bound, 'relation' | 'limit'>, unit: Unit): string {
  const shown = limitText(limit, unit);
  switch (relation) {
    case 'under':
      return `under ${shown}`;
    case 'over':
      return `over ${shown}`;
    case 'atLeast':
      return `at least ${shown}`;
    case 'atMost':
      return `at most ${shown}`;
    case 'is':
      return shown;
  }
}

/** A condition in words, behind the way: `under 50 ms`, `one of TLSv1.2, TLSv1.3`. */
export function conditionText(condition: Condition, unit: Unit): string {
  switch (condition.kind) {
    case 'bound':
      return relationText(condition, unit);
    case 'is':
      return condition.values.length === 1 ? `is ${listed(condition.values, unit)}` : `is one of ${listed(condition.values, unit)}`;
    case 'isNot':
      return condition.values.length === 1 ? `is not ${listed(condition.values, unit)}` : `is none of ${listed(condition.values, unit)}`;
    case 'matches':
      return `matches /${condition.pattern}/${condition.flags}`;
    case 'contains':
      return `contains ${listed(condition.values, unit)}`;
    case 'count':
      return `count is ${condition.bounds.map((bound) => relationText(bound, 'count')).join(' and ')}`;
    case 'present':
      return condition.present ? 'is there' : 'is not there';
    case 'grades': {
      const { objective, acceptable, critical } = condition.grades;
      const [first, second, third] = [objective, acceptable, critical].map((limit) => limitText(limit, unit));
      return moreIsBetter(condition.grades)
        ? `at least ${second} (objective ${first}, critical ${third})`
        : `up to ${second} (objective ${first}, critical ${third})`;
    }
  }
}

function listed(values: readonly Scalar[], unit: Unit): string {
  return values.map((value) => (typeof value === 'number' ? limitText(value, unit) : String(value))).join(', ');
}
