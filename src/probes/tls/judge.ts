import type { NotMeasured } from '../../model/attempt.js';
import { reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import {
  CLIENT_CERTIFICATE_REFUSED,
  CLIENT_CERTIFICATE_REQUIRED,
  MESSAGE_TOO_LONG,
  NOT_TLS,
  RESET_CODES,
  START_TLS_FOREIGN,
  START_TLS_INJECTED,
  START_TLS_REFUSED,
  UNSUPPORTED_PROTOCOL,
} from '../../model/failure-code.js';
import { formatMs, formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { processTimeBudget } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import { connectFailure } from '../connect-failure.js';
import type { JudgeContext } from '../probe.js';
import { judgeEnumeration } from './enumeration/judge.js';
import { judgeCertificate, judgeHostname, judgePin, judgeValidity } from './judge-certificate.js';
import { judgeChain } from './judge-chain.js';
import { judgeNames } from './judge-names.js';
import { isRuled, judgePolicy, judgePostQuantum } from './judge-policy.js';
import { judgeRevocation } from './judge-revocation.js';
import { judgeUse } from './judge-use.js';

/** Oldest first. */
const PROTOCOLS = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Encryption that is broken, too short or none (RFC 7465, RFC 7568, RFC 8429, SWEET32), by the names of OpenSSL and of IANA. */
const WEAK_CIPHER = /RC4|RC2|3DES|DES[-_]CBC|NULL|EXP|ADH|AECDH|anon|IDEA|SEED/;

/** OpenSSL names the exchange first where its keys are made anew each time; suites of TLS 1.3 have no other kind (RFC 9325, section 4.1). */
const FORWARD_SECRET = /^(TLS_|ECDHE-|DHE-)/;

const HANDSHAKE_CODES: Readonly<Record<string, Code>> = {
  [NOT_TLS]: 'tls-not-spoken',
  [CLIENT_CERTIFICATE_REQUIRED]: 'tls-client-certificate-required',
  [CLIENT_CERTIFICATE_REFUSED]: 'tls-client-certificate-required',
  [UNSUPPORTED_PROTOCOL]: 'tls-protocol-obsolete',
  [MESSAGE_TOO_LONG]: 'tls-message-too-long',
  [START_TLS_REFUSED]: 'starttls-refused',
  [START_TLS_FOREIGN]: 'starttls-not-spoken',
  [START_TLS_INJECTED]: 'starttls-injected',
};

/** What is said only where there is something to say. */
const FURTHER = [judgeUse, judgeNames, judgeChain, judgeRevocation];

/**
 * `l6.handshake`, `l6.protocol`, `l6.certificate` (trust and strength), `l6.hostname`, `l6.validity`, and `l6.pin` where pins were given; and
 * `l6.use`, `l6.names`, `l6.chain` and `l6.revocation` where there is something to say of them.
 * Each fault is named by one check: a date that makes a chain untrusted by the validity alone.
 */
export function judgeTls(measurement: MeasurementOf<'tls'>, { policy }: JudgeContext): Check[] {
  const checks = [judgeHandshake(measurement, { policy })];
  const { attempt, data } = measurement;
  const missing = data.protocol === null ? because(attempt.kind === 'measured' ? null : attempt) : null;
  const withoutChain = missing ?? (data.chain.length === 0 ? 'the server showed no certificate' : null);
  checks.push(
    missing === null ? judgeProtocol(measurement, { policy }) : skippedCheck(protocolLine(measurement), missing),
    judgeCertificate(measurement, withoutChain),
    judgeHostname(measurement, withoutChain),
    judgeValidity(measurement, policy, withoutChain),
  );
  const further = missing === null ? FURTHER.map((judge) => judge(measurement)) : [];
  const enumerated = judgeEnumeration(measurement, policy);
  const own = [...further, judgePin(measurement), judgePostQuantum(measurement)].filter((made) => made !== null);
  return [...checks, ...own, ...enumerated.filter((made) => !isRuled(made, measurement)), ...judgePolicy(measurement)];
}

function because(attempt: NotMeasured | null): string {
  if (attempt === null) return 'the TLS handshake showed nothing';
  if (attempt.kind === 'failed' || attempt.kind === 'unanswered') {
    const reset = attempt.kind === 'failed' && RESET_CODES.has(attempt.code);
    if (attempt.step === 'handshake' || (attempt.step === 'connect' && reset)) return 'the TLS handshake did not complete';
    if (attempt.step === 'connect') return `TCP did not connect: ${reasonOf(attempt)}`;
  }
  return reasonOf(attempt);
}

function judgeHandshake(measurement: MeasurementOf<'tls'>, { policy }: JudgeContext): Check {
  const line = { kind: 'l6.handshake', layer: 6, title: 'TLS handshake', measurement } as const;
  const { attempt, data } = measurement;
  const expected = `under ${formatMs(policy.tlsHandshakeMs.acceptable)}`;
  if (attempt.kind === 'measured') {
    if (data.handshakeMs === null) return skippedCheck(line, 'the handshake was not timed');
    const status = gradeProcessTime(data.handshakeMs, measurement.stalledMs, policy.tlsHandshakeMs);
    const observed = formatProcessTime(data.handshakeMs, measurement.stalledMs);
    const budget = processTimeBudget('tlsHandshakeMs', data.handshakeMs, measurement.stalledMs, policy.tlsHandshakeMs);
    return check({ ...line, status, code: status === 'pass' ? null : 'tls-handshake-slow', observed, expected, budget });
  }
  if (attempt.kind === 'unanswered' && attempt.step === 'handshake') {
    const observed = `the server accepts the connection and says nothing within ${formatMs(attempt.waitedMs)}`;
    return check({ ...line, status: 'fail', code: 'service-silent', observed, expected });
  }
  // A reset right behind the acceptance is seen by connect(2) already, or only in the handshake: a matter of microseconds.
  const reset = attempt.kind === 'failed' && RESET_CODES.has(attempt.code);
  if (attempt.kind === 'failed' && (attempt.step === 'handshake' || (attempt.step === 'connect' && reset))) {
    const code = reset ? 'tcp-reset' : (HANDSHAKE_CODES[attempt.code] ?? 'tls-handshake-failed');
    return check({ ...line, status: 'fail', code, observed: attempt.message, expected });
  }
  const unconnected = connectFailure(attempt);
  if (unconnected !== null) return check({ ...line, status: 'fail', code: unconnected, observed: because(attempt), expected });
  return skippedCheck(line, because(attempt));
}

function protocolLine(measurement: MeasurementOf<'tls'>) {
  return { kind: 'l6.protocol', layer: 6, title: 'TLS version', measurement } as const;
}

function judgeProtocol(measurement: MeasurementOf<'tls'>, { policy }: JudgeContext): Check {
  const { protocol, cipher, group } = measurement.data;
  const obsolete = PROTOCOLS.indexOf(protocol ?? '') < PROTOCOLS.indexOf(policy.minimumTlsVersion.version);
  const weak = cipher !== null && WEAK_CIPHER.test(cipher);
  const lasting = cipher !== null && !FORWARD_SECRET.test(cipher);
  return check({
    ...protocolLine(measurement),
    status: obsolete || weak ? 'fail' : lasting ? 'warn' : 'pass',
    code: obsolete ? 'tls-protocol-obsolete' : weak || lasting ? 'tls-cipher-weak' : null,
    observed: `${[protocol, cipher, group].filter((part) => part !== null).join(', ')}${lasting ? ': no forward secrecy' : ''}`,
    expected: `${policy.minimumTlsVersion.version} or later`,
  });
}
