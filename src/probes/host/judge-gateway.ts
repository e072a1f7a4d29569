import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { grade, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { wilsonInterval } from '../../model/statistics.js';
import { check } from '../check.js';
import type { JudgeContext } from '../probe.js';

/** What is known of destinations behind the gateway. */
export interface BeyondTheGateway {
  /** How many different ones were tried, and whether any of them answered. */
  tried: number;
  answers: boolean;
  /** The smallest share of packets that any of them lost; `null` where none was measured. */
  leastLossRatio: number | null;
}

/**
 * `l3.gateway`: does the first router answer. One that is silent but forwards (`beyond.answers`) only filters echo, which is no fault.
 * Its link address tells a dead gateway from one that filters.
 */
export function judgeGateway(
  latency: MeasurementOf<'latency'>,
  neighbor: MeasurementOf<'neighbor'>,
  beyond: BeyondTheGateway,
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
    if (losesTraffic(data.sent, lost, beyond.leastLossRatio, policy)) {
      return withNeighbor(check({ ...line, status: 'warn', code: 'loss-local', observed, expected }));
    }
    const status = grade(p50, policy.gatewayRttMs);
    return withNeighbor(check({ ...line, status, code: status === 'pass' ? null : 'latency-high', observed, expected }));
  }
  if (beyond.answers) return withNeighbor(check({ ...line, status: 'pass', observed: 'does not answer echo, but forwards', expected }));
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
  // Many gateways answer no echo. Silence of one destination behind it is no second witness against it.
  if (resolved && beyond.tried === 1) {
    return withNeighbor(
      check({ ...line, status: 'skip', because: 'it answers no echo, though its link address is known: it may only filter it' }),
    );
  }
  const observed = resolved ? 'no answer, though its link address is known' : 'no answer';
  return withNeighbor(check({ ...line, status: 'fail', code: 'gateway-unreachable', observed, expected }));
}

/**
 * Whether the first hop loses packets, beyond chance. A router that answers echo rarely, but forwards everything, loses nothing: what lies
 * behind it must lose as well, where it was measured.
 */
function losesTraffic(sent: number, lost: number, leastLossRatio: number | null, policy: Policy): boolean {
  const interval = wilsonInterval(lost, sent);
  if (interval === null || interval.lowRatio <= policy.lossRatio.acceptable) return false;
  return leastLossRatio === null || leastLossRatio >= interval.lowRatio / 2;
}

/** The same where nothing is sent: what the kernel remembers of the gateway. */
export function judgeKnownGateway(host: MeasurementOf<'host'>, address: string, interfaceName: string): Check {
  const line = { kind: 'l3.gateway', layer: 3, title: `gateway ${address}`, measurement: host } as const;
  const named = (made: Check): Check => ({ ...made, id: `l3.gateway@${address}` });
  const { neighbors } = host.data;
  const entry = neighbors?.find((neighbor) => neighbor.address === address && neighbor.interface === interfaceName);
  if (neighbors === null) return named(check({ ...line, status: 'skip', because: 'nothing is sent, and the system lists no neighbours' }));
  if (entry === undefined || entry.state === 'none') {
    return named(check({ ...line, status: 'skip', because: 'nothing is sent, and the kernel has not talked to it of late' }));
  }
  // Where few neighbours are known, the kernel keeps a failure for hours, and asks anew with the next packet.
  if (entry.state === 'failed') {
    return named(check({ ...line, status: 'skip', because: 'nothing is sent; when it was last asked for, nobody answered' }));
  }
  if (entry.state === 'incomplete') {
    const observed = 'nobody has answered for its link address (MAC) so far';
    return named(check({ ...line, status: 'warn', code: 'neighbor-unresolved', observed, expected: 'its link address is known' }));
  }
  return named(check({ ...line, status: 'pass', observed: `link address known (${entry.state})` }));
}
