/** Answers of a time server, byte by byte, for tests that need them odd. */
export interface NtpReplyParts {
  leap?: number;
  version?: number;
  mode?: number;
  stratum?: number;
  precision?: number;
  rootDelayMs?: number;
  rootDispersionMs?: number;
  /** Four bytes as text or numbers. */
  reference?: string | readonly number[];
  /** Milliseconds since 1970, of any era; `null`: all bits zero. */
  referenceMs?: number | null;
  receivedMs?: number | null;
  sentMs?: number | null;
  /** In place of that of the request. */
  origin?: Uint8Array;
}

const SECONDS_TO_1970 = 2_208_988_800;

export function ntpReply(request: Uint8Array, nowMs: number, parts: NtpReplyParts = {}): Uint8Array {
  const reply = new Uint8Array(48);
  const view = new DataView(reply.buffer);
  reply[0] = ((parts.leap ?? 0) << 6) | ((parts.version ?? 4) << 3) | (parts.mode ?? 4);
  reply[1] = parts.stratum ?? 2;
  view.setInt8(2, 6);
  view.setInt8(3, parts.precision ?? -20);
  view.setUint32(4, Math.round(((parts.rootDelayMs ?? 10) / 1000) * 65_536));
  view.setUint32(8, Math.round(((parts.rootDispersionMs ?? 5) / 1000) * 65_536));
  const { reference = [192, 0, 2, 1] } = parts;
  reply.set(typeof reference === 'string' ? [...reference].map((letter) => letter.charCodeAt(0)) : reference, 12);
  reply.set(parts.origin ?? request.subarray(40, 48), 24);
  stamp(view, 16, parts.referenceMs === undefined ? nowMs - 1000 : parts.referenceMs);
  stamp(view, 32, parts.receivedMs === undefined ? nowMs : parts.receivedMs);
  stamp(view, 40, parts.sentMs === undefined ? nowMs : parts.sentMs);
  return reply;
}

function stamp(view: DataView, at: number, ms: number | null): void {
  if (ms === null) return;
  const seconds = Math.floor(ms / 1000);
  // Modulo 2^32, as eras wrap.
  view.setUint32(at, (seconds + SECONDS_TO_1970) % 2 ** 32);
  view.setUint32(at + 4, Math.floor(((ms - seconds * 1000) / 1000) * 2 ** 32));
}
