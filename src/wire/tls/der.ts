/** Reading of DER (X.690) in definite lengths. Nothing throws, nothing is copied, and nothing outside the given range is read. */

export interface DerElement {
  tag: number;
  /** Of the tag. */
  start: number;
  contentStart: number;
  end: number;
}

export const DER = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OBJECT_IDENTIFIER: 0x06,
  ENUMERATED: 0x0a,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** Far more than any part of a certificate or of an OCSP answer has. */
const MOST_CHILDREN = 512;

/** The element that starts at `at` and lies whole before `limit`, or `null`. */
export function derAt(der: Uint8Array, at: number, limit: number = der.length): DerElement | null {
  const tag = der[at];
  const first = der[at + 1];
  if (at + 2 > limit || tag === undefined || first === undefined) return null;
  let contentStart = at + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 3 || contentStart + octets > limit) return null;
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + (der[contentStart + index] ?? 0);
    contentStart += octets;
  }
  const end = contentStart + length;
  return end > limit ? null : { tag, start: at, contentStart, end };
}

/** The same where it has this tag. */
export function derOf(der: Uint8Array, at: number, limit: number, tag: number): DerElement | null {
  const element = derAt(der, at, limit);
  return element?.tag === tag ? element : null;
}

/** All elements inside of one; `null` where they do not fill it exactly, or are too many. */
export function derChildren(der: Uint8Array, parent: Pick<DerElement, 'contentStart' | 'end'>): DerElement[] | null {
  const children: DerElement[] = [];
  let at = parent.contentStart;
  while (at < parent.end) {
    const child = derAt(der, at, parent.end);
    if (child === null || children.length >= MOST_CHILDREN) return null;
    children.push(child);
    at = child.end;
  }
  return children;
}

export function derContent(der: Uint8Array, element: DerElement): Uint8Array {
  return der.subarray(element.contentStart, element.end);
}

/** With tag and length. */
export function derWhole(der: Uint8Array, element: DerElement): Uint8Array {
  return der.subarray(element.start, element.end);
}

/** X.690 section 8.19, in dotted decimals. Identifiers in use have far fewer than 32 octets. */
export function objectIdentifier(content: Uint8Array): string | null {
  if (content.length === 0 || content.length > 32) return null;
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 256) return null;
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(arc / 40));
      arcs.push(root, arc - 40 * root);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  const last = content[content.length - 1] ?? 0x80;
  return last >= 0x80 ? null : arcs.join('.');
}

/** A number that is not negative and fits; larger ones are `null`. */
export function smallInteger(content: Uint8Array): number | null {
  if (content.length === 0 || content.length > 5 || (content[0] ?? 0) >= 0x80) return null;
  return content.reduce((value, octet) => value * 256 + octet, 0);
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** GeneralizedTime as RFC 5280 and RFC 6960 have it, `20261122040834Z`, as ISO 8601; `null` for anything else. */
export function generalizedTime(content: Uint8Array): string | null {
  if (content.length > 32) return null;
  const text = String.fromCharCode(...content);
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
