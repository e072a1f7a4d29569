/** Denial by NSEC3 records (RFC 5155 section 8, RFC 9276). */
import { nsec3Hash } from './crypto.js';
import { ancestorOf, labelsOf, parentName, wildcardOf } from './name.js';
import { type Cut, type NotProved, notProved, PROVED, type Proof } from './proof.js';
import { type Nsec3, TYPE } from './records.js';

export interface Nsec3Record extends Nsec3 {
  /** From the first label of its owner. */
  hash: Uint8Array;
}

/**
 * More are not computed, and the answer counts as insecure (RFC 9276 section 3.2): the limit of unbound for keys of any size
 * (`val-nsec3-keysize-iterations`), and of BIND since 9.16.16.
 */
export const MAXIMUM_NSEC3_ITERATIONS = 150;
const SHA1 = 1;
const KNOWN_FLAGS = 0x01;

/** Hashes wanted so far, and how many may be: an answer can ask for many with few bytes (CVE-2023-50868). */
export interface HashBudget {
  hashesLeft: number;
  wanted: Set<string>;
  /** Those that were made, for this budget or another one. */
  known: Map<string, string>;
}

/** @param known hashes made before: they count as others do, and are not made again */
export function newHashBudget(hashes: number, known = new Map<string, string>()): HashBudget {
  return { hashesLeft: hashes, wanted: new Set(), known };
}

const tooMany = (iterations: number) =>
  ({
    kind: 'insecure',
    reason: 'nsec3-iterations',
    detail: `its NSEC3 records ask for ${iterations} iterations, more than the ${MAXIMUM_NSEC3_ITERATIONS} that validators make`,
  }) as const;
const optedOut = (name: string) =>
  ({
    kind: 'insecure',
    reason: 'opt-out',
    detail: `${name} falls into a span of NSEC3 records that leaves unsigned delegations out`,
  }) as const;

/** The records of one chain: all with the parameters of the first that can be used. Hashes in hexadecimal, which sort as their bytes do. */
class Chain {
  readonly #records: readonly { hash: string; next: string; record: Nsec3Record }[];
  readonly #salt: Uint8Array;
  readonly #iterations: number;
  readonly #budget: HashBudget;

  constructor(records: readonly Nsec3Record[], first: Nsec3Record, budget: HashBudget) {
    this.#salt = first.salt;
    this.#iterations = first.iterations;
    this.#budget = budget;
    this.#records = records
      .filter((record) => record.iterations === first.iterations && Buffer.compare(record.salt, first.salt) === 0)
      .map((record) => ({ hash: hexOf(record.hash), next: hexOf(record.nextHash), record }));
  }

  /** `null` where no more may be computed. */
  #hash(name: string): string | null {
    const key = `${name} ${this.#iterations} ${hexOf(this.#salt)}`;
    const { wanted, known } = this.#budget;
    if (!wanted.has(key)) {
      if (this.#budget.hashesLeft <= 0) return null;
      this.#budget.hashesLeft--;
      wanted.add(key);
    }
    const hash = known.get(key) ?? hexOf(nsec3Hash(name, this.#salt, this.#iterations));
    known.set(key, hash);
    return hash;
  }

  match(name: string): Nsec3Record | null {
    const hash = this.#hash(name);
    return this.#records.find((entry) => entry.hash === hash)?.record ?? null;
  }

  cover(name: string): Nsec3Record | null {
    const hash = this.#hash(name);
    if (hash === null) return null;
    const found = this.#records.find(({ hash: owner, next }) => {
      if (owner === next) return hash !== owner;
      return owner < next ? owner < hash && hash < next : hash > owner || hash < next;
    });
    return found?.record ?? null;
  }
}

/** The chain to look at, or why there is none. */
function openChain(records: readonly Nsec3Record[], budget: HashBudget): Chain | NotProved | ReturnType<typeof tooMany> {
  // RFC 5155 sections 8.1 and 8.2: unknown hashes and flags are passed over.
  const usable = records.filter(({ hashAlgorithm, flags }) => hashAlgorithm === SHA1 && (flags & ~KNOWN_FLAGS) === 0);
  const [first] = usable;
  if (first === undefined) return notProved('its NSEC3 records use a hash or flags that are not known');
  return first.iterations > MAXIMUM_NSEC3_ITERATIONS ? tooMany(first.iterations) : new Chain(usable, first, budget);
}

interface Encloser {
  name: string;
  /** The name one label longer, towards the one that was asked for. */
  nextCloser: string;
  covering: Nsec3Record;
}

/** The closest encloser proof of RFC 5155 section 8.3. */
function findEncloser(name: string, zone: string, chain: Chain): Encloser | NotProved {
  let nextCloser = name;
  for (let count = labelsOf(name).length - 1; count >= labelsOf(zone).length; count--) {
    const candidate = ancestorOf(name, count);
    const match = chain.match(candidate);
    if (match !== null) {
      if (match.types.has(TYPE.DNAME) || (match.types.has(TYPE.NS) && !match.types.has(TYPE.SOA)))
        return notProved(`the NSEC3 record of ${candidate} is of a delegation or DNAME, and denies nothing below it`);
      const covering = chain.cover(nextCloser);
      return covering === null ? notProved(`no NSEC3 record covers ${nextCloser}`) : { name: candidate, nextCloser, covering };
    }
    nextCloser = candidate;
  }
  return notProved(`no NSEC3 record is of ${name} or of a name above it`);
}

export function proveNonexistent(name: string, zone: string, records: readonly Nsec3Record[], budget: HashBudget): Proof {
  const chain = openChain(records, budget);
  if (!(chain instanceof Chain)) return chain;
  if (chain.match(name) !== null) return notProved(`there is an NSEC3 record of ${name}`);
  const encloser = findEncloser(name, zone, chain);
  if ('kind' in encloser) return encloser;
  const wildcard = wildcardOf(encloser.name);
  if (chain.cover(wildcard) === null) return notProved(`no NSEC3 record says that there is no ${wildcard}`);
  return encloser.covering.optOut ? optedOut(encloser.nextCloser) : PROVED;
}

/** Why the record does not deny the type at its name; `null`: it does. ANY, which stands in no list, is every type that can be asked for. */
function objection(record: Nsec3Record, name: string, type: number): string | null {
  if (record.types.has(type)) return 'it lists that type';
  if (type === TYPE.ANY && [...record.types].some((other) => other !== TYPE.RRSIG)) return 'it lists others';
  if (record.types.has(TYPE.CNAME)) return 'it lists an alias';
  if (type === TYPE.DS) return record.types.has(TYPE.SOA) && name !== '.' ? 'it is of the zone below the cut' : null;
  return record.types.has(TYPE.NS) && !record.types.has(TYPE.SOA) ? 'it is of the zone above the cut' : null;
}

export function proveNoData(name: string, type: number, zone: string, records: readonly Nsec3Record[], budget: HashBudget): Proof {
  const chain = openChain(records, budget);
  if (!(chain instanceof Chain)) return chain;
  const own = chain.match(name);
  if (own !== null) {
    const problem = objection(own, name, type);
    return problem === null ? PROVED : notProved(`the NSEC3 record of ${name} does not deny the type: ${problem}`);
  }
  const encloser = findEncloser(name, zone, chain);
  if ('kind' in encloser) return encloser;
  const wildcardName = wildcardOf(encloser.name);
  const wildcard = chain.match(wildcardName);
  if (wildcard !== null) {
    const problem = objection(wildcard, wildcardName, type);
    if (problem !== null) return notProved(`the NSEC3 record of ${wildcardName} does not deny the type: ${problem}`);
    return encloser.covering.optOut ? optedOut(encloser.nextCloser) : PROVED;
  }
  if (encloser.covering.optOut) return optedOut(encloser.nextCloser);
  return notProved(`no NSEC3 record is of ${name} or of ${wildcardName}`);
}

export function proveNothingCloser(name: string, encloser: string, records: readonly Nsec3Record[], budget: HashBudget): Proof {
  const chain = openChain(records, budget);
  if (!(chain instanceof Chain)) return chain;
  const nextCloser = ancestorOf(name, labelsOf(encloser).length + 1);
  const covering = chain.cover(nextCloser);
  if (covering === null) return notProved(`no NSEC3 record says that there is no ${nextCloser}`);
  return covering.optOut ? optedOut(nextCloser) : PROVED;
}

export function cutAt(name: string, zone: string, records: readonly Nsec3Record[], budget: HashBudget): Cut {
  const chain = openChain(records, budget);
  if (!(chain instanceof Chain)) return chain.kind === 'insecure' ? { ...chain, kind: 'unsigned' } : chain;
  const own = chain.match(name);
  if (own !== null) {
    if (own.types.has(TYPE.DS)) return notProved(`the NSEC3 record of ${name} lists DS`);
    if (own.types.has(TYPE.SOA)) return notProved(`the NSEC3 record of ${name} is of the zone below the cut`);
    if (!own.types.has(TYPE.NS)) return { kind: 'none' };
    return { kind: 'unsigned', reason: 'no-ds', detail: `the NSEC3 record of ${name} says that it is delegated without DS` };
  }
  const encloser = findEncloser(name, zone, chain);
  if ('kind' in encloser) return encloser;
  if (encloser.covering.optOut) {
    return {
      kind: 'unsigned',
      reason: 'opt-out',
      detail: `${encloser.nextCloser} below ${parentName(encloser.nextCloser)} falls into a span of NSEC3 records that leaves unsigned delegations out`,
    };
  }
  return { kind: 'nonexistent' };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
