import ipaddr from 'ipaddr.js';
import { isIpAddress } from './dns/server.js';

/**
 * Where an address of an answer leads. `inner`: into this network or machine, whoever asks. `unspecified`: nowhere; filters answer so.
 */
export type AddressScope = 'public' | 'inner' | 'unspecified';

/** RFC 1918, RFC 4193 (ULA), RFC 6598 (carriers), loopback, link-local, and RFC 6052: what a translator of this network makes of an IPv4 address. */
const INNER_RANGES: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat', 'loopback', 'linkLocal', 'rfc6052']);

/** RFC 2544: proxies on this machine give names addresses out of it. */
const BENCHMARK = ipaddr.IPv4.parseCIDR('198.18.0.0/15');

/** `null` for what is no address. Addresses for documentation count as public: nobody gives them out for another reason. */
export function addressScope(text: string): AddressScope | null {
  if (!isIpAddress(text)) return null;
  const address = ipaddr.process(text);
  if (address.toByteArray().every((byte) => byte === 0)) return 'unspecified';
  if (address instanceof ipaddr.IPv4 && address.match(BENCHMARK)) return 'inner';
  return INNER_RANGES.has(address.range()) ? 'inner' : 'public';
}
