import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';

/** `l3.path`: the way that the kernel chose for packets to a target, or the route that refuses them. */
export function judgePath(measurement: MeasurementOf<'route-lookup'>): Check {
  const line = { kind: 'l3.path', layer: 3, title: 'route', measurement } as const;
  const { attempt, data } = measurement;
  const expected = 'a route';
  if (attempt.kind === 'measured') {
    const via = data.gateway === null ? '' : ` via ${data.gateway}`;
    const observed = data.loopback === true ? 'on this machine' : `${data.interface ?? 'an interface'}${via}, from ${data.source}`;
    return check({ ...line, status: 'pass', observed, expected });
  }
  if (attempt.kind === 'failed') {
    const code = attempt.code === 'ENETUNREACH' ? 'no-default-route' : attempt.code === 'EADDRNOTAVAIL' ? 'no-address' : 'route-prohibited';
    return check({ ...line, status: 'fail', code, observed: attempt.message, expected });
  }
  return skippedCheck(line, attempt.kind === 'skipped' ? attempt.because : 'the system did not say');
}
