import type { Certificate, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check } from '../check.js';
import { isSubjectOfAnother } from './judge-names.js';

/** Key exchanges for which the server signs with its key; without (RSA below TLS 1.3) it decrypts. */
const SIGNS = /^TLS_(AES|CHACHA|SM4)|DHE/;
/** The longest life by the day on which it began (CA/Browser Forum ballots 193, SC31 and SC81). */
const LONGEST_LIVES: readonly { from: string; days: number }[] = [
  { from: '2029-03-15', days: 47 },
  { from: '2027-03-15', days: 100 },
  { from: '2026-03-15', days: 200 },
  { from: '2020-09-01', days: 398 },
  { from: '2018-03-01', days: 825 },
];

/**
 * `l6.use`: whether the leaf may be what it is used as, by its version, extensions and length of life; `null` where nothing stands against
 * it. A self-signed certificate is its own authority by need.
 */
export function judgeUse({ data, ...measurement }: MeasurementOf<'tls'>): Check | null {
  const leaf = data.chain[0];
  if (leaf === undefined) return null;
  const line = { kind: 'l6.use', layer: 6, title: 'certificate use', measurement, expected: "a TLS server's certificate" } as const;
  if (leaf.version === 1 && leaf.selfSigned !== true) {
    const observed = isSubjectOfAnother(leaf, data)
      ? `X.509 version 1: it can say neither its names nor what it is for; its subject ${leaf.subject} is of another name`
      : 'X.509 version 1: it can say neither its names nor what it is for';
    return check({ ...line, status: 'fail', code: 'cert-version-obsolete', observed });
  }
  const misuse = misuseOf(leaf, data.cipher);
  if (misuse !== null) return check({ ...line, status: 'fail', code: 'cert-usage-wrong', observed: misuse });
  if (leaf.selfSigned !== true && (leaf.basicConstraints?.ca === true || leaf.keyUsage?.includes('keyCertSign') === true)) {
    const observed = `it is the certificate of an authority: ${leaf.subject}`;
    return check({ ...line, status: 'warn', code: 'cert-is-authority', observed });
  }
  const tooLong = data.trustedBy?.node === true ? lifetimeFault(leaf) : null;
  return tooLong === null ? null : check({ ...line, status: 'warn', code: 'cert-lifetime-too-long', observed: tooLong });
}

/** RFC 5280 sections 4.2.1.3 and 4.2.1.12: an extension that is there limits, one that is absent does not. */
export function misuseOf({ extendedKeyUsage, keyUsage }: Certificate, cipher: string | null): string | null {
  if (extendedKeyUsage && !extendedKeyUsage.some((purpose) => purpose === 'serverAuth' || purpose === 'anyExtendedKeyUsage'))
    return `it is only for ${extendedKeyUsage.join(', ') || 'nothing'}, not for a server (serverAuth)`;
  if (!keyUsage || cipher === null) return null;
  const needed = SIGNS.test(cipher) ? ['digitalSignature'] : ['keyEncipherment', 'keyAgreement'];
  return needed.some((use) => keyUsage.includes(use))
    ? null
    : `its key is only for ${keyUsage.join(', ') || 'nothing'}, not for ${needed[0]}`;
}

function lifetimeFault({ notBefore, lifetimeDays }: Certificate): string | null {
  const longest = LONGEST_LIVES.find(({ from }) => notBefore >= from);
  if (longest === undefined || lifetimeDays === undefined) return null;
  // A second more than whole days is how some authorities count.
  const days = Math.floor(lifetimeDays);
  return days > longest.days ? `valid for ${days} days; a public certificate of its time may be for ${longest.days}` : null;
}
