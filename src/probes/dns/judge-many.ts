import type { Code } from '../../model/code.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { rttStatistics } from '../../model/statistics.js';
import { serverText } from './encrypted.js';

type Dns = MeasurementOf<'dns'>;

/** With more questions than these, those that came out alike at one server are one line. */
export const MOST_SINGLE_QUESTIONS = 40;
const NAMES_SHOWN = 5;

/** One question with the line that it alone would be. */
export interface JudgedQuestion {
  question: Dns;
  check: Check;
}

/**
 * The lines of many questions: for each server one of those that passed, with their times, and one for each thing that is wrong, with the
 * names that it is about. `l7.dns@SERVER` and `l7.dns@SERVER/CODE`.
 */
export function foldQuestions(judged: readonly JudgedQuestion[]): Check[] {
  const groups = new Map<string, JudgedQuestion[]>();
  for (const one of judged) {
    const key = JSON.stringify([serverText(one.question.data), one.check.status, one.check.code, one.check.because]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const ids = new Map<string, number>();
  return [...groups.values()].map((group) => {
    const made = foldGroup(group);
    const seen = ids.get(made.id) ?? 0;
    ids.set(made.id, seen + 1);
    return seen === 0 ? made : { ...made, id: `${made.id}/${seen + 1}` };
  });
}

function foldGroup(group: readonly JudgedQuestion[]): Check {
  const { question, check } = group[0] as JudgedQuestion;
  const server = serverText(question.data);
  const at = server === null ? '' : ` at ${server}`;
  const suffix = idSuffix(check.status, check.code);
  const { budget: _, ...line } = check;
  const slowest = group.flatMap(({ check: { budget } }) => budget ?? []).sort((a, b) => b.value - a.value)[0];
  return {
    ...line,
    ...(slowest === undefined ? {} : { budget: slowest }),
    id: `l7.dns@${server ?? 'nobody'}${suffix}`,
    title: `${group.length === 1 ? '1 question' : `${group.length} questions`}${at}`,
    // A text about what is wrong names the first of them.
    target: check.code === null ? null : check.target,
    observed: check.status === 'skip' ? null : describe(group, check.code),
    measurements: group.map(({ question: { id } }) => id),
  };
}

function idSuffix(status: Check['status'], code: Code | null): string {
  return code === null ? (status === 'pass' ? '' : `/${status}`) : `/${code}`;
}

function describe(group: readonly JudgedQuestion[], code: Code | null): string {
  const rcodes = [...new Set(group.map(({ question }) => question.data.rcode ?? 'no answer'))].join(', ');
  const times = group.flatMap(({ question }) => question.data.queryMs ?? []);
  const spread = timesOf(times);
  if (code === null) return `${rcodes}${spread}`;
  const names = [...new Set(group.map(({ question }) => question.data.name))];
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `${rcodes}: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}${spread}`;
}

/** `, p50 1.2 ms, p95 3.4 ms`. */
function timesOf(times: readonly number[]): string {
  const distribution = rttStatistics(times);
  if (distribution !== null && times.length === 1) return `, ${formatMs(distribution.p50)}`;
  return distribution === null ? '' : `, p50 ${formatMs(distribution.p50)}, p95 ${formatMs(distribution.p95)}`;
}
