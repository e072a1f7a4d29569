import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeName, createWebSocketReader, encodeClose, encodeFrame, type WebSocketEvent } from '../../../src/wire/http/websocket-frame.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const read = (...pieces: Uint8Array[]): WebSocketEvent[] => {
  const reader = createWebSocketReader(1000);
  return pieces.flatMap((piece) => reader.push(piece));
};
const text = (event: WebSocketEvent | undefined) => (event?.kind === 'message' ? Buffer.from(event.bytes).toString() : event?.kind);

describe('frames of a server', () => {
  it('are read as in the examples of RFC 6455 section 5.7', () => {
    expect(read(bytes(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f)).map(text)).toEqual(['Hello']);
    expect(read(bytes(0x01, 0x03, 0x48, 0x65, 0x6c), bytes(0x80, 0x02, 0x6c, 0x6f)).map(text)).toEqual(['Hello']);
    expect(read(bytes(0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f))).toEqual([{ kind: 'ping', bytes: bytes(0x48, 0x65, 0x6c, 0x6c, 0x6f) }]);
  });

  it('may have control frames between fragments', () => {
    expect(read(bytes(0x01, 1, 65, 0x8a, 1, 66, 0x80, 1, 67)).map(text)).toEqual(['pong', 'AC']);
  });

  it('are the same in whatever pieces they come', () => {
    const whole = Uint8Array.from([
      ...bytes(0x01, 1, 65, 0x89, 0, 0x80, 0, 0x82, 126, 0, 200),
      ...new Uint8Array(200),
      ...bytes(0x88, 4, 0x03, 0xe8, 0x6f, 0x6b),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 10 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const pieces = edges.slice(1).map((end, index) => whole.subarray(edges[index], end));
        expect(read(...pieces)).toEqual(read(whole));
      }),
    );
    expect(read(whole).at(-1)).toEqual({ kind: 'close', code: 1000, reason: 'ok' });
  });

  it.each([
    [bytes(0x81, 0x80, 0, 0, 0, 0), 1002, 'masked'],
    [bytes(0x91, 0), 1002, 'extension'],
    [bytes(0x8b, 0), 1002, 'reserved opcode 11'],
    [bytes(0x09, 0), 1002, 'fragmented'],
    [bytes(0x89, 126), 1002, 'longer than 125'],
    [bytes(0x82, 126, 0, 5), 1002, 'shortest way'],
    [bytes(0x82, 127, 0, 0, 0, 0, 0, 0, 1, 0), 1002, 'shortest way'],
    [bytes(0x01, 0, 0x81, 0), 1002, 'inside another'],
    [bytes(0x80, 0), 1002, 'continues no message'],
    [bytes(0x82, 126, 0x03, 0xe9), 1009, 'longer than 1000'],
    [bytes(0x88, 1, 3), 1002, 'half a status code'],
    [bytes(0x88, 2, 0x03, 0xee), 1002, '1006'],
    [bytes(0x88, 3, 0x03, 0xe8, 0xff), 1007, 'no UTF-8'],
  ])('%j is a violation', (frame, code, reason) => {
    const events = read(frame, bytes(0x81, 1, 65));
    expect(events).toEqual([{ kind: 'violation', code, reason: expect.stringContaining(reason) }]);
  });

  it('end with the close frame', () => {
    expect(read(bytes(0x88, 0, 0x81, 1, 65))).toEqual([{ kind: 'close', code: 1005, reason: '' }]);
    expect(closeName(1008)).toBe('policy violation');
    expect(closeName(4000)).toBeNull();
  });

  it('of a client are masked, and come out as they went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), fc.uint8Array({ minLength: 4, maxLength: 4 }), (payload, mask) => {
        const frame = encodeFrame('binary', payload, mask);
        expect((frame[1] ?? 0) & 0x80).toBe(0x80);
        const head = frame.length - payload.length;
        const plain = frame.subarray(head).map((byte, index) => byte ^ (mask[index & 3] ?? 0));
        expect(Buffer.from(plain).equals(Buffer.from(payload))).toBe(true);
        const length = (frame[1] ?? 0) & 0x7f;
        expect(length).toBe(payload.length < 126 ? payload.length : payload.length < 65_536 ? 126 : 127);
      }),
      { numRuns: 50 },
    );
    expect(encodeClose(1000)).toEqual(bytes(3, 232));
  });
});
