import type { Code } from '../../model/code.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { postQuantumGroups, type RuleOutcome } from './rules.js';

type TlsMeasurement = MeasurementOf<'tls'>;

/** Rules whose breach has a code of its own; that of the others is that a rule is broken. */
const CODES: Readonly<Record<string, Code>> = {
  'rsa-size': 'cert-key-weak',
  'ec-size': 'cert-key-weak',
  name: 'cert-hostname-mismatch',
};

/** `l6.policy-RULE`: one line for each rule of the policy that was asked for. */
export function judgePolicy({ data, ...measurement }: TlsMeasurement): Check[] {
  const { policy } = data;
  if (policy == null) return [];
  return policy.rules.map((rule) => judgeRule(rule, policy.name, measurement));
}

function judgeRule(rule: RuleOutcome, policy: string, measurement: CheckParts['measurement']): Check {
  const line = { kind: `l6.policy-${rule.id}`, layer: 6, title: `${policy}: ${rule.title}`, measurement } as const;
  if (rule.passed === null) return skippedCheck(line, rule.observed);
  const { expected, observed } = rule;
  if (rule.passed) return check({ ...line, status: 'pass', expected, observed });
  const status = rule.level === 'must' ? 'fail' : 'warn';
  return check({ ...line, status, code: CODES[rule.id] ?? 'tls-policy-violated', expected, observed });
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
