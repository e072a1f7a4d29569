import type { Code } from '../../model/code.js';
import { RESET_CODES } from '../../model/failure-code.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf, PortResult } from '../../model/measurement.js';
import { type Grades, gradeProcessTime, type Metric, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { processTimeBudget } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { judgeFirstWord } from './judge-first-word.js';

const CODES: Readonly<Record<PortResult['state'], Code | null>> = {
  open: null,
  closed: 'port-closed',
  filtered: 'port-filtered',
  rejected: 'port-rejected',
};

/** connect(2) says the one, bind(2) the other. */
const NO_LOCAL_PORT: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EADDRINUSE']);

/** `l4.port` for each port that must be open; `l4.survey`, which never fails, for the others together. */
export function judgePorts(measurement: MeasurementOf<'ports'>, { policy }: JudgeContext): Check[] {
  const { attempt, data } = measurement;
  const required = data.ports.filter((port) => port.required);
  const checks = required.map((port) => judgePort(measurement, port, required.length === 1, policy));
  for (const protocol of ['tcp', 'udp'] as const) {
    const surveyed = data.ports.filter((port) => !port.required && port.protocol === protocol);
    if (surveyed.length > 0) checks.push(judgeSurvey(measurement, protocol, surveyed));
  }
  checks.push(...judgeFirstWord(measurement));
  if (attempt.kind === 'measured') return checks;
  const line = { kind: 'l4.ports', layer: 4, title: 'ports', measurement } as const;
  if (attempt.kind === 'failed') {
    const code = NO_LOCAL_PORT.has(attempt.code) ? 'ephemeral-ports-exhausted' : null;
    if (code !== null)
      return [...checks, check({ ...line, status: 'fail', code, observed: attempt.message, expected: 'connections can be made' })];
    return [...checks, skippedCheck(line, attempt.message)];
  }
  return [...checks, skippedCheck(line, attempt.kind === 'skipped' ? attempt.because : 'not every port could be asked')];
}

function judgePort(measurement: MeasurementOf<'ports'>, port: PortResult, only: boolean, policy: Policy): Check {
  const title = `${port.protocol.toUpperCase()} ${port.port}${port.service === null ? '' : ` ${port.service}`}`;
  const line = { kind: 'l4.port', layer: 4, title, measurement } as const;
  // Where several ports of one target must be open, the id tells which.
  const withPort = (made: Check): Check =>
    only ? made : { ...made, id: `l4.port@${measurement.target}:${port.port}${port.protocol === 'udp' ? '/udp' : ''}` };
  // What a UDP service needs for its answer is its own affair.
  const { metric, grades } = limitOf(port, policy);
  const expected = port.protocol === 'udp' ? 'open' : `open, under ${formatMs(grades.acceptable)}`;
  const code = CODES[port.state];
  if (code !== null) return withPort(check({ ...line, status: 'fail', code, observed: describe(port), expected }));
  if (port.protocol === 'udp') {
    const answered = port.latencyMs === null ? 'open' : `open, answered in ${formatMs(port.latencyMs)}`;
    return withPort(check({ ...line, status: 'pass', observed: answered, expected }));
  }
  if (RESET_CODES.has(port.reason)) {
    return withPort(check({ ...line, status: 'fail', code: 'tcp-reset', observed: 'open, then reset at once', expected }));
  }
  if (port.retransmissions !== null && port.retransmissions > 0) {
    // The wait was for the kernel's timer (RFC 6298), not for a long way.
    const after = port.latencyMs === null ? '' : ` after ${formatMs(port.latencyMs)}`;
    const times = port.retransmissions === 1 ? 'once' : `${port.retransmissions} times`;
    const observed = `open${after}: segments were sent anew ${times}`;
    return withPort(check({ ...line, status: 'warn', code: 'tcp-retransmissions', observed, expected }));
  }
  if (port.latencyMs === null) return withPort(check({ ...line, status: 'pass', observed: 'open', expected }));
  const slow = gradeProcessTime(port.latencyMs, measurement.stalledMs, grades) !== 'pass';
  const observed = `open, ${formatMs(port.latencyMs)}`;
  const budget = processTimeBudget(metric, port.latencyMs, measurement.stalledMs, grades);
  // A slow connect is a slow path: it warns under the code of latency, whatever the grade, since the port itself is open.
  return withPort(check({ ...line, status: slow ? 'warn' : 'pass', code: slow ? 'latency-high' : null, observed, expected, budget }));
}

/** Ports of databases and of what is used as one, by the names of `services.ts`. */
const DATABASES: ReadonlySet<string> = new Set([
  'ms-sql-s',
  'ncube-lm',
  'mysql',
  'postgresql',
  'redis',
  'mongodb',
  'cassandra',
  'elasticsearch',
  'memcache',
]);

function limitOf({ service }: PortResult, { tcpConnectMs, databaseConnectMs }: Policy): { metric: Metric; grades: Grades } {
  const near = databaseConnectMs !== null && DATABASES.has(service ?? '');
  return near ? { metric: 'databaseConnectMs', grades: databaseConnectMs } : { metric: 'tcpConnectMs', grades: tcpConnectMs };
}

function describe(port: PortResult): string {
  switch (port.state) {
    case 'closed':
      return port.reason === 'refused' ? 'closed: connection refused' : 'closed: the target says that the port is unreachable';
    case 'filtered':
      return port.protocol === 'udp' ? 'no answer at all: open and silent, or filtered' : 'filtered: no answer at all';
    case 'rejected':
      return port.rejectedBy === null ? `rejected on the way (${port.reason})` : `rejected by ${port.rejectedBy} (${port.reason})`;
    case 'open':
      return 'open';
  }
}

function judgeSurvey(measurement: MeasurementOf<'ports'>, protocol: 'tcp' | 'udp', surveyed: readonly PortResult[]): Check {
  const open = surveyed.filter((port) => port.state === 'open').map((port) => port.port);
  const counts = (['open', 'closed', 'filtered', 'rejected'] as const)
    .map((state) => ({ state, count: surveyed.filter((port) => port.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`);
  const listed = open.length === 0 ? '' : ` (open: ${open.slice(0, 12).join(', ')}${open.length > 12 ? ', …' : ''})`;
  return check({
    kind: protocol === 'tcp' ? 'l4.survey' : 'l4.survey.udp',
    layer: 4,
    title: `${protocol.toUpperCase()} survey`,
    measurement,
    status: 'pass',
    observed: `${counts.join(', ')}${listed}`,
  });
}
