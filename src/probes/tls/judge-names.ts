import type { Certificate, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { addressFamily } from '../../model/target.js';
import { check } from '../check.js';

/** Below these registries anybody can have a name, so a wildcard for one is for everybody's. The usual ones; the whole list is long. */
const REGISTRIES =
  /^(?:[^.]+|(?:co|com|net|org|ac|edu|gov|ne|or|go)\.(?:uk|au|nz|za|jp|kr|in|il|br|cn|tw|hk|sg|mx|tr|ar|pl|my|th|id|ph|vn|ua|eg|ng|ke|pe|ve|uy|py|bo|ec))$/i;

/**
 * `l6.names`: names in the certificate that clients do not take as they are meant; `null` where there are none. Fails where the name that
 * was asked for is not found for that reason.
 */
export function judgeNames({ data, ...measurement }: MeasurementOf<'tls'>): Check | null {
  const leaf = data.chain[0];
  // Version 1 has no place for names: that it is so old is the fault.
  if (leaf === undefined || data.hostnameMatches === null || leaf.version === 1) return null;
  const line = { kind: 'l6.names', layer: 6, title: 'names as they count', measurement, expected: 'subjectAltName, whole labels' } as const;
  const status = data.hostnameMatches ? 'warn' : 'fail';
  if (leaf.san.length === 0) {
    const observed = isSubjectOfAnother(leaf, data)
      ? `no subjectAltName, and the subject ${leaf.subject} is of another name`
      : `no subjectAltName, only the subject ${leaf.subject}`;
    return check({ ...line, status: 'fail', code: 'cert-san-missing', observed });
  }
  const misused =
    leaf.san.map((name) => wildcardFault(name)).find((fault) => fault !== null) ?? tooWide(leaf.san, data.servername, data.hostnameMatches);
  return misused === null ? null : check({ ...line, status, code: 'cert-wildcard-misused', observed: misused });
}

/**
 * Whether also the common name, at which clients looked before RFC 6125, stands for another server: then it is no matter of where names stand
 * that none of them fits.
 */
export function isSubjectOfAnother({ subject }: Certificate, { servername, address }: MeasurementOf<'tls'>['data']): boolean {
  const asked = (servername ?? address)?.toLowerCase().replace(/\.$/, '');
  const names = subject.split(/[,\n]/).flatMap((part) => /^\s*CN=(.+?)\s*$/.exec(part)?.[1]?.toLowerCase() ?? []);
  if (asked === undefined || names.length === 0) return false;
  return !names.some((name) => name === asked || (name.startsWith('*.') && asked.replace(/^[^.]+/, '*') === name));
}

/** RFC 9525 section 6.3: one `*`, as the whole leftmost label. */
function wildcardFault(name: string): string | null {
  if (!name.includes('*') || /[:/@]/.test(name)) return null;
  const [first = '', ...rest] = name.split('.');
  if (rest.some((label) => label.includes('*'))) return `${name} has a wildcard that is not the leftmost label`;
  if (first !== '*') return `${name} has a wildcard for a part of a label`;
  const domain = rest.join('.');
  return domain === '' || REGISTRIES.test(domain) ? `${name} is a wildcard for a whole registry` : null;
}

/** A name that some wildcard would stand for, if only a wildcard stood for several labels. */
function tooWide(names: readonly string[], servername: string | null, matches: boolean): string | null {
  if (matches || servername === null || addressFamily(servername) !== null) return null;
  const asked = servername.toLowerCase().replace(/\.$/, '');
  const wide = names.find((name) => name.startsWith('*.') && asked.endsWith(name.slice(1).toLowerCase()));
  return wide === undefined ? null : `${wide} stands for one label, and ${asked} has more`;
}
