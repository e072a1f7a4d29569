/** RFC 6455 section 11.8. */
const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Status codes of RFC 6455 section 7.4.1 and the registry behind it that this side uses or names. */
export const CLOSE_NORMAL = 1000;
const PROTOCOL_ERROR = 1002;
const INVALID_DATA = 1007;
const TOO_LARGE = 1009;
/** Never on the wire: the connection ended without a close frame. */
export const CLOSE_ABNORMAL = 1006;
const NO_STATUS = 1005;

const CLOSE_NAMES: Readonly<Record<number, string>> = {
  1000: 'normal',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no status',
  1006: 'ended without a close frame',
  1007: 'invalid data',
  1008: 'policy violation',
  1009: 'message too large',
  1010: 'extension missing',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
};

/** `policy violation` for 1008; `null` for a code of an application. */
export function closeName(code: number): string | null {
  return CLOSE_NAMES[code] ?? null;
}

/** What a server sends, put together from frames. */
export type WebSocketEvent =
  | { kind: 'message'; binary: boolean; bytes: Uint8Array }
  | { kind: 'ping' | 'pong'; bytes: Uint8Array }
  /** `code` is 1005 where the frame has none. */
  | { kind: 'close'; code: number; reason: string }
  /** The server breaks the rules, or sends more than is taken; `code` is what it is to be told. It is the last event. */
  | { kind: 'violation'; code: number; reason: string };

export interface WebSocketReader {
  /** Takes what came, in pieces of any size. Behind a close or a violation there are no more events. */
  push(chunk: Uint8Array): WebSocketEvent[];
}

interface FrameHead {
  final: boolean;
  opcode: number;
  length: number;
}

const CONTROL_LIMIT = 125;
const LONGEST_HEAD = 10;

/** What is needed of a code that may stand in a close frame (RFC 6455 section 7.4). */
function mayBeSent(code: number): boolean {
  return (code >= 3000 && code <= 4999) || (code >= 1000 && code <= 1014 && code !== 1004 && code !== NO_STATUS && code !== CLOSE_ABNORMAL);
}

/**
 * Reads the frames of a server (RFC 6455 section 5) that was asked for no extension.
 *
 * @param messageLimitBytes a longer message, whole or in fragments, is a violation; as much is held at the most
 */
export function createWebSocketReader(messageLimitBytes: number): WebSocketReader {
  const headBytes = new Uint8Array(LONGEST_HEAD);
  let headFilled = 0;
  let head: FrameHead | null = null;
  let payload = new Uint8Array(0);
  let payloadFilled = 0;
  /** The message that fragments belong to. */
  let message: { binary: boolean; room: Uint8Array; filled: number } | null = null;
  let ended = false;

  /** Why the head that was read cannot be, beside what its own bytes say. */
  const misplaced = ({ opcode, length }: FrameHead): { code: number; reason: string } | null => {
    if (opcode >= OPCODES.close) return null;
    if (opcode === OPCODES.continuation && message === null) return { code: PROTOCOL_ERROR, reason: 'a fragment continues no message' };
    if (opcode !== OPCODES.continuation && message !== null) return { code: PROTOCOL_ERROR, reason: 'a message begins inside another one' };
    if ((message?.filled ?? 0) + length <= messageLimitBytes) return null;
    return { code: TOO_LARGE, reason: `a message is longer than ${messageLimitBytes} bytes` };
  };

  const finish = ({ final, opcode }: FrameHead): WebSocketEvent | null => {
    const bytes = payload;
    if (opcode === OPCODES.close) return closeEvent(bytes);
    if (opcode === OPCODES.ping || opcode === OPCODES.pong) return { kind: opcode === OPCODES.ping ? 'ping' : 'pong', bytes };
    if (message === null && final) return messageEvent(opcode === OPCODES.binary, bytes);
    message ??= { binary: opcode === OPCODES.binary, room: new Uint8Array(0), filled: 0 };
    message.room = withRoom(message.room, message.filled, bytes.length, messageLimitBytes);
    message.room.set(bytes, message.filled);
    message.filled += bytes.length;
    if (!final) return null;
    const { binary, room, filled } = message;
    message = null;
    return messageEvent(binary, room.slice(0, filled));
  };

  return {
    push(chunk) {
      const events: WebSocketEvent[] = [];
      let offset = 0;
      const violate = (code: number, reason: string) => {
        ended = true;
        events.push({ kind: 'violation', code, reason });
      };
      while (!ended) {
        if (head === null) {
          if (offset === chunk.length) break;
          headBytes[headFilled++] = chunk[offset++] as number;
          const outcome = readFrameHead(headBytes.subarray(0, headFilled));
          if (outcome === null) continue;
          const fault = 'reason' in outcome ? outcome : misplaced(outcome);
          if (fault !== null) {
            violate(fault.code, fault.reason);
            break;
          }
          head = outcome as FrameHead;
          headFilled = 0;
          payload = new Uint8Array(head.length);
          payloadFilled = 0;
        }
        const taken = Math.min(head.length - payloadFilled, chunk.length - offset);
        payload.set(chunk.subarray(offset, offset + taken), payloadFilled);
        payloadFilled += taken;
        offset += taken;
        if (payloadFilled < head.length) break;
        const event = finish(head);
        head = null;
        if (event === null) continue;
        events.push(event);
        ended = event.kind === 'close' || event.kind === 'violation';
      }
      return events;
    },
  };
}

/** RFC 6455 section 5.2. `null`: more bytes are needed. */
function readFrameHead(bytes: Uint8Array): FrameHead | { code: number; reason: string } | null {
  const [first = 0, second] = bytes;
  const opcode = first & 0x0f;
  const final = (first & 0x80) !== 0;
  if ((first & 0x70) !== 0) return { code: PROTOCOL_ERROR, reason: 'a frame uses an extension that was not agreed on' };
  if (!(Object.values(OPCODES) as number[]).includes(opcode))
    return { code: PROTOCOL_ERROR, reason: `a frame has the reserved opcode ${opcode}` };
  if (second === undefined) return null;
  if ((second & 0x80) !== 0) return { code: PROTOCOL_ERROR, reason: 'a frame of the server is masked' };
  const short = second & 0x7f;
  if (opcode >= OPCODES.close && (!final || short > CONTROL_LIMIT)) {
    return { code: PROTOCOL_ERROR, reason: final ? 'a control frame is longer than 125 bytes' : 'a control frame is fragmented' };
  }
  if (short < 126) return { final, opcode, length: short };
  const needed = short === 126 ? 4 : 10;
  if (bytes.length < needed) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = short === 126 ? view.getUint16(2) : Number(view.getBigUint64(2));
  if (length < (short === 126 ? 126 : 65_536))
    return { code: PROTOCOL_ERROR, reason: 'the length of a frame is not written in the shortest way' };
  if (length > Number.MAX_SAFE_INTEGER) return { code: TOO_LARGE, reason: 'the length of a frame is beyond all measure' };
  return { final, opcode, length };
}

/** RFC 6455 section 5.5.1. */
function closeEvent(bytes: Uint8Array): WebSocketEvent {
  if (bytes.length === 0) return { kind: 'close', code: NO_STATUS, reason: '' };
  const code = bytes.length < 2 ? null : ((bytes[0] as number) << 8) | (bytes[1] as number);
  if (code === null || !mayBeSent(code)) {
    return {
      kind: 'violation',
      code: PROTOCOL_ERROR,
      reason: `a close frame has ${code === null ? 'half a status code' : `the code ${code}, which must not be sent`}`,
    };
  }
  const reason = decodeText(bytes.subarray(2));
  if (reason === null) return { kind: 'violation', code: INVALID_DATA, reason: 'the reason of a close frame is no UTF-8' };
  return { kind: 'close', code, reason };
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function messageEvent(binary: boolean, bytes: Uint8Array): WebSocketEvent {
  if (binary || decodeText(bytes) !== null) return { kind: 'message', binary, bytes };
  return { kind: 'violation', code: INVALID_DATA, reason: 'a text message is no UTF-8' };
}

/** `room`, or a larger one with the same beginning: it doubles, so that fragments of a byte cost no more than they carry. */
function withRoom(room: Uint8Array, filled: number, more: number, limit: number): Uint8Array {
  if (filled + more <= room.length) return room;
  const larger = new Uint8Array(Math.min(limit, Math.max(filled + more, room.length * 2, 256)));
  larger.set(room.subarray(0, filled));
  return larger;
}

/** One whole frame of a client. @param mask 4 bytes that nobody can foresee (RFC 6455 section 5.3) */
export function encodeFrame(kind: Exclude<keyof typeof OPCODES, 'continuation'>, payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const { length } = payload;
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + lengthBytes + 4 + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | OPCODES[kind];
  frame[1] = 0x80 | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) view.setUint16(2, length);
  if (lengthBytes === 8) view.setBigUint64(2, BigInt(length));
  const start = 2 + lengthBytes + 4;
  frame.set(mask.subarray(0, 4), start - 4);
  for (let index = 0; index < length; index++) frame[start + index] = (payload[index] as number) ^ (mask[index & 3] as number);
  return frame;
}

/** Payload of a close frame. */
export function encodeClose(code: number): Uint8Array {
  return Uint8Array.of(code >> 8, code & 0xff);
}
