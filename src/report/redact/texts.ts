import { isIpAddress } from '../../wire/dns/server.js';
import type { EndpointPseudonyms } from './endpoints.js';
import { interfacePseudonym, isGivenBySystem } from './interfaces.js';
import { linkAddressPseudonym } from './link-addresses.js';
import { manifestIdPseudonym } from './manifest-ids.js';
import type { NamePseudonyms } from './names.js';
import { isOrdinary } from './ordinary-words.js';
import { pathPseudonym } from './paths.js';
import type { Pseudonyms } from './pseudonyms.js';
import { isWayIntoData } from './ways.js';

/** No text of netdiag's own is longer; what is cut off cannot leak. */
const LONGEST_TEXT = 20_000;

/** A letter, digit or underscore of any script. */
const W = '[\\p{L}\\p{M}\\p{N}_]';

/** What a text is made of, the more telling first. Whatever stands in none of these is punctuation. */
const PATTERN_OF = {
  url: `[a-z][a-z0-9+.-]{1,20}:\\/\\/(?:[^\\s"'<>()\\[\\]{}]|\\[[0-9a-f:.]*\\])*`,
  check: `(?<!${W})l[1-7]\\.[a-z0-9-]{1,40}@[^\\s,;"']+`,
  mail: `(?:${W}|[.+%-]){1,64}@(?=${W})`,
  pairs: `(?<!${W})[0-9a-f]{2}(?<between>[:-])[0-9a-f]{2}(?:\\k<between>[0-9a-f]{2}){4,63}(?!${W})`,
  dottedPairs: `(?<!${W})[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}(?!${W})`,
  time: `(?<!${W})\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?Z?)?(?!${W})`,
  address6: `(?<!${W})[0-9a-f]{0,4}:[0-9a-f.]*:[0-9a-f:.]*(?:%[\\w.-]{1,64})?(?:\\/\\d{1,3})?`,
  windowsPath: `(?<!${W})(?:[a-z]:\\\\|\\\\\\\\)[^\\s"'<>|*?;,()]*`,
  path: `(?<!${W}|[/.~])(?:~|\\.{1,2})?\\/[^\\s"'<>|;:,()\\[\\]{}]+`,
  dotted: `(?:${W}|\\*)(?:${W}|-){0,62}(?:\\.${W}(?:${W}|-){0,62}){0,40}\\.[\\p{L}_](?:${W}|-){0,62}(?!${W})`,
  address4: `(?<!${W}|\\.)\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\.?\\d)(?:\\/\\d{1,2})?`,
  decimal: `(?<!${W})\\d+(?:[.,]\\d+)+(?:[a-zµ]{1,5})?(?!${W})`,
  token: '[A-Za-z0-9+/_=-]{24,}',
  words: `${W}+(?:[-'’]${W}+)*`,
} as const;

/** What the patterns for words and names find whole. */
const SINGLE_WORD = new RegExp(`^(?:${PATTERN_OF.words}|${PATTERN_OF.dotted})$`, 'iu');

/** Signs that no text of netdiag's needs: pictures, controls, halves of characters. */
const NO_SIGN = /[^\p{L}\p{M}\p{N}\p{P}\p{Zs}\p{Sm}\p{Sc}\p{Sk}\n\t°✓✗]/gu;

/** Names of kernel settings look like host names. */
const KERNEL_SETTING = /^(?:net\.(?:core|ipv4|ipv6|netfilter|unix|mptcp|bridge)|kernel|vm|fs)\./i;
const FILE_ENDING = /\.(?:conf|cfg|service|socket|ko|yaml|yml|json|txt|leases|exe|dll|plist|js|pem|crt|log|rules|nmconnection)$/i;
const CHECK_KIND = /^l[1-7]\.[a-z][a-z0-9-]*$/i;

interface Places {
  endpoints: EndpointPseudonyms;
  names: NamePseudonyms;
}

/**
 * Rewrites sentences: values that are known from elsewhere in the report become the same pseudonyms there; then everything that looks like an address, a name, a
 * path or a token; then every word that netdiag does not use itself. Numbers stay.
 */
export class TextPseudonyms {
  readonly #pseudonyms: Pseudonyms;
  readonly #places: Places;
  readonly #known = new Map<string, string>();
  readonly #named = new Map<string, string>();
  /** What is known and no single word. */
  readonly #phrases: string[] = [];
  #pattern: RegExp | null = null;

  constructor(pseudonyms: Pseudonyms, places: Places) {
    this.#pseudonyms = pseudonyms;
    this.#places = places;
  }

  /**
   * From here on `value` becomes `pseudonym` wherever it stands by itself in a text.
   * @returns whether it was not known before
   */
  learn(value: string, pseudonym: string): boolean {
    const key = value.toLowerCase();
    if (this.#known.has(key)) return false;
    this.#known.set(key, pseudonym);
    // The others are found as words and names, and looked up.
    if (!SINGLE_WORD.test(key)) {
      this.#phrases.push(key);
      this.#pattern = null;
    }
    return true;
  }

  /** What checks can be about. */
  learnName(value: string, pseudonym: string): void {
    this.#named.set(value, pseudonym);
  }

  forget(): void {
    this.#known.clear();
    this.#named.clear();
    this.#phrases.length = 0;
    this.#pattern = null;
  }

  text(text: string): string {
    return text
      .slice(0, LONGEST_TEXT)
      .replace(this.#whole(), (match: string, ...rest: unknown[]) => this.#part(match, groupsOf(rest)))
      .replace(NO_SIGN, '?');
  }

  #whole(): RegExp {
    if (this.#pattern === null) {
      const values = [...this.#phrases].sort((one, other) => other.length - one.length).map(escaped);
      // Not as a part of a longer name: that has a pseudonym of its own.
      const known = values.length === 0 ? '(?!)' : `(?<!${W}|${W}[.-])(?:${values.join('|')})(?!${W}|[.-]${W})`;
      const parts = Object.entries(PATTERN_OF).map(([name, pattern]) => `(?<${name}>${pattern})`);
      this.#pattern = new RegExp([`(?<known>${known})`, ...parts].join('|'), 'giu');
    }
    return this.#pattern;
  }

  #part(match: string, groups: Readonly<Record<string, string | undefined>>): string {
    const is = (name: string) => groups[name] !== undefined;
    if (is('known')) return this.#known.get(match.toLowerCase()) ?? this.#word(match);
    if (is('url')) return this.#withoutEnd(match, /[.,;:!?…]+$/, (url) => this.#places.endpoints.endpoint(url));
    if (is('check')) return this.check(match);
    if (is('mail')) return this.#mailbox(match);
    if (is('pairs')) return this.#pairs(match);
    if (is('dottedPairs')) return linkAddressPseudonym(match, this.#pseudonyms);
    if (is('time')) return match;
    if (is('address6')) return this.#address6(match);
    if (is('windowsPath')) return this.#path(match, '\\');
    if (is('path')) return this.#path(match, '/');
    if (is('dotted')) return this.#dotted(match);
    if (is('address4')) return this.#places.endpoints.endpoint(match);
    if (is('decimal')) return this.#decimal(match);
    if (is('token')) return this.#token(match);
    return this.#word(match);
  }

  /** `l3.latency@TARGET`, `l7.trace@NAME/TYPE`: the kind stays. Without a target it can be the id of a manifest too. */
  check(id: string): string {
    const at = id.indexOf('@');
    const kind = at < 0 ? id : id.slice(0, at);
    const ofManifest = at < 0 ? manifestIdPseudonym(kind, this.#pseudonyms) : null;
    const shown = CHECK_KIND.test(kind) && isOrdinary(kind.slice(3)) ? kind : (ofManifest ?? this.text(kind));
    return at < 0 ? shown : `${shown}@${this.#about(id.slice(at + 1))}`;
  }

  /** What a check is about: a name there is one, however common a word it is. */
  #about(suffix: string): string {
    const whole = this.#named.get(suffix);
    if (whole !== undefined) return whole;
    const slash = suffix.indexOf('/');
    const first = slash < 0 ? undefined : this.#named.get(suffix.slice(0, slash));
    return first === undefined ? this.text(suffix) : `${first}${this.text(suffix.slice(slash))}`;
  }

  /** What stands before an `@`: a user, or a port and protocol. The place behind it comes by itself. */
  #mailbox(match: string): string {
    const user = match.slice(0, -1);
    return /^(?:\d{1,5}|udp|tcp)$/.test(user) ? match : `${this.#pseudonyms.word('user', user.toLowerCase())}@`;
  }

  #pairs(match: string): string {
    return match.length === 17
      ? linkAddressPseudonym(match, this.#pseudonyms)
      : this.#pseudonyms.word('fingerprint', match.replace(/[:-]/g, '').toLowerCase());
  }

  /** With a time of day, or a colon at the end of a sentence's part, in mind. */
  #address6(match: string): string {
    for (let length = match.length; length >= Math.max(2, match.length - 3); length--) {
      const tried = match.slice(0, length);
      if (isIpAddress(tried.replace(/(?:%[^/]*)?(?:\/\d+)?$/, '')))
        return `${this.#places.endpoints.endpoint(tried)}${match.slice(length)}`;
      if (!/[:.]$/.test(tried)) break;
    }
    return match.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => this.#word(word));
  }

  #path(match: string, separator: '/' | '\\'): string {
    return this.#withoutEnd(match, /[.!?…]+$/, (path) =>
      pathPseudonym(path, separator, {
        pseudonyms: this.#pseudonyms,
        known: (part) => this.#known.get(part.toLowerCase()) ?? null,
      }),
    );
  }

  #dotted(match: string): string {
    const known = this.#known.get(match.toLowerCase());
    if (known !== undefined) return known;
    if (CHECK_KIND.test(match) && isOrdinary(match.slice(3))) return match;
    const labels = match.split('.');
    if (isWayIntoData(labels)) return match;
    // "e.g", "i.e"
    if (labels.every((label) => label.length === 1)) return match;
    if (KERNEL_SETTING.test(match) || isSettingOfInterface(labels))
      return labels.map((label) => this.#known.get(label.toLowerCase()) ?? this.#label(label)).join('.');
    if (FILE_ENDING.test(match) && isOrdinary(labels.slice(0, -1).join('-'))) return match;
    return this.#places.names.name(match);
  }

  #label(label: string): string {
    return isOrdinary(label) ? label : interfacePseudonym(label, this.#pseudonyms);
  }

  /** Numbers, versions and object identifiers; not an address with a port behind a further dot. */
  #decimal(match: string): string {
    const parts = match.split(/[.,]/);
    const isAddressAndPort = parts.length === 5 && Number(parts[0]) > 2 && parts.slice(0, 4).every((part) => Number(part) <= 255);
    return isAddressAndPort || match.length > 40 ? this.#pseudonyms.word('number', match) : match;
  }

  #token(match: string): string {
    const known = this.#known.get(match.toLowerCase());
    if (known !== undefined) return known;
    const parts = match.split(/[+/_=-]+/);
    if (parts.every((part) => isOrdinary(part))) return match;
    const [, scheme = '', rest = match] = /^(sha256\/\/)(.*)$/s.exec(match) ?? [];
    return `${scheme}${this.#pseudonyms.word(scheme === '' ? 'token' : 'pin', rest)}`;
  }

  #word(match: string): string {
    const [, word = match, ending = ''] = /^(.+)(['’]s)$/s.exec(match) ?? [];
    const known = this.#known.get(word.toLowerCase());
    if (known !== undefined) return `${known}${ending}`;
    if (isOrdinary(match) || isGivenBySystem(match)) return match;
    return this.#pseudonyms.word('word', match.toLowerCase());
  }

  #withoutEnd(match: string, end: RegExp, change: (text: string) => string): string {
    const cut = end.exec(match)?.[0] ?? '';
    return `${change(match.slice(0, match.length - cut.length))}${cut}`;
  }
}

/** `all.rp_filter`, `eth0.accept_ra` */
function isSettingOfInterface([first = '', ...rest]: readonly string[]): boolean {
  return (
    (first === 'all' || first === 'default' || isGivenBySystem(first)) &&
    rest.every((label) => /^[a-z_0-9]+$/.test(label) && isOrdinary(label))
  );
}

function groupsOf(rest: readonly unknown[]): Readonly<Record<string, string | undefined>> {
  const last = rest.at(-1);
  return typeof last === 'object' && last !== null ? (last as Record<string, string | undefined>) : {};
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
