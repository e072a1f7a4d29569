import { type Parsed, parsed, refused } from '../parsed.js';
import { internetChecksum } from './checksum.js';

/** One entry of an MPLS label stack, outermost first (RFC 3032). */
export interface MplsLabel {
  label: number;
  trafficClass: number;
  bottomOfStack: boolean;
  ttl: number;
}

/** Objects of an ICMP extension structure that netdiag reads; others are passed over. */
export interface IcmpExtensions {
  mpls: MplsLabel[];
}

const EXTENSION_HEADER_BYTES = 4;
const OBJECT_HEADER_BYTES = 4;
const LABEL_BYTES = 4;

/** RFC 4950: class 1, type 1 is the incoming label stack. */
const MPLS_CLASS = 1;
const MPLS_INCOMING_STACK = 1;

/** No label stack of the world is as deep: what claims to be is not read. */
const MAXIMUM_LABELS = 16;

/**
 * Reads an ICMP extension structure (RFC 4884 section 7) that starts at the first byte. A checksum of 0 is "not computed". Refuses another
 * version, a wrong checksum and an object that does not fit.
 */
export function parseIcmpExtensions(bytes: Uint8Array): Parsed<IcmpExtensions> {
  if (bytes.length < EXTENSION_HEADER_BYTES) return refused(`${bytes.length} bytes are too short for ICMP extensions`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(0) >> 4;
  if (version !== 2) return refused(`ICMP extensions of version ${version}`);
  if (view.getUint16(2) !== 0 && internetChecksum(bytes) !== 0) return refused('ICMP extensions with a wrong checksum');
  const found: IcmpExtensions = { mpls: [] };
  let offset = EXTENSION_HEADER_BYTES;
  while (offset + OBJECT_HEADER_BYTES <= bytes.length) {
    const length = view.getUint16(offset);
    if (length < OBJECT_HEADER_BYTES || offset + length > bytes.length) return refused(`an ICMP extension object of ${length} bytes`);
    if (view.getUint8(offset + 2) === MPLS_CLASS && view.getUint8(offset + 3) === MPLS_INCOMING_STACK) {
      for (
        let at = offset + OBJECT_HEADER_BYTES;
        at + LABEL_BYTES <= offset + length && found.mpls.length < MAXIMUM_LABELS;
        at += LABEL_BYTES
      ) {
        const entry = view.getUint32(at);
        found.mpls.push({
          label: entry >>> 12,
          trafficClass: (entry >>> 9) & 0x7,
          bottomOfStack: ((entry >>> 8) & 1) === 1,
          ttl: entry & 0xff,
        });
      }
    }
    offset += length;
  }
  return parsed(found);
}

/** RFC 4884 section 5.5: where a router names no place, its extensions follow 128 bytes of the packet that it quotes. */
const QUOTED_BYTES_WITHOUT_LENGTH = 128;

/**
 * The label stack told by an ICMP error, from the bytes that the kernel returns with it: the quoted packet from `skippedBytes` on (the
 * headers that the kernel strips), then the extensions. `place` is what the kernel read in the message; without it they are looked for where
 * routers put them before RFC 4884, and believed only with a checksum, since the quoted packet may reach that far.
 */
export function quotedLabels(
  bytes: Uint8Array,
  skippedBytes: number,
  place: { offset: number; valid: boolean } | null,
): readonly MplsLabel[] {
  if (place !== null) {
    const found = place.valid ? parseIcmpExtensions(bytes.subarray(place.offset)) : null;
    return found?.ok ? found.value.mpls : [];
  }
  const extensions = bytes.subarray(QUOTED_BYTES_WITHOUT_LENGTH - skippedBytes);
  const summed = extensions.length > EXTENSION_HEADER_BYTES && (extensions[2] !== 0 || extensions[3] !== 0);
  const found = summed ? parseIcmpExtensions(extensions) : null;
  return found?.ok ? found.value.mpls : [];
}
