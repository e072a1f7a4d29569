/**
 * The Internet checksum (RFC 1071): the one's complement of the one's complement sum of 16-bit words; an odd last byte is padded with 0.
 * Over a message that contains its own correct checksum the result is 0.
 */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index + 1 < bytes.length; index += 2) sum += ((bytes[index] as number) << 8) | (bytes[index + 1] as number);
  if (bytes.length % 2 === 1) sum += (bytes[bytes.length - 1] as number) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
