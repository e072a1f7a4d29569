import type { MeasurementOf } from '../../../model/measurement.js';
import { type Fact, Facts } from '../fact.js';

/** Headers by which a service says what it is and how it wants to be treated. Dates, ages and the like change with every answer. */
const HEADERS_OF_INTEREST = [
  'server',
  'via',
  'x-powered-by',
  'content-type',
  'content-encoding',
  'cache-control',
  'alt-svc',
  'access-control-allow-origin',
  'strict-transport-security',
  'content-security-policy',
  'x-frame-options',
  'x-content-type-options',
  'referrer-policy',
  'permissions-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
] as const;

export function webFacts(measurement: MeasurementOf<'http' | 'websocket' | 'phases' | 'captive-portal'>): readonly Fact[] {
  const { target, probe } = measurement;
  const facts = new Facts('web', target);
  if (probe === 'phases') return facts.one('HTTP status, not redirected', measurement.data.httpStatus).all;
  if (probe === 'captive-portal') {
    const { sign, portal, url, asExpected } = measurement.data;
    if (asExpected !== null) facts.optional(`portal in front of ${url}`, sign === null ? null : (portal ?? sign));
    return facts.all;
  }
  if (probe === 'websocket') {
    const { status, refusal, subprotocol, extensions, tls } = measurement.data;
    if (status !== null)
      facts.optional('subprotocol', subprotocol).optional('refusal of the upgrade', refusal).set('extensions', extensions);
    return facts.one('status of the upgrade', status).one('protocol of TLS', tls?.protocol).one('cipher suite', tls?.cipher).all;
  }
  return httpFacts(measurement, facts).all;
}

function httpFacts({ data }: MeasurementOf<'http'>, facts: Facts): Facts {
  facts.one('HTTP status', data.status);
  if (data.status === null) return facts;
  facts
    .one('version of HTTP', data.httpVersion)
    .one('ends at', data.finalUrl)
    .optional('goes through the proxy', data.via)
    .list(
      'redirects',
      data.redirects.map(({ status, location }) => `${status} to ${location}`),
    )
    .one('protocol of TLS', data.tls?.protocol)
    .one('cipher suite', data.tls?.cipher)
    .one('offers HTTP/3', data.http3)
    .set(
      'cookies',
      data.cookies.map((cookie) =>
        [
          cookie.name,
          ...(cookie.secure ? ['Secure'] : []),
          ...(cookie.httpOnly ? ['HttpOnly'] : []),
          ...(cookie.sameSite === null ? [] : [`SameSite=${cookie.sameSite}`]),
          ...(cookie.persistent ? ['persistent'] : []),
        ].join('; '),
      ),
    )
    .one('limit of requests', data.rateLimit?.limit);
  const sent = new Map(Object.entries(data.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of HEADERS_OF_INTEREST) {
    const value = withoutNonces(sent.get(name) ?? null);
    // One that is missing can be among those that were left out.
    if (value !== null || (data.headersOmitted ?? 0) === 0) facts.optional(`header ${name}`, value);
  }
  return facts;
}

/** A policy for scripts can have a number in it that is made up for each answer. */
function withoutNonces(value: string | null): string | null {
  return value === null ? null : value.replace(/'nonce-[^']*'/g, "'nonce-…'");
}

export function proxySettingsFacts({ data }: MeasurementOf<'proxy-settings'>): readonly Fact[] {
  const facts = new Facts('proxy').set(
    'proxies by variables',
    data.variables.map(({ name, proxy, problem }) => `${name}: ${proxy ?? problem ?? 'unreadable'}`),
  );
  for (const { by, proxy } of data.elsewhere) facts.optional(`proxy of ${by}`, proxy);
  facts.set(
    'automatic configuration',
    data.automatic.map(({ by, host }) => `${by}${host === null ? '' : `: ${host}`}`),
  );
  for (const { proxy, reachable } of data.proxies) facts.one(`${proxy} can be reached`, reachable);
  return facts.all;
}
