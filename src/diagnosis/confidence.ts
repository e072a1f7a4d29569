import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';

/** What was read off directly: a state of this machine, or an answer that says it. */
const STATED = 0.98;
/** Measured, but a second cause could look the same from here. */
const INFERRED = 0.85;
/** Silence: several things are silent in the same way. */
const SILENCE = 0.7;

/**
 * How sure each code is when its check says so. These are stated beliefs until the scoreboard has measured them (see
 * docs/decisions/005-confidence.md).
 */
const CONFIDENCE: Readonly<Partial<Record<Code, number>>> = {
  'gateway-unreachable': INFERRED,
  'upstream-unreachable': INFERRED,
  'host-unreachable': SILENCE,
  'mtu-blackhole': 0.92,
  // The rules are there; what they do is worked out, not tried.
  'firewall-blocks': 0.95,
  'icmp-errors-blocked': 0.95,
  'firewall-inactive': 0.95,
  'ipv6-unfiltered': 0.95,
  'firewall-bypassed': 0.95,
  'listener-blocked': 0.95,
  // Routers that stand for one together can do it on purpose.
  'gateway-duplicate': INFERRED,
  // The state is read; that it is why nothing answers follows from nothing else being known.
  'route-wrong': 0.9,
  'mtu-mismatch': 0.9,
  'hosts-override': 0.9,
  'service-names-unavailable': 0.9,
  // Servers can be given to a stub while it runs, and some set the clock without a word to the kernel.
  'dns-stub-no-upstream': 0.9,
  'clock-unsynchronized': 0.9,
  'loss-local': INFERRED,
  'loss-upstream': SILENCE,
  'loss-target': SILENCE,
  'latency-high': 0.95,
  'jitter-high': INFERRED,
  // A refusal can come from a firewall in the name of the host.
  'port-closed': 0.93,
  'port-filtered': INFERRED,
  'port-rejected': 0.9,
  'service-silent': INFERRED,
  'dns-unreachable': INFERRED,
  'tls-handshake-failed': 0.9,
  'cert-untrusted': 0.9,
  'cert-chain-incomplete': 0.9,
};

/** A warning is a measurement near its limit: the value is sure, that it matters less so. */
const WARNING_FACTOR = 0.9;

/** By how much the clock is wrong was told by time servers that agree, by several services, or by one, which can be wrong itself. */
function clockConfidence(check: Check): number {
  if (check.target !== null) return SILENCE;
  return check.id === 'l7.clock' ? 0.95 : INFERRED;
}

/** Confidence of the cause that `check` shows, given what else was judged. */
export function confidenceOf(check: Check, judged: readonly Check[]): number {
  const base = check.code === null ? 0 : check.code === 'clock-skew' ? clockConfidence(check) : (CONFIDENCE[check.code] ?? STATED);
  // A path narrower than every path must be is more often a filter of large echoes.
  if (check.code === 'mtu-blackhole' && check.status === 'warn') return 0.5;
  // An ICMP error is a statement where silence is only a guess.
  const stated = check.observed?.includes('ICMP from') === true ? Math.max(base, 0.95) : base;
  // A silent host beside others that answer is alone to blame; with nothing else to compare, the path could be it as well.
  const compared =
    check.code === 'host-unreachable' &&
    judged.some((other) => other.status === 'pass' && other.target !== null && other.target !== check.target);
  const value = compared ? Math.max(stated, INFERRED) : stated;
  return Math.round((check.status === 'warn' ? value * WARNING_FACTOR : value) * 100) / 100;
}
