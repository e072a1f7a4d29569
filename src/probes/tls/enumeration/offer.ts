import {
  emptyExtension,
  encodeClientHello,
  heartbeatExtension,
  keyShareExtension,
  pointFormatsExtension,
  renegotiationExtension,
  serverNameExtension,
  signatureAlgorithmsExtension,
  supportedGroupsExtension,
  supportedVersionsExtension,
  type TlsExtension,
} from '../../../wire/tls/client-hello.js';
import { encodeSsl2ClientHello } from '../../../wire/tls/ssl2.js';
import { type Question, VERSION_NUMBERS } from './question.js';

/** What a hello needs beside the question. */
export interface HelloMaterial {
  /** At least 64 random bytes: the random, and the session id of TLS 1.3. */
  random: Uint8Array;
  /** Public keys by their groups. Nothing is ever done with their secrets. */
  shares: ReadonlyMap<number, Uint8Array>;
  /** Name to ask for; `null` where it is an address. */
  servername: string | null;
}

const TLS12 = 0x0303;
/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746), TLS_FALLBACK_SCSV (RFC 7507). */
const RENEGOTIATION_SIGNAL = 0x00ff;
const FALLBACK_SIGNAL = 0x5600;
const DEFLATE = 1;

/** The bytes of the hello that asks `question`. */
export function encodeOffer(question: Question, material: HelloMaterial): Uint8Array {
  if (question.protocol === 'SSLv2') return encodeSsl2ClientHello(material.random);
  const version = VERSION_NUMBERS[question.protocol];
  const tls13 = question.protocol === 'TLSv1.3';
  const ssl3 = question.protocol === 'SSLv3';
  return encodeClientHello({
    random: material.random.subarray(0, 32),
    sessionId: tls13 ? material.random.subarray(32, 64) : new Uint8Array(0),
    legacyVersion: Math.min(version, TLS12),
    ...(ssl3 ? { recordVersion: version } : {}),
    ciphers: [
      ...question.suites,
      ...(ssl3 || (question.lean && !tls13) ? [RENEGOTIATION_SIGNAL] : []),
      ...(question.fallback ? [FALLBACK_SIGNAL] : []),
    ],
    ...(tls13 || question.lean ? {} : { compression: [DEFLATE, 0] }),
    extensions: ssl3 ? null : extensionsOf(question, material, version),
  });
}

function extensionsOf(question: Question, { servername, shares }: HelloMaterial, version: number): TlsExtension[] {
  const { groups, schemes, lean } = question;
  const tls13 = question.protocol === 'TLSv1.3';
  const extensions: TlsExtension[] = [];
  if (servername !== null) extensions.push(serverNameExtension(servername));
  if (groups.length > 0) extensions.push(supportedGroupsExtension(groups));
  if (!tls13) extensions.push(pointFormatsExtension());
  if (version >= TLS12 && schemes.length > 0) extensions.push(signatureAlgorithmsExtension(schemes));
  if (tls13) {
    const sent = question.shares ? groups.flatMap((group) => shareOf(shares, group)) : [];
    extensions.push(supportedVersionsExtension([version]), keyShareExtension(sent));
  } else if (!lean) {
    extensions.push(
      renegotiationExtension(),
      emptyExtension('session_ticket'),
      emptyExtension('encrypt_then_mac'),
      emptyExtension('extended_master_secret'),
      heartbeatExtension(),
    );
  }
  return extensions;
}

function shareOf(shares: ReadonlyMap<number, Uint8Array>, group: number): { group: number; publicKey: Uint8Array }[] {
  const publicKey = shares.get(group);
  return publicKey === undefined ? [] : [{ group, publicKey }];
}
