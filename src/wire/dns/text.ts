/** How octets of records are written in presentation format. */

/** A character string between quotes: quote and backslash escaped, what is not printable ASCII as `\DDD` (RFC 1035 section 5.1). */
export function quoted(bytes: Uint8Array): string {
  return `"${escaped(bytes)}"`;
}

/** The same without the quotes. */
export function escaped(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) {
    if (octet < 0x20 || octet >= 0x7f) text += `\\${String(octet).padStart(3, '0')}`;
    else text += octet === 0x22 || octet === 0x5c ? `\\${String.fromCharCode(octet)}` : String.fromCharCode(octet);
  }
  return text;
}

export function hexadecimal(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/**
 * Numbers of the types in a bitmap (RFC 4034 section 4.1.2), ascending; `null` where it is none: windows out of order, or of a length that
 * is not 1 to 32 octets. An empty one has no types (RFC 5155 section 3.2.1).
 */
export function typesInBitmap(bitmap: Uint8Array): number[] | null {
  const types: number[] = [];
  let last = -1;
  for (let offset = 0; offset < bitmap.length; ) {
    const [window, length] = [bitmap[offset], bitmap[offset + 1]];
    if (window === undefined || length === undefined || window <= last || length < 1 || length > 32) return null;
    if (offset + 2 + length > bitmap.length) return null;
    for (let bit = 0; bit < length * 8; bit++) {
      if (((bitmap[offset + 2 + (bit >> 3)] as number) & (0x80 >> (bit & 7))) !== 0) types.push((window << 8) | bit);
    }
    last = window;
    offset += 2 + length;
  }
  return types;
}
