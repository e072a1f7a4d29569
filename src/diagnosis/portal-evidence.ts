import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { gatewaysIn, leadsToPortal } from '../probes/captive-portal/inside.js';
import { kindOf } from './kinds.js';

/**
 * A service that leads to the gateway in front of it, or from the internet to an address of this network: who sent that redirect stands in this
 * network, in the place of the service (RFC 8952).
 */
export function blamePortal(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const gateways = gatewaysIn(measurements);
  const led = new Map(
    measurements
      .filter((made): made is MeasurementOf<'http'> => made.probe === 'http' && made.target !== null && made.data.via === null)
      .flatMap((made) => {
        const said = portalIn(made, measurements, gateways);
        return said === null ? [] : [[made.id, said] as const];
      }),
  );
  if (led.size === 0) return [...checks];
  const withChain = new Set(checks.filter((check) => kindOf(check) === 'l7.redirects').flatMap((check) => check.measurements));
  return checks.map((check) => {
    const observed = check.measurements.flatMap((id) => (showsChain(check, withChain.has(id)) ? (led.get(id) ?? []) : []))[0];
    if (observed === undefined || check.status === 'skip') return check;
    const { basis: _, ...rest } = check;
    return { ...rest, status: 'fail', code: 'captive-portal', observed };
  });
}

/** Where the login page itself does not answer, there is no line of the redirects: then that failure stands for them. */
function showsChain(check: Check, hasLine: boolean): boolean {
  return kindOf(check) === 'l7.redirects' || (!hasLine && kindOf(check) === 'l7.http-status' && check.status === 'fail');
}

function portalIn(
  { target, data }: MeasurementOf<'http'>,
  measurements: readonly Measurement[],
  gateways: ReadonlySet<string>,
): string | null {
  const beyond = new Set(
    measurements.flatMap((made) =>
      made.probe === 'route-lookup' && made.target === target && made.data.gateway !== null ? [made.data.address] : [],
    ),
  );
  for (const [index, { address, location }] of data.redirects.entries()) {
    const next = data.redirects[index + 1]?.address ?? (isAtHostOf(location, data.finalUrl) ? data.address : null);
    const redirect = { from: address, behindGateway: beyond.has(address), location, addresses: next === null ? [] : [next] };
    const said = leadsToPortal(redirect, gateways);
    if (said !== null) return said;
  }
  return null;
}

function isAtHostOf(location: string, finalUrl: string | null): boolean {
  return finalUrl !== null && URL.canParse(location) && URL.canParse(finalUrl) && new URL(location).host === new URL(finalUrl).host;
}
