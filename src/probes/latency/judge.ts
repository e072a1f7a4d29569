import type { NotMeasured } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { formatMs } from '../../model/format.js';
import type { IcmpErrorCount, MeasurementOf } from '../../model/measurement.js';
import { grade } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';

/** Below this many round trips the spread between them says nothing. */
const JITTER_MINIMUM_SAMPLES = 4;

/** `l3.latency`: does the target answer, and how fast. `l3.jitter`: how evenly. */
export function judgeLatency(measurement: MeasurementOf<'latency'>, { policy }: JudgeContext): Check[] {
  const line = { kind: 'l3.latency', layer: 3, title: 'latency', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind === 'unavailable') return [skippedCheck(line, attempt.reason)];
  const expected = `under ${formatMs(policy.rttMs.acceptable)}`;
  if (attempt.kind !== 'measured' || data.rttMs === null) {
    return [judgeUnreachable(line, attempt.kind === 'measured' ? null : attempt, data.icmpErrors, data.sent, expected)];
  }

  const { p50, p95, max } = data.rttMs;
  const filtered = data.echoAnswered === false ? '; ICMP echo is not answered, TCP is' : '';
  const status = grade(p50, policy.rttMs);
  const latency = check({
    ...line,
    status,
    code: status === 'pass' ? null : 'latency-high',
    observed: `${formatMs(p50)} (p95 ${formatMs(p95)}, max ${formatMs(max)}${measurement.method === 'icmp' ? '' : ', TCP'})${filtered}`,
    expected,
  });
  return [latency, ...judgeJitter(measurement, { policy })];
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
    });
  }
  if (attempt?.kind === 'failed') {
    return check({ ...line, status: 'fail', code: codeOfErrno(attempt.code), observed: attempt.message, expected });
  }
  return check({
    ...line,
    status: 'fail',
    code: 'host-unreachable',
    observed: sent > 0 ? `no answer to ${sent} probes` : 'no answer',
    expected,
  });
}

/** What a refused send or connect says of the path. */
function codeOfErrno(errno: string): Code {
  switch (errno) {
    case 'ENETUNREACH':
      return 'no-default-route';
    case 'EACCES':
    case 'EPERM':
    case 'EINVAL':
      return 'route-prohibited';
    case 'ENETDOWN':
      return 'interface-down';
    default:
      return 'host-unreachable';
  }
}
