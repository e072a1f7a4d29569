import { type Parsed, parsed, refused } from '../parsed.js';

/** NTP version 4 as a client that asks once (RFC 5905 section 14, RFC 4330). */

export const NTP_PORT = 123;
export const NTP_HEADER_BYTES = 48;
/** Bytes of the number by which an answer is recognised. */
export const NTP_NONCE_BYTES = 8;

const VERSION = 4;
const MODE_CLIENT = 3;
const MODE_SERVER = 4;
const LEAP_UNKNOWN = 3;
/** RFC 5905 section 7.3: 16 says "not synchronised". */
const STRATUM_UNSYNCHRONIZED = 16;
/** RFC 5905 appendix A: a root distance beyond it is of no use (`MAXDISP`). */
const LARGEST_DISTANCE_MS = 16_000;

const ORIGIN_AT = 24;
const RECEIVE_AT = 32;
const TRANSMIT_AT = 40;
const REFERENCE_AT = 16;

/** From 1900, where era 0 begins, to 1970. */
const SECONDS_TO_1970 = 2_208_988_800;
const ERA_SECONDS = 2 ** 32;

/**
 * A request that says nothing of this machine: every field is zero but version, mode and the transmit time stamp, which is random (the
 * practice of draft-ietf-ntp-data-minimization). A server only copies it into its answer.
 */
export function encodeNtpRequest(nonce: Uint8Array): Uint8Array {
  const packet = new Uint8Array(NTP_HEADER_BYTES);
  packet[0] = (VERSION << 3) | MODE_CLIENT;
  packet.set(nonce.subarray(0, NTP_NONCE_BYTES), TRANSMIT_AT);
  return packet;
}

/** What an answer says. Times are milliseconds since 1970, with a fraction. */
export interface NtpAnswer {
  version: number;
  stratum: number;
  leap: 'none' | 'insert' | 'delete';
  /** Whom the server follows: letters such as `GPS` at stratum 1, an IPv4 address or four bytes of a hash in hexadecimal digits above. */
  reference: string | null;
  rootDelayMs: number;
  rootDispersionMs: number;
  /** The step of its clock. */
  precisionMs: number;
  /** When the request came in, and when the answer left, by the clock of the server. */
  receivedMs: number;
  sentMs: number;
}

export type NtpReading =
  /** No answer to this request, be it forged, late, or no NTP at all: whoever waits goes on waiting. */
  | { kind: 'foreign'; because: string }
  /** The server asks to be left alone (RFC 5905 section 7.4). */
  | { kind: 'kiss'; code: string }
  /** An answer to this request that says itself that it is of no use, or that cannot be true. */
  | { kind: 'unusable'; because: string }
  | { kind: 'time'; answer: NtpAnswer };

/** Reads a datagram that came back for a request with `nonce`, with every check of RFC 5905 section 8 and RFC 4330 section 5. */
export function readNtpAnswer(datagram: Uint8Array, nonce: Uint8Array): NtpReading {
  if (datagram.length < NTP_HEADER_BYTES) return { kind: 'foreign', because: 'shorter than a header of NTP' };
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const first = view.getUint8(0);
  const [leap, version, mode] = [first >> 6, (first >> 3) & 7, first & 7];
  // First of all: what does not bear our number may come from anybody, a kiss code included.
  for (let index = 0; index < NTP_NONCE_BYTES; index++) {
    if (view.getUint8(ORIGIN_AT + index) !== nonce[index]) return { kind: 'foreign', because: 'not for this request' };
  }
  if (mode !== MODE_SERVER) return { kind: 'foreign', because: `mode ${mode} in place of a server's` };
  // Servers answer in the version that they were asked in; some know only the one before.
  if (version !== VERSION && version !== VERSION - 1) return { kind: 'unusable', because: `it answers in version ${version} of NTP` };
  const stratum = view.getUint8(1);
  if (stratum === 0) return { kind: 'kiss', code: letters(datagram.subarray(12, 16)) ?? 'none' };
  if (stratum >= STRATUM_UNSYNCHRONIZED) return { kind: 'unusable', because: `it says that it is not synchronised (stratum ${stratum})` };
  if (leap === LEAP_UNKNOWN) return { kind: 'unusable', because: 'it says that it is not synchronised (leap indicator 3)' };
  return readTimes(datagram, view, { version, stratum, leap: leap === 1 ? 'insert' : leap === 2 ? 'delete' : 'none' });
}

function readTimes(datagram: Uint8Array, view: DataView, head: Pick<NtpAnswer, 'version' | 'stratum' | 'leap'>): NtpReading {
  const receivedMs = timeStamp(view, RECEIVE_AT);
  const sentMs = timeStamp(view, TRANSMIT_AT);
  const referenceMs = timeStamp(view, REFERENCE_AT);
  if (receivedMs === null || sentMs === null) return { kind: 'unusable', because: 'it gives no time' };
  if (sentMs < receivedMs) return { kind: 'unusable', because: 'it says that it answered before it was asked' };
  // Zero: never set since it was started, which servers that are their own reference may say.
  if (referenceMs !== null && referenceMs > sentMs + 1000) return { kind: 'unusable', because: 'its clock was last set after it answered' };
  const rootDelayMs = (view.getUint32(4) / 65_536) * 1000;
  const rootDispersionMs = (view.getUint32(8) / 65_536) * 1000;
  const distanceMs = rootDelayMs / 2 + rootDispersionMs;
  if (distanceMs >= LARGEST_DISTANCE_MS) {
    return { kind: 'unusable', because: `it is not sure of its own time by ${Math.round(distanceMs / 1000)} s` };
  }
  const precisionMs = Math.min(LARGEST_DISTANCE_MS, 2 ** view.getInt8(3) * 1000);
  const reference = referenceOf(datagram.subarray(12, 16), head.stratum);
  return { kind: 'time', answer: { ...head, reference, rootDelayMs, rootDispersionMs, precisionMs, receivedMs, sentMs } };
}

/**
 * 32 bits of seconds and 32 of their fraction. Which era the seconds are of is told by their first bit alone (RFC 4330 section 3): 1968 to
 * 2036, or 2036 to 2104, since the clock of this machine, which is in doubt here, cannot be asked. `null`: none, all its bits are zero.
 */
function timeStamp(view: DataView, at: number): number | null {
  const seconds = view.getUint32(at);
  const fraction = view.getUint32(at + 4);
  if (seconds === 0 && fraction === 0) return null;
  const sinceEra0 = seconds >= ERA_SECONDS / 2 ? seconds : seconds + ERA_SECONDS;
  return (sinceEra0 - SECONDS_TO_1970) * 1000 + (fraction / ERA_SECONDS) * 1000;
}

function referenceOf(bytes: Uint8Array, stratum: number): string | null {
  if (stratum === 1) return letters(bytes);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  // An IPv4 address, or the beginning of a hash: the two cannot be told apart.
  return [a, b, c, d].every((byte) => byte === 0) ? null : [a, b, c, d].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Up to four printable characters, padded with zeros; `null` where they are none. */
function letters(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes).replace(/\0+$/, '');
  return /^[\x21-\x7e]{1,4}$/.test(text) ? text : null;
}

/** The two clocks against each other. All in milliseconds. */
export interface NtpOffset {
  /** Positive: the server is ahead of this machine. */
  offsetMs: number;
  /** The way there and back, less the time that the server took. */
  delayMs: number;
  /** How far the server is from its source of time: half its way there, and what it may have drifted since. */
  rootDistanceMs: number;
  /** The offset is wrong by no more than this, if the server speaks the truth: the whole way may have been in one direction. */
  uncertaintyMs: number;
}

/**
 * RFC 5905 section 8. An answer that says it took longer than the whole exchange lasted is refused.
 *
 * @param arrivedMs when the answer was there, by the wall clock of this machine
 * @param elapsedMs from the sending of the request to it, by a clock that nobody sets
 * @param clockDoubtMs by how much a reading of this machine's clock can be wrong
 */
export function ntpOffset(answer: NtpAnswer, arrivedMs: number, elapsedMs: number, clockDoubtMs: number): Parsed<NtpOffset> {
  const heldMs = answer.sentMs - answer.receivedMs;
  const delayMs = elapsedMs - heldMs;
  if (delayMs < -(clockDoubtMs + answer.precisionMs)) return refused('it says that it took longer than the whole exchange lasted');
  const offsetMs = (answer.receivedMs - (arrivedMs - elapsedMs) + (answer.sentMs - arrivedMs)) / 2;
  const rootDistanceMs = answer.rootDelayMs / 2 + answer.rootDispersionMs;
  const uncertaintyMs = Math.max(0, delayMs) / 2 + rootDistanceMs + answer.precisionMs + clockDoubtMs;
  return parsed({ offsetMs, delayMs: Math.max(0, delayMs), rootDistanceMs, uncertaintyMs });
}
