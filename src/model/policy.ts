import { DEFAULT_KERNEL_POLICY, type KernelPolicy, TRADING_KERNEL_POLICY } from './kernel-settings.js';

/** Three grades for a metric of which less is better. Above `acceptable` a check warns; above `critical` it fails. */
export interface Grades {
  /** What the best networks of this kind reach; shown, not judged. */
  objective: number;
  acceptable: number;
  critical: number;
  /** Where the numbers come from. */
  because: string;
  /** Given for this run alone, so that a check shows all three. */
  given?: true;
}

/** The three grades alone, in the unit of the metric. */
export type Budget = Pick<Grades, 'objective' | 'acceptable' | 'critical'>;

/** Thresholds as data. Units are in the names: milliseconds, ratios (0 to 1), bytes, days. */
export interface Policy {
  name: string;
  gatewayRttMs: Grades;
  rttMs: Grades;
  jitterMs: Grades;
  lossRatio: Grades;
  tcpConnectMs: Grades;
  tlsHandshakeMs: Grades;
  dnsQueryMs: Grades;
  firstByteMs: Grades;
  /** Ping and pong, or a message and its echo. */
  webSocketRttMs: Grades;
  /** How far a service's clock may be from that of this machine. */
  clockSkewMs: Grades;
  /** Below this the path is narrower than an ordinary Ethernet one. Announced, that is a remark and no fault. */
  expectedMtuBytes: number;
  /** A certificate with less time left than this warns. */
  certificateRemainingDays: number;
  /** Oldest TLS version that passes. */
  minimumTlsVersion: 'TLSv1.2' | 'TLSv1.3';
  /** Settings of the kernel of this machine. */
  kernel: KernelPolicy;
}

export const DEFAULT_POLICY: Policy = {
  name: 'default',
  gatewayRttMs: { objective: 2, acceptable: 10, critical: 100, because: 'a wired first hop answers within 1 ms, Wi-Fi within about 10 ms' },
  rttMs: {
    objective: 50,
    acceptable: 150,
    critical: 400,
    because:
      'ITU-T G.114: up to 150 ms one way is fine for most uses, above 400 ms is not acceptable for planning; a round trip is held to the same',
  },
  jitterMs: { objective: 5, acceptable: 30, critical: 100, because: 'voice receivers commonly buffer 30 to 50 ms' },
  lossRatio: {
    objective: 0,
    acceptable: 0.01,
    critical: 0.05,
    because: 'TCP throughput halves near 1 % (Mathis et al. 1997); speech breaks up near 5 % (ITU-T G.113)',
  },
  tcpConnectMs: {
    objective: 50,
    acceptable: 300,
    critical: 1000,
    because: 'one round trip and the accept; above 1 s the first SYN was lost (RFC 6298 initial time-out)',
  },
  tlsHandshakeMs: { objective: 100, acceptable: 500, critical: 2000, because: 'one or two round trips and the signatures of the server' },
  dnsQueryMs: {
    objective: 10,
    acceptable: 100,
    critical: 1000,
    because: 'a cached answer costs one round trip to the resolver; above 1 s clients begin to ask again',
  },
  firstByteMs: {
    objective: 200,
    acceptable: 800,
    critical: 1800,
    because: 'web.dev time to first byte: good below 0.8 s, poor above 1.8 s',
  },
  clockSkewMs: {
    objective: 1000,
    acceptable: 5000,
    critical: 300_000,
    because: 'signed requests often live for 5 s; Kerberos (RFC 4120) and cloud interfaces refuse above 5 minutes',
  },
  webSocketRttMs: {
    objective: 50,
    acceptable: 200,
    critical: 500,
    because: 'a round trip of the network as above, and the turn of the event loop of the server; above half a second a display lags',
  },
  expectedMtuBytes: 1500,
  certificateRemainingDays: 14,
  minimumTlsVersion: 'TLSv1.2',
  kernel: DEFAULT_KERNEL_POLICY,
};

const BROKER = 'what those who trade hold a way to their broker against';

/** A machine that trades: few bytes, and each of them at once. */
export const TRADING_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'trading',
  rttMs: {
    objective: 2,
    acceptable: 20,
    critical: 100,
    because: `${BROKER}: under 1, 10 and 50 ms one way; a round trip is twice that, since one direction cannot be timed alone from here`,
  },
  jitterMs: { objective: 0.5, acceptable: 5, critical: 20, because: BROKER },
  lossRatio: { objective: 0, acceptable: 0.001, critical: 0.01, because: `${BROKER}: an order that is sent again comes late` },
  tlsHandshakeMs: { objective: 10, acceptable: 100, critical: 250, because: BROKER },
  dnsQueryMs: { objective: 1, acceptable: 10, critical: 50, because: `${BROKER}: a name that is in a cache` },
  kernel: TRADING_KERNEL_POLICY,
};

/** The policy with other grades for round trips: `--budget`. */
export function withBudget(policy: Policy, budget: Budget): Policy {
  return { ...policy, name: `${policy.name}, budget given`, rttMs: { ...budget, because: 'given for this run', given: true } };
}

/** Built-in policies by the name that `--profile` takes. */
export const POLICIES: Readonly<Record<string, Policy>> = { default: DEFAULT_POLICY, trading: TRADING_POLICY };

/**
 * A time on the process clock against the grades: what our own delay alone can explain is not held against the network.
 *
 * @param stalledMs by how much the process was late meanwhile; `null` where that is not known
 */
export function gradeProcessTime(valueMs: number, stalledMs: number | null, grades: Grades): Grade {
  return grade(Math.max(0, valueMs - (stalledMs ?? 0)), grades);
}

export type Grade = 'pass' | 'warn' | 'fail';

/** Holds a measured value against the grades. The limits themselves still pass. */
export function grade(value: number, grades: Grades): Grade {
  if (value <= grades.acceptable) return 'pass';
  return value <= grades.critical ? 'warn' : 'fail';
}
