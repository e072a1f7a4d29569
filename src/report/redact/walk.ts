import { distinguishedNamePseudonym } from './distinguished-names.js';
import type { EndpointPseudonyms } from './endpoints.js';
import { headersPseudonym } from './headers.js';
import { interfacePseudonym } from './interfaces.js';
import { linkAddressPseudonym } from './link-addresses.js';
import { isCommonWord, isOrdinary } from './ordinary-words.js';
import type { Pseudonyms } from './pseudonyms.js';
import type { AnyShape, Kind, RecordKind, StringKind } from './shape.js';
import type { TextPseudonyms } from './texts.js';

/** Of values that stand in texts too. More of them would make searching slow; they are still replaced wherever they are a field. */
const MOST_LEARNT = 4000;
const LONGEST_LEARNT = 200;
const DEEPEST = 24;

const ENUMERATED = /^[A-Za-z0-9][A-Za-z0-9 ./+-]{0,47}$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Kinds whose pseudonym is a word of the kind and nothing else. */
const PLAIN_WORDS: Partial<Record<StringKind, string>> = {
  foreign: 'text',
  serial: 'serial',
  fingerprint: 'fingerprint',
  cookie: 'cookie',
  label: 'label',
  instance: 'instance',
};

/** Kinds that are replaced in texts as well, where the value cannot be told from a word by its looks. */
const LEARNT: ReadonlySet<Kind> = new Set<Kind>([
  'check',
  'foreign',
  'endpoint',
  'zone',
  'interface',
  'process',
  'distinguishedName',
  'serial',
  'fingerprint',
  'pin',
  'cookie',
  'label',
  'instance',
]);

/** A field that was not passed on, by the place in the shape above it; the name of the field itself may be somebody's. */
export interface LeftOut {
  below: string;
  fields: number;
}

interface Tools {
  pseudonyms: Pseudonyms;
  endpoints: EndpointPseudonyms;
  texts: TextPseudonyms;
}

/** Copies a value by its shape: what has a place is copied or replaced, everything else is left out. */
export class Walk {
  readonly #tools: Tools;
  readonly #leftOut = new Map<string, number>();
  #learnt = 0;
  #collecting = false;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** @returns `undefined`: it is not what the shape says, and is left out */
  copy(value: unknown, shape: AnyShape, place: string, beside: Readonly<Record<string, unknown>> = {}, depth = 0): unknown {
    if (value === null) return null;
    if (depth > DEEPEST) return this.omit(place);
    if (typeof shape === 'string') return this.#leaf(value, shape, place, beside);
    if (isList(shape)) {
      if (!Array.isArray(value)) return this.omit(place);
      return value.flatMap((entry) => {
        const made = this.copy(entry, shape[0], place, {}, depth + 1);
        return made === undefined ? [] : [made];
      });
    }
    if (typeof value !== 'object' || Array.isArray(value)) return this.omit(place);
    const fields = value as Readonly<Record<string, unknown>>;
    const made: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(fields)) {
      if (field === undefined) continue;
      const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
      const copied = known === undefined ? this.omit(place) : this.copy(field, known, `${place}.${name}`, fields, depth + 1);
      if (copied !== undefined) made[name] = copied;
    }
    return made;
  }

  /** Learns what names what, for {@link TextPseudonyms}: the first of two walks, of which only that is wanted. */
  collect(value: unknown, shape: AnyShape): void {
    this.#collecting = true;
    this.copy(value, shape, '');
    this.#collecting = false;
  }

  /** Before another report. */
  forget(): void {
    this.#learnt = 0;
    this.#leftOut.clear();
    this.#tools.texts.forget();
  }

  leftOut(): LeftOut[] {
    return [...this.#leftOut].map(([below, fields]) => ({ below, fields })).sort((one, other) => (one.below < other.below ? -1 : 1));
  }

  /** Notes that something below `place` was not passed on. */
  omit(place: string): undefined {
    if (this.#collecting) return undefined;
    this.#leftOut.set(place, (this.#leftOut.get(place) ?? 0) + 1);
    return undefined;
  }

  #leaf(value: unknown, kind: Kind | RecordKind, place: string, beside: Readonly<Record<string, unknown>>): unknown {
    if (this.#collecting && kind !== 'labels' && !LEARNT.has(kind as Kind)) return undefined;
    if (kind === 'number') return typeof value === 'number' || typeof value === 'boolean' ? value : this.omit(place);
    if (kind === 'headers' || kind === 'labels') return this.#mapping(value, kind, place);
    if (typeof value !== 'string') return this.omit(place);
    if (kind === 'word') return ENUMERATED.test(value) ? value : this.omit(place);
    const made = this.replace(value, kind, beside);
    if (this.#collecting && kind === 'check') this.#learnId(value, made);
    else if (this.#collecting) {
      this.#learn(value, made);
      if (kind === 'endpoint' || kind === 'zone' || kind === 'interface') this.#tools.texts.learnName(value, made);
    }
    return made;
  }

  #mapping(value: unknown, kind: RecordKind, place: string): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.omit(place);
    const { pseudonyms, texts } = this.#tools;
    const entries = value as Readonly<Record<string, unknown>>;
    if (kind === 'headers') return headersPseudonym(entries, pseudonyms, (text) => texts.text(text));
    return Object.fromEntries(
      Object.entries(entries).flatMap(([name, text]): [string, string][] => {
        if (typeof text !== 'string') return [];
        const shown = isOrdinary(name) ? name : this.#label(name);
        return [[shown, this.#label(text)]];
      }),
    );
  }

  #label(text: string): string {
    const made = this.replace(text, 'label', {});
    if (this.#collecting) this.#learn(text, made);
    return made;
  }

  /** The pseudonym of a string of this kind. */
  replace(value: string, kind: StringKind, beside: Readonly<Record<string, unknown>>): string {
    const { pseudonyms, endpoints, texts } = this.#tools;
    const plain = PLAIN_WORDS[kind];
    if (plain !== undefined) return value === '' ? value : pseudonyms.word(plain, value);
    switch (kind) {
      case 'text':
        return texts.text(value);
      case 'time':
        return ISO_TIME.test(value) ? value : texts.text(value);
      case 'hour':
        return ISO_TIME.test(value) ? value.replace(/T(\d\d):.*$/, 'T$1:00:00.000Z') : texts.text(value);
      case 'id':
        return /^m\d{1,9}$/.test(value) ? value : pseudonyms.word('id', value);
      case 'check':
        return texts.check(value);
      case 'endpoint':
        return endpoints.endpoint(value);
      case 'zone':
        return endpoints.endpoint(value, { zone: true });
      case 'network':
        return this.#network(value, beside);
      case 'data':
        return isAnyText(value, beside['type']) ? pseudonyms.word('text', value) : texts.text(value);
      case 'interface':
        return interfacePseudonym(value, pseudonyms);
      case 'process':
        return isOrdinary(value) ? value : pseudonyms.word('process', value);
      case 'clockReference':
        return /^[0-9a-f]{8}$/i.test(value) ? pseudonyms.word('reference', value.toLowerCase()) : texts.text(value);
      case 'linkAddress':
        return /^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i.test(value)
          ? linkAddressPseudonym(value, pseudonyms)
          : pseudonyms.word('link', value);
      case 'distinguishedName':
        return distinguishedNamePseudonym(value, pseudonyms, (name) => (/^[^\s,;=]+$/.test(name) ? endpoints.endpoint(name) : null));
      default:
        return value === '' ? value : value.replace(/^(sha256\/\/)?.*$/s, (_, scheme = '') => `${scheme}${pseudonyms.word('pin', value)}`);
    }
  }

  #network(value: string, beside: Readonly<Record<string, unknown>>): string {
    const { endpoints } = this.#tools;
    const length = beside['prefixLength'] ?? beside['sourcePrefixLength'];
    if (typeof length !== 'number' || /[%/]/.test(value)) return endpoints.endpoint(value);
    return endpoints.endpoint(`${value}/${length}`).replace(/\/\d+$/, '');
  }

  /** Ids of a manifest stand in texts as they are redacted by themselves, those that stay too. Those with a target are known by their looks. */
  #learnId(value: string, made: string): void {
    if (value.includes('@') || value.length > LONGEST_LEARNT || !/\d/.test(value) || this.#learnt >= MOST_LEARNT) return;
    if (this.#tools.texts.learn(value, made)) this.#learnt++;
  }

  /** Not what stays, nor a word so common that it names nobody: every sentence would be full of it. */
  #learn(value: string, made: string): void {
    if (value === made || value.length < 2 || value.length > LONGEST_LEARNT || isCommonWord(value) || this.#learnt >= MOST_LEARNT) return;
    if (this.#tools.texts.learn(value, made)) this.#learnt++;
  }
}

/** Types of records whose data is addresses, names and numbers of the protocol. */
const READABLE_TYPES: ReadonlySet<unknown> = new Set(
  'A AAAA CNAME DNAME NS PTR MX SRV SOA SVCB HTTPS CAA DS CDS DNSKEY CDNSKEY RRSIG NSEC NSEC3 NSEC3PARAM TLSA'.split(' '),
);
/** Where on earth something is (LOC, RFC 1876). */
const LOCATION = /\d\s+[NS]\s.*\d\s+[EW]\b/;

/** Whether the data of a record is anybody's words, by its type where that stands beside it, otherwise by its looks. */
function isAnyText(data: string, type: unknown): boolean {
  return data.includes('"') || LOCATION.test(data) || (typeof type === 'string' && !READABLE_TYPES.has(type));
}

function isList(shape: Exclude<AnyShape, string>): shape is readonly [AnyShape] {
  return Array.isArray(shape);
}
