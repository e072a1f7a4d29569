import type { CertificateExtension } from './certificate-outline.js';
import { DER, type DerElement, derAt, derChildren, derContent, derOf, derWhole, hexOf, objectIdentifier, smallInteger } from './der.js';

/** What a certificate says of its own use (RFC 5280 section 4.2). `null`: it does not have the extension. */
export interface CertificateExtensions {
  basicConstraints: { ca: boolean; pathLength: number | null } | null;
  keyUsage: string[] | null;
  extendedKeyUsage: string[] | null;
  crlUrls: string[];
  ocspUrls: string[];
  issuerUrls: string[];
  nameConstraints: NameConstraints | null;
  /** Of the key that is certified, and of the one that signs; in hexadecimal. */
  subjectKeyIdentifier: string | null;
  authorityKeyIdentifier: string | null;
  /** DER of the name of the authority above the issuer, where the certificate tells it (authorityCertIssuer). */
  authorityAbove: Uint8Array | null;
  /** Clients must refuse a certificate with a critical extension that they do not know. */
  unknownCritical: string[];
  /** RFC 7633: it is to be shown with a stapled OCSP answer only. */
  mustStaple: boolean;
  /** Signed certificate timestamps (RFC 6962) inside it. */
  embeddedTimestamps: number | null;
}

/** Subtrees for DNS names (`example.net`, `.example.net`) and IP addresses (`address/mask` in hexadecimal) alone. */
export interface NameConstraints {
  permittedDns: string[];
  excludedDns: string[];
  permittedIp: string[];
  excludedIp: string[];
}

const MOST_ADDRESSES = 16;
const LONGEST_ADDRESS = 1024;

/** RFC 5280 section 4.2.1.3, bit by bit. */
const KEY_USAGES = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
};

const ID = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  timestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const;

/** What clients commonly know, so that it may be critical; with issuerAltName, proxyCertInfo, the two of RFC 3779, and OCSP's no-check. */
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(ID),
  '2.5.29.18',
  '1.3.6.1.5.5.7.1.14',
  '1.3.6.1.5.5.7.1.7',
  '1.3.6.1.5.5.7.1.8',
  '1.3.6.1.5.5.7.48.1.5',
]);

const ACCESS_OCSP = '1.3.6.1.5.5.7.48.1';
const ACCESS_ISSUERS = '1.3.6.1.5.5.7.48.2';
const STATUS_REQUEST = 5;
/** GeneralName choices, and the tags of nameConstraints. */
const TAG = {
  dns: 0x82,
  uri: 0x86,
  ip: 0x87,
  permitted: 0xa0,
  excluded: 0xa1,
  keyIdentifier: 0x80,
  authorityNames: 0xa1,
  directoryName: 0xa4,
} as const;

/** Reads the extensions that decide what a certificate is good for. One that cannot be read counts as absent. */
export function readCertificateExtensions(extensions: readonly CertificateExtension[]): CertificateExtensions {
  const value = (id: string): Uint8Array | null => extensions.find((extension) => extension.id === id)?.value ?? null;
  const read = <T>(id: string, reader: (der: Uint8Array) => T): T | null => {
    const der = value(id);
    return der === null ? null : reader(der);
  };
  const access = read(ID.authorityInfoAccess, accessOf) ?? [];
  return {
    basicConstraints: read(ID.basicConstraints, basicConstraintsOf),
    keyUsage: read(ID.keyUsage, keyUsageOf),
    extendedKeyUsage: read(ID.extendedKeyUsage, (der) => identifiersIn(der).map((id) => PURPOSES[id] ?? id)),
    crlUrls: read(ID.crlDistributionPoints, (der) => addressesIn(der, der.length === 0 ? null : derAt(der, 0), 0)) ?? [],
    ocspUrls: access.filter(({ method }) => method === ACCESS_OCSP).map(({ url }) => url),
    issuerUrls: access.filter(({ method }) => method === ACCESS_ISSUERS).map(({ url }) => url),
    nameConstraints: read(ID.nameConstraints, nameConstraintsOf),
    subjectKeyIdentifier: read(ID.subjectKeyIdentifier, (der) => {
      const octets = derOf(der, 0, der.length, DER.OCTET_STRING);
      return octets === null ? null : hexOf(derContent(der, octets).subarray(0, 64));
    }),
    authorityKeyIdentifier: read(ID.authorityKeyIdentifier, (der) => {
      const octets = childrenOf(der).find(({ tag }) => tag === TAG.keyIdentifier);
      return octets === undefined ? null : hexOf(derContent(der, octets).subarray(0, 64));
    }),
    authorityAbove: read(ID.authorityKeyIdentifier, authorityAboveOf),
    unknownCritical: extensions.filter(({ critical, id }) => critical && !KNOWN.has(id)).map(({ id }) => id),
    mustStaple:
      read(ID.tlsFeature, (der) =>
        childrenOf(der).some((feature) => feature.tag === DER.INTEGER && smallInteger(derContent(der, feature)) === STATUS_REQUEST),
      ) ?? false,
    embeddedTimestamps: read(ID.timestamps, timestampsIn),
  };
}

/** The children of the one SEQUENCE that `der` is; empty where it is none. */
function childrenOf(der: Uint8Array): DerElement[] {
  const sequence = derOf(der, 0, der.length, DER.SEQUENCE);
  return (sequence === null ? null : derChildren(der, sequence)) ?? [];
}

function basicConstraintsOf(der: Uint8Array): CertificateExtensions['basicConstraints'] {
  const [first, second] = childrenOf(der);
  const ca = first?.tag === DER.BOOLEAN && derContent(der, first)[0] !== 0;
  const length = [first, second].find((element) => element?.tag === DER.INTEGER);
  return { ca, pathLength: length === undefined ? null : smallInteger(derContent(der, length)) };
}

function keyUsageOf(der: Uint8Array): string[] {
  const bits = derOf(der, 0, der.length, DER.BIT_STRING);
  if (bits === null) return [];
  const octets = derContent(der, bits).subarray(1, 3);
  return KEY_USAGES.filter((_, index) => ((octets[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

function identifiersIn(der: Uint8Array): string[] {
  return childrenOf(der).flatMap((element) => {
    const id = element.tag === DER.OBJECT_IDENTIFIER ? objectIdentifier(derContent(der, element)) : null;
    return id === null ? [] : [id];
  });
}

function authorityAboveOf(der: Uint8Array): Uint8Array | null {
  const names = childrenOf(der).find(({ tag }) => tag === TAG.authorityNames);
  const directory = (names === undefined ? null : derChildren(der, names))?.find(({ tag }) => tag === TAG.directoryName);
  const name = directory === undefined ? null : derOf(der, directory.contentStart, directory.end, DER.SEQUENCE);
  return name === null ? null : derWhole(der, name);
}

function accessOf(der: Uint8Array): { method: string; url: string }[] {
  return childrenOf(der)
    .slice(0, MOST_ADDRESSES)
    .flatMap((description) => {
      const [method, location] = derChildren(der, description) ?? [];
      const id = method?.tag === DER.OBJECT_IDENTIFIER ? objectIdentifier(derContent(der, method)) : null;
      return id === null || location?.tag !== TAG.uri ? [] : [{ method: id, url: textOf(der, location) }];
    });
}

/** DistributionPoint, its name, its full name, the general names in it: URIs lie at the fourth level. */
const DEEPEST_ADDRESS = 5;

function addressesIn(der: Uint8Array, element: DerElement | null, depth: number): string[] {
  if (element === null || depth > DEEPEST_ADDRESS) return [];
  if (element.tag === TAG.uri) return [textOf(der, element)];
  // Constructed ones alone have something inside.
  if ((element.tag & 0x20) === 0) return [];
  return (derChildren(der, element) ?? []).flatMap((child) => addressesIn(der, child, depth + 1)).slice(0, MOST_ADDRESSES);
}

function textOf(der: Uint8Array, element: DerElement): string {
  return String.fromCharCode(...derContent(der, element).subarray(0, LONGEST_ADDRESS));
}

function nameConstraintsOf(der: Uint8Array): NameConstraints {
  const constraints: NameConstraints = { permittedDns: [], excludedDns: [], permittedIp: [], excludedIp: [] };
  for (const list of childrenOf(der)) {
    const way = list.tag === TAG.permitted ? 'permitted' : list.tag === TAG.excluded ? 'excluded' : null;
    if (way === null) continue;
    for (const subtree of derChildren(der, list) ?? []) {
      const [base] = derChildren(der, subtree) ?? [];
      if (base?.tag === TAG.dns) constraints[`${way}Dns`].push(textOf(der, base).toLowerCase());
      if (base?.tag === TAG.ip) constraints[`${way}Ip`].push(hexOf(derContent(der, base).subarray(0, 32)));
    }
  }
  return constraints;
}

/** SignedCertificateTimestampList (RFC 6962 section 3.3): an OCTET STRING with a vector of vectors. */
function timestampsIn(der: Uint8Array): number | null {
  const octets = derOf(der, 0, der.length, DER.OCTET_STRING);
  if (octets === null) return null;
  const list = derContent(der, octets);
  const end = Math.min(list.length, 2 + (list[0] ?? 0) * 256 + (list[1] ?? 0));
  let count = 0;
  for (let at = 2; at + 2 <= end; count++) at += 2 + (list[at] ?? 0) * 256 + (list[at + 1] ?? 0);
  return count;
}
