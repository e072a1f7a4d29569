import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { followAliases } from '../../wire/cname-chain.js';
import { nameKey } from '../../wire/dns-name.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { judgeResolvers } from './judge-resolvers.js';
import { describeAnswer, describeSilence, describeTruncation } from './observed-answer.js';
import { codeOfRcode } from './rcode.js';

type Dns = MeasurementOf<'dns'>;
type Line = Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>;

/**
 * One question to one server, by itself. A measurement with a target is a question of the user about that name (`l7.dns@NAME/TYPE/SERVER`);
 * one without is a look at the resolver itself. Where there are several, `judgeQuestions` and `judgeResolvers` know more.
 */
export function judgeDns(measurement: Dns, context: JudgeContext): Check[] {
  if (measurement.target === null) return judgeResolvers([measurement], [measurement], context);
  return [judgeQuestion(measurement, context.policy)];
}

/**
 * All questions of the user, a check for each, in their order. A name that does not exist does not for any type (RFC 8020): at one server
 * that is said once, and its further types are `skip`.
 */
export function judgeQuestions(questions: readonly Dns[], { policy }: JudgeContext): Check[] {
  const nonexistent = new Map<string, string>();
  return questions.map((question) => {
    const made = judgeQuestion(question, policy);
    if (made.code !== 'dns-nxdomain') return made;
    const key = `${nameKey(question.data.name)} ${question.data.server}`;
    const first = nonexistent.get(key);
    if (first !== undefined) {
      const because = `the same name, already judged: ${first}`;
      return { ...made, status: 'skip', code: null, observed: null, expected: null, because };
    }
    nonexistent.set(key, made.title);
    return made;
  });
}

function judgeQuestion(measurement: Dns, policy: Policy): Check {
  const { attempt, data, target } = measurement;
  const at = data.server === null ? '' : ` at ${data.server}`;
  const line: Line = { kind: 'l7.dns', layer: 7, title: `${data.type} ${data.name}${at}`, measurement };
  const expected = `under ${formatMs(policy.dnsQueryMs.acceptable)}`;
  const made =
    attempt.kind === 'measured' ? judgeAnswer(line, measurement, policy, expected) : judgeNoAnswer(line, attempt, data, expected);
  return { ...made, id: `l7.dns@${target}/${data.type}${data.server === null ? '' : `/${data.server}`}` };
}

function judgeAnswer(line: Line, measurement: Dns, policy: Policy, expected: string): Check {
  const { data, stalledMs } = measurement;
  const observed = `${describeAnswer(measurement)} via ${data.server}`;
  const code = codeOfRcode(data.rcode ?? 'no rcode');
  if (code !== null) return check({ ...line, status: 'fail', code, observed, expected });
  const aliases = followAliases(data.name, data.type, data.answers);
  if (!aliases.ok) {
    const loop = `the aliases form a loop or too long a chain: ${aliases.refusal}`;
    return check({ ...line, status: 'fail', code: 'dns-servfail', observed: `${observed}; ${loop}`, expected: 'a record' });
  }
  const status = data.queryMs === null ? 'pass' : gradeProcessTime(data.queryMs, stalledMs, policy.dnsQueryMs);
  return check({ ...line, status, code: status === 'pass' ? null : 'dns-slow', observed, expected });
}

function judgeNoAnswer(line: Line, attempt: NotMeasured, data: Dns['data'], expected: string): Check {
  if (attempt.kind === 'skipped' || attempt.kind === 'unavailable') return skippedCheck(line, reasonOf(attempt));
  if (attempt.kind === 'failed' && attempt.code === NO_RESOLVER) {
    return check({ ...line, status: 'fail', code: 'dns-no-resolver', observed: attempt.message, expected });
  }
  // Nothing could be sent to begin with: that says nothing about the server.
  if (attempt.kind === 'failed' && attempt.step === 'configure') return skippedCheck(line, attempt.message);
  if (data.flags?.tc === true) {
    return check({ ...line, status: 'fail', code: 'dns-tcp-blocked', observed: describeTruncation(attempt), expected });
  }
  return check({ ...line, status: 'fail', code: 'dns-unreachable', observed: describeSilence(attempt, data), expected });
}
