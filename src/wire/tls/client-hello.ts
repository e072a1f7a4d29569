import { bytesOf, vector8, vector16 } from './vector.js';

/** What a ClientHello offers. Numbers are the registered ones (IANA, "TLS Parameters"), in the order of preference. */
export interface ClientHello {
  /** 32 bytes. */
  random: Uint8Array;
  /** At most 32 bytes. A TLS 1.3 client sends 32 random ones, as middleboxes know it from TLS 1.2 (RFC 8446 appendix D.4). */
  sessionId: Uint8Array;
  /** `legacy_version` of the message: 0x0303 from TLS 1.2 on. */
  legacyVersion: number;
  ciphers: readonly number[];
  /** `null`: the block is left out, as in SSL 3.0. */
  extensions: readonly TlsExtension[] | null;
  /** Methods of compression: 0 is none, 1 DEFLATE (RFC 3749). Absent: none, as every version allows and TLS 1.3 demands. */
  compression?: readonly number[];
  /** Version of the record. Absent: that of TLS 1.0, see {@link FIRST_RECORD_VERSION}. */
  recordVersion?: number;
}

export interface TlsExtension {
  type: number;
  data: Uint8Array;
}

const RECORD_HANDSHAKE = 22;
const HANDSHAKE_CLIENT_HELLO = 1;
const RECORD_HEADER_BYTES = 5;
/** `legacy_record_version` of a first ClientHello: some servers refuse any other (RFC 8446 section 5.1). */
const FIRST_RECORD_VERSION = 0x0301;
/** RFC 8446 section 5.1: no record carries more. */
const MAXIMUM_RECORD_BYTES = 16_384;

const SERVER_NAME = 0;
const SUPPORTED_GROUPS = 10;
const POINT_FORMATS = 11;
const SIGNATURE_ALGORITHMS = 13;
const APPLICATION_PROTOCOLS = 16;
const PADDING = 21;
const SUPPORTED_VERSIONS = 43;
const KEY_SHARE = 51;

/** Type and length in front of an extension's data. */
const EXTENSION_HEADER_BYTES = 4;

/** A whole ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2) in its record, or in several where one is too small. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  const message = encodeMessage(hello);
  const records: number[] = [];
  for (let offset = 0; offset < message.length; offset += MAXIMUM_RECORD_BYTES) {
    const fragment = message.slice(offset, offset + MAXIMUM_RECORD_BYTES);
    records.push(RECORD_HANDSHAKE, ...bytesOf(hello.recordVersion ?? FIRST_RECORD_VERSION, 2), ...bytesOf(fragment.length, 2), ...fragment);
  }
  return Uint8Array.from(records);
}

/**
 * The same with a padding extension (RFC 7685) at its end, so that it is `totalBytes` long, record header included. One that is longer
 * already stays as it is, and where less than an extension's header is missing it becomes that much longer.
 *
 * @param totalBytes at most 16,389: one record
 */
export function encodePaddedClientHello(hello: ClientHello, totalBytes: number): Uint8Array {
  const bare = encodeClientHello(hello);
  const missing = Math.min(totalBytes, RECORD_HEADER_BYTES + MAXIMUM_RECORD_BYTES) - bare.length;
  if (missing <= 0) return bare;
  const padding = { type: PADDING, data: new Uint8Array(Math.max(0, missing - EXTENSION_HEADER_BYTES)) };
  return encodeClientHello({ ...hello, extensions: [...(hello.extensions ?? []), padding] });
}

function encodeMessage({ random, sessionId, legacyVersion, ciphers, extensions, compression }: ClientHello): number[] {
  const body = [
    ...bytesOf(legacyVersion, 2),
    ...random.subarray(0, 32),
    ...vector8(sessionId.subarray(0, 32)),
    ...vector16(ciphers.flatMap((cipher) => bytesOf(cipher, 2))),
    ...vector8(compression ?? [0]),
    ...(extensions === null ? [] : vector16(extensions.flatMap(({ type, data }) => [...bytesOf(type, 2), ...vector16(data)]))),
  ];
  return [HANDSHAKE_CLIENT_HELLO, ...bytesOf(body.length, 3), ...body];
}

/** RFC 6066 section 3. The name in ASCII, without a final dot; an IP address has no place here. */
export function serverNameExtension(name: string): TlsExtension {
  const hostName = [0, ...vector16(new TextEncoder().encode(name))];
  return { type: SERVER_NAME, data: Uint8Array.from(vector16(hostName)) };
}

/** RFC 8446 section 4.2.1. */
export function supportedVersionsExtension(versions: readonly number[]): TlsExtension {
  return { type: SUPPORTED_VERSIONS, data: Uint8Array.from(vector8(versions.flatMap((version) => bytesOf(version, 2)))) };
}

/** RFC 8446 section 4.2.7, RFC 8422 section 5.1.1. */
export function supportedGroupsExtension(groups: readonly number[]): TlsExtension {
  return { type: SUPPORTED_GROUPS, data: Uint8Array.from(vector16(groups.flatMap((group) => bytesOf(group, 2)))) };
}

/** RFC 8446 section 4.2.3. */
export function signatureAlgorithmsExtension(algorithms: readonly number[]): TlsExtension {
  return { type: SIGNATURE_ALGORITHMS, data: Uint8Array.from(vector16(algorithms.flatMap((algorithm) => bytesOf(algorithm, 2)))) };
}

/** RFC 8446 section 4.2.8: a public key for each group that the client guesses the server will take. */
export function keyShareExtension(shares: readonly { group: number; publicKey: Uint8Array }[]): TlsExtension {
  const entries = shares.flatMap(({ group, publicKey }) => [...bytesOf(group, 2), ...vector16(publicKey)]);
  return { type: KEY_SHARE, data: Uint8Array.from(vector16(entries)) };
}

/** RFC 7301 section 3.1. */
export function applicationProtocolsExtension(protocols: readonly string[]): TlsExtension {
  const names = protocols.flatMap((protocol) => vector8(new TextEncoder().encode(protocol)));
  return { type: APPLICATION_PROTOCOLS, data: Uint8Array.from(vector16(names)) };
}

/** RFC 8422 section 5.1.2: points as they are, and the two compressed forms. */
export function pointFormatsExtension(): TlsExtension {
  return { type: POINT_FORMATS, data: Uint8Array.from(vector8([0, 1, 2])) };
}

/** RFC 6520: whether heartbeats may be sent to us. Asking for none would tell nothing of what the server offers. */
export function heartbeatExtension(): TlsExtension {
  return { type: 15, data: Uint8Array.from([1]) };
}

/** Those whose mere presence says all: encrypt_then_mac (RFC 7366), extended_master_secret (RFC 7627), session_ticket (RFC 5077). */
export function emptyExtension(name: 'encrypt_then_mac' | 'extended_master_secret' | 'session_ticket'): TlsExtension {
  const types = { encrypt_then_mac: 22, extended_master_secret: 23, session_ticket: 35 };
  return { type: types[name], data: new Uint8Array(0) };
}

/** RFC 5746 section 3.2: that of a first handshake. */
export function renegotiationExtension(): TlsExtension {
  return { type: 0xff01, data: Uint8Array.from([0]) };
}
