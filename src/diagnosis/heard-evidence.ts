import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { isBesideTheWay, kindOf } from './kinds.js';

/**
 * A target of which one series of packets heard nothing is not out of reach where another was answered. Beside it, by some of many packets: then
 * most are lost, as its loss says. After it, when the path was followed: then it was away, and came back.
 */
export function blameTime(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  return checks.map((check) => {
    if (check.code !== 'host-unreachable' || check.status !== 'fail' || kindOf(check) !== 'l3.latency' || isBesideTheWay(check))
      return check;
    const silent = measurements.find(
      (made): made is MeasurementOf<'latency'> => made.probe === 'latency' && check.measurements.includes(made.id),
    );
    // What somebody says of the way is no silence.
    if (silent === undefined || silent.method !== 'icmp' || silent.data.icmpErrors.length > 0 || check.basis !== 'silence') return check;
    return besideIt(check, silent, checks, measurements) ?? afterIt(check, silent, measurements) ?? check;
  });
}

function besideIt(
  check: Check,
  { target, data }: MeasurementOf<'latency'>,
  checks: readonly Check[],
  measurements: readonly Measurement[],
): Check | null {
  const series = measurements.find(
    (made): made is MeasurementOf<'loss'> =>
      made.probe === 'loss' &&
      made.target === target &&
      made.method === 'icmp' &&
      made.data.address === data.address &&
      made.data.received > 0,
  );
  const told = checks.some((other) => kindOf(other) === 'l3.loss' && other.target === target && other.status === 'fail');
  if (series === undefined || !told) return null;
  const { received, sent } = series.data;
  const because = `${received} of ${sent} other packets were answered, so that it is there`;
  return { ...check, status: 'skip', code: null, because };
}

function afterIt(check: Check, silent: MeasurementOf<'latency'>, measurements: readonly Measurement[]): Check | null {
  const { target, data, startedAt, durationMs } = silent;
  const endMs = Date.parse(startedAt) + durationMs;
  const followed = measurements.find(
    (made): made is MeasurementOf<'route'> =>
      made.probe === 'route' &&
      made.target === target &&
      made.method === 'icmp' &&
      made.data.address === data.address &&
      made.data.reached === true &&
      Date.parse(made.startedAt) >= endMs,
  );
  if (followed === undefined) return null;
  const observed = `no answer to ${data.sent} probes, and then it answered`;
  const when = [{ from: startedAt, to: followed.startedAt }];
  return {
    ...check,
    code: 'connectivity-intermittent',
    observed,
    basis: 'measured',
    when,
    measurements: [...check.measurements, followed.id],
  };
}
