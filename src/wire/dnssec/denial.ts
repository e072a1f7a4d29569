/**
 * What NSEC and NSEC3 records prove not to be there. The records given have been verified, and are of one zone. Pure.
 */
import type { NsecRecord } from './nsec.js';
import * as nsec from './nsec.js';
import type { HashBudget, Nsec3Record } from './nsec3.js';
import * as nsec3 from './nsec3.js';
import type { Cut, NotProved, Proof } from './proof.js';

export interface Denials {
  zone: string;
  nsec: readonly NsecRecord[];
  nsec3: readonly Nsec3Record[];
}

const MISSING = 'the answer has no NSEC or NSEC3 record';

function choose<T extends { kind: string }>(denials: Denials, byNsec: () => T, byNsec3: () => T): T | NotProved {
  if (denials.nsec.length > 0) {
    const outcome = byNsec();
    if (outcome.kind !== 'not-proved' || denials.nsec3.length === 0) return outcome;
  }
  return denials.nsec3.length > 0 ? byNsec3() : { kind: 'not-proved', reason: 'denial-missing', detail: MISSING };
}

/** That neither the name nor a wildcard for it exists (RFC 4035 section 5.4, RFC 5155 section 8.4). */
export function proveNonexistent(name: string, denials: Denials, budget: HashBudget): Proof {
  return choose<Proof>(
    denials,
    () => nsec.proveNonexistent(name, denials.nsec),
    () => nsec3.proveNonexistent(name, denials.zone, denials.nsec3, budget),
  );
}

/** That the name, or the wildcard that stands for it, has no record of the type (RFC 5155 sections 8.5 to 8.7). */
export function proveNoData(name: string, type: number, denials: Denials, budget: HashBudget): Proof {
  return choose<Proof>(
    denials,
    () => nsec.proveNoData(name, type, denials.nsec),
    () => nsec3.proveNoData(name, type, denials.zone, denials.nsec3, budget),
  );
}

/** That no name stands nearer than the wildcard from which the answer was made; `encloser` is the name below which that wildcard stands. */
export function proveNothingCloser(name: string, encloser: string, denials: Denials, budget: HashBudget): Proof {
  return choose<Proof>(
    denials,
    () => nsec.proveNothingCloser(name, encloser, denials.nsec),
    () => nsec3.proveNothingCloser(name, encloser, denials.nsec3, budget),
  );
}

/** What the denial of a DS record means for the way down (RFC 6840 section 4.4, RFC 5155 section 8.9). */
export function cutAt(name: string, denials: Denials, budget: HashBudget): Cut {
  return choose<Cut>(
    denials,
    () => nsec.cutAt(name, denials.nsec),
    () => nsec3.cutAt(name, denials.zone, denials.nsec3, budget),
  );
}
