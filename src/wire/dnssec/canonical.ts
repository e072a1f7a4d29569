/** What a signature covers: the canonical form and order of RFC 4034 section 6, and the bytes of section 3.1.8.1. */
import { dnsTypeNumber } from '../dns/type.js';
import { ancestorOf, canonicalWire, labelsOf, readWireName, wildcardOf } from './name.js';
import type { Rrsig } from './records.js';

/** Parts of the data of a record: a name, so many octets, or a character string. What stands behind them stays as it is. */
type Part = 'name' | 'string' | number;

/**
 * Types whose names are signed in lower case: the list of RFC 4034 section 6.2, less NSEC and HINFO (RFC 6840 section 5.1). Names in data of
 * any other type, SVCB among them, are signed as they were sent.
 */
const LAYOUTS = new Map<number, readonly Part[]>(
  (
    [
      ['NS', ['name']],
      ['TYPE3', ['name']],
      ['TYPE4', ['name']],
      ['CNAME', ['name']],
      ['SOA', ['name', 'name']],
      ['TYPE7', ['name']],
      ['TYPE8', ['name']],
      ['TYPE9', ['name']],
      ['PTR', ['name']],
      ['TYPE14', ['name', 'name']],
      ['MX', [2, 'name']],
      ['RP', ['name', 'name']],
      ['AFSDB', [2, 'name']],
      ['TYPE21', [2, 'name']],
      ['SIG', [18, 'name']],
      ['TYPE26', [2, 'name', 'name']],
      ['TYPE30', ['name']],
      ['NAPTR', [4, 'string', 'string', 'string', 'name']],
      ['KX', [2, 'name']],
      ['SRV', [6, 'name']],
      ['DNAME', ['name']],
      ['RRSIG', [18, 'name']],
    ] as const
  ).map(([type, parts]) => [dnsTypeNumber(type) as number, parts]),
);

/** The data of a record with the names in lower case that are signed so. Data that is broken stays as it is: no signature fits it. */
export function canonicalData(type: number, rdata: Uint8Array): Uint8Array {
  const layout = LAYOUTS.get(type);
  if (layout === undefined) return rdata;
  const data = rdata.slice();
  let offset = 0;
  for (const part of layout) {
    if (part === 'name') {
      const name = readWireName(rdata, offset);
      if (name === null) return rdata;
      data.set(canonicalWire(name.name), offset);
      offset = name.end;
    } else {
      offset += part === 'string' ? 1 + (rdata[offset] ?? 0) : part;
    }
  }
  return data;
}

export interface SignedSet {
  /** Owner, see `dnssec-name.ts`. */
  owner: string;
  type: number;
  class: number;
  data: readonly Uint8Array[];
}

/** Labels of an owner as an RRSIG counts them: without a leading `*`. */
export function signedLabelCount(owner: string): number {
  const labels = labelsOf(owner);
  return labels[0] === '*' ? labels.length - 1 : labels.length;
}

/** The wildcard from which a set was made, by the labels of its signature; `null` where it was made from none. */
export function wildcardSource(owner: string, labels: number): string | null {
  return labels < signedLabelCount(owner) ? wildcardOf(ancestorOf(owner, labels)) : null;
}

/** The bytes that a signature is over. Each record once, in rising order of its data. */
export function signedBytes(signature: Rrsig, set: SignedSet): Uint8Array {
  const owner = canonicalWire(wildcardSource(set.owner, signature.labels) ?? set.owner);
  const data = set.data.map((rdata) => canonicalData(set.type, rdata)).sort((one, other) => Buffer.compare(one, other));
  const parts: Uint8Array[] = [signature.head];
  data.forEach((rdata, index) => {
    const before = data[index - 1];
    if (before !== undefined && Buffer.compare(before, rdata) === 0) return;
    const fixed = new Uint8Array(10);
    const view = new DataView(fixed.buffer);
    view.setUint16(0, set.type);
    view.setUint16(2, set.class);
    view.setUint32(4, signature.originalTtl);
    view.setUint16(8, rdata.length);
    parts.push(owner, fixed, rdata);
  });
  return Uint8Array.from(Buffer.concat(parts));
}
