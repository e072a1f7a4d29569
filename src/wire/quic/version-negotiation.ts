import { type Parsed, parsed, refused } from '../parsed.js';

/**
 * The part of QUIC that no version changes (RFC 8999), as far as one question needs it: a packet of a version that nobody speaks, and the
 * Version Negotiation packet with which a server answers it (RFC 9000 section 6). Nothing in either is encrypted. Nothing here throws or reads
 * outside its input.
 */

/** Reserved to have servers negotiate (RFC 9000 section 15: `0x?a?a?a?a`). */
export const RESERVED_VERSION = 0x1a2a3a4a;
/** Servers do not answer what is smaller (RFC 9000 section 14.1). */
export const QUIC_DATAGRAM_BYTES = 1200;
/** The identifier of the server is to have 8 bytes or more in a first packet (RFC 9000 section 7.2). */
export const CONNECTION_ID_BYTES = 8;

const LONG_HEADER = 0x80;
/** Set in every packet of version 1: some servers drop what is without it. */
const FIXED_BIT = 0x40;
/** First byte and version. */
const IDS_AT = 5;
/** RFC 8999 lets an identifier have 255 bytes; ours have 8, and are echoed. */
const VERSION_BYTES = 4;
/** Bound against junk: servers list fewer than ten. */
const MOST_VERSIONS = 64;

export interface ConnectionIds {
  /** Each {@link CONNECTION_ID_BYTES} long. */
  destination: Uint8Array;
  source: Uint8Array;
}

/**
 * A packet with a long header of the reserved version, {@link QUIC_DATAGRAM_BYTES} long, as every first packet has to be. What follows the
 * identifiers is zero: no server reads what it has no version for.
 */
export function encodeReservedVersionPacket({ destination, source }: ConnectionIds): Uint8Array {
  const bytes = new Uint8Array(QUIC_DATAGRAM_BYTES);
  bytes[0] = LONG_HEADER | FIXED_BIT;
  new DataView(bytes.buffer).setUint32(1, RESERVED_VERSION);
  let at = IDS_AT;
  for (const id of [destination, source]) {
    const part = id.subarray(0, CONNECTION_ID_BYTES);
    bytes[at] = part.length;
    bytes.set(part, at + 1);
    at += 1 + part.length;
  }
  return bytes;
}

/**
 * The versions of a Version Negotiation packet that answers the packet with these identifiers, in the order of the server, at most 64. Refused
 * is what is no such packet, or echoes other identifiers (RFC 8999 section 6): it can come from anybody.
 */
export function parseVersionNegotiation(bytes: Uint8Array, { destination, source }: ConnectionIds): Parsed<number[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < IDS_AT + 2) return refused(`${bytes.length} bytes are no QUIC packet`);
  if (((bytes[0] ?? 0) & LONG_HEADER) === 0) return refused('no long header');
  if (view.getUint32(1) !== 0) return refused('no Version Negotiation packet');
  let at = IDS_AT;
  // The server answers with our identifiers the other way round.
  for (const expected of [source, destination]) {
    const length = bytes[at] ?? 0;
    const id = bytes.subarray(at + 1, at + 1 + length);
    if (id.length !== length || !sameBytes(id, expected)) return refused('it does not echo our connection identifiers');
    at += 1 + length;
  }
  const listBytes = bytes.length - at;
  if (listBytes < VERSION_BYTES || listBytes % VERSION_BYTES !== 0) return refused(`${listBytes} bytes are no list of versions`);
  const versions: number[] = [];
  for (; at < bytes.length && versions.length < MOST_VERSIONS; at += VERSION_BYTES) versions.push(view.getUint32(at));
  return parsed(versions);
}

/** `v1`, `v2` (RFC 9369), `draft-29`, or the number in hexadecimal digits. */
export function quicVersionName(version: number): string {
  if (version === 1) return 'v1';
  if (version === 0x6b3343cf) return 'v2';
  if (version >>> 8 === 0xff0000) return `draft-${version & 0xff}`;
  return `0x${(version >>> 0).toString(16).padStart(8, '0')}`;
}

/** Whether a server lists it only to keep clients used to versions that they do not know (RFC 9000 section 15). */
export function isReservedVersion(version: number): boolean {
  return (version & 0x0f0f0f0f) >>> 0 === 0x0a0a0a0a;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
