import type { Pseudonyms } from './pseudonyms.js';

/** Of no device: nobody, everybody, and what several routers share (VRRP of RFC 9568, HSRP and GLBP of Cisco). */
const STAYS = /^(?:0{12}|f{12}|00005e000[12]..|00000c07ac..|00000c9ff...|0007b400....)$/;

/**
 * A MAC address that no maker gives out. Whether it is of one station or a group, and assigned or made up, is kept; all else is hidden. Assigned ones
 * go to the upper half of 00-00-5E, IANA's own block, of which no device is made (RFC 9542 section 2.1); the others are local anyway.
 *
 * @param text six pairs of hexadecimal digits, with or without something between them, which is kept
 */
export function linkAddressPseudonym(text: string, pseudonyms: Pseudonyms): string {
  const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  if (STAYS.test(digits)) return text;
  pseudonyms.count('MAC address', digits);
  const first = Number.parseInt(digits.slice(0, 2), 16);
  const [group, local] = [(first & 1) === 1, (first & 2) === 2];
  const made = pseudonyms.unique('MAC address', digits, (digest) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = digest;
    // 01-00-5E-00-00-00 and up are groups of IPv4; nothing is given out from C0 on.
    const bytes = local ? [group ? 3 : 2, a, b, c, d, e] : [group ? 1 : 0, 0, 0x5e, (group ? 0xc0 : 0x80) | (a & 0x3f), b, c];
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  let next = 0;
  return text.replace(/[0-9a-f]/gi, () => made[next++] ?? '');
}
