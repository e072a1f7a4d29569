import type { DataOf } from '../../model/measurement.js';
import {
  applicationProtocolsExtension,
  type ClientHello,
  emptyExtension,
  encodeClientHello,
  encodePaddedClientHello,
  keyShareExtension,
  pointFormatsExtension,
  renegotiationExtension,
  serverNameExtension,
  signatureAlgorithmsExtension,
  supportedGroupsExtension,
  supportedVersionsExtension,
} from '../../wire/tls/client-hello.js';

export type VariantName = DataOf<'handshake-variants'>['variants'][number]['name'];

export const VARIANTS: readonly VariantName[] = ['usual', 'large', 'without-name', 'other-name', 'tls12', 'plain'];

/** Reserved for good (RFC 2606): no server is asked for it in earnest, and no filter has a reason to look for it. */
export const OTHER_NAME = 'example.com';

/** About what a hello has with a share of a hybrid group (X25519MLKEM768): more than one segment of any usual path. */
const LARGE_BYTES = 1800;

const TLS12 = 0x0303;
const TLS13 = 0x0304;
const X25519 = 0x001d;
/** AES and ChaCha20 of TLS 1.3, then those of TLS 1.2 with ECDHE, with RSA, and the one that RFC 5246 made mandatory. */
const CIPHERS = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009c, 0x009d, 0x002f];
const FIRST_OF_TLS12 = 3;

/** What HTTP servers answer, and asks for nothing of theirs. */
const PLAIN_REQUEST = new TextEncoder().encode('HEAD / HTTP/1.0\r\n\r\n');

/** @param noise at least 96 random bytes. The key share is made of them: nothing is ever encrypted by it. */
export function variantHello(name: VariantName, servername: string | null, noise: Uint8Array): Uint8Array {
  if (name === 'plain') return PLAIN_REQUEST;
  const hello = helloOf(name, name === 'without-name' ? null : name === 'other-name' ? OTHER_NAME : servername, noise);
  return name === 'large' ? encodePaddedClientHello(hello, LARGE_BYTES) : encodeClientHello(hello);
}

function helloOf(name: VariantName, servername: string | null, noise: Uint8Array): ClientHello {
  const tls13 = name !== 'tls12';
  return {
    random: noise.subarray(0, 32),
    sessionId: noise.subarray(32, 64),
    legacyVersion: TLS12,
    ciphers: tls13 ? CIPHERS : CIPHERS.slice(FIRST_OF_TLS12),
    extensions: [
      ...(servername === null ? [] : [serverNameExtension(servername)]),
      pointFormatsExtension(),
      supportedGroupsExtension([X25519, 0x0017, 0x0018]),
      applicationProtocolsExtension(['h2', 'http/1.1']),
      signatureAlgorithmsExtension([0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0807]),
      emptyExtension('extended_master_secret'),
      renegotiationExtension(),
      ...(tls13
        ? [supportedVersionsExtension([TLS13, TLS12]), keyShareExtension([{ group: X25519, publicKey: noise.subarray(64, 96) }])]
        : []),
    ],
  };
}
