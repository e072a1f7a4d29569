import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { grade } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { check } from '../check.js';
import type { JudgeContext } from '../probe.js';

/** Lost echoes of a gateway count from here on: one in twenty can be its rate limit for ICMP. */
const GATEWAY_LOSS_RATIO = 0.1;

/**
 * `l3.gateway`: does the first router answer. One that is silent but forwards (`beyondAnswers`) only filters echo, which is no fault.
 * Its link address tells a dead gateway from one that filters.
 */
export function judgeGateway(
  latency: MeasurementOf<'latency'>,
  neighbor: MeasurementOf<'neighbor'>,
  beyondAnswers: boolean,
  { policy }: JudgeContext,
): Check {
  const { attempt, data } = latency;
  const line = { kind: 'l3.gateway', layer: 3, title: `gateway ${data.address}`, measurement: latency } as const;
  const withNeighbor = (made: Check): Check => ({ ...made, id: `l3.gateway@${data.address}`, measurements: [latency.id, neighbor.id] });
  const expected = `under ${formatMs(policy.gatewayRttMs.acceptable)}`;
  if (attempt.kind === 'measured' && data.rttMs !== null) {
    const { p50 } = data.rttMs;
    const lost = data.sent - data.received;
    const observed = `${formatMs(p50)}, ${lost} of ${data.sent} lost`;
    // A router that answers echo rarely, but forwards everything, loses nothing: the loss of a target says more, and agrees or not.
    if ((data.lossRatio ?? 0) > GATEWAY_LOSS_RATIO)
      return withNeighbor(check({ ...line, status: 'warn', code: 'loss-local', observed, expected }));
    const status = grade(p50, policy.gatewayRttMs);
    return withNeighbor(check({ ...line, status, code: status === 'pass' ? null : 'latency-high', observed, expected }));
  }
  if (beyondAnswers) return withNeighbor(check({ ...line, status: 'pass', observed: 'does not answer echo, but forwards', expected }));
  if (attempt.kind === 'skipped') return withNeighbor(check({ ...line, status: 'skip', because: attempt.because }));

  const resolved = neighbor.data.state === 'resolved';
  // An absent entry says nothing: perhaps nothing was sent. The kernel itself answers "host unreachable" when nobody answers its ARP.
  const unresolved = neighbor.data.state === 'incomplete' || data.icmpErrors.some((error) => error.meaning === 'host-unreachable');
  if (unresolved && !resolved) {
    const observed = 'its link address (MAC) cannot be learned: nobody answers for it on the link';
    return withNeighbor(check({ ...line, status: 'fail', code: 'neighbor-unresolved', observed, expected }));
  }
  if (attempt.kind === 'unavailable') {
    const because = `not asked (${attempt.reason})${resolved ? ', but its link address is known' : ''}`;
    return withNeighbor(check({ ...line, status: 'skip', because }));
  }
  const observed = resolved ? 'no answer, though its link address is known' : 'no answer';
  return withNeighbor(check({ ...line, status: 'fail', code: 'gateway-unreachable', observed, expected }));
}
