import type { MeasurementOf } from '../../../model/measurement.js';
import type { Policy } from '../../../model/policy.js';
import type { Check } from '../../../model/report.js';
import { type CheckParts, check, skippedCheck } from '../../check.js';

type TlsMeasurement = MeasurementOf<'tls'>;
type Enumeration = NonNullable<TlsMeasurement['data']['enumeration']>;
type Line = Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>;

/** Oldest first. */
const PROTOCOLS = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const NAMED = 4;

/**
 * What an enumeration found, held against the policy: `l6.enumeration` (whether all was settled, and the server kept to the protocol),
 * `l6.enumeration-protocols`, `l6.enumeration-ciphers`, `l6.enumeration-compression`, `l6.enumeration-renegotiation`. None where the server
 * was not enumerated.
 */
export function judgeEnumeration({ data, ...measurement }: TlsMeasurement, policy: Policy): Check[] {
  const { enumeration } = data;
  const line = (name: string, title: string): Line => ({ kind: `l6.enumeration${name}`, layer: 6, title, measurement });
  if (enumeration == null)
    return data.enumerationAsked === true ? [skippedCheck(line('', 'enumeration'), 'nothing that speaks TLS was reached')] : [];
  return [
    judgeCourse(enumeration, line('', 'enumeration')),
    judgeProtocols(enumeration, policy, line('-protocols', 'TLS versions accepted')),
    judgeCiphers(enumeration, line('-ciphers', 'cipher suites accepted')),
    judgeCompression(enumeration, line('-compression', 'TLS compression')),
    judgeRenegotiation(enumeration, line('-renegotiation', 'secure renegotiation')),
  ];
}

function judgeCourse({ complete, unsettled, violations, connections }: Enumeration, line: Line): Check {
  const expected = 'valid answers, everything settled';
  if (violations !== undefined && violations.length > 0)
    return check({ ...line, status: 'fail', code: 'tls-answers-invalid', observed: some(violations), expected });
  if (!complete) return skippedCheck(line, `not settled: ${some(unsettled)}`);
  return check({ ...line, status: 'pass', observed: `settled by ${connections} connections`, expected });
}

function judgeProtocols({ protocols }: Enumeration, { minimumTlsVersion }: Policy, line: Line): Check {
  const { version } = minimumTlsVersion;
  const expected = `none before ${version}`;
  const obsolete = ({ name }: { name: string }) => PROTOCOLS.indexOf(name) < PROTOCOLS.indexOf(version);
  const accepted = protocols.filter(({ supported }) => supported === true);
  const old = accepted.filter(obsolete).map(({ name }) => name);
  if (old.length > 0)
    return check({ ...line, status: 'fail', code: 'tls-protocol-obsolete', observed: `accepts ${old.join(', ')}`, expected });
  const open = protocols.filter((entry) => entry.supported === null && obsolete(entry)).map(({ name }) => name);
  if (open.length > 0) return skippedCheck(line, `not settled: ${open.join(', ')}`);
  if (accepted.length === 0) return skippedCheck(line, 'no version was accepted');
  return check({ ...line, status: 'pass', observed: accepted.map(({ name }) => name).join(', '), expected });
}

/** Insecure suites fail; those that are merely weak warn. */
function judgeCiphers({ ciphers, complete }: Enumeration, line: Line): Check {
  const expected = 'forward secrecy and authenticated encryption';
  const named = (strength: string) => [...new Set(ciphers.filter((cipher) => cipher.strength === strength).map(({ name }) => name))];
  const [insecure, weak] = [named('insecure'), named('weak')];
  const found = [...insecure, ...weak];
  if (found.length > 0) {
    const status = insecure.length > 0 ? 'fail' : 'warn';
    const counted = insecure.length > 0 ? `${insecure.length} insecure, ${weak.length} weak` : `${weak.length} weak`;
    return check({ ...line, status, code: 'tls-cipher-weak', observed: `${counted}: ${some(found)}`, expected });
  }
  if (!complete) return skippedCheck(line, 'not everything was settled');
  if (ciphers.length === 0) return skippedCheck(line, 'no cipher suite was accepted');
  return check({ ...line, status: 'pass', observed: `${ciphers.length} accepted, none of them weak`, expected });
}

function judgeCompression(enumeration: Enumeration, line: Line): Check {
  const { compression } = enumeration;
  const expected = 'none (RFC 9325 section 3.3)';
  if (compression === null) return skippedCheck(line, withoutAnswer(enumeration, 'TLS 1.3 has none'));
  return check({
    ...line,
    status: compression ? 'fail' : 'pass',
    code: compression ? 'tls-compression' : null,
    observed: compression ? 'DEFLATE is accepted' : 'none',
    expected,
  });
}

function judgeRenegotiation(enumeration: Enumeration, line: Line): Check {
  const { secureRenegotiation } = enumeration;
  if (secureRenegotiation === null) return skippedCheck(line, withoutAnswer(enumeration, 'TLS 1.3 has no renegotiation'));
  return check({
    ...line,
    status: secureRenegotiation ? 'pass' : 'fail',
    code: secureRenegotiation ? null : 'tls-renegotiation-insecure',
    observed: secureRenegotiation ? 'renegotiation_info is answered' : 'renegotiation_info is not answered',
    expected: 'RFC 5746',
  });
}

/** Why what only older versions agree to was not answered. */
function withoutAnswer({ ciphers, complete }: Enumeration, inTls13: string): string {
  if (ciphers.length === 0) return complete ? 'no cipher suite was accepted' : 'not settled';
  return ciphers.every(({ protocol }) => protocol === 'TLSv1.3') ? inTls13 : 'not settled';
}

function some(texts: readonly string[]): string {
  const more = texts.length > NAMED ? ` and ${texts.length - NAMED} more` : '';
  return `${texts.slice(0, NAMED).join(', ')}${more}`;
}
