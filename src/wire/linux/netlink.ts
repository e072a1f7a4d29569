import { type Parsed, parsed, refused } from '../parsed.js';

/**
 * Messages and attributes of netlink(7): header `nlmsghdr`, attributes `nlattr`, all aligned to 4 bytes, in the byte order of the machine
 * (little-endian on every machine that native sockets are there for). Nothing here throws or reads outside its input.
 */

export const NLM_F_REQUEST = 0x001;
export const NLM_F_DUMP = 0x300;
export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;
export const NLM_F_MULTI = 0x002;
export const NLM_F_DUMP_INTR = 0x010;

const HEADER_BYTES = 16;
const ATTRIBUTE_HEADER_BYTES = 4;
/** The upper bits say that an attribute holds others, or is in network order. */
const ATTRIBUTE_TYPE_MASK = 0x3fff;
/** Bound against junk: the kernel puts a few dozen into a message. */
const MAXIMUM_ATTRIBUTES = 4096;

export interface NetlinkMessage {
  type: number;
  flags: number;
  sequence: number;
  /** What is behind the header: the family's own structure, then attributes. */
  body: Uint8Array;
}

/** Makes a request: header, the family's own structure, then attributes that are encoded already. */
export function buildNetlinkRequest(type: number, flags: number, sequence: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + align(body.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, HEADER_BYTES + body.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags | NLM_F_REQUEST, true);
  view.setUint32(8, sequence, true);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

export function buildNetlinkAttribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(ATTRIBUTE_HEADER_BYTES + align(value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, ATTRIBUTE_HEADER_BYTES + value.length, true);
  view.setUint16(2, type, true);
  bytes.set(value, ATTRIBUTE_HEADER_BYTES);
  return bytes;
}

/** The messages of one datagram, in order. One whose length does not fit refuses the whole. */
export function parseNetlinkMessages(bytes: Uint8Array): Parsed<NetlinkMessage[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: NetlinkMessage[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const length = view.getUint32(at, true);
    if (length < HEADER_BYTES || at + length > bytes.length) return refused(`a message of ${length} bytes at ${at} does not fit`);
    messages.push({
      type: view.getUint16(at + 4, true),
      flags: view.getUint16(at + 6, true),
      sequence: view.getUint32(at + 8, true),
      body: bytes.subarray(at + HEADER_BYTES, at + length),
    });
    at += align(length);
  }
  return parsed(messages);
}

/** Attributes by type; of several of one type the last. What does not fit ends the list. */
export function parseNetlinkAttributes(bytes: Uint8Array): Map<number, Uint8Array> {
  return new Map(parseNetlinkAttributeList(bytes).map(({ type, value }) => [type, value]));
}

/** Attributes in their order, for nests that repeat a type. What does not fit ends the list. */
export function parseNetlinkAttributeList(bytes: Uint8Array): { type: number; value: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes: { type: number; value: Uint8Array }[] = [];
  for (let at = 0; at + ATTRIBUTE_HEADER_BYTES <= bytes.length && attributes.length < MAXIMUM_ATTRIBUTES; ) {
    const length = view.getUint16(at, true);
    if (length < ATTRIBUTE_HEADER_BYTES || at + length > bytes.length) break;
    attributes.push({
      type: view.getUint16(at + 2, true) & ATTRIBUTE_TYPE_MASK,
      value: bytes.subarray(at + ATTRIBUTE_HEADER_BYTES, at + length),
    });
    at += align(length);
  }
  return attributes;
}

/** The errno of an `NLMSG_ERROR` or a `NLMSG_DONE` that ends a dump badly; 0 where all is well. */
export function parseNetlinkError(body: Uint8Array): number {
  if (body.length < 4) return 0;
  return -new DataView(body.buffer, body.byteOffset, body.byteLength).getInt32(0, true);
}

function align(length: number): number {
  return (length + 3) & ~3;
}
