import type { DnsResourceRecord } from '../../wire/dns/dns.js';
import type { Denials } from '../../wire/dnssec/denial.js';
import { isWithin, labelsOf, parentName } from '../../wire/dnssec/name.js';
import type { NsecRecord } from '../../wire/dnssec/nsec.js';
import type { Nsec3Record } from '../../wire/dnssec/nsec3.js';
import { parseHashLabel, parseNsec, parseNsec3, TYPE } from '../../wire/dnssec/records.js';
import type { Finding } from './finding.js';
import type { Evaluation } from './inquiry.js';
import { recordSets } from './record-sets.js';
import { type SecureZone, verifySet } from './signatures.js';

/** Such sets of an answer are looked at: a denial takes three at the most. */
const MAXIMUM_DENIALS = 12;

/** The NSEC and NSEC3 records of a section that the zone has signed, and what was wrong with the first other one. */
export function verifiedDenials(
  section: readonly DnsResourceRecord[],
  zone: SecureZone,
  evaluation: Evaluation,
): { denials: Denials; failure: Finding | null } {
  const nsec: NsecRecord[] = [];
  const nsec3: Nsec3Record[] = [];
  let failure: Finding | null = null;
  const sets = recordSets(section).filter(({ type, owner }) => (type === TYPE.NSEC || type === TYPE.NSEC3) && isWithin(owner, zone.name));
  for (const set of sets.slice(0, MAXIMUM_DENIALS)) {
    const verified = verifySet(set, zone, evaluation);
    if (verified.kind === 'failed') {
      failure ??= verified.finding;
      continue;
    }
    // A denial that a wildcard has made would be one for names that its zone does not have.
    if (verified.wildcardParent !== null) continue;
    for (const { rdata } of set.records) {
      if (set.type === TYPE.NSEC) {
        const record = parseNsec(rdata);
        if (record.ok) nsec.push({ ...record.value, owner: set.owner });
      } else {
        const record = parseNsec3(rdata);
        const hash = parentName(set.owner) === zone.name ? parseHashLabel(labelsOf(set.owner)[0] ?? '') : null;
        if (record.ok && hash !== null) nsec3.push({ ...record.value, hash });
      }
    }
  }
  return { denials: { zone: zone.name, nsec, nsec3 }, failure };
}
