import {
  applicationProtocolsExtension,
  encodePaddedClientHello,
  keyShareExtension,
  serverNameExtension,
  signatureAlgorithmsExtension,
  supportedGroupsExtension,
  supportedVersionsExtension,
} from '../../wire/tls/client-hello.js';

/** How a service is spoken to, so that it answers with as much as it would a client. */
export type Speech =
  | { protocol: 'tls'; servername: string | null; http: boolean }
  | {
      protocol: 'http';
      host: string;
      /** Do not ask the server to close the connection behind its answer. */
      persistent?: boolean;
    };

/** A short segment behind the full one: it arrives, and shows a hole where the full one is missing. */
const BEHIND_FULL_BYTES = 200;

/** Servers take 8 KiB in one line as a rule. */
const LONGEST_FIELD_BYTES = 1000;

const TLS_1_2 = 0x0303;
const TLS_1_3 = 0x0304;
const X25519 = 29;

/** Those that nearly every server of today takes one of (IANA, "TLS Cipher Suites"). */
const CIPHERS = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009c, 0x009d, 0xc013, 0xc014, 0x002f, 0x0035];
const SIGNATURE_ALGORITHMS = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0807, 0x0603, 0x0201];

/**
 * What is said to the service at once: valid, harmless, and long enough to fill a segment of `segmentBytes`.
 *
 * @param random 96 bytes that nobody can foretell; nothing secret is ever sent under them
 */
export function firstFlight(speech: Speech, segmentBytes: number, random: Uint8Array): Uint8Array {
  const totalBytes = segmentBytes + BEHIND_FULL_BYTES;
  return speech.protocol === 'tls' ? clientHello(speech, totalBytes, random) : request(speech, totalBytes);
}

function clientHello(
  { servername, http }: { servername: string | null; http: boolean },
  totalBytes: number,
  random: Uint8Array,
): Uint8Array {
  const extensions = [
    ...(servername === null ? [] : [serverNameExtension(servername)]),
    supportedVersionsExtension([TLS_1_3, TLS_1_2]),
    supportedGroupsExtension([X25519, 23, 24]),
    signatureAlgorithmsExtension(SIGNATURE_ALGORITHMS),
    // Any 32 bytes are a public key of this group (RFC 7748); the handshake is not finished.
    keyShareExtension([{ group: X25519, publicKey: random.subarray(64, 96) }]),
    ...(http ? [applicationProtocolsExtension(['http/1.1'])] : []),
  ];
  const hello = {
    random: random.subarray(0, 32),
    sessionId: random.subarray(32, 64),
    legacyVersion: TLS_1_2,
    ciphers: CIPHERS,
    extensions,
  };
  return encodePaddedClientHello(hello, totalBytes);
}

/** A GET with fields that no server knows (RFC 9110 section 5.1: they are ignored). */
function request({ host, persistent }: { host: string; persistent?: boolean }, totalBytes: number): Uint8Array {
  const connection = persistent === true ? 'keep-alive' : 'close';
  const head = `GET / HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: netdiag\r\nAccept: */*\r\nConnection: ${connection}\r\n`;
  let padding = '';
  for (let field = 1; head.length + padding.length + 2 < totalBytes; field++) {
    const name = `X-Padding-${field}: `;
    const missing = totalBytes - head.length - padding.length - 2 - name.length - 2;
    padding += `${name}${'x'.repeat(Math.max(1, Math.min(LONGEST_FIELD_BYTES, missing)))}\r\n`;
  }
  return new TextEncoder().encode(`${head}${padding}\r\n`);
}
