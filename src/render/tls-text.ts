import { formatMs, formatRatio } from '../model/format.js';
import type { Certificate, DataOf } from '../model/measurement.js';
import { counted } from './quantities.js';

type Data = DataOf<'tls'>;

const NAMES_SHOWN = 8;
const CERTIFICATES_SHOWN = 6;

const STORES = { node: "Node's roots", system: 'the store of this machine', given: '--ca' } as const;

const CHAIN_FAULTS: Readonly<Record<NonNullable<Data['chainFaults']>[number], string>> = {
  'wrong-order': 'in the wrong order',
  'unrelated-certificate': 'with certificates that do not belong to it',
  'root-sent': 'with the root, which clients have themselves',
  duplicate: 'with one twice',
  'too-long': 'far too long',
};

/** What was negotiated, whom it is trusted by, and each certificate. */
export function tlsLines(data: Data): string[] {
  if (data.protocol === null) return [];
  const parts = [
    data.startTls ? `${data.startTls.toUpperCase()}, then ${data.protocol}` : data.protocol,
    data.cipher,
    data.group,
    data.alpn === null ? null : `ALPN ${data.alpn}`,
    data.handshakeMs === null ? null : formatMs(data.handshakeMs),
    trust(data),
  ];
  return [
    parts.filter((part) => part !== null).join(' · '),
    ...data.chain.slice(0, CERTIFICATES_SHOWN).flatMap((certificate, index) => certificateLines(certificate, index, data)),
    ...chain(data),
    ...staple(data),
    ...resumption(data),
    ...(data.clientCertificateRequested === true ? ['the server asks for a client certificate'] : []),
    ...pin(data),
  ];
}

function trust({ trusted, trustError, trustedBy }: Data): string | null {
  if (trusted === null) return null;
  if (!trusted) return `not trusted${trustError === null ? '' : ` (${trustError})`}`;
  const by = Object.entries(STORES).flatMap(([store, name]) => (trustedBy?.[store as keyof typeof STORES] === true ? [name] : []));
  return by.length === 0 ? 'trusted' : `trusted by ${by.join(', ')}`;
}

function certificateLines(certificate: Certificate, index: number, { chain: { length } }: Data): string[] {
  const { subject, issuer, selfSigned } = certificate;
  const place = length === 1 ? 'certificate' : `certificate ${index + 1} of ${length}`;
  const by = selfSigned === true ? 'by itself' : `by ${issuer}`;
  const until = `until ${certificate.notAfter.slice(0, 10)}${remaining(certificate)}`;
  const facts = [
    until,
    certificate.keyType === null ? null : `${certificate.keyType}${certificate.keyBits === null ? '' : ` ${certificate.keyBits}`}`,
    certificate.signatureAlgorithm ?? null,
    certificate.mustStaple === true ? 'must-staple' : null,
    certificate.embeddedTimestamps ? counted(certificate.embeddedTimestamps, 'log timestamp') : null,
  ].filter((part) => part !== null);
  const fingerprint = index === 0 ? `SHA-256 ${certificate.sha256.slice(0, 16)}…` : null;
  const purpose = [authority(certificate), uses(certificate), fingerprint].filter((part) => part !== null).join(' · ');
  const lines = [`${place}: ${subject}`, `  ${by}`, `  ${facts.join(' · ')}`, ...(purpose === '' ? [] : [`  ${purpose}`])];
  return index > 0 ? lines : [...lines, ...names(certificate), ...addresses(certificate)];
}

function remaining({ lifetimeDays, remainingRatio }: Certificate): string {
  if (lifetimeDays === undefined || remainingRatio === undefined || remainingRatio === 0) return '';
  return ` (${formatRatio(remainingRatio)} of ${Math.round(lifetimeDays)} days left)`;
}

function authority({ basicConstraints }: Certificate): string | null {
  if (!basicConstraints?.ca) return null;
  return basicConstraints.pathLength === null ? 'an authority' : `an authority, path length ${basicConstraints.pathLength}`;
}

function uses({ keyUsage, extendedKeyUsage }: Certificate): string | null {
  const all = [...(extendedKeyUsage ?? []), ...(keyUsage ?? [])];
  return all.length === 0 ? null : `for ${all.join(', ')}`;
}

function names({ san }: Certificate): string[] {
  if (san.length === 0) return ['  no names (subjectAltName)'];
  const more = san.length > NAMES_SHOWN ? ` and ${san.length - NAMES_SHOWN} more` : '';
  return [`  names ${san.slice(0, NAMES_SHOWN).join(', ')}${more}`];
}

function addresses({ ocspUrls = [], crlUrls = [], issuerUrls = [] }: Certificate): string[] {
  const parts = [
    ['OCSP', ocspUrls],
    ['CRL', crlUrls],
    ['issuer', issuerUrls],
  ] as const;
  return parts.flatMap(([kind, urls]) => (urls[0] === undefined ? [] : [`  ${kind} ${urls[0]}`]));
}

function chain({ chain: { length }, chainLength = length, chainFaults }: Data): string[] {
  const more = chainLength > CERTIFICATES_SHOWN ? [`${chainLength} certificates were sent`] : [];
  const faults = (chainFaults ?? []).map((fault) => CHAIN_FAULTS[fault]);
  return faults.length === 0 ? more : [...more, `chain sent ${faults.join(', ')}`];
}

function staple({ ocspStaple }: Data): string[] {
  if (!ocspStaple) return [];
  const { status, nextUpdate, fault } = ocspStaple;
  if (fault !== null) return [`stapled OCSP answer${status === null ? '' : `: ${status}, but`} not to be relied on: ${fault}`];
  return [`stapled OCSP answer: ${status}${nextUpdate === null ? '' : `, until ${nextUpdate.slice(0, 10)}`}`];
}

function resumption({ resumption: tried }: Data): string[] {
  if (!tried) return [];
  const method = { ticket: 'by ticket', 'session-id': 'by session identifier', psk: 'by pre-shared key' };
  const time = tried.handshakeMs === null ? '' : ` in ${formatMs(tried.handshakeMs)}`;
  if (!tried.resumed) return [`session not resumed${tried.handshakeMs === null ? ': the server gave none to resume' : ''}`];
  return [`session resumed${tried.method === null ? '' : ` ${method[tried.method]}`}${time}`];
}

function pin({ pin: key, pinMatches }: Data): string[] {
  if (key === null) return [];
  return [`public key ${key}${pinMatches === null ? '' : pinMatches ? ', as pinned' : ', not as pinned'}`];
}
