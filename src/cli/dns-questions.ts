import { addressFamily, parseHostOrUrl } from '../model/target.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

/**
 * The names and record types of `netdiag dns`: names in their ASCII form; an address becomes its reverse name (RFC 1035 section 3.5,
 * RFC 3596 section 2.5) and is asked for PTR where no type was named.
 */
export function readQuestions(inputs: readonly string[], types: readonly string[]): { names: string[]; types: string[] } {
  const hosts = inputs.map(readName);
  const addresses = hosts.filter((host) => addressFamily(host) !== null);
  if (types.length === 0 && addresses.length > 0 && addresses.length < hosts.length) {
    throw new UsageError(`name ${quotedValue(addresses[0] ?? '')}: an address beside names; say with --type what is to be asked`);
  }
  const usual = addresses.length > 0 ? ['PTR'] : ['A', 'AAAA'];
  return { names: [...new Set(hosts.map(reverseName))], types: types.length > 0 ? [...new Set(types)] : usual };
}

function readName(input: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) throw new UsageError(`name ${quotedValue(input)}: it is a URL; a domain name is asked for`);
  const outcome = parseHostOrUrl(input);
  const problem = outcome.ok ? (outcome.target.port === null ? null : 'it has a port') : outcome.reason;
  if (outcome.ok && problem === null) return outcome.target.host;
  throw new UsageError(`name ${quotedValue(input)}: ${problem}; accepted: a domain name, or an address for its reverse name`);
}

/** `1.2.0.192.in-addr.arpa` for 192.0.2.1; what is no address stays as it is. */
export function reverseName(host: string): string {
  const family = addressFamily(host);
  if (family === 4) return `${host.split('.').reverse().join('.')}.in-addr.arpa`;
  return family === 6 ? `${[...nibbles(host)].reverse().join('.')}.ip6.arpa` : host;
}

/** The 32 hexadecimal digits of an IPv6 address in canonical form; a zone is no part of them. */
function nibbles(address: string): string {
  const [head = '', tail = ''] = (address.split('%', 1)[0] ?? '').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail)];
  const middle = address.includes('::') ? Array<string>(8 - first.length - last.length).fill('0') : [];
  return [...first, ...middle, ...last].map((group) => group.padStart(4, '0')).join('');
}
