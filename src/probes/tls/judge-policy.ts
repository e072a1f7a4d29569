import type { Code } from '../../model/code.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { postQuantumGroups, type RuleOutcome } from './rules.js';

type TlsMeasurement = MeasurementOf<'tls'>;

/** Rules whose breach is always one thing. */
const CODES: Readonly<Record<string, Code>> = {
  'rsa-size': 'cert-key-weak',
  'ec-size': 'cert-key-weak',
  compression: 'tls-compression',
  renegotiation: 'tls-renegotiation-insecure',
  name: 'cert-hostname-mismatch',
};

/** What is older is obsolete by any policy (RFC 8996). */
const CURRENT_VERSIONS: ReadonlySet<string> = new Set(['TLSv1.2', 'TLSv1.3']);

/** Whether a rule of the policy that was asked for judges what this check of the enumeration does by the ordinary limits. */
export function isRuled(made: Pick<Check, 'id'>, { data }: TlsMeasurement): boolean {
  const matter = /^l6\.enumeration-([a-z]+)@/.exec(made.id)?.[1];
  return matter !== undefined && (data.policy?.rules.some(({ id }) => id === matter) ?? false);
}

/** `l6.policy-RULE`: one line for each rule of the policy that was asked for. */
export function judgePolicy({ data, ...measurement }: TlsMeasurement): Check[] {
  const { policy } = data;
  if (policy == null) return [];
  return policy.rules.map((rule) => judgeRule(rule, policy.name, codeOf(rule, data.enumeration), measurement));
}

/** The thing itself where the breach is one that has a code: an obsolete version, a weak suite; otherwise that a rule is broken. */
function codeOf(rule: RuleOutcome, enumeration: TlsMeasurement['data']['enumeration']): Code {
  const old = enumeration?.protocols.some(({ name, supported }) => supported === true && !CURRENT_VERSIONS.has(name)) ?? false;
  if (rule.id === 'protocols' && old) return 'tls-protocol-obsolete';
  // Those that the rule names, the weakest first.
  const named: readonly string[] = rule.observed.match(/\bTLS_\w+/g) ?? [];
  const weak = enumeration?.ciphers.some(({ name, strength }) => /^(?:weak|insecure)$/.test(strength) && named.includes(name)) ?? false;
  if (rule.id === 'ciphers' && weak) return 'tls-cipher-weak';
  return CODES[rule.id] ?? 'tls-policy-violated';
}

function judgeRule(rule: RuleOutcome, policy: string, code: Code, measurement: CheckParts['measurement']): Check {
  const line = { kind: `l6.policy-${rule.id}`, layer: 6, title: `${policy}: ${rule.title}`, measurement } as const;
  if (rule.passed === null) return skippedCheck(line, rule.observed);
  const { expected, observed } = rule;
  if (rule.passed) return check({ ...line, status: 'pass', expected, observed });
  const status = rule.level === 'must' ? 'fail' : 'warn';
  return check({ ...line, status, code, expected, observed });
}

/**
 * `l6.post-quantum`: whether what is recorded today could be read by a quantum computer later. Where the server was enumerated. Without such
 * a group it is not judged: nothing asks for one yet, unless a policy does, which then has its own line.
 */
export function judgePostQuantum({ data, ...measurement }: TlsMeasurement): Check | null {
  if (data.enumeration == null) return null;
  const line = { kind: 'l6.post-quantum', layer: 6, title: 'post-quantum readiness', measurement } as const;
  const found = postQuantumGroups(data.enumeration);
  if (found === null) return skippedCheck(line, 'not settled which groups the server accepts');
  if (found.length === 0)
    return skippedCheck(
      line,
      'not ready: no hybrid group is accepted; what is recorded today can be read once there are quantum computers',
    );
  return check({ ...line, status: 'pass', observed: `ready: ${found.join(', ')}`, expected: 'a hybrid group' });
}
