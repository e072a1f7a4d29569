import type { NotMeasured } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { formatExpectedMs, formatMs, formatRatio } from '../../model/format.js';
import { exactInterval } from '../../model/loss-interval.js';
import type { IcmpErrorCount, MeasurementOf } from '../../model/measurement.js';
import { grade, judgedPercentile, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf, expectedOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { methodName, methodSuffix, UDP_IS_LIMITED } from '../round-trip/method-text.js';

/** Below this many round trips the spread between them says nothing. */
const JITTER_MINIMUM_SAMPLES = 4;

/** `l3.latency`: does the target answer, and how fast. `l3.jitter`: how evenly. */
export function judgeLatency(measurement: MeasurementOf<'latency'>, { policy }: JudgeContext): Check[] {
  const line = { kind: 'l3.latency', layer: 3, title: 'latency', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind === 'unavailable') return [skippedCheck(line, attempt.reason)];
  const expected = formatExpectedMs(policy.rttMs);
  if (attempt.kind === 'measured' && data.rttMs === null && data.received > 0) {
    const observed = `${data.received} of ${data.sent} answered, in times that ${methodName(measurement.method)} does not tell`;
    return [check({ ...line, status: 'pass', observed, expected }), ...judgeAnswers(measurement, policy)];
  }
  if (attempt.kind !== 'measured' || data.rttMs === null) {
    return [judgeSilence(line, attempt.kind === 'measured' ? null : attempt, expected)];
  }

  const { p50, p95, p99, max } = data.rttMs;
  const filtered = data.echoAnswered === false ? `; ICMP echo is not answered, ${methodName(measurement.method)} is` : '';
  const judged = judgedPercentile(policy.rttMs, data.received);
  const valueMs = data.rttMs[judged];
  const status = grade(valueMs, policy.rttMs);
  const tail = judged === 'p99' ? `p99 ${formatMs(p99)}` : `p95 ${formatMs(p95)}`;
  const latency = check({
    ...line,
    status,
    code: status === 'pass' ? null : 'latency-high',
    observed: `${formatMs(p50)} (${tail}, max ${formatMs(max)}${methodSuffix(measurement.method)})${filtered}`,
    expected: expectedOf(judged, expected),
    budget: budgetOf('rttMs', valueMs, policy.rttMs),
  });
  return [
    latency,
    ...judgeJitter(measurement, { policy }),
    ...judgeAnswers(measurement, policy),
    ...judgeNotSent(measurement, data.notSent),
  ];
}

/** `l3.answers`: were the probes answered that this probe sent. A few lost ones say little: it warns only beyond chance. */
function judgeAnswers(measurement: MeasurementOf<'latency'>, policy: Policy): Check[] {
  const { sent, received, samples } = measurement.data;
  // Answers to UDP are few by design.
  if (measurement.method === 'udp') return [];
  const interval = exactInterval(sent - received, sent);
  if (interval === null || interval.lowRatio <= policy.lossRatio.acceptable) return [];
  const observed = `${sent - received} of ${sent} not answered (${formatRatio(interval.lowRatio)} to ${formatRatio(interval.highRatio)}, 95 % sure)${lateText(measurement.data.late)}`;
  const expected = `at most ${formatRatio(policy.lossRatio.acceptable)}`;
  const line = { kind: 'l3.answers', layer: 3, title: 'answers', measurement } as const;
  const budget = budgetOf('lossRatio', (sent - received) / sent, policy.lossRatio);
  // Nothing was lost where all of it came after all: the way is slow, or opened slowly.
  if (samples?.every(({ rttMs, lateMs }) => rttMs !== null || lateMs !== undefined))
    return [check({ ...line, status: 'warn', code: 'latency-high', observed, expected, basis: 'measured', budget })];
  return [check({ ...line, status: 'warn', code: 'loss-upstream', observed, expected, budget })];
}

/** Answers that came too late count as lost; that they came at all tells a slow path from one that loses. */
export function lateText(late: MeasurementOf<'latency' | 'loss'>['data']['late']): string {
  if (late === null || late.fastestMs === null) return '';
  return `; ${late.count} ${late.count === 1 ? 'was' : 'were'} answered too late, after ${formatMs(late.fastestMs)} or more`;
}

/** `l3.sending`: did every packet leave this machine. One that its own firewall, queue or route refused is lost before the first hop. */
export function judgeNotSent(measurement: MeasurementOf<'latency' | 'loss'>, notSent: readonly { code: string; count: number }[]): Check[] {
  const worst = [...notSent].sort((a, b) => b.count - a.count)[0];
  if (worst === undefined) return [];
  const total = notSent.reduce((sum, { count }) => sum + count, 0);
  const observed = `${total} packets could not be sent: ${errnoText(worst.code)}`;
  const line = { kind: 'l3.sending', layer: 3, title: 'sending', measurement } as const;
  return [check({ ...line, status: 'fail', code: codeOfRefusedSend(worst.code), observed, expected: 'all are sent' })];
}

/** While others of the series were answered: the way was there, and then it was not, or not for every packet. */
function codeOfRefusedSend(errno: string): Code {
  if (errno === 'ENETDOWN') return 'interface-down';
  return ['EPERM', 'EACCES', 'ENOBUFS', 'EAGAIN'].includes(errno) ? 'loss-local' : 'connectivity-intermittent';
}

function errnoText(errno: string): string {
  if (errno === 'EPERM' || errno === 'EACCES') return `this machine does not permit it (${errno}: a local firewall or route)`;
  if (errno === 'ENOBUFS' || errno === 'EAGAIN') return `the queue of the interface is full (${errno})`;
  return errno === 'ENETDOWN' ? 'the interface went down (ENETDOWN)' : `the route went away (${errno})`;
}

function judgeJitter(measurement: MeasurementOf<'latency'>, { policy }: JudgeContext): Check[] {
  const { jitterMs, received } = measurement.data;
  if (jitterMs === null || received < JITTER_MINIMUM_SAMPLES) return [];
  const status = grade(jitterMs, policy.jitterMs);
  return [
    check({
      kind: 'l3.jitter',
      layer: 3,
      title: 'jitter',
      measurement,
      status,
      code: status === 'pass' ? null : 'jitter-high',
      observed: formatMs(jitterMs),
      expected: `under ${formatMs(policy.jitterMs.acceptable)}`,
      budget: budgetOf('jitterMs', jitterMs, policy.jitterMs),
    }),
  ];
}

/** Names why nothing came back: what routers said of it, else that there was silence. */
export function judgeUnreachable(
  line: Pick<Parameters<typeof check>[0], 'kind' | 'layer' | 'title' | 'measurement'>,
  attempt: NotMeasured | null,
  icmpErrors: readonly IcmpErrorCount[],
  sent: number,
  expected: string,
): Check {
  if (attempt?.kind === 'failed' && attempt.code === 'ECONNREFUSED') {
    return check({ ...line, status: 'pass', code: null, observed: 'the host answers (it refuses the connection), not timed', expected });
  }
  // No socket, or nothing to send from: that says nothing about the target.
  if (attempt?.kind === 'failed' && attempt.step === 'configure') return skippedCheck(line, attempt.message);
  const loudest = [...icmpErrors].sort((a, b) => b.count - a.count)[0];
  if (loudest !== undefined) {
    const code: Code =
      loudest.meaning === 'prohibited' ? 'route-prohibited' : loudest.meaning === 'time-exceeded' ? 'routing-loop' : 'host-unreachable';
    return check({
      ...line,
      status: 'fail',
      code,
      observed: `${loudest.meaning} (ICMP from ${loudest.from ?? 'an unknown host'})`,
      expected,
      basis: 'stated',
    });
  }
  if (attempt?.kind === 'failed') {
    return check({ ...line, status: 'fail', code: codeOfErrno(attempt.code), observed: attempt.message, expected, basis: 'stated' });
  }
  return check({
    ...line,
    status: 'fail',
    code: 'host-unreachable',
    observed: sent > 0 ? `no answer to ${sent === 1 ? '1 probe' : `${sent} probes`}` : 'no answer',
    expected,
    basis: 'silence',
  });
}

/**
 * {@link judgeUnreachable} for a series of round trips: firewalls drop datagrams to unused ports as a matter of course, so that their
 * silence alone accuses nobody.
 */
export function judgeSilence(
  line: Pick<Parameters<typeof check>[0], 'kind' | 'layer' | 'title'> & { measurement: MeasurementOf<'latency'> | MeasurementOf<'loss'> },
  attempt: NotMeasured | null,
  expected: string,
): Check {
  const { data, method } = line.measurement;
  const { late } = data;
  if (late !== null && late.fastestMs !== null && attempt?.kind === 'unanswered') {
    const observed = `answers come, but only after ${formatMs(late.fastestMs)}: ${formatMs(attempt.waitedMs)} are waited for (--timeout)`;
    return check({ ...line, status: 'fail', code: 'latency-high', observed, expected });
  }
  const judged = judgeUnreachable(line, attempt, data.icmpErrors, data.sent, expected);
  if (method !== 'udp' || attempt?.kind === 'failed' || data.icmpErrors.length > 0) return judged;
  return { ...judged, status: 'warn', observed: `${judged.observed} ${UDP_IS_LIMITED}, if they give any` };
}

/** What a refused send or connect says of the path. */
function codeOfErrno(errno: string): Code {
  switch (errno) {
    case 'ENETUNREACH':
      return 'no-default-route';
    case 'EACCES':
    case 'EINVAL':
      return 'route-prohibited';
    // Routes that forbid say EACCES; rules of a firewall that drop what this machine sends say this.
    case 'EPERM':
      return 'firewall-blocks';
    case 'ENETDOWN':
      return 'interface-down';
    default:
      return 'host-unreachable';
  }
}
