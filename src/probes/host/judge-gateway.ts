import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { grade, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { wilsonInterval } from '../../model/statistics.js';
import { budgetOf } from '../budget.js';
import { check } from '../check.js';
import type { JudgeContext } from '../probe.js';

/** What is known of destinations behind this gateway. */
export interface BeyondTheGateway {
  /** How many different ones were tried, and whether any of them answered. */
  tried: number;
  answers: boolean;
  /** The smallest share of packets that any of them lost; `null` where none was measured. */
  leastLossRatio: number | null;
  /** Another default route goes before the one through it, and nothing that was tried is behind it: without it all goes on. */
  spare: boolean;
  /** Kind of the link on which it is, as `host` tells it; `null`: not known. */
  linkKind: string | null;
  /** Whether it spoke up itself about packets that were to go on: it turned them back, or their time to live was over. Absent: no. */
  speaks?: boolean;
}

/** Links whose other end is as far away as it is: its round trip is no fault of this network, and there is no link address to be learned. */
const TUNNELS: ReadonlySet<string> = new Set([
  'tun',
  'wireguard',
  'ppp',
  'cellular',
  'gre',
  'ip6gre',
  'ipip',
  'ip6tnl',
  'sit',
  'vti',
  'xfrm',
]);
/** The same with Ethernet inside. */
const FAR_LINKS: ReadonlySet<string> = new Set([...TUNNELS, 'tap']);

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
      const budget = budgetOf('lossRatio', lost / data.sent, policy.lossRatio);
      return withNeighbor(check({ ...line, status: 'warn', code: 'loss-local', observed, expected, budget }));
    }
    if (FAR_LINKS.has(beyond.linkKind ?? '')) return withNeighbor(check({ ...line, status: 'pass', observed }));
    const status = grade(p50, policy.gatewayRttMs);
    const budget = budgetOf('gatewayRttMs', p50, policy.gatewayRttMs);
    return withNeighbor(check({ ...line, status, code: status === 'pass' ? null : 'latency-high', observed, expected, budget }));
  }
  if (beyond.answers) return withNeighbor(check({ ...line, status: 'pass', observed: 'does not answer echo, but forwards', expected }));
  if (attempt.kind === 'skipped') return withNeighbor(check({ ...line, status: 'skip', because: attempt.because }));
  if (attempt.kind === 'failed' && attempt.code === 'EPERM') {
    const observed = 'this machine lets no packet out to it (EPERM)';
    const made = { ...line, status: 'fail', code: 'firewall-blocks', observed, expected: 'our packets go out', basis: 'stated' } as const;
    return withNeighbor(check(made));
  }

  if (beyond.speaks === true)
    return withNeighbor(check({ ...line, status: 'pass', observed: 'does not answer echo, but speaks on the path', expected }));

  const resolved = neighbor.data.state === 'resolved';
  // An absent entry says nothing: perhaps nothing was sent. The kernel itself answers "host unreachable" when nobody answers its ARP.
  const unresolved = neighbor.data.state === 'incomplete' || data.icmpErrors.some((error) => error.meaning === 'host-unreachable');
  const tunnel = TUNNELS.has(beyond.linkKind ?? '');
  if (unresolved && !resolved && !tunnel) {
    const status = beyond.spare ? 'warn' : 'fail';
    const observed = `no answer to ${data.address?.includes(':') === true ? 'neighbour solicitations' : 'ARP'}`;
    return withNeighbor(check({ ...line, status, code: 'neighbor-unresolved', observed, expected: 'its link address (MAC)' }));
  }
  if (attempt.kind === 'unavailable') {
    const because = `not asked (${attempt.reason})${resolved ? ', but its link address is known' : ''}`;
    return withNeighbor(check({ ...line, status: 'skip', because }));
  }
  if (tunnel && beyond.tried <= 1) {
    return withNeighbor(check({ ...line, status: 'skip', because: 'it answers no echo, as the far ends of many tunnels' }));
  }
  // Many gateways answer no echo, those of most clouds among them. Silence of one destination behind it is no second witness against it.
  if (resolved && beyond.tried <= 1) {
    return withNeighbor(
      check({ ...line, status: 'skip', because: 'it answers no echo, though its link address is known: it may only filter it' }),
    );
  }
  const observed = resolved ? 'no answer, though its link address is known' : 'no answer';
  return withNeighbor(check({ ...line, status: beyond.spare ? 'warn' : 'fail', code: 'gateway-unreachable', observed, expected }));
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
export function judgeKnownGateway(
  host: MeasurementOf<'host'>,
  { address, interface: name, scoped }: { address: string; interface: string; scoped: string },
): Check {
  const line = { kind: 'l3.gateway', layer: 3, title: `gateway ${scoped}`, measurement: host } as const;
  const named = (made: Check): Check => ({ ...made, id: `l3.gateway@${scoped}` });
  const { neighbors } = host.data;
  const entry = neighbors?.find((neighbor) => neighbor.address === address && neighbor.interface === name);
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
