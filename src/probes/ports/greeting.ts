import type { PortResult } from '../../model/measurement.js';
import type { FirstBytes, ScanSession } from '../../net/port.js';
import {
  encodeClientHello,
  keyShareExtension,
  serverNameExtension,
  signatureAlgorithmsExtension,
  supportedGroupsExtension,
  supportedVersionsExtension,
} from '../../wire/tls/client-hello.js';
import { GREETING_MS, LONGEST_GREETING_MS } from './plan.js';

const MAXIMUM_CHARACTERS = 128;

/** A question that HTTP servers answer and that asks for nothing of theirs. */
const HEAD = new TextEncoder().encode('HEAD / HTTP/1.0\r\n\r\n');

/** First byte of a TLS record (RFC 8446 section 5.1); the second is the major version, 3 of all of them. */
const ALERT = 0x15;
const HANDSHAKE = 0x16;
/** What a server's handshake begins with (RFC 8446 section 4). An echo service says our own ClientHello back. */
const SERVER_HELLO = 2;
const HANDSHAKE_TYPE_AT = 5;

/**
 * What the service on an open port says first: most speak at once (SSH, SMTP, FTP, MySQL). One that stays silent is offered TLS, then HTTP:
 * up to three connections. A service that was not reached, or stays silent, is not called one without TLS.
 *
 * @param waitMs for each connection, and for what comes on it
 */
export async function greeting(
  session: ScanSession,
  port: number,
  servername: string | null,
  waitMs: number,
  signal: AbortSignal,
): Promise<Pick<PortResult, 'banner' | 'tls'>> {
  const spoken = await session.firstBytes(port, null, waitMs);
  if (spoken !== null && spoken.bytes.length > 0) return { banner: printable(spoken.bytes), tls: null };
  if (signal.aborted) return { banner: null, tls: null };
  const hello = clientHello(servername);
  const answer = await session.firstBytes(port, hello, waitMs);
  if (answer !== null && isTlsAnswer(answer.bytes)) return { banner: null, tls: true };
  const tls = answer !== null && (answer.bytes.length > 0 || answer.ended) ? false : null;
  if (signal.aborted) return { banner: null, tls };
  const page = await session.firstBytes(port, HEAD, waitMs);
  const said = [answersBut(HEAD, page), answersBut(hello, answer)].find((bytes) => bytes.length > 0);
  return { banner: said === undefined ? null : printable(said), tls };
}

/** A way that is long has more time: a question and its answer take one round trip, and segments get lost. */
export function greetingWaitMs(latencyMs: number | null): number {
  return Math.min(LONGEST_GREETING_MS, Math.max(GREETING_MS, 2 * (latencyMs ?? 0) + GREETING_MS / 2));
}

/** The first line, without what is no printable ASCII; `null` where nothing is left. */
export function printable(bytes: Uint8Array): string | null {
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x0a ? '\n' : '')).join('');
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .find((part) => part !== '');
  return line === undefined ? null : line.slice(0, MAXIMUM_CHARACTERS);
}

/** What was answered; nothing where it is what we asked, said back. */
function answersBut(asked: Uint8Array, answer: FirstBytes | null): Uint8Array {
  const bytes = answer?.bytes ?? new Uint8Array(0);
  return bytes.every((byte, index) => byte === asked[index]) ? new Uint8Array(0) : bytes;
}

function isTlsAnswer(bytes: Uint8Array): boolean {
  return bytes[1] === 3 && (bytes[0] === ALERT || (bytes[0] === HANDSHAKE && bytes[HANDSHAKE_TYPE_AT] === SERVER_HELLO));
}

/** TLS 1.3 and 1.2 as every server takes them. The key share is noise: nothing is ever encrypted by it. */
function clientHello(servername: string | null): Uint8Array {
  const noise = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  return encodeClientHello({
    random: noise(32),
    sessionId: noise(32),
    legacyVersion: 0x0303,
    ciphers: [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009c, 0x002f],
    extensions: [
      ...(servername === null ? [] : [serverNameExtension(servername)]),
      supportedVersionsExtension([0x0304, 0x0303]),
      supportedGroupsExtension([0x001d, 0x0017]),
      signatureAlgorithmsExtension([0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501]),
      keyShareExtension([{ group: 0x001d, publicKey: noise(32) }]),
    ],
  });
}
