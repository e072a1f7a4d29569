import { reasonOf } from '../../model/attempt.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';

type Data = DataOf<'captive-portal'>;

/** `l7.captive-portal`: whether the network answers in place of the internet. What only fails to come says nothing of a portal. */
export function judgeCaptivePortal(measurement: MeasurementOf<'captive-portal'>): Check[] {
  const { attempt, data } = measurement;
  const line = { kind: 'l7.captive-portal', layer: 7, title: 'captive portal', measurement } as const;
  if (attempt.kind !== 'measured') return [skippedCheck(line, `no answer to look at: ${reasonOf(attempt)}`)];
  const expected = data.expected;
  if (data.sign !== null && data.sign !== 'announced') {
    return [check({ ...line, status: 'fail', code: 'captive-portal', observed: signText(data), expected })];
  }
  if (data.asExpected !== true)
    return [skippedCheck(line, `the answer is neither the known one nor that of a portal (status ${data.status})`)];
  const open = data.sign === 'announced' ? ', although the network announces a portal: it is open' : '';
  return [check({ ...line, status: 'pass', observed: `none: ${data.url} answers as known${open}`, expected })];
}

function signText({ sign, status, portal, privateAddress, url }: Data): string {
  const inner = privateAddress === true ? ', from an inner address' : '';
  const where = portal === null ? '' : `: ${portal}`;
  if (sign === 'redirect') return `${url} is redirected${inner} (status ${status})${where}`;
  if (sign === 'network-authentication-required') return `status 511, the network wants a login${where}`;
  return `${url} answers with another page${inner} (status ${status})${where}`;
}
