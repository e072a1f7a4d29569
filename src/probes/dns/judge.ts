import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import { formatMs, formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { codeOfRcode } from './rcode.js';

type Line = Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>;

/**
 * One question to one server. A measurement with a target is a question of the user about that name (`l7.dns@NAME/TYPE/SERVER`); one
 * without is a look at the resolver itself (`l7.resolver@SERVER`).
 */
export function judgeDns(measurement: MeasurementOf<'dns'>, { policy }: JudgeContext): Check[] {
  return [measurement.target === null ? judgeResolver(measurement, policy) : judgeQuestion(measurement, policy)];
}

/** Does the resolver work: every well-formed answer says yes, "no such name" included, but for those by which it says no itself. */
function judgeResolver(measurement: MeasurementOf<'dns'>, policy: Policy): Check {
  const { data } = measurement;
  const line: Line = { kind: 'l7.resolver', layer: 7, title: `resolver ${data.server}`, measurement };
  const made = judgeAnswer(line, measurement, policy, (rcode) => {
    const code = rcode === 'NXDOMAIN' ? null : codeOfRcode(rcode);
    // It refused one question: it may serve others, and programs go on to the next resolver.
    return code === null ? null : { code, status: code === 'dns-refused' ? 'warn' : 'fail' };
  });
  return { ...made, id: `l7.resolver@${data.server}` };
}

function judgeQuestion(measurement: MeasurementOf<'dns'>, policy: Policy): Check {
  const { data, target } = measurement;
  const line: Line = {
    kind: 'l7.dns',
    layer: 7,
    title: `${data.type} ${data.name}${data.server === null ? '' : ` at ${data.server}`}`,
    measurement,
  };
  const made = judgeAnswer(line, measurement, policy, (rcode) => {
    const code = codeOfRcode(rcode);
    return code === null ? null : { code, status: 'fail' };
  });
  return { ...made, id: `l7.dns@${target}/${data.type}${data.server === null ? '' : `/${data.server}`}` };
}

type RcodeVerdict = Required<Pick<CheckParts, 'code' | 'status'>>;

function judgeAnswer(
  line: Line,
  measurement: MeasurementOf<'dns'>,
  policy: Policy,
  verdictOf: (rcode: string) => RcodeVerdict | null,
): Check {
  const { attempt, data } = measurement;
  const expected = `under ${formatMs(policy.dnsQueryMs.acceptable)}`;
  if (attempt.kind !== 'measured') return judgeNoAnswer(line, attempt, data, expected);

  const rcode = data.rcode ?? 'no rcode';
  const time = data.queryMs === null ? '' : `, ${formatProcessTime(data.queryMs, measurement.stalledMs)}`;
  const observed = `${rcode}, ${counted(data.answers.length)}${time}${line.kind === 'l7.resolver' ? '' : ` via ${data.server}`}`;
  const verdict = verdictOf(rcode);
  if (verdict !== null) return check({ ...line, ...verdict, observed, expected });
  const status = data.queryMs === null ? 'pass' : gradeProcessTime(data.queryMs, measurement.stalledMs, policy.dnsQueryMs);
  return check({ ...line, status, code: status === 'pass' ? null : 'dns-slow', observed, expected });
}

function judgeNoAnswer(line: Line, attempt: NotMeasured, data: MeasurementOf<'dns'>['data'], expected: string): Check {
  if (attempt.kind === 'skipped' || attempt.kind === 'unavailable') return skippedCheck(line, reasonOf(attempt));
  if (attempt.kind === 'failed' && attempt.code === NO_RESOLVER) {
    return check({ ...line, status: 'fail', code: 'dns-no-resolver', observed: attempt.message, expected });
  }
  // Nothing could be sent to begin with: that says nothing about the server.
  if (attempt.kind === 'failed' && attempt.step === 'configure') return skippedCheck(line, attempt.message);
  const reason = reasonOf(attempt);
  if (data.flags?.tc === true) {
    const observed = `the answer is too long for UDP, and over TCP: ${reason}`;
    return check({ ...line, status: 'fail', code: 'dns-tcp-blocked', observed, expected });
  }
  const times = attempt.kind === 'unanswered' && (data.attempts ?? 0) > 1 ? `, asked ${data.attempts} times` : '';
  return check({ ...line, status: 'fail', code: 'dns-unreachable', observed: `${reason}${times}`, expected });
}

function counted(answers: number): string {
  return answers === 1 ? '1 answer' : `${answers} answers`;
}
