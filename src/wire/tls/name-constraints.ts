import ipaddr from 'ipaddr.js';
import type { NameConstraints } from './certificate-extensions.js';

/**
 * The first of a certificate's names that an authority's constraints forbid (RFC 5280 section 4.2.1.10), or `null`. DNS names and IP
 * addresses are looked at: those that a TLS server goes by.
 *
 * @param names of subjectAltName, addresses as text
 */
export function forbiddenName(constraints: NameConstraints, names: readonly string[]): string | null {
  for (const name of names) {
    const bytes = ipaddr.isValid(name) ? ipaddr.parse(name).toByteArray() : null;
    if (bytes === null && !/^[\w*.-]+$/.test(name)) continue;
    const within = (subtree: string) => (bytes === null ? isBelow(name.toLowerCase(), subtree) : isInNetwork(bytes, subtree));
    const [permitted, excluded] =
      bytes === null ? [constraints.permittedDns, constraints.excludedDns] : [constraints.permittedIp, constraints.excludedIp];
    if (excluded.some(within) || (permitted.length > 0 && !permitted.some(within))) return name;
  }
  return null;
}

/** A leading dot, which the RFC does not have for DNS names, is taken as OpenSSL takes it: for names below alone. */
function isBelow(name: string, subtree: string): boolean {
  if (subtree === '') return true;
  if (subtree.startsWith('.')) return name.endsWith(subtree);
  return name === subtree || name.endsWith(`.${subtree}`);
}

/** @param subtree address and mask in hexadecimal */
function isInNetwork(address: readonly number[], subtree: string): boolean {
  const octets = (subtree.match(/../g) ?? []).map((octet) => Number.parseInt(octet, 16));
  if (octets.length !== 2 * address.length) return false;
  return address.every((octet, index) => {
    const mask = octets[address.length + index] ?? 0;
    return (octet & mask) === ((octets[index] ?? 0) & mask);
  });
}
