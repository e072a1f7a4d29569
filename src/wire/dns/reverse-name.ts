import ipaddr from 'ipaddr.js';
import { isIpAddress } from './server.js';

/**
 * The name under which the DNS keeps the name of an address: `1.2.0.192.in-addr.arpa` (RFC 1035 section 3.5), nibble by nibble under
 * `ip6.arpa` (RFC 3596 section 2.5). A zone is left out. `null` for what is no IP address.
 */
export function reverseName(address: string): string | null {
  const [plain = ''] = address.split('%', 1);
  if (!isIpAddress(plain)) return null;
  const parsed = ipaddr.parse(plain);
  const bytes = parsed.toByteArray();
  if (parsed.kind() === 'ipv4') return `${bytes.reverse().join('.')}.in-addr.arpa`;
  const nibbles = bytes.flatMap((byte) => [byte >> 4, byte & 0xf]).reverse();
  return `${nibbles.map((nibble) => nibble.toString(16)).join('.')}.ip6.arpa`;
}
