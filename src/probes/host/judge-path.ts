import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';

/** The family has no address here, or does not even exist. */
const NO_ADDRESS: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** `l3.path`: the way that the kernel chose for packets to a target, or the route that refuses them. */
export function judgePath(measurement: MeasurementOf<'route-lookup'>, host: MeasurementOf<'host'> | null): Check {
  const line = { kind: 'l3.path', layer: 3, title: 'route', measurement } as const;
  const { attempt, data } = measurement;
  const expected = 'a route';
  if (attempt.kind === 'measured') {
    const via = data.gateway === null ? '' : ` via ${data.gateway}`;
    const observed = data.loopback === true ? 'on this machine' : `${data.interface ?? 'an interface'}${via}, from ${data.source}`;
    return check({ ...line, status: 'pass', observed, expected });
  }
  if (attempt.kind === 'failed' && data.address !== null && host !== null && host.attempt.kind === 'measured') {
    const family = data.address.includes(':') ? 6 : 4;
    const other = family === 4 ? 6 : 4;
    if (!hasWayOut(host.data, family) && hasWayOut(host.data, other)) {
      const observed = `this machine has no IPv${family} way out, and the target no IPv${other} address`;
      return check({ ...line, status: 'fail', code: family === 4 ? 'ipv4-broken' : 'ipv6-broken', observed, expected });
    }
  }
  if (attempt.kind === 'failed') {
    const code = attempt.code === 'ENETUNREACH' ? 'no-default-route' : NO_ADDRESS.has(attempt.code) ? 'no-address' : 'route-prohibited';
    return check({ ...line, status: 'fail', code, observed: attempt.message, expected });
  }
  return skippedCheck(line, reasonOf(attempt));
}

function hasWayOut({ defaultRoutes }: MeasurementOf<'host'>['data'], family: 4 | 6): boolean {
  return defaultRoutes.some((route) => route.family === family);
}
