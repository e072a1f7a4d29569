import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check } from '../check.js';

/** `l6.revocation`: the stapled OCSP answer; `null` where there is none, and the certificate does not ask for one. */
export function judgeRevocation({ data, ...measurement }: MeasurementOf<'tls'>): Check | null {
  const leaf = data.chain[0];
  const { ocspStaple: staple } = data;
  if (leaf === undefined || staple === undefined) return null;
  const must = leaf.mustStaple === true;
  const line = { kind: 'l6.revocation', layer: 6, title: 'revocation', measurement, expected: 'a stapled answer: good' } as const;
  if (staple === null) {
    const observed = 'no OCSP answer is stapled, and the certificate demands one';
    return must ? check({ ...line, status: 'fail', code: 'cert-staple-missing', observed }) : null;
  }
  const { status, fault, thisUpdate, nextUpdate } = staple;
  if (fault !== null) {
    const observed = `the stapled answer${status === null ? '' : ` (${status})`} does not count: ${fault}`;
    return check({ ...line, status: must ? 'fail' : 'warn', code: 'cert-staple-invalid', observed });
  }
  const since = thisUpdate === null ? '' : `, as of ${thisUpdate.slice(0, 10)}`;
  const until = nextUpdate === null ? '' : `, until ${nextUpdate.slice(0, 10)}`;
  if (status === 'revoked')
    return check({ ...line, status: 'fail', code: 'cert-revoked', observed: `its authority has revoked it${since}` });
  if (status === 'good') return check({ ...line, status: 'pass', observed: `good, stapled${since}${until}` });
  const observed = 'the responder that is stapled does not know the certificate';
  return check({ ...line, status: 'warn', code: 'cert-staple-invalid', observed });
}
