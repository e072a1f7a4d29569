import type { CheckStatus } from '../../model/report.js';
import { parseWay } from '../../report/verify/data-way.js';
import type { Bound, Condition, Expectation, Relation, Scalar } from '../../report/verify/manifest.js';
import { unitOf } from '../../report/verify/units.js';
import { listed } from '../configuration/offers.js';
import { hideSecrets } from '../configuration/secrets.js';
import { quotedValue } from '../quoted-value.js';
import { isProbe, whyNoWay } from './known-ways.js';
import { acceptedLimit, readLimit } from './limits.js';
import { CONDITION_KEYS, type ExpectationContent } from './schema.js';

/** What is wrong with an expectation, and at which of its keys. */
export interface ExpectationFault {
  key: string;
  /** An entry of what stands there. */
  within?: PropertyKey[];
  reason: string;
}

export type ReadExpectation = { ok: true; expectation: Expectation } | { ok: false; fault: ExpectationFault };

const STATUSES: readonly CheckStatus[] = ['pass', 'warn', 'fail', 'skip'];
const RELATIONS: readonly Relation[] = ['under', 'over', 'atLeast', 'atMost'];

/** Reads an expectation whose keys are those that there are, each with a value of its kind. */
export function readExpectation(content: ExpectationContent): ReadExpectation {
  const { check, code, value, of } = content;
  const given = CONDITION_KEYS.filter((key) => content[key] !== undefined);
  const subjects = [check, code, value].filter((subject) => subject !== undefined);
  if (subjects.length !== 1) return refuse(firstKey(content), 'an expectation is of one thing: check, code or value');
  const scope = of ?? null;
  if (check !== undefined) {
    const other = given.find((key) => key !== 'is');
    if (other !== undefined) return refuse(other, `${other} is asked of a value, and this is of a check: is: pass, warn, fail or skip`);
    const is = listed(content.is).map((one) => STATUSES.find((status) => status === one));
    if (is.length === 0) return refuse('check', 'is: is missing: pass, warn, fail or skip, or a list of them');
    if (is.includes(undefined)) return refuse('is', 'is: must be pass, warn, fail or skip, or a list of them');
    return { ok: true, expectation: { kind: 'check', glob: check, of: scope, is: is.flatMap((status) => status ?? []) } };
  }
  if (code !== undefined) {
    const other = given.find((key) => key !== 'is');
    if (other !== undefined) return refuse(other, `${other} is asked of a value, and this is of a code: is: absent or present`);
    if (content.is !== 'absent' && content.is !== 'present')
      return refuse(content.is === undefined ? 'code' : 'is', 'is: must be absent or present');
    return { ok: true, expectation: { kind: 'code', code, of: scope, present: content.is === 'present' } };
  }
  return readValue(content, value ?? '', scope, given);
}

function readValue(content: ExpectationContent, written: string, of: string | null, given: readonly string[]): ReadExpectation {
  const outcome = parseWay(written);
  // A reason names parts of the way, and a part of a secret would not be known as one.
  const told = (reason: string) =>
    hideSecrets(written) === written ? reason : 'with its variables in place it leads to nothing that is measured';
  if (!outcome.ok) return refuse('value', `value ${quotedValue(written)}: ${told(outcome.reason)}`);
  const { way } = outcome;
  const wrong = whyNoWay(way);
  if (wrong !== null || !isProbe(way.probe))
    return refuse('value', `value ${quotedValue(written)}: ${told(wrong ?? 'there is no such probe')}`);
  if (given.length === 0) return refuse('value', `what it must be is missing: ${CONDITION_KEYS.join(', ')}`);
  const unit = unitOf(way);
  const conditions: Condition[] = [];

  for (const relation of RELATIONS) {
    const limit = content[relation];
    if (limit === undefined) continue;
    const read = readLimit(limit, unit);
    if (read === null) return refuse(relation, `${relation}: must be ${acceptedLimit(unit)}`);
    conditions.push({ kind: 'bound', relation, limit: read });
  }
  if (content.is !== undefined) conditions.push({ kind: 'is', values: listed<Scalar>(content.is) });
  if (content.isNot !== undefined) conditions.push({ kind: 'isNot', values: listed<Scalar>(content.isNot) });
  if (content.contains !== undefined) conditions.push({ kind: 'contains', values: listed<Scalar>(content.contains) });
  if (content.matches !== undefined) {
    const pattern = readPattern(content.matches);
    if (pattern === 'flags')
      return refuse(
        'matches',
        `matches ${quotedValue(content.matches)}: flags are i, m, s and u; where these are none, the first slash is written \\/`,
      );
    if (pattern === null) return refuse('matches', `matches ${quotedValue(content.matches)}: it is no regular expression`);
    conditions.push({ kind: 'matches', ...pattern });
  }
  if (content.count !== undefined) {
    const bounds = readCount(content.count);
    if (bounds.length === 0) return refuse('count', 'count: a limit is missing: under, over, atLeast or atMost');
    conditions.push({ kind: 'count', bounds });
  }
  if (content.present !== undefined) {
    if (!content.present && given.length > 1) return refuse('present', 'present: what must not be there can have no other condition');
    conditions.push({ kind: 'present', present: content.present });
  }
  if (content.grades !== undefined) {
    const { objective, acceptable, critical } = content.grades;
    const [first, second, third] = [objective, acceptable, critical].map((limit) => readLimit(limit, unit));
    if (first == null || second == null || third == null) return refuse('grades', `grades: each must be ${acceptedLimit(unit)}`);
    const rising = first <= second && second <= third;
    const falling = first >= second && second >= third;
    if (!rising && !falling)
      return refuse('grades', 'grades: objective, acceptable and critical must be in rising order, or in falling order');
    conditions.push({ kind: 'grades', grades: { objective: first, acceptable: second, critical: third } });
  }
  return { ok: true, expectation: { kind: 'value', way: { ...way, probe: way.probe }, of, conditions } };
}

/**
 * `text`, or `/text/i` with flags. Whether it takes long is known when it runs, which is bounded.
 *
 * @returns `flags`: it has others than there are; `null`: it is no pattern
 */
function readPattern(written: string): { pattern: string; flags: string } | 'flags' | null {
  // Those of other programs alone: behind a path, as in /api/ready, stands a name.
  const [, others = ''] = /^\/.+\/([dgimsuvxy]{1,9})$/s.exec(written) ?? [];
  if (/[^imsu]/.test(others)) return 'flags';
  const [, inside, flags = ''] = /^\/(.+)\/([imsu]{0,4})$/s.exec(written) ?? [];
  const pattern = inside ?? written;
  try {
    new RegExp(pattern, flags);
    return { pattern, flags };
  } catch {
    return null;
  }
}

function readCount(written: NonNullable<ExpectationContent['count']>): Bound[] {
  if (typeof written === 'number') return [{ relation: 'is', limit: written }];
  return RELATIONS.flatMap((relation) => {
    const limit = written[relation];
    return limit === undefined ? [] : [{ relation, limit }];
  });
}

function firstKey(content: ExpectationContent): string {
  return Object.keys(content)[0] ?? '';
}

function refuse(key: string, reason: string): ReadExpectation {
  return { ok: false, fault: { key, reason } };
}
