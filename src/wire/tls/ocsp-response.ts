import { type Parsed, parsed, refused } from '../parsed.js';
import {
  DER,
  type DerElement,
  derChildren,
  derContent,
  derOf,
  derWhole,
  generalizedTime,
  hexOf,
  objectIdentifier,
  smallInteger,
} from './der.js';

/** What a responder says of one certificate (RFC 6960 section 4.2.1). */
export interface OcspAnswer {
  /** Object identifier of the hash of the two below. */
  hashAlgorithm: string;
  issuerNameHash: string;
  issuerKeyHash: string;
  serial: string;
  status: 'good' | 'revoked' | 'unknown';
  revokedAt: string | null;
  thisUpdate: string;
  nextUpdate: string | null;
}

export interface OcspResponse {
  /** `successful`, or why there is no answer; the rest is empty then. */
  responseStatus: string;
  answers: OcspAnswer[];
  /** The bytes that are signed. */
  signed: Uint8Array;
  signatureAlgorithm: string;
  signature: Uint8Array;
  /** DER of the certificates that came with it. */
  certificates: Uint8Array[];
}

const RESPONSE_STATUSES: Readonly<Record<number, string>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
};
const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const MOST_ANSWERS = 64;
const MOST_CERTIFICATES = 8;
const TAG = { explicit0: 0xa0, good: 0x80, revoked: 0xa1, unknown: 0x82 } as const;

/** Reads a DER OCSPResponse with a basic answer. Nothing is verified here. */
export function parseOcspResponse(der: Uint8Array): Parsed<OcspResponse> {
  const response = derOf(der, 0, der.length, DER.SEQUENCE);
  const status = response === null ? null : derOf(der, response.contentStart, response.end, DER.ENUMERATED);
  if (response === null || status === null) return refused('no OCSP response');
  const number = smallInteger(derContent(der, status)) ?? -1;
  const responseStatus = RESPONSE_STATUSES[number] ?? `status ${number}`;
  if (number !== 0) {
    const none = new Uint8Array(0);
    return parsed({ responseStatus, answers: [], signed: none, signatureAlgorithm: '', signature: none, certificates: [] });
  }
  const explicit = derOf(der, status.end, response.end, TAG.explicit0);
  const bytes = explicit === null ? null : derOf(der, explicit.contentStart, explicit.end, DER.SEQUENCE);
  const type = bytes === null ? null : derOf(der, bytes.contentStart, bytes.end, DER.OBJECT_IDENTIFIER);
  const octets = bytes === null || type === null ? null : derOf(der, type.end, bytes.end, DER.OCTET_STRING);
  if (type === null || octets === null || objectIdentifier(derContent(der, type)) !== BASIC_RESPONSE) return refused('no basic response');
  return basicResponse(derContent(der, octets), responseStatus);
}

function basicResponse(der: Uint8Array, responseStatus: string): Parsed<OcspResponse> {
  const basic = derOf(der, 0, der.length, DER.SEQUENCE);
  const [data, algorithm, bits, extra] = (basic === null ? null : derChildren(der, basic)) ?? [];
  if (data?.tag !== DER.SEQUENCE || algorithm?.tag !== DER.SEQUENCE || bits?.tag !== DER.BIT_STRING) return refused('no signed response');
  const identifier = derOf(der, algorithm.contentStart, algorithm.end, DER.OBJECT_IDENTIFIER);
  const signatureAlgorithm = identifier === null ? null : objectIdentifier(derContent(der, identifier));
  if (signatureAlgorithm === null) return refused('the signature algorithm is no object identifier');
  // Optional version, responder, time, then the answers: the only SEQUENCE among them, since a responder is tagged.
  const list = (derChildren(der, data) ?? []).find(({ tag }) => tag === DER.SEQUENCE);
  if (list === undefined) return refused('no answers');
  const answers = (derChildren(der, list) ?? []).slice(0, MOST_ANSWERS).flatMap((single) => answerOf(der, single) ?? []);
  const certificates = extra?.tag === TAG.explicit0 ? derOf(der, extra.contentStart, extra.end, DER.SEQUENCE) : null;
  return parsed({
    responseStatus,
    answers,
    signed: derWhole(der, data),
    signatureAlgorithm,
    signature: derContent(der, bits).subarray(1),
    certificates: ((certificates === null ? null : derChildren(der, certificates)) ?? [])
      .slice(0, MOST_CERTIFICATES)
      .map((certificate) => derWhole(der, certificate)),
  });
}

function answerOf(der: Uint8Array, single: DerElement): OcspAnswer | null {
  const [identity, status, thisUpdate, ...further] = derChildren(der, single) ?? [];
  if (identity?.tag !== DER.SEQUENCE || status === undefined || thisUpdate === undefined) return null;
  const [algorithm, name, key, serial] = derChildren(der, identity) ?? [];
  if (algorithm === undefined || name === undefined || key === undefined || serial?.tag !== DER.INTEGER) return null;
  const hash = derOf(der, algorithm.contentStart, algorithm.end, DER.OBJECT_IDENTIFIER);
  const hashAlgorithm = hash === null ? null : objectIdentifier(derContent(der, hash));
  const updated = generalizedTime(derContent(der, thisUpdate));
  const meaning = status.tag === TAG.good ? 'good' : status.tag === TAG.revoked ? 'revoked' : status.tag === TAG.unknown ? 'unknown' : null;
  if (hashAlgorithm === null || updated === null || meaning === null) return null;
  const revoked = meaning === 'revoked' ? derChildren(der, status)?.[0] : undefined;
  const next = further.find(({ tag }) => tag === TAG.explicit0);
  const nextTime = next === undefined ? undefined : derChildren(der, next)?.[0];
  return {
    hashAlgorithm,
    issuerNameHash: hexOf(derContent(der, name).subarray(0, 64)),
    issuerKeyHash: hexOf(derContent(der, key).subarray(0, 64)),
    serial: hexOf(derContent(der, serial).subarray(0, 64)).replace(/^00(?=.)/, ''),
    status: meaning,
    revokedAt: revoked === undefined ? null : generalizedTime(derContent(der, revoked)),
    thisUpdate: updated,
    nextUpdate: nextTime === undefined ? null : generalizedTime(derContent(der, nextTime)),
  };
}
