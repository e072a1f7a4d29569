import type { Code } from '../model/code.js';
import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily } from '../model/target.js';
import { brokenFamily } from '../probes/addresses/judge.js';
import { blameClock } from './clock-evidence.js';
import { isBesideTheWay, kindOf } from './order.js';

/** What hosts answer as a favour, and limit: echo, be it of the system's ping, and "port unreachable". */
const ECHO_METHODS: ReadonlySet<string> = new Set(['icmp', 'system', 'udp']);

/** From this loss on, connections that needed no second try would be a great coincidence. */
const TELLING_LOSS_RATIO = 0.3;

/** The first retransmission of a segment comes no sooner than this after it (Linux; RFC 6298 says 1 s), that of a SYN after 1 s. */
const RETRANSMISSION_MS = 200;
const SYN_RETRANSMISSION_MS = 900;

/**
 * Corrects checks in the light of what others measured: a silent address of a family of which all are silent while the other family
 * answers is that family's fault, echo is held against nobody whose service answers, see {@link refutation}, and a certificate is not held
 * to have expired by a clock that is wrong.
 */
export function reconcile(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  return withdrawEchoes(
    withoutDirectWay(blameClock(checks, measurements), measurements).map((check) => {
      const code = familyFault(check, measurements);
      return code === null ? check : { ...check, code };
    }),
    measurements,
  );
}

/** What only the direct way needs. */
const OF_DIRECT_WAY: ReadonlySet<string> = new Set(['l7.name', 'l3.path']);

/**
 * A target that answers through its proxy needs no address and no route here: what is missing of them is no fault. In a full report the
 * direct way is looked at as such, and stays as it was judged.
 */
function withoutDirectWay(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  return checks.map((check) => {
    if (check.status === 'pass' || check.status === 'skip' || check.target === null || !OF_DIRECT_WAY.has(kindOf(check))) return check;
    const by = measurements.find(
      (made) =>
        (made.probe === 'http' || made.probe === 'websocket') &&
        made.target === check.target &&
        made.attempt.kind === 'measured' &&
        made.data.via !== null,
    );
    if (by?.probe !== 'http' && by?.probe !== 'websocket') return check;
    return { ...check, status: 'skip', code: null, because: `not needed: the target answers through ${by.data.via}` };
  });
}

/** `ipv4-broken` or `ipv6-broken` where a check says of its target only that it is silent; otherwise `null`. */
function familyFault(check: Check, measurements: readonly Measurement[]): Code | null {
  if (check.code !== 'host-unreachable' || check.status !== 'fail' || check.target === null) return null;
  const judged = measurements.find((measurement) => check.measurements.includes(measurement.id));
  if ((judged?.probe !== 'latency' && judged?.probe !== 'loss') || judged.data.address === null) return null;
  const tried = measurements.find(
    (measurement): measurement is MeasurementOf<'addresses'> => measurement.probe === 'addresses' && measurement.target === check.target,
  );
  const broken = tried === undefined ? null : brokenFamily(tried.data);
  if (broken === null || addressFamily(judged.data.address) !== broken) return null;
  return broken === 4 ? 'ipv4-broken' : 'ipv6-broken';
}

/**
 * Withdraws what ICMP echo said of a target where the target's own service says otherwise: routers and hosts limit and filter echo, and
 * that is no fault. The check becomes a `skip` with the reason; what was measured stays in the report.
 */
function withdrawEchoes(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  return checks.map((check) => {
    const because =
      // What answers to the service is the address that it was asked at.
      check.target === null || isBesideTheWay(check) || check.status === 'skip' || check.status === 'pass'
        ? null
        : refutation(check, check.target, checks, measurements);
    return because === null ? check : { ...check, status: 'skip', code: null, because };
  });
}

function refutation(check: Check, target: string, checks: readonly Check[], measurements: readonly Measurement[]): string | null {
  const kind = kindOf(check);
  const judged = measurements.find((measurement) => check.measurements.includes(measurement.id));
  if ((judged?.probe !== 'latency' && judged?.probe !== 'loss') || !ECHO_METHODS.has(judged.method ?? '')) return null;
  if (check.code === 'host-unreachable' && serviceAnswers(target, checks))
    return `${judged.method === 'udp' ? 'UDP to an unused port' : 'echo'} is not answered, while the service is: it is filtered or limited`;
  const limited = (kind === 'l3.loss' || kind === 'l3.answers') && (judged.data.lossRatio ?? 0) >= TELLING_LOSS_RATIO;
  if (limited && serviceAnswers(target, checks) && connectionsWereQuick(target, measurements)) {
    return `${judged.data.sent - judged.data.received} of ${judged.data.sent} ${judged.method === 'udp' ? 'datagrams' : 'echoes'} were not answered, while TCP lost nothing: ${judged.method === 'udp' ? 'answers to them are' : 'echo is'} limited`;
  }
  return null;
}

/** A port that opened or a service that spoke: an answer from the host itself, or from what answers in its name. */
function serviceAnswers(target: string, checks: readonly Check[]): boolean {
  return checks.some(
    (check) => check.target === target && check.status === 'pass' && ['l4.port', 'l6.handshake', 'l7.http'].includes(kindOf(check)),
  );
}

/** Whether every connection to the target went without a pause in which something could have been sent anew. */
function connectionsWereQuick(target: string, measurements: readonly Measurement[]): boolean {
  const phases = measurements.filter(
    (measurement): measurement is MeasurementOf<'phases'> => measurement.probe === 'phases' && measurement.target === target,
  );
  const complete = phases.filter(({ attempt }) => attempt.kind === 'measured');
  if (complete.length === 0 || complete.length < phases.length) return false;
  return complete.every(({ data, stalledMs }) => {
    const roundTripMs = data.tcpMs ?? 0;
    const slack = RETRANSMISSION_MS + 3 * roundTripMs + (stalledMs ?? 0);
    return roundTripMs < SYN_RETRANSMISSION_MS && (data.tlsMs === null || data.tlsMs < slack);
  });
}
