import { QUIC_REFERENCES } from '../probes/quic/references.js';

/**
 * What `full-report` looks at where nobody named a target: two public resolvers by address, which need no name resolution, and two
 * well-known names on different networks, which do.
 *
 * @param families the IP families that this machine has an address of beyond its own link. A machine with IPv6 alone is in order: it is not
 *   held against addresses that it cannot have a way to.
 */
export function internetReferences(families: ReadonlySet<4 | 6>): readonly string[] {
  const onlyIpv6 = families.has(6) && !families.has(4);
  const resolvers = onlyIpv6 ? ['[2606:4700:4700::1111]:443', '[2001:4860:4860::8888]:443'] : ['1.1.1.1:443', '8.8.8.8:443'];
  return [...resolvers, 'https://example.com', 'https://www.wikipedia.org'];
}

/** Of well-known servers each answers echo too: asked where nothing else tells whether anything answers beyond the gateway. */
export const REFERENCE_ADDRESSES: readonly string[] = QUIC_REFERENCES;
