import type { MeasurementOf } from '../../model/measurement.js';
import type { HostOptions } from '../../model/probe-options.js';

export type HostMeasurement = MeasurementOf<'host'>;
export type Interface = HostMeasurement['data']['interfaces'][number];
export type Address = Interface['addresses'][number];
export type Lookup = MeasurementOf<'route-lookup'>;

/** What judges of links and routes may know besides the measurement. */
export interface Ways {
  lookups: readonly Lookup[];
  scope: HostOptions['scope'];
}

/** Without link-local ones: with those alone nothing beyond the link can be reached (RFC 3927, RFC 4291). */
export function isLinkLocal({ address }: Pick<Address, 'address'>): boolean {
  return /^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address);
}

/** Addresses that packets beyond the link can come from. */
export function usableAddresses(entry: Interface): Address[] {
  return entry.addresses.filter((address) => !isLinkLocal(address) && address.duplicate !== true);
}

/** Why a fact is not there. */
export function lacking({ data }: HostMeasurement, fact: string): string {
  return data.absent.find((entry) => entry.fact === fact)?.because ?? 'the system does not tell';
}

/** Whether a default route that ordinary packets take goes by a link. */
export function hasDefaultRoute({ data }: HostMeasurement, name: string): boolean {
  return data.defaultRoutes.some((route) => route.interface === name);
}

/** `eth0, eth1 and 3 more` */
export function namesInShort(names: readonly string[], limit = 4): string {
  if (names.length <= limit) return names.join(', ');
  return `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`;
}
