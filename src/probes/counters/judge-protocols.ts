import { formatRatio } from '../../model/format.js';
import { exactInterval } from '../../model/loss-interval.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { seconds } from './window.js';

type Counters = MeasurementOf<'counters'>;

/** A share of fewer segments is chance. */
const FEWEST_SEGMENTS = 100;
/**
 * Segments are lost and sent again by the flight, ten at first (RFC 6928): ten of them tell as much as one that stands alone, and the
 * interval is that of so many.
 */
const SEGMENTS_IN_A_FLIGHT = 10;

/** Datagrams that found no room: fewer can be those of one socket that nobody reads, as of a service that waits for something else. */
const FEWEST_DATAGRAMS = 10;
const DATAGRAM_RATIO = 0.01;

/** Lost by the processors of the whole machine before any socket saw them. */
const FEWEST_BACKLOG_DROPS = 10;

/**
 * What TCP, UDP and the processors count, of the machine as a whole: only where the machine itself is asked for, since none of it is of the
 * way to a target.
 */
export function judgeProtocols(measurement: Counters, context: MachineJudgeContext): Check[] {
  if (context.scope === 'path') return [];
  return [
    ...judgeProcessors(measurement),
    judgeRetransmissions(measurement, context),
    judgeResets(measurement, context),
    judgeListenQueues(measurement),
    judgeSocketBuffers(measurement),
  ];
}

/** Facts that stand for all counters of protocols, or for those of a system that are not read. */
export const UNREAD = ['counters of TCP', 'other counters of protocols'] as const;

/** Why there is nothing to judge, in the words of what was missing; `null` where the counters are there. */
function missing({ data }: Counters, ...names: string[]): string | null {
  if (data.windowMs === null) return 'the counters were read only once';
  const lacking = names.find((name) => growthOf(data, name) === null);
  if (lacking === undefined) return null;
  const facts = [`growth of ${lacking}`, ...UNREAD];
  const reason = data.absent.find(({ fact }) => fact.startsWith('/proc/net/') || facts.includes(fact));
  return `${lacking} is not known${reason === undefined ? ': this kernel does not count it' : `: ${reason.because}`}`;
}

function growthOf(data: Counters['data'], name: string): number | null {
  return data.protocols.find((counter) => counter.name === name)?.delta ?? null;
}

/**
 * `l4.retransmissions`: how much of the data that TCP sent had to be sent again. A first segment (SYN) that is sent again says that nobody
 * answers, as when a probe knocks at a dead port, and is no part of it.
 */
function judgeRetransmissions(measurement: Counters, { policy, measurements }: MachineJudgeContext): Check {
  const line = { kind: 'l4.retransmissions', layer: 4, title: 'TCP retransmissions', measurement } as const;
  const { data } = measurement;
  // The netstat of macOS counts segments with data alone, so that there is nothing to take off.
  const handshakes = data.protocols.some(({ name, source }) => name === 'TcpRetransSegs' && source.startsWith('netstat '))
    ? []
    : ['TcpExtTCPSynRetrans'];
  const lacking = missing(measurement, 'TcpRetransSegs', ...handshakes, 'TcpExtTCPOrigDataSent');
  if (lacking !== null) return skippedCheck(line, lacking);
  const again = Math.max(0, (growthOf(data, 'TcpRetransSegs') ?? 0) - (growthOf(data, 'TcpExtTCPSynRetrans') ?? 0));
  const sent = (growthOf(data, 'TcpExtTCPOrigDataSent') ?? 0) + again;
  const limit = policy.lossRatio.acceptable;
  const expected = `under ${formatRatio(limit)}`;
  const counted = `${again} of ${sent} segments in ${seconds(data.windowMs ?? 0)}`;
  if (sent < FEWEST_SEGMENTS) {
    const observed = again === 0 ? `none, ${sent} segments in ${seconds(data.windowMs ?? 0)}` : `${counted}: too few to judge`;
    return check({ ...line, status: 'pass', observed, expected });
  }
  const interval = exactInterval(again / SEGMENTS_IN_A_FLIGHT, sent / SEGMENTS_IN_A_FLIGHT);
  const observed = `${counted} (${formatRatio(again / sent)})`;
  const budget = budgetOf('lossRatio', again / sent, policy.lossRatio);
  if (interval === null || interval.lowRatio <= limit) return check({ ...line, status: 'pass', observed, expected, budget });
  const lossy = lossyTargets(measurements);
  if (lossy.length > 0) return skippedCheck(line, `${counted}, among them netdiag's own to ${lossy[0]}, which loses packets`);
  return check({ ...line, status: 'warn', code: 'tcp-retransmissions', observed, expected, budget });
}

/** Targets of this run to which packets were lost: what netdiag itself sent there again, nobody can tell from the rest. */
function lossyTargets(measurements: MachineJudgeContext['measurements']): string[] {
  const lossy = measurements.filter((made) => {
    if (made.target === null) return false;
    switch (made.probe) {
      case 'loss':
      case 'latency':
        return made.data.received < made.data.sent;
      case 'mtu':
        return made.data.blackhole === true;
      case 'phases':
      case 'tls':
      case 'http':
      case 'websocket':
        return made.attempt.kind === 'unanswered';
      default:
        return false;
    }
  });
  return [...new Set(lossy.flatMap(({ target }) => target ?? []))];
}

/** `l4.resets`: shown and not judged, since a reset is what an orderly program sends as well. */
function judgeResets(measurement: Counters, { targets }: MachineJudgeContext): Check {
  const line = { kind: 'l4.resets', layer: 4, title: 'TCP resets', measurement } as const;
  const { data } = measurement;
  const lacking = missing(measurement, 'TcpOutRsts', 'TcpEstabResets', 'TcpAttemptFails');
  if (lacking !== null) return skippedCheck(line, lacking);
  const [sent, established, attempts] = ['TcpOutRsts', 'TcpEstabResets', 'TcpAttemptFails'].map((name) => growthOf(data, name) ?? 0);
  const own = targets.length === 0 || (attempts ?? 0) + (established ?? 0) + (sent ?? 0) === 0 ? '' : "; netdiag's own among them";
  const observed = `${sent} sent, ${established} connections reset, ${attempts} attempts failed in ${seconds(data.windowMs ?? 0)}${own}`;
  return check({ ...line, status: 'pass', observed });
}

/** `l4.listen-queue`: do connections come faster than a service accepts them. */
function judgeListenQueues(measurement: Counters): Check {
  const line = { kind: 'l4.listen-queue', layer: 4, title: 'listen queues', measurement } as const;
  const { data } = measurement;
  const lacking = missing(measurement, 'TcpExtListenOverflows', 'TcpExtListenDrops');
  if (lacking !== null) return skippedCheck(line, lacking);
  const full = (data.fullListenQueues ?? []).map(({ address, port, waiting, limit }) => ({
    port: `${address.includes(':') ? `[${address}]` : address}:${port}`,
    text: `${waiting} wait where ${limit} may`,
  }));
  // Overflows are among the drops.
  const dropped = Math.max(growthOf(data, 'TcpExtListenDrops') ?? 0, growthOf(data, 'TcpExtListenOverflows') ?? 0);
  const expected = 'room in each';
  const named = full.slice(0, 3).map(({ port, text }) => `that of ${port} is full (${text})`);
  const over = `in ${seconds(data.windowMs ?? 0)}`;
  if (dropped > 0) {
    const observed = [`${dropped} connection attempts dropped ${over}`, ...named].join('; ');
    return check({ ...line, status: full.length > 0 ? 'fail' : 'warn', code: 'listen-queue-overflow', observed, expected });
  }
  if (full.length > 0) return check({ ...line, status: 'warn', code: 'listen-queue-overflow', observed: named.join('; '), expected });
  const ever = data.protocols.find(({ name }) => name === 'TcpExtListenDrops')?.total ?? 0;
  return check({ ...line, status: 'pass', observed: `no drops ${over}${ever === 0 ? '' : `; ${ever} before that`}`, expected });
}

/** `l4.socket-buffers`: is data thrown away since a program does not read, or since there is no memory for it. */
function judgeSocketBuffers(measurement: Counters): Check {
  const line = { kind: 'l4.socket-buffers', layer: 4, title: 'socket buffers', measurement } as const;
  const { data } = measurement;
  const lacking = missing(measurement, 'UdpInDatagrams', 'UdpRcvbufErrors', 'UdpSndbufErrors');
  if (lacking !== null) return skippedCheck(line, lacking);
  const sum = (...names: string[]) => names.reduce((total, name) => total + (growthOf(data, name) ?? 0), 0);
  const over = `in ${seconds(data.windowMs ?? 0)}`;
  const dropped = sum('UdpRcvbufErrors', 'Udp6RcvbufErrors');
  const came = sum('UdpInDatagrams', 'Udp6InDatagrams') + dropped;
  const unsent = sum('UdpSndbufErrors', 'Udp6SndbufErrors');
  const memory = sum('TcpExtTCPAbortOnMemory', 'TcpExtTCPMemoryPressures');
  const segments = sum('TcpExtTCPBacklogDrop', 'TcpExtTCPRcvQDrop', 'TcpExtRcvPruned');
  const low = exactInterval(dropped, came)?.lowRatio ?? 0;
  const bad = [
    dropped >= FEWEST_DATAGRAMS && low > DATAGRAM_RATIO ? `${dropped} of ${came} UDP datagrams found no room` : null,
    unsent >= FEWEST_DATAGRAMS ? `${unsent} UDP datagrams not sent for lack of room` : null,
    memory > 0 ? `TCP ran out of memory ${memory} times` : null,
    segments >= FEWEST_DATAGRAMS ? `${segments} TCP segments found no room` : null,
  ].filter((text) => text !== null);
  const expected = 'none full';
  if (bad.length > 0) {
    return check({ ...line, status: 'warn', code: 'socket-buffer-overflow', observed: `${bad.join(', ')} ${over}`, expected });
  }
  const few = dropped + unsent + segments;
  const observed = few === 0 ? `no drops ${over}` : `${few} drops ${over}`;
  return check({ ...line, status: 'pass', observed, expected });
}

/** `l2.backlog`: do packets come faster than the processors take them. */
function judgeProcessors(measurement: Counters): Check[] {
  const line = { kind: 'l2.backlog', layer: 2, title: 'processor queues', measurement } as const;
  const { processors, windowMs, absent } = measurement.data;
  if (processors === null) {
    return [skippedCheck(line, absent.find(({ fact }) => fact.includes('softnet'))?.because ?? 'the system does not show them')];
  }
  const { delta } = processors.dropped;
  if (windowMs === null || delta === null) return [skippedCheck(line, 'the counters cannot be compared')];
  const of = `of the whole machine in ${seconds(windowMs)}`;
  const expected = 'no drops';
  if (delta >= FEWEST_BACKLOG_DROPS) {
    return [check({ ...line, status: 'warn', code: 'receive-backlog-overflow', observed: `${delta} packets dropped ${of}`, expected })];
  }
  return [check({ ...line, status: 'pass', observed: `${delta === 0 ? 'no' : delta} drops ${of}`, expected })];
}
