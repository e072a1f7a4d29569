import { absoluteName } from '../../wire/dns/name.js';
import type { TrustAnchor } from '../../wire/dnssec/anchor.js';
import { cutAt } from '../../wire/dnssec/denial.js';
import { ancestorOf, isBelow, isWithin, labelsOf } from '../../wire/dnssec/name.js';
import { type Ds, parseDs, TYPE } from '../../wire/dnssec/records.js';
import { verifiedDenials } from './denials.js';
import { bogus, type Finding, insecure, undecided } from './finding.js';
import type { Evaluation, Inquiry } from './inquiry.js';
import { findSet, type RecordSet, recordSets } from './record-sets.js';
import { type SecureZone, verifySet } from './signatures.js';
import { enterZone, stripped, type Vouchers } from './zone-keys.js';

/** The deepest zone reached, which holds the name as far as can be told; or where the chain ended. */
export type Descent = { kind: 'zone'; zone: SecureZone } | { kind: 'ended'; finding: Finding };

/** What one label is: a zone, the end of the chain, no zone cut, or a name that does not exist, so that there is no cut below it either. */
type Step = Descent | 'within' | 'nonexistent';

/** So many labels are asked for at once: a signed chain is known in two rounds, and a name of thirty labels is not asked for all of them. */
const LABELS_AHEAD = 4;
/** More are passed over; honest zones have one to four. */
const MAXIMUM_DS = 16;

/**
 * Goes down from the trust anchor, label by label: each is a zone cut with DS, one without, or none (RFC 4035 section 5.2, RFC 6840
 * section 4.4). `target` is the zone that signed an answer, or the name that an unsigned answer is about.
 */
export class Descents {
  /** Zones entered so far, and cuts looked at: each once for one evaluation. */
  readonly #steps = new Map<string, Step>();

  constructor(readonly evaluation: Evaluation) {}

  to(target: string): Descent {
    const anchor = closestAnchor(this.evaluation.known.anchors, target);
    if (anchor === null) {
      return { kind: 'ended', finding: insecure(null, 'no-trust-anchor', `no trust anchor is at or above ${absoluteName(target)}`) };
    }
    const ahead = this.#ahead(anchor.zone, target);
    const first = this.#once(anchor.zone, () => enterZone(anchor.zone, anchor, this.evaluation, ahead));
    if (typeof first === 'string' || first.kind === 'ended') return first as Descent;
    let { zone } = first;
    for (let count = labelsOf(anchor.zone).length + 1; count <= labelsOf(target).length; count++) {
      const name = ancestorOf(target, count);
      const parent = zone;
      const step = this.#once(name, () => this.#step(parent, name, target));
      if (step === 'nonexistent') break;
      if (step === 'within') continue;
      if (step.kind === 'ended') return step;
      zone = step.zone;
    }
    return { kind: 'zone', zone };
  }

  #once(name: string, step: () => Step): Step {
    const known = this.#steps.get(name);
    if (known !== undefined) return known;
    const made = step();
    this.#steps.set(name, made);
    return made;
  }

  #step(zone: SecureZone, name: string, target: string): Step {
    const reply = this.evaluation.reply({ name, type: 'DS' }, this.#ahead(name, target));
    if (reply.kind === 'none') return ended(undecided(zone.name, 'unanswered', `DS ${absoluteName(name)}: ${reply.because}`));
    const { rcode, answers, authorities } = reply.message;
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')
      return ended(undecided(zone.name, 'server-failure', `DS ${absoluteName(name)}: ${rcode}`));
    const sets = recordSets(answers);
    const set = findSet(sets, name, TYPE.DS);
    if (set !== null) {
      const verified = verifySet(set, zone, this.evaluation);
      if (verified.kind === 'failed') return ended(this.#failure(verified.finding, set));
      return enterZone(name, vouchersOf(set), this.evaluation, this.#ahead(name, target));
    }
    // An alias is no zone cut, nor is anything below a DNAME. Staying in the zone that is known trusts nothing that it has not signed.
    if (sets.some(({ owner, type }) => (type === TYPE.CNAME && owner === name) || (type === TYPE.DNAME && isBelow(name, owner))))
      return 'within';

    const { denials, failure } = verifiedDenials(authorities, zone, this.evaluation);
    const cut = cutAt(name, denials, this.evaluation.hashes);
    switch (cut.kind) {
      case 'none':
        return 'within';
      case 'nonexistent':
        return 'nonexistent';
      case 'unsigned':
        this.evaluation.chain.push({ zone: name, ds: [], keys: [], verdict: 'insecure' });
        return ended(insecure(name, cut.reason, cut.detail));
      case 'not-proved': {
        const detail = `nothing proves that ${absoluteName(name)} has no DS record in zone ${absoluteName(zone.name)}: ${cut.detail}`;
        const finding = failure ?? bogus(zone.name, cut.reason, detail);
        return ended(cut.reason === 'denial-missing' && failure === null && !this.evaluation.sawSignatures ? stripped(zone.name) : finding);
      }
    }
  }

  #failure(finding: Finding, set: RecordSet): Finding {
    return set.signatures.length === 0 && !this.evaluation.sawSignatures ? stripped(finding.zone ?? '.') : finding;
  }

  /** What will most likely be asked on the way from a zone to the target, as far as replies do not say otherwise. */
  #ahead(from: string, target: string): Inquiry[] {
    const inquiries: Inquiry[] = [];
    const start = labelsOf(from).length;
    for (let count = start; count <= Math.min(labelsOf(target).length, start + LABELS_AHEAD); count++) {
      const name = ancestorOf(target, count);
      if (count > start) inquiries.push({ name, type: 'DS' });
      const reply = this.evaluation.peek({ name, type: 'DS' });
      const signed = reply?.kind === 'answer' && reply.message.answers.some(({ type }) => type === 'DS');
      if (signed) inquiries.push({ name, type: 'DNSKEY' });
    }
    return inquiries;
  }
}

function ended(finding: Finding): Descent {
  return { kind: 'ended', finding };
}

/** The deepest one at or above the name. */
export function closestAnchor(anchors: readonly TrustAnchor[], name: string): TrustAnchor | null {
  const above = anchors.filter(({ zone }) => isWithin(name, zone));
  return above.sort((one, other) => labelsOf(other.zone).length - labelsOf(one.zone).length)[0] ?? null;
}

function vouchersOf(set: RecordSet): Vouchers {
  const ds = set.records.slice(0, MAXIMUM_DS).flatMap(({ rdata }): Ds[] => {
    const record = parseDs(rdata);
    return record.ok ? [record.value] : [];
  });
  return { ds, keys: [] };
}
