/** What can come of a look at records that deny. `insecure`: something unsigned may be there nevertheless, or the proof would take too much work. */
export type Proof = { kind: 'proved' } | { kind: 'insecure'; reason: 'opt-out' | 'nsec3-iterations'; detail: string } | NotProved;

export interface NotProved {
  kind: 'not-proved';
  reason: 'denial-missing' | 'denial-invalid';
  /** In words for people. */
  detail: string;
}

/** What a denial of a DS record says about a name below a zone. */
export type Cut =
  /** A delegation without DS. */
  | { kind: 'unsigned'; reason: 'no-ds' | 'opt-out' | 'nsec3-iterations'; detail: string }
  /** The name is within the zone. */
  | { kind: 'none' }
  /** The name does not exist, nor does any below it, unless a wildcard makes it. */
  | { kind: 'nonexistent' }
  | NotProved;

export const PROVED: Proof = { kind: 'proved' };

export function notProved(detail: string): NotProved {
  return { kind: 'not-proved', reason: 'denial-invalid', detail };
}
