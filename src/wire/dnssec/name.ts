/**
 * Names as DNSSEC needs them: in lower case, and in the canonical order of RFC 4034 section 6.1. A name is here what `nameKey` makes of it:
 * presentation format, lower case, no final dot, the root is `.`; so two names are the same where the texts are.
 */
import { encodeName, presentName } from '../dns/name.js';

export { isBelow, isWithin } from '../dns/tree.js';

const LABEL = /(?:[^.\\]|\\\d{3}|\\\D)+/g;

/** Labels in presentation format, the leftmost first; the root has none. */
export function labelsOf(name: string): string[] {
  return name === '.' ? [] : (name.match(LABEL) ?? []);
}

export function nameOf(labels: readonly string[]): string {
  return labels.length === 0 ? '.' : labels.join('.');
}

/** The name without its leftmost label; that of the root is the root. */
export function parentName(name: string): string {
  return nameOf(labelsOf(name).slice(1));
}

/** Its last `count` labels. */
export function ancestorOf(name: string, count: number): string {
  const labels = labelsOf(name);
  return nameOf(labels.slice(Math.max(0, labels.length - count)));
}

/** How many labels two names have in common, from the right. */
export function commonLabels(one: string, other: string): number {
  const [first, second] = [labelsOf(one).reverse(), labelsOf(other).reverse()];
  let count = 0;
  while (count < first.length && first[count] === second[count]) count++;
  return count;
}

export function wildcardOf(name: string): string {
  return name === '.' ? '*' : `*.${name}`;
}

/** The wire form without compression. */
export function canonicalWire(name: string): Uint8Array {
  const wire = encodeName(name);
  return wire.ok ? wire.value : new Uint8Array(1);
}

function wireLabels(name: string): Uint8Array[] {
  const wire = canonicalWire(name);
  const labels: Uint8Array[] = [];
  for (let offset = 0; offset < wire.length - 1; ) {
    const length = wire[offset] ?? 0;
    labels.push(wire.subarray(offset + 1, offset + 1 + length));
    offset += length + 1;
  }
  return labels;
}

/** RFC 4034 section 6.1: by labels from the right, each as unsigned octets; a name stands before all names below it. */
export function compareNames(one: string, other: string): number {
  const [first, second] = [wireLabels(one).reverse(), wireLabels(other).reverse()];
  for (let index = 0; ; index++) {
    const [left, right] = [first[index], second[index]];
    if (left === undefined || right === undefined) return first.length - second.length;
    const order = Buffer.compare(left, right);
    if (order !== 0) return order;
  }
}

/** A name in wire form, which begins at `offset` and may not be compressed; `null` where it is none. */
export function readWireName(bytes: Uint8Array, offset: number): { name: string; end: number } | null {
  const labels: Uint8Array[] = [];
  let position = offset;
  for (;;) {
    const length = bytes[position];
    if (length === undefined || length > 63 || position + 1 + length > bytes.length) return null;
    if (position + 1 - offset > 255) return null;
    if (length === 0) return { name: presentName(labels).toLowerCase(), end: position + 1 };
    labels.push(bytes.subarray(position + 1, position + 1 + length));
    position += length + 1;
  }
}
