import { quotable, type StartTlsAnswer } from './start-tls-answer.js';

/** Requests and answers of the protocols whose messages are no lines: LDAP, PostgreSQL and MySQL. */

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
const latin = (bytes: Uint8Array): string => quotable(String.fromCharCode(...bytes.subarray(0, 256)));

// --- LDAP ------------------------------------------------------------------------------------------------------------------------------

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const ENUMERATED = 0x0a;
const EXTENDED_RESPONSE = 0x78;

/** ExtendedRequest with the name 1.3.6.1.4.1.1466.20037, as message 1. */
export function ldapRequest(): Uint8Array {
  return hex('301d02010177188016312e332e362e312e342e312e313436362e3230303337');
}

/** ExtendedResponse to message 1 (RFC 4511 section 4.12); `success` is 0. */
export function ldapAnswer(bytes: Uint8Array): StartTlsAnswer {
  const message = element(bytes, 0, bytes.length);
  if (message === 'incomplete') return { kind: 'incomplete' };
  if (message === null || message.tag !== SEQUENCE) return { kind: 'foreign', text: 'bytes that are no LDAP message' };
  const id = element(bytes, message.start, message.end);
  const response = isElement(id) ? element(bytes, id.end, message.end) : null;
  const code = isElement(response) ? element(bytes, response.start, response.end) : null;
  if (!isElement(id) || !isElement(response) || !isElement(code) || id.tag !== INTEGER || code.tag !== ENUMERATED)
    return { kind: 'foreign', text: 'an LDAP message that cannot be read' };
  if (response.tag !== EXTENDED_RESPONSE) return { kind: 'foreign', text: 'an LDAP message of another kind' };
  const result = code.end - code.start === 1 ? (bytes[code.start] ?? -1) : -1;
  return result === 0 ? { kind: 'agreed', length: message.end } : { kind: 'refused', text: `LDAP result code ${result}` };
}

interface Element {
  tag: number;
  start: number;
  end: number;
}

function isElement(found: Element | 'incomplete' | null): found is Element {
  return found !== null && found !== 'incomplete';
}

/** BER in definite form; `null` where it is none, or too long to be waited for. */
function element(bytes: Uint8Array, at: number, limit: number): Element | 'incomplete' | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // What cannot be LDAP is told by its first byte.
  if (tag !== undefined && at === 0 && tag !== SEQUENCE) return null;
  if (tag === undefined || first === undefined || at + 2 > limit) return 'incomplete';
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || octets > 4) return null;
  let length = octets === 0 ? first : 0;
  if (at + 2 + octets > limit) return 'incomplete';
  for (let index = 0; index < octets; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + octets;
  const end = start + length;
  return end > limit ? 'incomplete' : { tag, start, end };
}

// --- PostgreSQL ------------------------------------------------------------------------------------------------------------------------

/** Length 8, then the number 1234 5679 in place of a protocol version. */
export function postgresRequest(): Uint8Array {
  return hex('0000000804d2162f');
}

/** One byte: `S` or `N`. Servers that are older than TLS answer with an error message (`E`). */
export function postgresAnswer(bytes: Uint8Array): StartTlsAnswer {
  const answer = bytes[0];
  if (answer === undefined) return { kind: 'incomplete' };
  if (answer === 0x53) return { kind: 'agreed', length: 1 };
  if (answer === 0x4e) return { kind: 'refused', text: 'N' };
  if (answer === 0x45) return { kind: 'refused', text: 'an error message' };
  return { kind: 'foreign', text: latin(bytes) };
}

// --- MySQL -----------------------------------------------------------------------------------------------------------------------------

const HEADER_BYTES = 4;
const PROTOCOL_10 = 0x0a;
const ERROR_PACKET = 0xff;
const CLIENT_SSL = 0x0800;
const LONGEST_GREETING = 4096;

/** Length 32, number 1: capabilities (protocol 4.1, TLS, secure connection), largest packet 16 MiB, character set, 23 zeros. */
export function mysqlRequest(): Uint8Array {
  return hex(`20000001${'008a0000'}${'00000001'}21${'00'.repeat(23)}`);
}

/** The server's first packet: protocol 10, version, and whether CLIENT_SSL is among its capabilities; or an error. */
export function mysqlGreeting(bytes: Uint8Array): StartTlsAnswer {
  const [low, middle, high, sequence] = bytes;
  if (low === undefined || middle === undefined || high === undefined || sequence === undefined) return { kind: 'incomplete' };
  const length = low + middle * 256 + high * 65_536;
  const kind = bytes[HEADER_BYTES];
  // An error packet can come in place of the greeting with any number.
  if (length === 0 || length > LONGEST_GREETING || (kind !== undefined && kind !== PROTOCOL_10 && kind !== ERROR_PACKET))
    return { kind: 'foreign', text: latin(bytes) };
  const end = HEADER_BYTES + length;
  if (bytes.length < end) return { kind: 'incomplete' };
  const packet = bytes.subarray(HEADER_BYTES, end);
  if (kind === ERROR_PACKET) return { kind: 'refused', text: latin(packet.subarray(3)) };
  const version = packet.indexOf(0, 1);
  // Thread identifier 4, challenge 8, filler 1, then the lower half of the capabilities.
  const at = version + 1 + 4 + 8 + 1;
  const [lower, upper] = [packet[at], packet[at + 1]];
  if (version < 0 || lower === undefined || upper === undefined) return { kind: 'foreign', text: 'a greeting that cannot be read' };
  const offered = ((lower + upper * 256) & CLIENT_SSL) !== 0;
  return offered ? { kind: 'agreed', length: end } : { kind: 'refused', text: 'TLS is not among its capabilities' };
}
