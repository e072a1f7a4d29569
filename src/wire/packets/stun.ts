import ipaddr from 'ipaddr.js';
import { type Parsed, parsed, refused } from '../parsed.js';

/**
 * Session Traversal Utilities for NAT, as far as a question for one's own address goes: Binding request and its answers (RFC 8489), and
 * MAPPED-ADDRESS of old servers (RFC 3489). Nothing here throws or reads outside its input.
 */

export const STUN_PORT = 3478;
export const STUN_TRANSACTION_BYTES = 12;

const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const BINDING_ERROR = 0x0111;

const MAPPED_ADDRESS = 0x0001;
const ERROR_CODE = 0x0009;
const XOR_MAPPED_ADDRESS = 0x0020;
/** Of the drafts before RFC 5389; servers of that time still send it. */
const OLD_XOR_MAPPED_ADDRESS = 0x8020;
/** Bound against junk: an honest answer has fewer than ten. */
const MAXIMUM_ATTRIBUTES = 64;

export interface StunAddress {
  family: 4 | 6;
  address: string;
  port: number;
}

export type StunAnswer =
  /** What the server saw the request come from. `xor`: hidden from translators that rewrite addresses in what they carry. */
  { kind: 'mapped'; mapped: StunAddress; xor: boolean } | { kind: 'error'; code: number; reason: string };

/** A Binding request without attributes. `transaction` has {@link STUN_TRANSACTION_BYTES} bytes; what is missing is 0, what is beyond is left out. */
export function encodeStunRequest(transaction: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, BINDING_REQUEST);
  view.setUint32(4, MAGIC_COOKIE);
  bytes.set(transaction.subarray(0, STUN_TRANSACTION_BYTES), 8);
  return bytes;
}

/**
 * The answer to the request with that transaction. Refused is what is no STUN message, answers something else, or is not whole. Of several
 * addresses the first that is hidden (XOR-MAPPED-ADDRESS) counts, as RFC 8489 section 6.3.3 says of repeated attributes.
 */
export function parseStunAnswer(bytes: Uint8Array, transaction: Uint8Array): Parsed<StunAnswer> {
  if (bytes.length < HEADER_BYTES) return refused(`${bytes.length} bytes are no STUN message`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.getUint16(0);
  if ((type & 0xc000) !== 0) return refused('no STUN message');
  if (view.getUint32(4) !== MAGIC_COOKIE) return refused('not the cookie of STUN');
  if (!sameBytes(bytes.subarray(8, HEADER_BYTES), transaction)) return refused('the answer to another request');
  const length = view.getUint16(2);
  if (length % 4 !== 0 || HEADER_BYTES + length !== bytes.length)
    return refused(`it says to have ${length} bytes behind its header, and has ${bytes.length - HEADER_BYTES}`);
  if (type !== BINDING_SUCCESS && type !== BINDING_ERROR) return refused(`message type 0x${type.toString(16)}`);

  const attributes = attributesOf(bytes.subarray(HEADER_BYTES));
  if (attributes === null) return refused('an attribute is longer than the message');
  if (type === BINDING_ERROR) return errorOf(attributes);
  for (const wanted of [XOR_MAPPED_ADDRESS, OLD_XOR_MAPPED_ADDRESS, MAPPED_ADDRESS]) {
    const found = attributes.find((attribute) => attribute.type === wanted);
    if (found === undefined) continue;
    const xor = wanted !== MAPPED_ADDRESS;
    const mapped = addressOf(found.value, xor ? bytes.subarray(4, HEADER_BYTES) : null);
    if (mapped === null) return refused('the address in it is malformed');
    return parsed({ kind: 'mapped', mapped, xor });
  }
  return refused('there is no address in it');
}

interface Attribute {
  type: number;
  value: Uint8Array;
}

function attributesOf(bytes: Uint8Array): Attribute[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes: Attribute[] = [];
  for (let at = 0; at + 4 <= bytes.length && attributes.length < MAXIMUM_ATTRIBUTES; ) {
    const length = view.getUint16(at + 2);
    if (at + 4 + length > bytes.length) return null;
    attributes.push({ type: view.getUint16(at), value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + ((length + 3) & ~3);
  }
  return attributes;
}

/** `mask`: cookie and transaction, with which a hidden address is XORed. */
function addressOf(value: Uint8Array, mask: Uint8Array | null): StunAddress | null {
  const family = value[1] === 1 ? 4 : value[1] === 2 ? 6 : null;
  const bytes = value.slice(4);
  if (family === null || bytes.length !== (family === 4 ? 4 : 16)) return null;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const port = view.getUint16(2) ^ (mask === null ? 0 : MAGIC_COOKIE >>> 16);
  if (mask !== null) for (const [index, byte] of bytes.entries()) bytes[index] = byte ^ (mask[index] ?? 0);
  return { family, address: ipaddr.fromByteArray([...bytes]).toString(), port };
}

function errorOf(attributes: readonly Attribute[]): Parsed<StunAnswer> {
  const value = attributes.find((attribute) => attribute.type === ERROR_CODE)?.value;
  if (value === undefined || value.length < 4) return refused('an error without its number');
  const code = ((value[2] ?? 0) & 0x07) * 100 + (value[3] ?? 0);
  return parsed({ kind: 'error', code, reason: new TextDecoder().decode(value.subarray(4, 4 + 128)) });
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
