import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';

/** How often a cause that is named first is the right one, 0 to 1. */
export interface Sureness {
  /** Where a check fails, or says it outright. */
  fail: number;
  /** Where it only warns: the value is sure, that it matters less so. */
  warn: number;
}

/**
 * By how it is known, see `basis` of a check. On the networks of the scoreboard each kind is right more often than that (docs/accuracy.md); those
 * were at hand when netdiag was written, and networks that were not will be harder.
 */
export const SURENESS_BY_BASIS: Readonly<Record<NonNullable<Check['basis']>, Sureness>> = {
  /** A state of this machine, or an answer that says it. */
  stated: { fail: 0.98, warn: 0.88 },
  /** Measured, but a second cause could look the same from here. */
  measured: { fail: 0.88, warn: 0.8 },
  /** Several things are silent in the same way. */
  silence: { fail: 0.78, warn: 0.7 },
};

/** What the check says by which a code is known, where the check itself does not say it. Not listed: `stated`. */
export const USUAL_BASIS: Readonly<Partial<Record<Code, NonNullable<Check['basis']>>>> = {
  'gateway-unreachable': 'measured',
  'upstream-unreachable': 'measured',
  'host-unreachable': 'silence',
  'loss-local': 'measured',
  'loss-upstream': 'silence',
  'loss-target': 'silence',
  'jitter-high': 'measured',
  'port-filtered': 'measured',
  'service-silent': 'measured',
  'dns-unreachable': 'measured',
  // Routers that stand for one together can do it on purpose.
  'gateway-duplicate': 'measured',
};

/** Codes of which it is known better than by the kind of their evidence. */
export const SURENESS_BY_CODE: Readonly<Partial<Record<Code, Sureness>>> = {
  'mtu-blackhole': { fail: 0.92, warn: 0.5 },
  // The rules are there; what they do is worked out, not tried.
  'firewall-blocks': { fail: 0.95, warn: 0.86 },
  'icmp-errors-blocked': { fail: 0.95, warn: 0.86 },
  'firewall-inactive': { fail: 0.95, warn: 0.86 },
  'ipv6-unfiltered': { fail: 0.95, warn: 0.86 },
  'firewall-bypassed': { fail: 0.95, warn: 0.86 },
  'listener-blocked': { fail: 0.95, warn: 0.86 },
  // The state is read; that it is why nothing answers follows from nothing else being known.
  'route-wrong': { fail: 0.9, warn: 0.81 },
  'mtu-mismatch': { fail: 0.9, warn: 0.81 },
  'hosts-override': { fail: 0.9, warn: 0.81 },
  'service-names-unavailable': { fail: 0.9, warn: 0.81 },
  // Servers can be given to a stub while it runs, and some set the clock without a word to the kernel.
  'dns-stub-no-upstream': { fail: 0.9, warn: 0.81 },
  'clock-unsynchronized': { fail: 0.9, warn: 0.81 },
  'latency-high': { fail: 0.95, warn: 0.86 },
  // A refusal can come from a firewall in the name of the host.
  'port-closed': { fail: 0.93, warn: 0.84 },
  'port-rejected': { fail: 0.9, warn: 0.81 },
  'tls-handshake-failed': { fail: 0.9, warn: 0.81 },
  'cert-untrusted': { fail: 0.9, warn: 0.81 },
  'cert-chain-incomplete': { fail: 0.9, warn: 0.81 },
};

/** By how much the clock is wrong was told by time servers that agree, by several services, or by one, which can be wrong itself. */
export const SURENESS_OF_CLOCK: Readonly<Record<'servers' | 'several' | 'one', Sureness>> = {
  servers: { fail: 0.95, warn: 0.86 },
  several: SURENESS_BY_BASIS.measured,
  one: SURENESS_BY_BASIS.silence,
};

/** No diagnosis is surer than this. */
export const MOST_SURE = 0.98;

/** From here on a cause is taken for what it is, unless another one that looks the same is left. */
export const SURE_ENOUGH = 0.9;

/** What is left of the doubt, for each share of it that something takes away; and what is left of the sureness, for each thing against it. */
export const SHARES = {
  /** All rivals are out of the question. */
  rivalsRefuted: 0.4,
  /** All that would tell was looked at, and it still is the cause. */
  inquiriesMade: 0.5,
  /** It explains many other symptoms. */
  explainsMany: 0.6,
  /** Others, of which it is not true, do well beside it. */
  comparedWithOthers: 0.5,
  /** One thing speaks against it. */
  against: 0.7,
} as const;

/** From so many symptoms besides its own it explains many. */
export const MANY_SYMPTOMS = 3;
