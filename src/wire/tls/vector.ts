/** A number in network order. */
export function bytesOf(value: number, length: 1 | 2 | 3): number[] {
  return Array.from({ length }, (_, index) => (value >> (8 * (length - 1 - index))) & 0xff);
}

/** A vector whose length stands in front of it in one byte (RFC 8446 section 3.4). */
export function vector8(bytes: ArrayLike<number>): number[] {
  return [...bytesOf(bytes.length, 1), ...Array.from(bytes)];
}

/** A vector whose length stands in front of it in two bytes. */
export function vector16(bytes: ArrayLike<number>): number[] {
  return [...bytesOf(bytes.length, 2), ...Array.from(bytes)];
}
