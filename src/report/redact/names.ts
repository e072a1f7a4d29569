import ipaddr from 'ipaddr.js';
import { reverseName } from '../../wire/dns/reverse-name.js';
import type { AddressPseudonyms } from './addresses.js';
import { type Pseudonyms, signs } from './pseudonyms.js';
import { PRIVATE_SUFFIXES, TOP_LEVEL, WELL_KNOWN_NAMES } from './well-known-places.js';

/** The pseudonym of every top-level domain that a registry gives out (RFC 2606). */
const PUBLIC_SUFFIX = 'example';

/** Labels that say what kind of record it is, and nothing of whose (RFC 8552). */
const KIND_LABEL =
  /^(?:\*|_(?:\d{1,5}|tcp|udp|sctp|tls|quic|dns|http|https|wss|sip|sips|xmpp|ldap|kerberos|smtp|imap|imaps|dmarc|domainkey|acme-challenge|mta-sts|smtp-tls|spf|dnsauth))$/;

/**
 * Pseudonyms of names that keep their tree: as many labels, and names of one domain stay names of one domain. Public top-level domains become
 * `.example`; those of private use stay. Names under `in-addr.arpa` and `ip6.arpa` stay the reverse of their address.
 */
export class NamePseudonyms {
  readonly #pseudonyms: Pseudonyms;
  readonly #addresses: AddressPseudonyms;

  constructor(pseudonyms: Pseudonyms, addresses: AddressPseudonyms) {
    this.#pseudonyms = pseudonyms;
    this.#addresses = addresses;
  }

  /** @param options.zone it may be a top-level domain; otherwise a name of one label is a host */
  name(text: string, options: { zone?: boolean } = {}): string {
    const dot = text.endsWith('.') && text !== '.' ? '.' : '';
    const name = (dot === '' ? text : text.slice(0, -1)).toLowerCase();
    if (name === '' || name === '.' || WELL_KNOWN_NAMES.has(name)) return text;
    const reverse = this.#reverse(name);
    if (reverse !== null) return `${reverse}${dot}`;
    const labels = name.split('.');
    if (options.zone === true && labels.length === 1 && TOP_LEVEL.test(name)) return `${PUBLIC_SUFFIX}${dot}`;
    this.#pseudonyms.count('name', name);
    return `${labels.map((_, index) => this.#label(labels, index)).join('.')}${dot}`;
  }

  #label(labels: readonly string[], index: number): string {
    const label = labels[index] ?? '';
    if (KIND_LABEL.test(label)) return label;
    if (index === labels.length - 1) {
      if (PRIVATE_SUFFIXES.has(label)) return label;
      if (labels.length > 1) return PUBLIC_SUFFIX;
    }
    return this.#pseudonyms.unique('label', labels.slice(index).join('.'), (digest) => `n${signs(digest)}`);
  }

  /** `null`: it is no reverse name. That of a network has fewer labels. */
  #reverse(name: string): string | null {
    const [, digits = '', tree] = /^([0-9a-f.]+)\.(in-addr|ip6)\.arpa$/.exec(name) ?? [];
    if (tree === undefined) return null;
    const parts = digits.split('.').reverse();
    const length = tree === 'in-addr' ? parts.length * 8 : parts.length * 4;
    const address = tree === 'in-addr' ? ipv4Of(parts) : ipv6Of(parts);
    const made = address === null ? null : this.#addresses.network(address, length);
    const whole = made === null ? null : reverseName(made);
    return whole === null
      ? null
      : whole
          .split('.')
          .slice(-(parts.length + 2))
          .join('.');
  }
}

function ipv4Of(parts: readonly string[]): string | null {
  const address = [...parts, '0', '0', '0', '0'].slice(0, 4).join('.');
  return parts.length <= 4 && ipaddr.IPv4.isValidFourPartDecimal(address) ? address : null;
}

function ipv6Of(parts: readonly string[]): string | null {
  if (parts.length > 32 || !parts.every((part) => /^[0-9a-f]$/.test(part))) return null;
  const groups = parts.join('').padEnd(32, '0').match(/.{4}/g) ?? [];
  return groups.join(':');
}
