import type { DnsMessage, DnsResourceRecord } from '../../wire/dns/dns.js';
import { absoluteName, encodeName } from '../../wire/dns/name.js';
import { dnsTypeNumber } from '../../wire/dns/type.js';
import { type Denials, proveNoData, proveNonexistent, proveNothingCloser } from '../../wire/dnssec/denial.js';
import { commonLabels, isBelow, isWithin, labelsOf, nameOf, parentName, readWireName } from '../../wire/dnssec/name.js';
import type { Proof } from '../../wire/dnssec/proof.js';
import { TYPE } from '../../wire/dnssec/records.js';
import { verifiedDenials } from './denials.js';
import { closestAnchor, Descents } from './descent.js';
import { bogus, type Finding, insecure, secure, undecided } from './finding.js';
import type { Evaluation } from './inquiry.js';
import { findSet, type RecordSet, recordSets } from './record-sets.js';
import { verifySet } from './signatures.js';
import { stripped } from './zone-keys.js';

/** As many as are followed elsewhere (`wire/cname-chain.ts`). */
const MAXIMUM_ALIASES = 16;
/** Sets of an answer that are neither what was asked for nor on the way to it: honest servers add none. */
const MAXIMUM_OTHERS = 8;

/**
 * What the answer to the user's question is worth: each alias on the way and the records, or the denial, at its end (RFC 4035 section 5).
 *
 * @throws Wanted where a reply is missing
 */
export function evaluate(evaluation: Evaluation): Finding {
  const { question } = evaluation.known;
  const type = dnsTypeNumber(question.type) ?? 0;
  if (type === TYPE.RRSIG) return undecided(null, 'not-signed', 'signatures are not signed themselves (RFC 4035 section 2.2)');
  const look = new AnswerLook(evaluation);
  const shown = look.messageFor(question.name);
  if ('verdict' in shown) return shown;
  // Whoever reads the answer takes all of it for what the verdict says.
  const whole = (finding: Finding) => worst([...look.others(shown), finding]);
  let message = shown;
  const findings: Finding[] = [];
  let name = question.name;
  for (let aliases = 0; aliases <= MAXIMUM_ALIASES; aliases++) {
    const sets = recordSets(message.answers);
    const own =
      type === TYPE.ANY ? sets.filter(({ owner }) => owner === name) : sets.filter((set) => set.owner === name && set.type === type);
    if (own.length > 0 && message.rcode === 'NXDOMAIN') return look.contradiction(own);
    if (own.length > 0) return whole(worst([...findings, ...own.map((set) => look.positive(set, message))]));
    const alias = look.alias(name, sets, message);
    if (alias === null) {
      // A server that does not look further leaves the end of a chain to whoever asks.
      const unfinished = aliases > 0 && message.rcode === 'NOERROR' && !message.authorities.some(({ type: other }) => other === 'SOA');
      if (!unfinished) return whole(worst([...findings, look.negative(name, type, message)]));
      const next = look.messageFor(name);
      if ('verdict' in next) return worst([...findings, next]);
      if (next === message) return whole(worst([...findings, look.negative(name, type, message)]));
      message = next;
      continue;
    }
    findings.push(alias.finding);
    if (alias.finding.verdict === 'bogus' || alias.finding.verdict === null) return alias.finding;
    name = alias.target;
  }
  return bogus(name, 'alias-wrong', `the aliases of ${absoluteName(question.name)} form a loop or too long a chain`);
}

/** A chain is worth what its weakest part is: bogus, then not known, then insecure. */
function worst(findings: readonly Finding[]): Finding {
  const rank = (finding: Finding) =>
    finding.verdict === 'bogus' ? 0 : finding.verdict === null ? 1 : finding.verdict === 'insecure' ? 2 : 3;
  const sorted = [...findings].sort((one, other) => rank(one) - rank(other));
  const [first] = sorted;
  return first === undefined
    ? undecided(null, 'unanswered', 'there was nothing to validate')
    : rank(first) === 3
      ? (findings.at(-1) ?? first)
      : first;
}

class AnswerLook {
  readonly #descents: Descents;
  /** Of the records of answers: those that are what was asked for, or lead there. */
  readonly #used = new Set<DnsResourceRecord | undefined>();

  constructor(readonly evaluation: Evaluation) {
    this.#descents = new Descents(evaluation);
  }

  messageFor(name: string): DnsMessage | Finding {
    const { type } = this.evaluation.known.question;
    const reply = this.evaluation.reply({ name, type });
    const subject = `${type} ${absoluteName(name)}`;
    if (reply.kind === 'none') return undecided(null, 'unanswered', `${subject}: ${reply.because}`);
    const { rcode } = reply.message;
    return rcode === 'NOERROR' || rcode === 'NXDOMAIN' ? reply.message : undecided(null, 'server-failure', `${subject}: ${rcode}`);
  }

  /** Records that are there, with the proof that nothing is closer where a wildcard made them (RFC 4035 section 5.3.4). */
  positive(set: RecordSet, message: DnsMessage): Finding {
    this.#used.add(set.records[0]);
    const descent = this.#zoneOf(set);
    if (descent.kind === 'ended') return descent.finding;
    const { zone } = descent;
    const verified = verifySet(set, zone, this.evaluation);
    if (verified.kind === 'failed') return this.#unlessStripped(verified.finding);
    if (verified.wildcardParent === null) return secure(zone.name, verified.detail);

    const { denials, failure } = verifiedDenials(message.authorities, zone, this.evaluation);
    const proof = proveNothingCloser(set.owner, verified.wildcardParent, denials, this.evaluation.hashes);
    if (proof.kind === 'proved') return secure(zone.name, `${verified.detail}, made from a wildcard`);
    if (proof.kind === 'insecure') return insecure(zone.name, proof.reason, proof.detail);
    const detail = `${set.typeName} ${absoluteName(set.owner)} was made from a wildcard, and nothing proves that it may be: ${proof.detail}`;
    return failure ?? bogus(zone.name, 'wildcard-not-proved', detail);
  }

  /** The sets of an answer that nothing has led to: somebody may have added them. */
  others(message: DnsMessage): Finding[] {
    const sets = recordSets(message.answers).filter(({ records }) => !this.#used.has(records[0]));
    const [first] = sets;
    if (first === undefined) return [];
    if (sets.length <= MAXIMUM_OTHERS) return sets.map((set) => this.positive(set, message));
    const detail = `the answer has ${sets.length} sets of records that nobody asked for, the first of them ${first.typeName} ${absoluteName(first.owner)}`;
    return [bogus(first.owner, 'work-limit', detail)];
  }

  /** No signature covers the rcode, and one of the two is not true. */
  contradiction(own: readonly RecordSet[]): Finding {
    const { owner } = own[0] as RecordSet;
    return bogus(owner, 'denial-invalid', `the answer says that ${absoluteName(owner)} does not exist (NXDOMAIN), and has records of it`);
  }

  /** Where the name leads on; `null` where it is no alias in this answer. */
  alias(name: string, sets: readonly RecordSet[], message: DnsMessage): { target: string; finding: Finding } | null {
    const cname = findSet(sets, name, TYPE.CNAME);
    // One above the trust anchor of the name does not reach below it: what holds there is known without.
    const dname = sets.find(({ type, owner }) => type === TYPE.DNAME && isBelow(name, owner) && this.#mayHold(owner, name)) ?? null;
    if (dname !== null && (cname === null || cname.signatures.length === 0)) {
      if (cname !== null) this.#used.add(cname.records[0]);
      const base = targetOf(dname);
      const target = base === null ? null : substitute(name, dname.owner, base);
      if (target === null) return brokenAlias(dname);
      const finding = this.positive(dname, message);
      // RFC 6672 section 5.3.1: the CNAME beside it has no signature, and must be what the DNAME makes.
      if (finding.verdict === 'secure' && cname !== null && targetOf(cname) !== target) {
        const detail = `CNAME ${absoluteName(name)} is not what DNAME ${absoluteName(dname.owner)} makes of the name`;
        return { target, finding: bogus(finding.zone ?? dname.owner, 'alias-wrong', detail) };
      }
      return { target, finding };
    }
    if (cname === null) return null;
    const target = targetOf(cname);
    return target === null || cname.records.length > 1 ? brokenAlias(cname) : { target, finding: this.positive(cname, message) };
  }

  /** Records that are not there (RFC 4035 section 5.4, RFC 5155 section 8). */
  negative(name: string, type: number, message: DnsMessage): Finding {
    const sets = recordSets(message.authorities).filter(
      (set) => set.type === TYPE.SOA || set.type === TYPE.NSEC || set.type === TYPE.NSEC3,
    );
    const descent = this.#descents.to(this.#targetZone(name, type, sets));
    if (descent.kind === 'ended') return descent.finding;
    const { zone } = descent;
    const { denials, failure } = verifiedDenials(message.authorities, zone, this.evaluation);
    const { proof, what } = this.#proofOf(name, type, message.rcode, denials);
    if (proof.kind === 'not-proved') {
      const missing = proof.reason === 'denial-missing' && failure === null && !this.evaluation.sawSignatures;
      return missing ? stripped(zone.name) : (failure ?? bogus(zone.name, proof.reason, `nothing proves ${what}: ${proof.detail}`));
    }
    const soa = sets.find((set) => set.type === TYPE.SOA && set.owner === zone.name);
    const verified = soa === undefined ? null : verifySet(soa, zone, this.evaluation);
    if (verified?.kind === 'failed') return verified.finding;
    if (proof.kind === 'insecure') return insecure(zone.name, proof.reason, proof.detail);
    return secure(zone.name, `zone ${absoluteName(zone.name)} proves ${what}`);
  }

  /** No signature covers the rcode: some servers say NXDOMAIN of a name that has others below it, and prove that it is there. */
  #proofOf(name: string, type: number, rcode: string, denials: Denials): { proof: Proof; what: string } {
    const { hashes } = this.evaluation;
    const subject = `that ${absoluteName(name)}`;
    if (rcode !== 'NXDOMAIN') return { proof: proveNoData(name, type, denials, hashes), what: `${subject} has no such record` };
    const nonexistent = proveNonexistent(name, denials, hashes);
    const other: Proof = nonexistent.kind === 'not-proved' ? proveNoData(name, type, denials, hashes) : nonexistent;
    if (other === nonexistent || other.kind === 'not-proved') return { proof: nonexistent, what: `${subject} does not exist` };
    return { proof: other, what: `${subject} has no such record, though it is there (the answer says NXDOMAIN)` };
  }

  #zoneOf(set: RecordSet) {
    return this.#descents.to(this.#targetZone(set.owner, set.type, [set]));
  }

  /**
   * How far to go down: to the zone that signed one of the sets, the deepest that can hold the name; where none did, to the name itself, or
   * for DS, which its parent holds, to the name above it. Anybody can write a signer above the trust anchor, of which nothing is known.
   */
  #targetZone(name: string, type: number, sets: readonly RecordSet[]): string {
    const lowest = type === TYPE.DS && name !== '.' ? parentName(name) : name;
    const signers = sets
      .flatMap(({ signatures }) => signatures.map(({ rrsig }) => rrsig.signer))
      .filter((signer) => isWithin(lowest, signer) && this.#mayHold(signer, lowest));
    return signers.sort((one, other) => labelsOf(other).length - labelsOf(one).length)[0] ?? lowest;
  }

  /** Whether a zone above the name is at or below the trust anchor of the name. */
  #mayHold(zone: string, name: string): boolean {
    const anchor = closestAnchor(this.evaluation.known.anchors, name);
    return anchor === null || isWithin(zone, anchor.zone);
  }

  #unlessStripped(finding: Finding): Finding {
    return finding.reason === 'signature-missing' && !this.evaluation.sawSignatures ? stripped(finding.zone ?? '.') : finding;
  }
}

function targetOf(set: RecordSet): string | null {
  const data = set.records[0]?.rdata;
  return data === undefined ? null : (readWireName(data, 0)?.name ?? null);
}

function brokenAlias(set: RecordSet): { target: string; finding: Finding } {
  return {
    target: '.',
    finding: bogus(set.owner, 'alias-wrong', `${set.typeName} ${absoluteName(set.owner)} leads to no name, or to several`),
  };
}

/** RFC 6672 section 2.2; `null` where the name becomes too long. */
function substitute(name: string, owner: string, target: string): string | null {
  const labels = labelsOf(name);
  const made = nameOf([...labels.slice(0, labels.length - commonLabels(name, owner)), ...labelsOf(target)]);
  return encodeName(made).ok ? made : null;
}
