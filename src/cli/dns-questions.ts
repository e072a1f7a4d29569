import { domainToASCII } from 'node:url';
import { addressFamily, parseHostOrUrl } from '../model/target.js';
import { encodeName } from '../wire/dns/name.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

/** A name as it was given, and where: `place` is what a complaint about it begins with. */
export interface GivenName {
  name: string;
  place: string;
}

/**
 * The names and record types of `netdiag dns`: names in their ASCII form; an address becomes its reverse name (RFC 1035 section 3.5,
 * RFC 3596 section 2.5) and is asked for PTR where no type was named.
 *
 * @param options.searched the search list is to be applied: the dot that keeps a name from it stays
 */
export function readQuestions(
  inputs: readonly (string | GivenName)[],
  types: readonly string[],
  options: { searched?: boolean } = {},
): { names: string[]; types: string[] } {
  const hosts = inputs.map((input) => readName(typeof input === 'string' ? { name: input, place: '' } : input, options.searched === true));
  const addresses = hosts.filter((host) => addressFamily(host) !== null);
  if (types.length === 0 && addresses.length > 0 && addresses.length < hosts.length) {
    throw new UsageError(`name ${quotedValue(addresses[0] ?? '')}: an address beside names; say with --type what is to be asked`);
  }
  const usual = addresses.length > 0 ? ['PTR'] : ['A', 'AAAA'];
  return { names: [...new Set(hosts.map(reverseName))], types: types.length > 0 ? [...new Set(types)] : usual };
}

/**
 * Addresses, and host names in what users write; beyond them every name that the DNS can hold: `_dmarc.example.net`, `*.example.net`, `.`,
 * `a\.b.example`, `\007.example`.
 */
function readName({ name: input, place }: GivenName, searched: boolean): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input))
    throw new UsageError(`${place}name ${quotedValue(input)}: it is a URL; a domain name is asked for`);
  const outcome = parseHostOrUrl(input);
  if (outcome.ok && outcome.target.port === null) {
    return outcome.target.host + (searched && isAbsolute(input, outcome.target.host) ? '.' : '');
  }
  const ascii = asciiLabels(input);
  const encoded = encodeName(ascii);
  if (encoded.ok && !outcome.ok && !LOOKS_LIKE_AN_ADDRESS.test(input)) return ascii;
  const problem = outcome.ok ? 'it has a port' : outcome.reason;
  throw new UsageError(`${place}name ${quotedValue(input)}: ${problem}; accepted: a domain name, or an address for its reverse name`);
}

/** A mistyped address or port is none of the names that anybody asks for. */
const LOOKS_LIKE_AN_ADDRESS = /^\.*\d[\d.]*$|:/;

/** With a dot at its end a name is not searched for (resolv.conf(5)). */
function isAbsolute(input: string, host: string): boolean {
  return input.endsWith('.') && addressFamily(host) === null && !host.endsWith('.');
}

/** Labels beyond ASCII in their ASCII form (RFC 5891); the others stay as they are. */
function asciiLabels(input: string): string {
  return input
    .split('.')
    .map((label) => (BEYOND_ASCII.test(label) ? domainToASCII(label) || label : label))
    .join('.');
}

const BEYOND_ASCII = /[^\p{ASCII}]/u;

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
