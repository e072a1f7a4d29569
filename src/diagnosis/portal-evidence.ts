import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressScope } from '../wire/address-scope.js';
import { kindOf } from './kinds.js';

/** Programs that wait for a login on this machine are redirected to here. */
const OWN = /^(127\.|\[::1\])/;

/**
 * A service of the internet that leads to an address of this network: who sent that redirect stands in this network, in the place of the service
 * (RFC 8952). Names are left alone, since an inner name can well stand behind a public one.
 */
export function blamePortal(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const led = new Map(
    measurements
      .filter((made): made is MeasurementOf<'http'> => made.probe === 'http' && made.target !== null && made.data.via === null)
      .flatMap((made) => {
        const page = pageInside(made);
        return page === null ? [] : [[made.id, page] as const];
      }),
  );
  if (led.size === 0) return [...checks];
  return checks.map((check) => {
    const page = kindOf(check) === 'l7.redirects' ? check.measurements.flatMap((id) => led.get(id) ?? [])[0] : undefined;
    if (page === undefined || check.status === 'skip') return check;
    const { basis: _, ...rest } = check;
    const observed = `redirected from the internet to an address of this network: ${page}`;
    return { ...rest, status: 'fail', code: 'captive-portal', observed };
  });
}

function pageInside({ data: { redirects } }: MeasurementOf<'http'>): string | null {
  const inside = redirects.find(({ address, location }) => {
    if (address === null || addressScope(address) !== 'public' || !URL.canParse(location)) return false;
    const { hostname } = new URL(location);
    return !OWN.test(hostname) && addressScope(hostname.replace(/^\[|\]$/g, '')) === 'inner';
  });
  return inside?.location ?? null;
}
