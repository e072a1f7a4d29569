import type { Measurement } from '../../model/measurement.js';
import { addressScope } from '../../wire/address-scope.js';

/** Programs that wait for a login on this machine are redirected to here. */
const OWN = /^(127\.|\[::1\])/;

/** A redirect, as far as it is known where it leads. */
export interface Redirect {
  /** Address that it came from; `null`: not known. */
  from: string | null;
  /** Whether what goes to that address passes a gateway: nobody stands in front of a host on the link. */
  behindGateway: boolean;
  location: string;
  /** Addresses of the name that it leads to; empty: it is an address, or they are not known. */
  addresses: readonly string[];
}

/**
 * What a redirect says of a login page in front of others, for people; `null`: nothing. Whoever leads to the gateway that stands in front of it is
 * that gateway (RFC 8952), but for a page of its own; so is who leads from the internet to an address of this network. Other names are left
 * alone, since an inner name can well stand behind a public one, and so are services of this network that lead to one another. Pure.
 *
 * @param gateways of this machine, without zones
 */
export function leadsToPortal({ from, behindGateway, location, addresses }: Redirect, gateways: ReadonlySet<string>): string | null {
  if (from === null || gateways.has(withoutZone(from)) || !URL.canParse(location)) return null;
  const { hostname } = new URL(location);
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (behindGateway && [literal, ...addresses].some((address) => gateways.has(withoutZone(address))))
    return `redirected to the gateway of this network: ${location}`;
  if (addressScope(from) !== 'public' || OWN.test(hostname) || addressScope(literal) !== 'inner') return null;
  return `redirected from the internet to an address of this network: ${location}`;
}

/** The gateways of the default routes, and of the ways that were looked up. */
export function gatewaysIn(measurements: readonly Measurement[]): Set<string> {
  const known = measurements.flatMap((made) => {
    if (made.probe === 'host') return made.data.defaultRoutes.map(({ gateway }) => gateway);
    return made.probe === 'route-lookup' ? [made.data.gateway] : [];
  });
  return new Set(known.flatMap((gateway) => (gateway === null ? [] : [withoutZone(gateway)])));
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '').toLowerCase();
}
