import type { Grades } from './grades.js';
import type { KernelPolicy } from './kernel-settings.js';
import type { Budget } from './report.js';

/**
 * Thresholds as data. Units are in the names: milliseconds, ratios (0 to 1), bytes, days. Each has its source in `because`. `null`: the
 * profile has no opinion, and nothing is judged by it.
 */
export interface Policy {
  name: string;
  /** What it is for, in one line. */
  summary: string;
  gatewayRttMs: Grades;
  rttMs: Grades;
  jitterMs: Grades;
  /** By how much a queue on the way may make round trips longer. */
  queueingMs: Grades;
  lossRatio: Grades;
  /** Rate at which a body is downloaded, in megabits a second. More is better. */
  downMbps: Grades | null;
  /** The same of an upload. */
  upMbps: Grades | null;
  /** How much of what the line carries under load was in use before. */
  utilisationRatio: Grades | null;
  tcpConnectMs: Grades;
  /** Share of the connections of a run that opened and did what they were for. More is better. */
  uptimeRatio: Grades | null;
  /** The same to the port of a database, where that is to be nearer than others. */
  databaseConnectMs: Grades | null;
  tlsHandshakeMs: Grades;
  dnsQueryMs: Grades;
  /** From the request sent to the first byte of the answer. */
  firstByteMs: Grades;
  /** From the request sent to the last byte of the answer. */
  responseMs: Grades | null;
  /** Ping and pong, or a message and its echo. */
  webSocketRttMs: Grades;
  /** Of a WebSocket in a second, that come by themselves or that are sent and come back. More is better. */
  messagesPerSecond: Grades | null;
  /** How far a service's clock may be from that of this machine. */
  clockSkewMs: Grades;
  /** The objective is that of an ordinary Ethernet path; a narrower one that is announced is a remark and no fault. More is better. */
  expectedMtuBytes: Grades;
  /**
   * What is left of a certificate. More is better. `ofLifetimeRatio`: of one that lives so short that the limit is most of its life, this
   * share of its life is enough. Absent: the limit stands for all of them.
   */
  certificateRemainingDays: Grades & { ofLifetimeRatio?: number };
  /** Oldest TLS version that passes. */
  minimumTlsVersion: { version: 'TLSv1.2' | 'TLSv1.3'; because: string };
  /** Settings of the kernel of this machine. */
  kernel: KernelPolicy;
}

/** Names of the limits that have grades. */
export type Metric = { [Key in keyof Policy]: NonNullable<Policy[Key]> extends Grades ? Key : never }[keyof Policy];

export interface MetricFacts {
  /** As people call it, in a table. */
  title: string;
  unit: Budget['unit'];
  better: 'less' | 'more';
}

/** Every metric, in the order in which profiles are shown: from the link up. */
export const METRICS: Readonly<Record<Metric, MetricFacts>> = {
  gatewayRttMs: { title: 'round trip to the gateway', unit: 'ms', better: 'less' },
  rttMs: { title: 'round trip', unit: 'ms', better: 'less' },
  jitterMs: { title: 'jitter', unit: 'ms', better: 'less' },
  queueingMs: { title: 'wait in queues', unit: 'ms', better: 'less' },
  lossRatio: { title: 'loss', unit: 'ratio', better: 'less' },
  expectedMtuBytes: { title: 'path MTU', unit: 'bytes', better: 'more' },
  downMbps: { title: 'download', unit: 'Mbit/s', better: 'more' },
  upMbps: { title: 'upload', unit: 'Mbit/s', better: 'more' },
  utilisationRatio: { title: 'utilisation of the line', unit: 'ratio', better: 'less' },
  tcpConnectMs: { title: 'TCP connection', unit: 'ms', better: 'less' },
  uptimeRatio: { title: 'connections that open', unit: 'ratio', better: 'more' },
  databaseConnectMs: { title: 'TCP to a database', unit: 'ms', better: 'less' },
  tlsHandshakeMs: { title: 'TLS handshake', unit: 'ms', better: 'less' },
  certificateRemainingDays: { title: 'certificate left', unit: 'days', better: 'more' },
  dnsQueryMs: { title: 'DNS answer', unit: 'ms', better: 'less' },
  firstByteMs: { title: 'first byte', unit: 'ms', better: 'less' },
  responseMs: { title: 'request to response', unit: 'ms', better: 'less' },
  webSocketRttMs: { title: 'WebSocket round trip', unit: 'ms', better: 'less' },
  messagesPerSecond: { title: 'messages', unit: 'messages/s', better: 'more' },
  clockSkewMs: { title: 'clocks apart', unit: 'ms', better: 'less' },
};

/** Which grade a value reaches. `missed`: worse than acceptable, and not yet critical. */
export type ReachedGrade = 'objective' | 'acceptable' | 'missed' | 'critical';

/** Which grade the value of a check reached. Of a metric that is not known here, the order of its grades says which way is better. */
export function reachedGrade({ metric, value, objective, acceptable, critical }: Budget): ReachedGrade {
  const known = Object.hasOwn(METRICS, metric) ? METRICS[metric as Metric] : undefined;
  const more = known === undefined ? objective > critical : known.better === 'more';
  const meets = (limit: number) => (more ? value >= limit : value <= limit);
  if (meets(objective)) return 'objective';
  if (meets(acceptable)) return 'acceptable';
  return meets(critical) ? 'missed' : 'critical';
}
