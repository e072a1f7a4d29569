import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';

/** Every IPv6 path carries this much (RFC 8200 section 5); tunnels and resolvers are built for it. A narrower path troubles somebody. */
const IPV6_MINIMUM_MTU_BYTES = 1280;

/** `l3.mtu`: a black hole fails; a narrow path that is announced works, and only a very narrow one warns. */
export function judgeMtu(measurement: MeasurementOf<'mtu'>, { policy }: JudgeContext): Check[] {
  const line = { kind: 'l3.mtu', layer: 3, title: 'path MTU', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind === 'unavailable') return [skippedCheck(line, attempt.reason)];
  if (attempt.kind !== 'measured' || data.pathMtuBytes === null) {
    const kernel = data.tcpMssBytes === null ? '' : `; TCP uses segments of ${data.tcpMssBytes} bytes`;
    return [skippedCheck(line, `not measured: ICMP echo is not answered, so large packets have nothing to be compared with${kernel}`)];
  }

  const expected = `${policy.expectedMtuBytes}`;
  if (data.blackhole === true && data.pathMtuBytes < IPV6_MINIMUM_MTU_BYTES) {
    const observed = `echo over ${data.pathMtuBytes} bytes is not answered: more often a filter of large echoes than the path`;
    return [check({ ...line, status: 'warn', code: 'mtu-blackhole', observed, expected })];
  }
  if (data.blackhole === true) {
    const observed = `${data.pathMtuBytes} and no more, unannounced`;
    return [check({ ...line, status: 'fail', code: 'mtu-blackhole', observed, expected })];
  }
  const limit = data.limitedBy === null || data.limitedBy === 'local' ? '' : `, announced by ${data.limitedBy}`;
  const narrow = data.pathMtuBytes < IPV6_MINIMUM_MTU_BYTES;
  return [
    check({
      ...line,
      status: narrow ? 'warn' : 'pass',
      code: narrow ? 'mtu-reduced' : null,
      observed: `${data.pathMtuBytes}${limit}`,
      expected: data.pathMtuBytes < policy.expectedMtuBytes ? `${expected}, or announced` : expected,
    }),
  ];
}
