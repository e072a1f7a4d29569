import { type Parsed, parsed, refused } from '../parsed.js';

/** RFC 1035 section 2.3.4: octets of a name in its wire form, the root's length octet included, and of one label. */
export const MAXIMUM_NAME_BYTES = 255;
const MAXIMUM_LABEL_BYTES = 63;

/** Characters that mean something in a zone file, which dig writes with a backslash in front (RFC 1035 section 5.1). */
const ESCAPED = new Set([...'".;\\()@$'].map((character) => character.charCodeAt(0)));

/**
 * One label in presentation format: what is not printable ASCII as `\DDD`, what zone files give a meaning with a backslash. So a name that
 * came from the network carries no control character.
 */
export function presentLabel(label: Uint8Array): string {
  let text = '';
  for (const octet of label) {
    if (octet <= 0x20 || octet >= 0x7f) text += `\\${String(octet).padStart(3, '0')}`;
    else text += ESCAPED.has(octet) ? `\\${String.fromCharCode(octet)}` : String.fromCharCode(octet);
  }
  return text;
}

/** A name from its labels, without the final dot; the root is `.`. */
export function presentName(labels: readonly Uint8Array[]): string {
  return labels.length === 0 ? '.' : labels.map(presentLabel).join('.');
}

/** The wire form of a name, without compression. */
export function wireName(labels: readonly Uint8Array[]): Uint8Array {
  const wire = new Uint8Array(labels.reduce((length, label) => length + label.length + 1, 1));
  let offset = 0;
  for (const label of labels) {
    wire[offset] = label.length;
    wire.set(label, offset + 1);
    offset += label.length + 1;
  }
  return wire;
}

/** A name as dig prints it in the data of a record: with the final dot. */
export function absoluteName(name: string): string {
  return name === '.' ? name : `${name}.`;
}

/**
 * Encodes a name in presentation format (`example.net`, `example.net.`, `.`, `a\.b.example`, `\007.example`) into its wire form, without
 * compression. Refuses empty and overlong labels, overlong names, and characters outside printable ASCII that are not escaped.
 */
export function encodeName(text: string): Parsed<Uint8Array> {
  if (text === '.') return parsed(new Uint8Array(1));
  if (text === '') return refused('the name is empty');
  if (text.length > MAXIMUM_NAME_BYTES * 4) return refused('the name is longer than 255 octets');

  const wire: number[] = [];
  let label: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const octet = text.charCodeAt(index);
    if (octet === 0x2e) {
      if (label.length === 0) return refused('the name has an empty label');
      wire.push(label.length, ...label);
      label = [];
      continue;
    }
    if (octet === 0x5c) {
      const escaped = /^(?:\d{3}|[^\d])/.exec(text.slice(index + 1, index + 4))?.[0];
      const value = escaped === undefined ? 256 : escaped.length === 3 ? Number(escaped) : escaped.charCodeAt(0);
      if (value > 255 || escaped === undefined) return refused('the name has a backslash without a character or three digits behind it');
      label.push(value);
      index += escaped.length;
    } else if (octet <= 0x20 || octet >= 0x7f) {
      return refused('the name has a character that is not printable ASCII');
    } else {
      label.push(octet);
    }
    if (label.length > MAXIMUM_LABEL_BYTES) return refused('a label of the name is longer than 63 octets');
  }
  if (label.length > 0) wire.push(label.length, ...label);
  wire.push(0);
  return wire.length > MAXIMUM_NAME_BYTES ? refused('the name is longer than 255 octets') : parsed(Uint8Array.from(wire));
}

/** Whether two names in presentation format are the same: without regard to ASCII case (RFC 4343) and to the final dot. */
export function sameName(one: string, other: string): boolean {
  const [first, second] = [encodeName(one), encodeName(other)];
  if (!first.ok || !second.ok || first.value.length !== second.value.length) return false;
  return first.value.every((octet, index) => lowerCase(octet) === lowerCase(second.value[index] as number));
}

/** Length octets are at most 63, below `A`, so that they stay as they are. */
function lowerCase(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}

/**
 * A name in the one form that serves as a key: escapes as {@link presentName} writes them, lower case, no final dot. Of a name that cannot be
 * encoded it is the name itself.
 */
export function nameKey(text: string): string {
  const wire = encodeName(text);
  if (!wire.ok) return text;
  const labels: Uint8Array[] = [];
  for (let offset = 0; offset < wire.value.length - 1; ) {
    const length = wire.value[offset] as number;
    labels.push(wire.value.subarray(offset + 1, offset + 1 + length));
    offset += length + 1;
  }
  return presentName(labels).toLowerCase();
}
