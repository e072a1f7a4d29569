import { describe, expect, it } from 'vitest';
import {
  buildNetlinkAttribute,
  buildNetlinkRequest,
  NLM_F_DUMP,
  parseNetlinkAttributeList,
  parseNetlinkAttributes,
  parseNetlinkError,
  parseNetlinkMessages,
} from '../../../src/wire/linux/netlink.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('requests', () => {
  it('have the header of nlmsghdr, and are padded to four bytes beyond their length', () => {
    expect([...buildNetlinkRequest(18, NLM_F_DUMP, 7, bytes(1, 2, 3, 4, 5))]).toEqual([
      ...[21, 0, 0, 0, 18, 0, 1, 3, 7, 0, 0, 0, 0, 0, 0, 0],
      ...[1, 2, 3, 4, 5, 0, 0, 0],
    ]);
  });

  it('carry attributes whose length leaves the padding out', () => {
    expect([...buildNetlinkAttribute(3, bytes(0x65, 0x74, 0x68, 0x30, 0))]).toEqual([9, 0, 3, 0, 0x65, 0x74, 0x68, 0x30, 0, 0, 0, 0]);
  });
});

describe('messages', () => {
  it('come back as they were built, several in one datagram', () => {
    const datagram = Uint8Array.from([
      ...buildNetlinkRequest(16, 2, 1, bytes(1, 2, 3)),
      ...buildNetlinkRequest(3, 2, 1, bytes(0, 0, 0, 0)),
    ]);
    expect(parseNetlinkMessages(datagram)).toEqual({
      ok: true,
      value: [
        { type: 16, flags: 3, sequence: 1, body: bytes(1, 2, 3) },
        { type: 3, flags: 3, sequence: 1, body: bytes(0, 0, 0, 0) },
      ],
    });
  });

  it('are refused whole where a length leads outside or would stand still', () => {
    const short = buildNetlinkRequest(16, 0, 1, bytes(1, 2, 3, 4));
    expect(parseNetlinkMessages(short.subarray(0, 18)).ok).toBe(false);
    expect(parseNetlinkMessages(bytes(0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).ok).toBe(false);
    expect(parseNetlinkMessages(bytes(1, 2, 3))).toEqual({ ok: true, value: [] });
  });
});

describe('attributes', () => {
  const list = Uint8Array.from([
    ...buildNetlinkAttribute(1, bytes(9)),
    ...buildNetlinkAttribute(0x8002, bytes(8, 8)),
    ...buildNetlinkAttribute(1, bytes(7)),
  ]);

  it('are read in order, without the marks of the type', () => {
    expect(parseNetlinkAttributeList(list)).toEqual([
      { type: 1, value: bytes(9) },
      { type: 2, value: bytes(8, 8) },
      { type: 1, value: bytes(7) },
    ]);
    expect(parseNetlinkAttributes(list).get(1)).toEqual(bytes(7));
  });

  it('end where one does not fit', () => {
    expect(parseNetlinkAttributeList(list.subarray(0, 13))).toEqual([{ type: 1, value: bytes(9) }]);
    expect(parseNetlinkAttributeList(bytes(3, 0, 1, 0))).toEqual([]);
  });
});

it('tells the errno of an answer that says no', () => {
  expect(parseNetlinkError(new Uint8Array(new Int32Array([-95]).buffer))).toBe(95);
  expect(parseNetlinkError(new Uint8Array(4)) === 0).toBe(true);
  expect(parseNetlinkError(bytes(1))).toBe(0);
});
