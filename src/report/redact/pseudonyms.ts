import { createHmac } from 'node:crypto';

/** Without letters that look alike; 32 of them, so that a byte gives one each. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SIGNS = 6;
/** Two values that meet in one pseudonym are told apart by the next digest. More than a few in a row are impossible. */
const ATTEMPTS = 16;

/** How many values of a kind were replaced. */
export interface Replaced {
  kind: string;
  /** Different values. */
  values: number;
  /** Places where one of them stood. */
  places: number;
}

/**
 * Gives each value of a kind one pseudonym, always the same one under the same key: HMAC-SHA-256 (RFC 2104), of which as much is shown as keeps
 * the values of a report apart. Without the key a value cannot be tried out, be there ever so few that it could be.
 */
export class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #given = new Map<string, string>();
  readonly #owners = new Map<string, string>();
  readonly #replaced = new Map<string, { values: Set<string>; places: number }>();

  /** @param key at least 16 bytes that nobody can guess */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** 32 bytes that only this key gives for this value. */
  digest(purpose: string, value: string | Uint8Array): Uint8Array {
    return createHmac('sha256', this.#key).update(purpose).update('\0').update(value).digest();
  }

  /** `process-3k7q2m` */
  word(kind: string, value: string): string {
    this.count(kind, value);
    return this.unique(kind, value, (digest) => `${kind}-${signs(digest)}`);
  }

  /** What `form` makes of a digest of the value, and of the next one where it made that of another value already. */
  unique(kind: string, value: string, form: (digest: Uint8Array) => string): string {
    const owner = `${kind}\0${value}`;
    const given = this.#given.get(owner);
    if (given !== undefined) return given;
    let made = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      made = form(this.digest(`${kind} ${attempt}`, value));
      if (!this.#owners.has(made)) break;
    }
    this.#owners.set(made, owner);
    this.#given.set(owner, made);
    return made;
  }

  /** Notes that a value was replaced. */
  count(kind: string, value: string): void {
    const entry = this.#replaced.get(kind) ?? { values: new Set(), places: 0 };
    entry.values.add(value);
    entry.places++;
    this.#replaced.set(kind, entry);
  }

  forgetCounts(): void {
    this.#replaced.clear();
  }

  replaced(): Replaced[] {
    return [...this.#replaced]
      .map(([kind, { values, places }]) => ({ kind, values: values.size, places }))
      .sort((one, other) => (one.kind < other.kind ? -1 : 1));
  }
}

/** Six letters and digits of a digest. */
export function signs(digest: Uint8Array): string {
  return Array.from(digest.subarray(0, SIGNS), (byte) => ALPHABET[byte & 31] ?? '').join('');
}
