import { reasonOf } from '../../model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { leadsToPortal } from './inside.js';

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

/**
 * The same beside services that were named: a network without the internet is no fault then, and another page alone, which a network that has
 * names of its own can well have, is no portal as long as nothing else is amiss. `others`: what else was measured in the run.
 */
export function judgePortalBeside(measurement: MeasurementOf<'captive-portal'>, others: readonly Measurement[]): Check[] {
  if (measurement.data.sign === 'other-content' && (!others.some(isHint) || isMadeUp(measurement, others))) return [];
  return judgeCaptivePortal(measurement).filter(({ status }) => status !== 'skip');
}

/**
 * The same of a page of a target: it may redirect to wherever it wants, but to no gateway in front of it. A portal is in front of all that is
 * behind it, and the line of the network.
 *
 * @param gateways of this machine
 * @param portalAddresses of the name that the page leads to; empty: none, or not known
 */
export function judgePortalAtTarget(
  measurement: MeasurementOf<'captive-portal'>,
  gateways: ReadonlySet<string>,
  portalAddresses: readonly string[],
): Check[] {
  const { id, attempt, data } = measurement;
  if (attempt.kind !== 'measured') return [];
  const observed =
    data.sign === 'network-authentication-required'
      ? signText(data)
      : data.sign === 'redirect' && data.portal !== null
        ? leadsToPortal({ from: data.address, behindGateway: true, location: data.portal, addresses: portalAddresses }, gateways)
        : null;
  if (observed === null) return [];
  const line = { kind: 'l7.captive-portal', layer: 7, title: 'captive portal', measurement: { id, target: null } } as const;
  return [check({ ...line, status: 'fail', code: 'captive-portal', observed })];
}

/**
 * Whether the page stands at an address that a resolver makes up for what does not exist, while resolvers of the internet are heard that do
 * not: a portal lets nobody through to those. Then it is names that are falsified, and not pages.
 */
function isMadeUp({ data: { address } }: MeasurementOf<'captive-portal'>, others: readonly Measurement[]): boolean {
  const said = others.filter((made): made is MeasurementOf<'dns'> => made.probe === 'dns');
  const gives = ({ data: { answers } }: MeasurementOf<'dns'>) => answers.some(({ data }) => data === address);
  const madeUp = said.some((made) => made.data.from !== 'well-known' && /\.invalid\.?$/i.test(made.data.name) && gives(made));
  const heard = said.filter(({ data }) => data.from === 'well-known' && data.rcode !== null);
  return madeUp && heard.length > 0 && !heard.some(gives);
}

/** What clients meet in front of a portal (RFC 8952): another certificate, or no way through. */
function isHint(made: Measurement): boolean {
  if (made.target === null) return false;
  if (made.probe === 'tls') return made.data.hostnameMatches === false || made.data.trusted === false;
  if (made.probe === 'latency') return made.attempt.kind === 'unanswered' || made.data.icmpErrors.length > 0;
  return made.probe === 'ports' && made.data.ports.some(({ required, state }) => required && state !== 'open');
}

function signText({ sign, status, portal, privateAddress, url }: Data): string {
  const inner = privateAddress === true ? ', from an inner address' : '';
  const where = portal === null ? '' : `: ${portal}`;
  if (sign === 'redirect') return `${url} is redirected${inner} (status ${status})${where}`;
  if (sign === 'network-authentication-required') return `status 511, the network wants a login${where}`;
  return `${url} answers with another page${inner} (status ${status})${where}`;
}
