// Certificates and OCSP answers byte by byte, so that they can be wrong in every way that a library refuses. For tests and benches.

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isIP } from 'node:net';

const DAY_MS = 86_400_000;

// --- DER -------------------------------------------------------------------------------------------------------------------------------

export function tlv(tag, ...contents) {
  const content = Buffer.concat(contents.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))));
  const { length } = content;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 0xff]
          : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
export const sequence = (...contents) => tlv(0x30, ...contents);
const octets = (...contents) => tlv(0x04, ...contents);
const bits = (content, unused = 0) => tlv(0x03, Buffer.from([unused]), content);
const boolean = (value) => tlv(0x01, [value ? 0xff : 0]);
const text = (value) => tlv(0x0c, Buffer.from(value));

export function integer(value) {
  const hex = BigInt(value).toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return tlv(0x02, bytes[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function oid(dotted) {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left & 0x7f) | 0x80);
    return septets;
  });
  return tlv(0x06, bytes);
}

const stamp = (date) => date.toISOString().replace(/[-:T]|\.\d+/g, '');
const generalized = (date) => tlv(0x18, Buffer.from(stamp(date)));
/** UTCTime up to 2049 (RFC 5280 section 4.1.2.5). */
const time = (date) => (date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(stamp(date).slice(2))) : generalized(date));

const NAME_PARTS = { CN: '2.5.4.3', O: '2.5.4.10', C: '2.5.4.6' };
/** `CN=x,O=y`. */
function name(parts) {
  const attributes = parts.split(',').map((part) => part.split('='));
  return sequence(...attributes.map(([kind, ...value]) => tlv(0x31, sequence(oid(NAME_PARTS[kind]), text(value.join('='))))));
}

// --- keys and signatures ---------------------------------------------------------------------------------------------------------------

const SIGNATURES = {
  'rsa-md5': '1.2.840.113549.1.1.4',
  'rsa-sha1': '1.2.840.113549.1.1.5',
  'rsa-sha256': '1.2.840.113549.1.1.11',
  'ec-sha1': '1.2.840.10045.4.1',
  'ec-sha256': '1.2.840.10045.4.3.2',
};

const kept = new Map();

/**
 * A pair of keys: `prime256v1` or another curve, or `rsa-2048`. The same `label` gives the same pair, since RSA ones take long to make.
 */
export function keyPair(kind = 'prime256v1', label = null) {
  const known = label === null ? undefined : kept.get(`${kind} ${label}`);
  if (known !== undefined) return known;
  const pair = kind.startsWith('rsa-')
    ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: kind });
  if (label !== null) kept.set(`${kind} ${label}`, pair);
  return pair;
}

const spki = (key) => key.export({ type: 'spki', format: 'der' });
/** The bits of the key alone: SubjectPublicKeyInfo without its algorithm and the head of its BIT STRING. */
function keyBits(key) {
  const der = spki(key);
  const skip = (at) => (der[at + 1] < 0x80 ? 2 : 2 + (der[at + 1] & 0x7f));
  const algorithm = skip(0);
  const length = der[algorithm + 1];
  const at = algorithm + 2 + length;
  return der.subarray(at + skip(at) + 1);
}
const keyIdentifier = (key) => createHash('sha1').update(keyBits(key)).digest();

function signed(content, key, hash) {
  const kind = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  const algorithm = sequence(oid(SIGNATURES[`${kind}-${hash}`]), ...(kind === 'rsa' ? [Buffer.from([5, 0])] : []));
  return { algorithm, signature: sign(hash, content, key) };
}

// --- extensions ------------------------------------------------------------------------------------------------------------------------

const extension = (id, value, critical = false) => sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
const USES = ['digitalSignature', 'contentCommitment', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign'];
const PURPOSES = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2', OCSPSigning: '1.3.6.1.5.5.7.3.9' };

function keyUsage(uses) {
  let value = 0;
  for (const use of uses) value |= 0x80 >> USES.indexOf(use);
  return bits(Buffer.from([value]), 0);
}

const ipBytes = (address) =>
  address.includes(':')
    ? Buffer.from(
        new URL(`http://[${address}]`).hostname
          .slice(1, -1)
          .split('::')
          .map((half) =>
            half
              .split(':')
              .filter(Boolean)
              .map((word) => word.padStart(4, '0'))
              .join(''),
          )
          .reduce((a, b) => a + '0'.repeat(32 - a.length - b.length) + b),
        'hex',
      )
    : Buffer.from(address.split('.').map(Number));
const generalName = (value) => (isIP(value) === 0 ? tlv(0x82, Buffer.from(value)) : tlv(0x87, ipBytes(value)));
const uri = (value) => tlv(0x86, Buffer.from(value));
const subtrees = (tag, names) => (names === undefined ? [] : [tlv(tag, ...names.map((value) => sequence(tlv(0x82, Buffer.from(value)))))]);

function extensionsOf(parts, publicKey, issuer) {
  const { ca, names, uses, purposes, constraints, ocsp, issuerUrl, crl, mustStaple, critical } = parts;
  const list = [];
  if (ca !== undefined)
    list.push(
      extension('2.5.29.19', ca === false ? sequence() : sequence(boolean(true), ...(ca === true ? [] : [integer(ca.pathLength)])), true),
    );
  if (uses !== undefined) list.push(extension('2.5.29.15', keyUsage(uses), true));
  if (purposes !== undefined) list.push(extension('2.5.29.37', sequence(...purposes.map((purpose) => oid(PURPOSES[purpose])))));
  if (names !== undefined && names.length > 0) list.push(extension('2.5.29.17', sequence(...names.map(generalName))));
  if (constraints !== undefined)
    list.push(extension('2.5.29.30', sequence(...subtrees(0xa0, constraints.permitted), ...subtrees(0xa1, constraints.excluded)), true));
  const access = [
    ...(ocsp === undefined ? [] : [sequence(oid('1.3.6.1.5.5.7.48.1'), uri(ocsp))]),
    ...(issuerUrl === undefined ? [] : [sequence(oid('1.3.6.1.5.5.7.48.2'), uri(issuerUrl))]),
  ];
  if (access.length > 0) list.push(extension('1.3.6.1.5.5.7.1.1', sequence(...access)));
  if (crl !== undefined) list.push(extension('2.5.29.31', sequence(sequence(tlv(0xa0, tlv(0xa0, uri(crl)))))));
  if (mustStaple) list.push(extension('1.3.6.1.5.5.7.1.24', sequence(integer(5))));
  if (critical !== undefined) list.push(extension(critical, octets(Buffer.from('test')), true));
  list.push(extension('2.5.29.14', octets(keyIdentifier(publicKey))));
  list.push(extension('2.5.29.35', sequence(tlv(0x80, keyIdentifier(issuer)))));
  return list;
}

// --- certificates ----------------------------------------------------------------------------------------------------------------------

let serial = Date.now();

/**
 * Makes a certificate. `issuer` is one that this made; without one it signs itself. Dates are days from now. See the code for `parts`:
 * extensions that are not named are left out.
 */
export function makeCertificate(parts) {
  const { subject, issuer = null, keys = keyPair(), hash = 'sha256', version = 3, from = -30, to = 60, damaged = false } = parts;
  const signer = issuer?.keys.privateKey ?? keys.privateKey;
  const day = (days) => new Date(Date.now() + days * DAY_MS);
  const own = { subject: name(subject), serial: ++serial, keys };
  const { algorithm } = signed(Buffer.alloc(1), signer, hash);
  const content = sequence(
    ...(version === 3 ? [tlv(0xa0, integer(2))] : []),
    integer(own.serial),
    algorithm,
    issuer?.subject ?? own.subject,
    sequence(time(day(from)), time(day(to))),
    own.subject,
    spki(keys.publicKey),
    ...(version === 3 ? [tlv(0xa3, sequence(...extensionsOf(parts, keys.publicKey, issuer?.keys.publicKey ?? keys.publicKey)))] : []),
  );
  const { signature } = signed(damaged ? Buffer.concat([content, Buffer.from([0])]) : content, signer, hash);
  const der = sequence(content, algorithm, bits(signature));
  return { ...own, der, cert: pem('CERTIFICATE', der), key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) };
}

function pem(label, der) {
  return `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}

export function makeRoot(subject, parts = {}) {
  return makeCertificate({ subject, ca: true, uses: ['keyCertSign', 'cRLSign'], from: -400, to: 4000, ...parts });
}

export function makeIntermediate(subject, issuer, parts = {}) {
  return makeCertificate({ subject, issuer, ca: true, uses: ['keyCertSign', 'cRLSign'], from: -200, to: 2000, ...parts });
}

export function makeLeaf(issuer, parts = {}) {
  const names = parts.names ?? ['app.example.net', '127.0.0.1'];
  return makeCertificate({
    subject: 'CN=app.example.net',
    issuer,
    ca: false,
    uses: ['digitalSignature'],
    purposes: ['serverAuth'],
    ...parts,
    names,
  });
}

// --- OCSP ------------------------------------------------------------------------------------------------------------------------------

/**
 * An OCSP answer about `leaf` (RFC 6960). Days from now. `signer`: another than the issuer, `certificates`: sent with it; `status`: `good`,
 * `revoked`, `unknown`; `damaged`: the signature is over something else; `failure`: a status in place of an answer.
 */
export function makeOcspAnswer(
  leaf,
  issuer,
  { status = 'good', from = -1, to = 6, signer = issuer, certificates = [], damaged = false, failure = 0 } = {},
) {
  if (failure !== 0) return sequence(tlv(0x0a, [failure]));
  const day = (days) => new Date(Date.now() + days * DAY_MS);
  const sha1 = (content) => octets(createHash('sha1').update(content).digest());
  const identity = sequence(
    sequence(oid('1.3.14.3.2.26'), [5, 0]),
    sha1(issuer.subject),
    sha1(keyBits(issuer.keys.publicKey)),
    integer(leaf.serial),
  );
  const states = { good: tlv(0x80), revoked: tlv(0xa1, generalized(day(-2))), unknown: tlv(0x82) };
  const single = sequence(identity, states[status], generalized(day(from)), ...(to === null ? [] : [tlv(0xa0, generalized(day(to)))]));
  const data = sequence(tlv(0xa1, signer.subject), generalized(day(from)), sequence(single));
  const { algorithm, signature } = signed(damaged ? Buffer.from('other') : data, signer.keys.privateKey, 'sha256');
  const extra = certificates.length === 0 ? [] : [tlv(0xa0, sequence(...certificates.map(({ der }) => der)))];
  const basic = sequence(data, algorithm, bits(signature), ...extra);
  return sequence(tlv(0x0a, [0]), tlv(0xa0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}
