/**
 * Domains that never mean the same everywhere: RFC 6762 (`local`), RFC 8375 (`home.arpa`), ICANN's `internal`, those of RFC 6762 appendix G that
 * home routers and companies took for themselves, and RFC 6761 and 7686, which no resolver of the world may be asked for.
 */
const OF_ONE_NETWORK: ReadonlySet<string> = new Set([
  'local',
  'internal',
  'home.arpa',
  'lan',
  'corp',
  'home',
  'localdomain',
  'intranet',
  'private',
  'localhost',
  'invalid',
  'onion',
  'in-addr.arpa',
  'ip6.arpa',
]);

/**
 * Whether a name is public by its look, so that a resolver of the world can be asked for it and learns nothing of the inside of a network:
 * more than one label, below none of the domains that are used inside networks. Names for documentation and tests are asked like any other.
 */
export function isPublicName(name: string): boolean {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  if (labels.length < 2 || labels.some((label) => label === '')) return false;
  if (/^\d+$/.test(labels.at(-1) ?? '')) return false;
  return !OF_ONE_NETWORK.has(labels.slice(-1).join('.')) && !OF_ONE_NETWORK.has(labels.slice(-2).join('.'));
}
