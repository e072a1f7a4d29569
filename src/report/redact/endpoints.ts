import { isIpAddress } from '../../wire/dns/server.js';
import type { AddressPseudonyms } from './addresses.js';
import { interfacePseudonym } from './interfaces.js';
import type { NamePseudonyms } from './names.js';
import type { Pseudonyms } from './pseudonyms.js';
import { WELL_KNOWN_URLS } from './well-known-places.js';

/** Parts of a path that a standard names. */
const STANDARD_PARTS: ReadonlySet<string> = new Set(['', '.', '..', 'dns-query', '.well-known', 'index.html', 'favicon.ico', 'robots.txt']);

const URL_TEXT = /^([a-z][a-z0-9+.-]{0,30}):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;
const NAME = /^[\p{L}\p{M}\p{N}_*-][\p{L}\p{M}\p{N}_*.-]{0,254}$/u;

/** Pseudonyms of whatever names a place of the network: an address, a prefix, a name, each with a port or without, or a URL. */
export class EndpointPseudonyms {
  readonly #pseudonyms: Pseudonyms;
  readonly #addresses: AddressPseudonyms;
  readonly #names: NamePseudonyms;

  constructor(pseudonyms: Pseudonyms, addresses: AddressPseudonyms, names: NamePseudonyms) {
    this.#pseudonyms = pseudonyms;
    this.#addresses = addresses;
    this.#names = names;
  }

  /** @param options.zone a name of one label may be a top-level domain */
  endpoint(text: string, options: { zone?: boolean } = {}): string {
    if (text === '') return text;
    if (/^[/?#]/.test(text)) return this.#pathAndQuery(text);
    const url = URL_TEXT.exec(text);
    if (url !== null) return this.#url(text, url);
    const address = this.#address(text);
    if (address !== null) return address;
    const [, bracketed, behind = ''] = /^\[([^\]]*)\](:\d{1,5})?$/.exec(text) ?? [];
    if (bracketed !== undefined) return `[${this.#address(bracketed) ?? this.#pseudonyms.word('place', bracketed)}]${behind}`;
    const [, host = text, port = ''] = /^([^:]*)(:\d{1,5})$/.exec(text) ?? [];
    if (host === '') return port;
    const ofHost = this.#address(host);
    if (ofHost !== null) return `${ofHost}${port}`;
    return `${host === '.' || NAME.test(host) ? this.#names.name(host, options) : this.#pseudonyms.word('place', host)}${port}`;
  }

  /** An address with a zone or a number of bits, or without; `null`: it is none. */
  #address(text: string): string | null {
    const [, plain = '', zone, bits] = /^([0-9a-f.:]{2,45})(?:%([^/]{1,64}))?(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
    if (!isIpAddress(plain)) return null;
    const made = bits === undefined ? this.#addresses.address(plain) : this.#addresses.network(plain, Number(bits));
    if (made === null) return null;
    const behind = zone === undefined ? '' : `%${interfacePseudonym(zone, this.#pseudonyms)}`;
    return `${made}${behind}${bits === undefined ? '' : `/${bits}`}`;
  }

  #url(text: string, [, scheme = '', authority = '', path = '', query = '', fragment = '']: readonly (string | undefined)[]): string {
    if (WELL_KNOWN_URLS.has(text.replace(/[?#].*$/s, ''))) return `${scheme}://${authority}${path}${query === '' ? '' : '?***'}`;
    const at = authority.lastIndexOf('@');
    const host = this.endpoint(authority.slice(at + 1));
    return `${scheme}://${at < 0 ? '' : '***@'}${host}${this.#pathAndQuery(`${path}${query}${fragment}`)}`;
  }

  /** As many parts as before; nothing of what is asked for or of the fragment. */
  #pathAndQuery(text: string): string {
    const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text) ?? [];
    const parts = path.split('/').map((part) => (STANDARD_PARTS.has(part) ? part : this.#pseudonyms.word('part', part)));
    return `${parts.join('/')}${query === '' ? '' : '?***'}${fragment === '' ? '' : '#***'}`;
  }
}
