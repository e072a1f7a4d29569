import { formatMs } from '../../model/format.js';
import type { Certificate, MeasurementOf } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { type Content, html, type Markup } from './markup.js';
import { bullets, facts, table } from './table.js';
import { moment } from './time.js';

const CHAINS_SHOWN = 12;
const NAMES_SHOWN = 20;

/** What TLS agreed on at each target, and the certificates that it was shown. `null` where no handshake came so far. */
export function certificatesSection({ measurements }: Report): Markup | null {
  const handshakes = measurements
    .filter((entry): entry is MeasurementOf<'tls'> => entry.probe === 'tls')
    .filter(({ data }) => data.protocol !== null || data.chain.length > 0);
  if (handshakes.length === 0) return null;
  const more = handshakes.length - CHAINS_SHOWN;
  return html`<section id="certificates" aria-labelledby="certificates-title">
<h2 id="certificates-title">TLS and certificates</h2>
${handshakes.slice(0, CHAINS_SHOWN).map(handshakeOf)}${more > 0 ? html`<p class="note">${more} more handshakes are in the JSON report.</p>\n` : null}</section>
`;
}

function handshakeOf({ data, target }: MeasurementOf<'tls'>): Markup {
  const place = target ?? data.servername ?? 'this machine';
  return html`<h3>${place}</h3>
${facts([
  ['Version', data.protocol],
  ['Cipher suite', data.cipher],
  ['Key exchange', data.group],
  ['Application protocol', data.alpn],
  ['Handshake', data.handshakeMs === null ? null : formatMs(data.handshakeMs)],
  ['Trusted', data.trusted === null ? null : data.trusted ? 'yes' : `no${data.trustError === null ? '' : `: ${data.trustError}`}`],
  ['Right name', data.hostnameMatches === null ? null : data.hostnameMatches ? 'yes' : 'no'],
  ['Public key', data.pin === null ? null : html`<code>${data.pin}</code>`],
])}${
  data.chain.length === 0
    ? html`<p>No certificate was shown.</p>\n`
    : table({
        caption: `Certificates of ${place}, as they were sent`,
        columns: [{ title: 'Place' }, { title: 'For' }, { title: 'Issued by' }, { title: 'Valid' }, { title: 'Key' }],
        nameColumn: 1,
        groups: [
          {
            title: null,
            rows: data.chain.map((certificate, index) => ({ cells: certificateCells(certificate, index, data.chain.length) })),
          },
        ],
        left: (data.chainLength ?? 0) > data.chain.length ? `${data.chainLength} certificates were sent.` : null,
      })
}`;
}

function certificateCells(certificate: Certificate, index: number, count: number): Content[] {
  const { subject, issuer, notBefore, notAfter, keyType, keyBits, san, sha256, selfSigned, signatureAlgorithm } = certificate;
  const key = [keyType, keyBits === null ? null : String(keyBits)].filter((part) => part !== null).join(' ');
  return [
    `${index + 1} of ${count}`,
    html`${subject}${san.length === 0 ? null : html`<details><summary>Names and fingerprint</summary>${bullets(san, NAMES_SHOWN)}<p>SHA-256 <code>${sha256}</code></p></details>`}`,
    selfSigned === true ? 'itself' : issuer,
    html`${moment(notBefore)} to ${moment(notAfter)}`,
    [key === '' ? 'not known' : key, signatureAlgorithm == null ? null : html`<br>signed with ${signatureAlgorithm}`],
  ];
}
