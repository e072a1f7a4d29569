import type { DnsResourceRecord } from '../../wire/dns/dns.js';
import { parseRrsig, type Rrsig, TYPE } from '../../wire/dnssec/records.js';

const CLASS_IN = 1;

/** Records of one owner and type, with the signatures that cover them. */
export interface RecordSet {
  owner: string;
  type: number;
  typeName: string;
  records: readonly DnsResourceRecord[];
  signatures: readonly { record: DnsResourceRecord; rrsig: Rrsig }[];
}

/** Every look at what is known begins anew, and somebody may have filled each reply to its 64 KB. */
const MADE = new WeakMap<readonly DnsResourceRecord[], readonly RecordSet[]>();

/** The sets of a section, in their order. A signature without records is none. A section does not change: its sets are made once. */
export function recordSets(section: readonly DnsResourceRecord[]): readonly RecordSet[] {
  const known = MADE.get(section);
  if (known !== undefined) return known;
  const made = makeSets(section);
  MADE.set(section, made);
  return made;
}

function makeSets(section: readonly DnsResourceRecord[]): RecordSet[] {
  const sets = new Map<
    string,
    { owner: string; records: DnsResourceRecord[]; signatures: { record: DnsResourceRecord; rrsig: Rrsig }[] }
  >();
  const setOf = (owner: string, type: number) => {
    const key = `${owner} ${type}`;
    const set = sets.get(key) ?? { owner, records: [], signatures: [] };
    sets.set(key, set);
    return set;
  };
  for (const record of section) {
    if (record.class !== CLASS_IN) continue;
    // Owners are in presentation format as the parser writes it: but for the case that is the key.
    const owner = record.name.toLowerCase();
    if (record.typeNumber !== TYPE.RRSIG) {
      setOf(owner, record.typeNumber).records.push(record);
      continue;
    }
    const rrsig = parseRrsig(record.rdata);
    if (rrsig.ok) setOf(owner, rrsig.value.typeCovered).signatures.push({ record, rrsig: rrsig.value });
  }
  return [...sets.values()].flatMap(({ owner, records, signatures }) => {
    const [first] = records;
    return first === undefined ? [] : [{ owner, type: first.typeNumber, typeName: first.type, records, signatures }];
  });
}

export function findSet(sets: readonly RecordSet[], owner: string, type: number): RecordSet | null {
  return sets.find((set) => set.owner === owner && set.type === type) ?? null;
}
