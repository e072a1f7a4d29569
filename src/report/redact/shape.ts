/**
 * What a redacted report may contain, by its place: a tree as the report is one, with a kind at each leaf. A field that has no place in it is
 * left out. The compiler holds it against the report's own types, so that a new field cannot be forgotten; `test/report/redact/shape.test.ts`
 * holds it against the schema.
 */

/** What a string is, and so by what it is replaced. Enumerations are `word`, numbers and truth values `number`. */
export type StringKind =
  /** Words of ours, with values of this network among them. */
  | 'text'
  /** Somebody else's words: a banner, a comment. Nothing of them is kept. */
  | 'foreign'
  | 'time'
  /** A point in time by which a certificate could be looked up: kept to the hour. */
  | 'hour'
  /** `m4`: of a measurement. */
  | 'id'
  /** `l3.latency@TARGET`: of a check. */
  | 'check'
  /** Names a place of the network: an address, a name, `host:port`, a prefix, a URL. */
  | 'endpoint'
  /** A name of the DNS that may be a top-level domain. */
  | 'zone'
  /** The address of a network; its length is in `prefixLength` or `sourcePrefixLength` beside it. */
  | 'network'
  /** Data of a DNS record, or a name in a certificate. */
  | 'data'
  | 'interface'
  | 'process'
  | 'linkAddress'
  | 'distinguishedName'
  | 'serial'
  | 'fingerprint'
  | 'pin'
  | 'cookie'
  | 'label'
  /** Which of many servers answered. */
  | 'instance'
  /** Whom a clock follows: a word, a name, or four bytes of an address in hexadecimal digits. */
  | 'clockReference';

export type Kind = StringKind | 'word' | 'number';

/** A mapping whose keys are no fields: `headers` knows the fields of HTTP, `labels` are the user's own. */
export type RecordKind = 'headers' | 'labels';

/** As the walk reads it, whatever report it is of. */
export type AnyShape = Kind | RecordKind | readonly [AnyShape] | { readonly [field: string]: AnyShape };

type Present<T> = Exclude<T, null | undefined>;
type FieldsOf<T> = T extends unknown ? keyof T : never;
type ValueAt<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** The shape that fits values of `T`: every field of it, those of all members of a union, and nothing else. */
export type Shape<T> = ShapeOfPresent<Present<T>>;

type ShapeOfPresent<T> = [T] extends [number | boolean]
  ? 'number'
  : [T] extends [string]
    ? string extends T
      ? StringKind
      : 'word'
    : [T] extends [readonly (infer Element)[]]
      ? readonly [Shape<Element>]
      : string extends keyof T
        ? RecordKind
        : { readonly [K in FieldsOf<T> & string]: Shape<ValueAt<T, K>> };
