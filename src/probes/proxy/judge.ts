import { reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { PROXY_NOT_SPOKEN, PROXY_REFUSED, PROXY_SILENT, PROXY_UNREACHABLE, PROXY_UNTRUSTED } from '../../model/failure-code.js';
import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';

type Comparison = NonNullable<DataOf<'proxy'>['comparison']>;

const CODES: Readonly<Record<string, Code>> = {
  [PROXY_UNREACHABLE]: 'proxy-unreachable',
  [PROXY_REFUSED]: 'proxy-refused',
  [PROXY_SILENT]: 'proxy-silent',
  [PROXY_NOT_SPOKEN]: 'proxy-not-spoken',
  [PROXY_UNTRUSTED]: 'proxy-untrusted',
};

/** `l7.proxy`: whether the proxy that is named for the target opens the way to it, beside what the direct way does. */
export function judgeProxy(measurement: MeasurementOf<'proxy'>): Check[] {
  const { attempt, data } = measurement;
  const line = { kind: 'l7.proxy', layer: 7, title: 'proxy', measurement, expected: 'a way opened to the target' } as const;
  if (data.proxy === null) return attempt.kind === 'measured' ? [] : [skippedCheck(line, reasonOf(attempt))];
  const compared = data.comparison === null ? '' : `; ${comparisonText(data.comparison, attempt.kind === 'measured')}`;
  const by = data.from === null ? '' : ` (named by ${data.from})`;
  if (attempt.kind === 'measured') {
    // A tunnel that stands has a status below 300: this is the answer to a request for the URL itself.
    if (data.status !== null && data.status >= 500)
      return [skippedCheck(line, `status ${data.status} came by ${data.proxy}, the server's or the proxy's own${compared}`)];
    const cut = data.comparison !== null && data.comparison.proxied.reachable === false && data.comparison.direct.reachable === true;
    if (cut) {
      const observed = `${data.proxy}${by} opens the way, and it does not hold: ${data.comparison?.proxied.failure}${compared}`;
      return [check({ ...line, status: 'fail', code: 'proxy-silent', observed })];
    }
    const times = [
      `connected in ${formatMs(data.tcpMs ?? 0)}`,
      ...(data.handshakeMs === null ? [] : [`its answer in ${formatMs(data.handshakeMs)}`]),
    ];
    return [check({ ...line, status: 'pass', observed: `${data.proxy}${by}: ${times.join(', ')}${compared}` })];
  }
  const code = attempt.kind === 'failed' ? CODES[attempt.code] : undefined;
  if (code === undefined) return [skippedCheck(line, reasonOf(attempt))];
  return [check({ ...line, status: 'fail', code, observed: `${reasonOf(attempt)}${by}${compared}` })];
}

/**
 * `through it status 200 in 31 ms, directly status 200 in 12 ms`.
 *
 * @param opened whether the proxy let through; where it did not, why is said ahead of this
 */
export function comparisonText({ direct, proxied }: Comparison, opened: boolean): string {
  const words = ({ reachable, status, totalMs, failure }: Comparison['direct']): string => {
    if (reachable !== true) return reachable === null ? `not tried: ${failure}` : `not: ${failure}`;
    return `${status === null ? 'connected' : `status ${status}`}${totalMs === null ? '' : ` in ${formatMs(totalMs)}`}`;
  };
  if (!opened || (proxied.reachable === false && direct.reachable === true)) {
    if (direct.reachable === true) return `the direct way works (${words(direct)})`;
    return direct.reachable === null
      ? `the direct way was not tried: ${direct.failure}`
      : `the direct way does not work either: ${direct.failure}`;
  }
  if (proxied.reachable === true && direct.reachable === false)
    return `through it ${words(proxied)}, the direct way does not work: ${direct.failure}`;
  return `through it ${words(proxied)}, directly ${words(direct)}`;
}
