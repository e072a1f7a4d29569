import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { absoluteName } from '../../wire/dns/name.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import type { Validation } from './next.js';

type Dns = MeasurementOf<'dns'>;

const EXPECTED = 'signatures that hold, from the trust anchor down';
/** With more questions than these, those of one server with one outcome are one line. */
const MOST_SINGLE = 40;
const NAMES_SHOWN = 5;

/** A check `l7.dnssec@NAME/TYPE/SERVER` for each question that was to be validated; of many, one for those that came out alike. */
export function judgeValidations(questions: readonly Dns[]): Check[] {
  if (questions.length <= MOST_SINGLE) return questions.map(judgeValidation);
  const groups = new Map<string, Dns[]>();
  for (const question of questions) {
    const { server, validation } = question.data;
    const key = JSON.stringify([server, validation?.verdict ?? null, validation?.reason ?? null, validation == null]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [question]);
    else group.push(question);
  }
  return [...groups.values()].map(foldGroup);
}

/** One question by itself. */
export function judgeValidation(measurement: Dns): Check {
  const { data, target } = measurement;
  const at = data.server === null ? '' : ` at ${data.server}`;
  const line: Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'> = {
    kind: 'l7.dnssec',
    layer: 7,
    title: `DNSSEC of ${data.type} ${data.name}${at}`,
    measurement,
  };
  const id = `l7.dnssec@${target}/${data.type}${data.server === null ? '' : `/${data.server}`}`;
  return { ...judgeVerdict(line, measurement), id };
}

function judgeVerdict(line: Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>, { attempt, data }: Dns): Check {
  const { validation } = data;
  if (validation == null) {
    return skippedCheck(line, attempt.kind === 'measured' ? 'it was not validated' : `there is no answer: ${reasonOf(attempt)}`);
  }
  const observed = `${describeVerdict(validation)}${besideResolver(validation, data)}`;
  switch (validation.verdict) {
    case null:
      return skippedCheck(line, `no verdict: ${validation.detail}`);
    case 'bogus':
      return check({ ...line, status: 'fail', code: 'dnssec-bogus', observed, expected: EXPECTED });
    default:
      return check({ ...line, status: 'pass', observed, expected: EXPECTED });
  }
}

/** `bogus (signature-expired): the signature of …`. */
function describeVerdict({ verdict, reason, detail }: Validation): string {
  return `${verdict}${reason === null ? '' : ` (${reason})`}: ${detail}`;
}

/** What the resolver itself makes of it: AD is its word that it validated, SERVFAIL with an answer behind it that it would not hold. */
function besideResolver({ verdict, reason }: Validation, { rcode, flags }: Dns['data']): string {
  const refuses = rcode === 'SERVFAIL';
  if (verdict === 'bogus') {
    if (refuses) return '; the resolver refuses it too (SERVFAIL)';
    if (flags?.ad !== true) return '; the resolver passes it on all the same';
    const clock = reason === 'signature-expired' || reason === 'signature-not-yet-valid';
    return `; the resolver says that it holds (AD)${clock ? ': look at the clock of this machine' : ''}`;
  }
  if (refuses) return '; the resolver refuses it nevertheless (SERVFAIL): its clock or its trust anchor may be wrong';
  if (verdict === 'secure') return flags?.ad === true ? '; the resolver says so too (AD)' : '; the resolver does not say that it validated';
  return '';
}

function foldGroup(group: readonly Dns[]): Check {
  const [first] = group as readonly [Dns, ...Dns[]];
  const made = judgeValidation(first);
  if (group.length === 1) return made;
  const { server, validation } = first.data;
  const names = [...new Set(group.map(({ data }) => absoluteName(data.name)))];
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  const outcome = validation?.reason ?? validation?.verdict ?? 'not-validated';
  const list = `${names.slice(0, NAMES_SHOWN).join(', ')}${more}`;
  return {
    ...made,
    id: `l7.dnssec@${server ?? 'nobody'}/${outcome}`,
    title: `DNSSEC of ${group.length} questions${server === null ? '' : ` at ${server}`}`,
    target: made.code === null ? null : made.target,
    observed:
      made.observed === null
        ? null
        : `${validation?.verdict}${validation?.reason == null ? '' : ` (${validation.reason})`}: ${list}; the first: ${validation?.detail}`,
    because: made.because === null ? null : `${made.because}; the same for ${list}`,
    measurements: group.map(({ id }) => id),
  };
}
