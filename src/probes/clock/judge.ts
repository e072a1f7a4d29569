import { reasonOf } from '../../model/attempt.js';
import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import { grade } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { judgeDates } from './judge-dates.js';
import { apart, consequences } from './offset-text.js';
import { isTrustedClock } from './opinions.js';

type ClockMeasurement = MeasurementOf<'clock'>;
type Server = DataOf<'clock'>['servers'][number];

/**
 * With scope `all`: `l7.clock` (against time servers), `l7.clock-servers` (these against each other), `l7.clock-synchronized` (whether
 * somebody keeps it right), `l7.clock-page@URL`. In both: `l7.clock-dates` or `l7.clock@TARGET` where the answers of targets, which came
 * anyway, say that the clock is wrong.
 */
export function judgeClock(measurement: ClockMeasurement, context: MachineJudgeContext): Check[] {
  const dates = judgeDates(measurement, context);
  if (context.scope === 'path') return dates;
  return [...judgeNtp(measurement, context), judgeSynchronisation(measurement, context), ...dates];
}

function judgeNtp(measurement: ClockMeasurement, context: MachineJudgeContext): Check[] {
  const { policy } = context;
  const { servers, ntp } = measurement.data;
  const line = { kind: 'l7.clock', layer: 7, title: 'clock', measurement } as const;
  if (measurement.attempt.kind !== 'measured') return [skippedCheck(line, reasonOf(measurement.attempt))];
  if (servers.length === 0) return [skippedCheck(line, 'no time server was asked')];
  const telling = servers.filter(({ state }) => state === 'time');
  const others = servers.length - telling.length;
  if (telling.length === 0) return [skippedCheck(line, `no time server told the time: ${whyNone(servers)}`)];
  const agreement = telling.length > 1 ? [judgeAgreement(measurement, telling)] : [];
  if (ntp === null) return [skippedCheck(line, 'the time servers disagree, and no majority is right'), ...agreement];
  const sureMs = Math.max(0, Math.abs(ntp.offsetMs) - ntp.uncertaintyMs);
  const status = grade(sureMs, policy.clockSkewMs);
  const by = telling.length === 1 ? nameOf(telling[0]) : `${ntp.agreeing} of ${telling.length} time servers`;
  const silent = others === 0 ? '' : `; ${others} told no time`;
  const observed = `${apart(ntp)} by ${by}${silent}${status === 'pass' ? '' : consequences(ntp, measurement, context)}`;
  const expected = `under ${formatMs(policy.clockSkewMs.acceptable)} apart`;
  const budget = budgetOf('clockSkewMs', sureMs, policy.clockSkewMs);
  return [check({ ...line, status, code: status === 'pass' ? null : 'clock-skew', observed, expected, budget }), ...agreement];
}

const SHOWN = 3;

/** `192.0.2.1: no answer within 900 ms`, of the first few; the same reason once. */
function whyNone(servers: readonly Server[]): string {
  const reasons = new Map<string, Server[]>();
  for (const server of servers) {
    const reason = server.because ?? 'not asked';
    reasons.set(reason, [...(reasons.get(reason) ?? []), server]);
  }
  return [...reasons]
    .slice(0, SHOWN)
    .map(([reason, those]) => (those.length === 1 ? `${nameOf(those[0])}: ${reason}` : `${those.length} servers: ${reason}`))
    .join('; ');
}

function nameOf(server: Server | undefined): string {
  if (server === undefined) return 'a time server';
  const { host, address } = server;
  return address === null || address === host ? host : `${host} (${address})`;
}

function judgeAgreement(measurement: ClockMeasurement, telling: readonly Server[]): Check {
  const line = { kind: 'l7.clock-servers', layer: 7, title: 'time servers', measurement, expected: 'the same time' } as const;
  const liars = telling.filter(({ agrees }) => agrees === false);
  if (measurement.data.ntp !== null && liars.length === 0) return check({ ...line, status: 'pass', observed: `${telling.length} agree` });
  const off = (server: Server) =>
    `${nameOf(server)} ${apart({ offsetMs: server.offsetMs ?? 0, uncertaintyMs: server.uncertaintyMs ?? 0 }, 'here')}`;
  const observed =
    liars.length === 0
      ? `no majority: ${telling
          .slice(0, SHOWN + 1)
          .map(off)
          .join('; ')}`
      : `${telling.length - liars.length} of ${telling.length} agree; wrong: ${liars.slice(0, SHOWN).map(off).join('; ')}`;
  return check({ ...line, status: 'warn', code: 'time-servers-disagree', observed });
}

/**
 * The kernel has one clock for all containers, and nobody can set it from inside. A clock that nobody keeps, but that time servers find right,
 * is right now.
 */
function judgeSynchronisation(measurement: ClockMeasurement, { policy, measurements }: MachineJudgeContext): Check {
  const { kernel, tracking, services, belongsTo, ntp, absent } = measurement.data;
  const contained = isContained(measurements);
  const line = { kind: 'l7.clock-synchronized', layer: 7, title: 'clock synchronised', measurement } as const;
  if (measurement.attempt.kind !== 'measured') return skippedCheck(line, reasonOf(measurement.attempt));
  const synchronized = kernel?.synchronized === true || tracking?.synchronized === true;
  const names = services.map(({ name }) => name).join(', ');
  const expected = 'kept by a time service';
  if (synchronized) {
    const whose = contained ? 'by the host of this container' : names === '' ? 'by a service that was not found' : `by ${names}`;
    const follows = tracking?.reference == null ? '' : `, which follows ${tracking.reference}`;
    const error = kernel?.maximumErrorMs == null ? '' : `; within ${formatMs(kernel.maximumErrorMs)} by its own estimate`;
    const foreign =
      isTrustedClock(measurement.data, policy.clockSkewMs.acceptable) || kernel?.aheadOfProcessMs == null
        ? ''
        : elsewhere(kernel.aheadOfProcessMs);
    return check({ ...line, status: 'pass', observed: `yes, ${whose}${follows}${error}${foreign}`, expected });
  }
  // Its kernel is never told: Windows sets the clock through a device of its own.
  if (belongsTo === 'windows') return skippedCheck(line, 'Windows keeps the clock of WSL');
  if (kernel === null) {
    return skippedCheck(
      line,
      `not told: ${absent.find(({ fact }) => fact.startsWith('state of the clock'))?.because ?? 'it was not read'}`,
    );
  }
  const running = names === '' ? 'no time service was found' : `${names} runs and has not succeeded`;
  if (contained) return skippedCheck(line, 'no: its host, whose clock it is, does not say that it keeps it right');
  const observed = `the kernel says that nobody sets it; ${running}`;
  if (ntp !== null && grade(Math.abs(ntp.offsetMs), policy.clockSkewMs) === 'pass') {
    return check({ ...line, status: 'pass', observed: `${observed}; it is right for now`, expected });
  }
  if (services.length > 0 && services.every(({ name }) => TELLS_NO_KERNEL.has(name)))
    return skippedCheck(line, `not told: ${names} runs, which can set the clock and does not tell the kernel`);
  return check({ ...line, status: 'warn', code: 'clock-unsynchronized', observed, expected });
}

/** Tools of hypervisors: they set the clock where they are told to, and leave the kernel's word about it as it is. */
const TELLS_NO_KERNEL: ReadonlySet<string> = new Set(['vmtoolsd', 'VBoxService']);

function isContained(measurements: MachineJudgeContext['measurements']): boolean {
  return measurements.some((made) => made.probe === 'surroundings' && made.data.container?.kind === 'container');
}

/** Where the time of this process is another than that of the kernel, what the kernel says is of no use for it. */
function elsewhere(aheadMs: number): string {
  return Math.abs(aheadMs) < 1000 ? '' : `; but this process is shown another time, ${formatMs(Math.round(Math.abs(aheadMs)))} off`;
}
