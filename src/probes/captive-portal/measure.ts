import { type Attempt, measured } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import { addressScope } from '../../wire/address-scope.js';
import type { MeasureContext, Observation } from '../probe.js';
import { type CaptivePortalPlan, expectedText, referenceUrl } from './plan.js';
import { signOf } from './sign.js';

/** What is looked at of the answer; a known one is far shorter. */
const BODY_LIMIT_BYTES = 16 * 1024;

/** One request for the reference; redirects are not followed, and no proxy is used: a portal sits in front of the network itself. */
export async function measureCaptivePortal(
  plan: CaptivePortalPlan,
  { network, signal }: MeasureContext,
): Promise<Observation<'captive-portal'>> {
  const { reference, timeoutMs, origin, family } = plan;
  const { host, port, path } = reference;
  const data = emptyData(plan);
  const startMs = network.clock.nowMs();
  if (plan.address !== null) data.address = plan.address;
  else if (addressFamily(host) === null) {
    const { outcome } = await network.names.resolve(host, { family, timeoutMs, signal });
    if (outcome.kind !== 'measured') return { attempt: outcome, method: null, data };
    data.address = outcome.value.addresses[0] ?? null;
    // A name of the internet whose addresses are all inner ones was answered by this network.
    data.privateAddress = outcome.value.addresses.every((address) => addressScope(address) === 'inner');
  } else data.address = host;
  const session = network.http.session(false);
  try {
    const { outcome } = await session.exchange({
      ...origin,
      ...{ host, port, path, signal, timeoutMs, address: data.address },
      secure: false,
      servername: host,
      ca: [],
      cert: null,
      key: null,
      via: null,
      versions: ['1.1'],
      method: 'GET',
      authority: `${addressFamily(host) === 6 ? `[${host.replace(/%.*$/, '')}]` : host}${port === 80 ? '' : `:${port}`}`,
      headers: [['cache-control', 'no-cache']],
      confidential: false,
      body: null,
      bodyTimeoutMs: timeoutMs,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      keptBytes: BODY_LIMIT_BYTES,
    });
    if (outcome.kind !== 'measured') return { attempt: outcome, method: 'http', data };
    const { status, fields, body } = outcome.value;
    const text = Buffer.from(body.kept).toString('utf8');
    const totalMs = network.clock.nowMs() - startMs;
    return {
      attempt: measured(null),
      method: 'http',
      data: { ...data, status, totalMs, ...signOf({ status, fields, body: text }, reference) },
    };
  } finally {
    session.close();
  }
}

function emptyData({ reference }: CaptivePortalPlan): DataOf<'captive-portal'> {
  return {
    reference: reference.name,
    url: referenceUrl(reference),
    address: null,
    expected: expectedText(reference),
    status: null,
    asExpected: null,
    sign: null,
    portal: null,
    api: null,
    privateAddress: null,
    totalMs: null,
  };
}

export function captivePortalNotTried(plan: CaptivePortalPlan, attempt: Attempt<null>): Observation<'captive-portal'> {
  return { attempt, method: null, data: emptyData(plan) };
}
