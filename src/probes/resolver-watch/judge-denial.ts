import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import type { Target } from '../../model/target.js';
import { check } from '../check.js';
import { contentOf, deniesRecords, hasRecords } from '../dns-comparison/content.js';
import { listed } from '../dns-comparison/findings.js';
import type { Opinions } from './opinions.js';
import { isNowhere } from './plan.js';
import { type Dns, isWellKnown } from './questions.js';
import { serviceAt } from './service.js';

/**
 * `l7.nxdomain@SERVER`: does a resolver of this machine admit that a name does not exist. An address for one is made up. A resolver that gives the
 * same address for all names, its own services among them, is somebody's decision for this network, and a fault where the target is none of them.
 */
export function judgeDenials(targets: readonly { target: Target; opinions: Opinions }[], measurements: readonly Measurement[]): Check[] {
  const asked = measurements.filter((made): made is Dns => made.probe === 'dns' && isNowhere(made.data.name) && !isWellKnown(made));
  return asked.flatMap((question) => {
    const { data } = question;
    const line = {
      kind: 'l7.nxdomain',
      layer: 7,
      title: `unknown names, ${data.server}`,
      measurement: { id: question.id, target: null },
      expected: 'NXDOMAIN',
    } as const;
    const addresses = data.answers.filter(({ type }) => type === data.type).map((answer) => answer.data);
    const content = contentOf(data.type, data.rcode, addresses);
    if (content === null || content.kind === 'error' || content.kind === 'sink') return [];
    const id = `l7.nxdomain@${data.server}`;
    if (!hasRecords(content))
      return [{ ...check({ ...line, status: 'pass', observed: data.rcode === 'NXDOMAIN' ? 'NXDOMAIN' : 'no record' }), id }];
    const status = harmOf(addresses, data.server ?? '', targets, measurements);
    if (status === null) return [];
    const observed = `${data.server}: ${listed(addresses)} for ${data.name}, which does not exist`;
    return [{ ...check({ ...line, status, code: 'dns-hijacked', observed }), id, basis: 'stated' as const }];
  });
}

/** `null`: every name that was asked for has that address, and a service there. */
function harmOf(
  madeUp: readonly string[],
  server: string,
  targets: readonly { target: Target; opinions: Opinions }[],
  measurements: readonly Measurement[],
): 'fail' | 'warn' | null {
  const led = targets.filter(({ opinions }) =>
    opinions.own.some((one) => one.server === server && one.addresses.some((address) => madeUp.includes(address))),
  );
  const harmed = led.some(({ target, opinions }) => {
    const others = [...opinions.plain, ...opinions.encrypted].filter(({ content }) => content.kind !== 'error');
    const denied = others.length > 0 && others.every(({ content }) => deniesRecords(content));
    const works = madeUp.some((address) => ['verified', 'open'].includes(serviceAt(address, target, measurements)));
    return denied || !works;
  });
  if (harmed) return 'fail';
  return led.length > 0 && led.length === targets.length ? null : 'warn';
}
