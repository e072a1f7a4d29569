/** What validation came to, of one set of records or of a whole answer. */

export type Verdict = 'secure' | 'insecure' | 'bogus';

/** Why an answer is not secure: a word for machines. */
export type Reason =
  // Bogus: signatures.
  | 'signature-missing'
  | 'signature-invalid'
  | 'signature-expired'
  | 'signature-not-yet-valid'
  | 'signer-wrong'
  | 'labels-wrong'
  | 'signing-key-missing'
  | 'key-revoked'
  // Bogus: keys.
  | 'dnskey-missing'
  | 'no-ds-match'
  // Bogus: denial of existence.
  | 'denial-missing'
  | 'denial-invalid'
  | 'wildcard-not-proved'
  // Bogus: the answer itself.
  | 'alias-wrong'
  | 'work-limit'
  // Insecure.
  | 'no-ds'
  | 'opt-out'
  | 'nsec3-iterations'
  | 'algorithm-unsupported'
  | 'no-trust-anchor'
  // No verdict.
  | 'resolver-strips-dnssec'
  | 'unanswered'
  | 'server-failure'
  | 'not-signed';

export interface Finding {
  /** `null`: it came to no verdict. */
  verdict: Verdict | null;
  /** `null` where secure. */
  reason: Reason | null;
  detail: string;
  /** Where the verdict fell; `null` where it is in none. */
  zone: string | null;
}

export function bogus(zone: string, reason: Reason, detail: string): Finding {
  return { verdict: 'bogus', reason, detail, zone };
}

export function insecure(zone: string | null, reason: Reason, detail: string): Finding {
  return { verdict: 'insecure', reason, detail, zone };
}

export function undecided(zone: string | null, reason: Reason, detail: string): Finding {
  return { verdict: null, reason, detail, zone };
}

export function secure(zone: string, detail: string): Finding {
  return { verdict: 'secure', reason: null, detail, zone };
}
