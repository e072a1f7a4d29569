import { formatRatio } from '../../model/format.js';
import { countToExclude, type LossInterval } from '../../model/loss-interval.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { type Grade, grade, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import { judgeNotSent, judgeSilence, lateText } from '../latency/judge.js';
import type { JudgeContext } from '../probe.js';
import { methodSuffix, UDP_IS_LIMITED } from '../round-trip/method-text.js';

/**
 * `l3.loss`. The code says where the packets are lost, where that was asked for (`--path`) and could be told; otherwise it says "upstream",
 * and the diagnosis corrects it where the first hop loses them too.
 */
export function judgeLoss(measurement: MeasurementOf<'loss'>, { policy }: JudgeContext): Check[] {
  const line = { kind: 'l3.loss', layer: 3, title: 'loss', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind === 'unavailable') return [skippedCheck(line, attempt.reason)];
  if (attempt.kind === 'failed' && attempt.code === 'ECONNREFUSED') {
    return [skippedCheck(line, 'the host answers, but only by refusing connections, and refusals are not counted')];
  }
  const expected = `at most ${formatRatio(policy.lossRatio.acceptable)}`;
  if (attempt.kind !== 'measured' || data.lossRatio === null || data.interval === null) {
    return [judgeSilence(line, attempt.kind === 'measured' ? null : attempt, expected)];
  }

  const droppedHere = (data.lost ?? 0) > 0 ? (data.droppedHere ?? 0) : 0;
  const doubtful = measurement.method === 'udp' || droppedHere > 0;
  const status = gradeLoss(data.lossRatio, data.interval.lowRatio, doubtful, policy);
  const observed = [
    `${data.lost} of ${data.sent} lost (${sureness(data.interval)}${methodSuffix(measurement.method)})`,
    data.bursts !== null && data.bursts.longest > 1 ? `, up to ${data.bursts.longest} in a row` : '',
    enough(data.lost ?? 0, data.interval, policy),
    measurement.method === 'udp' && status !== 'pass' ? `; ${UDP_IS_LIMITED}: compare with --method tcp` : '',
    droppedHere > 0 ? `; this machine was too busy and dropped ${droppedHere} answers itself, perhaps these` : '',
    lateText(data.late),
    whereabouts(data.path, status),
    whichWay(data.direction, status),
  ].join('');
  // Nothing was lost where all of it came after all: the way is slow.
  const isLate = (data.late?.count ?? 0) >= (data.lost ?? 0);
  const code = status === 'pass' ? null : isLate ? 'latency-high' : PLACE_CODES[data.path?.start?.place ?? 'upstream'];
  // Where it is lost is a guess until each hop was looked at.
  const basis = status === 'pass' ? undefined : data.path?.start == null && !isLate ? 'silence' : 'measured';
  return [
    check({ ...line, status, code, observed, expected, basis, budget: budgetOf('lossRatio', data.lossRatio, policy.lossRatio) }),
    ...judgeOrder(measurement),
    ...judgeNotSent(measurement, data.notSent),
  ];
}

type Path = MeasurementOf<'loss'>['data']['path'];

const PLACE_CODES = { local: 'loss-local', upstream: 'loss-upstream', target: 'loss-target' } as const;

function sureness({ lowRatio, highRatio }: LossInterval): string {
  const range = lowRatio === 0 ? `under ${formatRatio(highRatio)}` : `${formatRatio(lowRatio)} to ${formatRatio(highRatio)}`;
  return `${range}, 95 % sure`;
}

/** Says so where there were too few packets: none of them lost, and yet even a loss that fails is not excluded; or either side is possible. */
function enough(lost: number, { lowRatio, highRatio }: LossInterval, { lossRatio }: Policy): string {
  const limit = formatRatio(lossRatio.acceptable);
  if (lost > 0) return lowRatio <= lossRatio.acceptable && highRatio > lossRatio.acceptable ? `: too few to tell if above ${limit}` : '';
  if (highRatio <= lossRatio.critical || lossRatio.acceptable <= 0) return '';
  return `: too few, ${roundedUp(countToExclude(lossRatio.acceptable))} would tell ${limit}`;
}

/** To two digits: 368 is 370. */
function roundedUp(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / unit) * unit;
}

/** Where the loss begins, or why that is not known; nothing where it was not asked, or there is no loss to speak of. */
function whereabouts(path: Path, status: Grade): string {
  if (path === null) return '';
  if (path.start === null) return status === 'pass' ? '' : `; where is not known: ${path.because}`;
  const { ttl, address, after, place } = path.start;
  if (place === 'target') return `; at the target only, not before (${hopName(after)})`;
  const last = path.hops.at(-1)?.ttl === ttl;
  const from = last ? 'at the target' : `from hop ${ttl}${address === null ? '' : ` (${address})`} on`;
  if (after !== null) return `; ${last ? `between ${hopName(after)} and the target` : `${from}, not before (${hopName(after)})`}`;
  return ttl === 1 ? `; ${from}` : `; ${from}, and no hop before it can tell`;
}

const WAYS = { 'to-target': 'on the way there', 'from-target': 'on the way back', both: 'in both directions' } as const;

/** In which direction, where TCP connections showed it. */
function whichWay(direction: MeasurementOf<'loss'>['data']['direction'], status: Grade): string {
  if (status === 'pass' || direction === null || direction.hint === null) return '';
  return `; by TCP it is lost ${WAYS[direction.hint]}${direction.hint === 'both' ? '' : ', 95 % sure'}`;
}

function hopName(hop: { ttl: number; address: string | null } | null): string {
  return hop === null ? 'no hop' : `hop ${hop.ttl}${hop.address === null ? '' : `, ${hop.address}`}`;
}

/**
 * The measured ratio against the grades, but never worse than a warning while chance alone can explain it: while the 95 % interval still
 * reaches down to what is acceptable. Nor where answers are limited, or were dropped by this machine.
 */
function gradeLoss(lossRatio: number, lowRatio: number, doubtful: boolean, policy: Policy): Grade {
  const measured = grade(lossRatio, policy.lossRatio);
  return measured === 'fail' && (lowRatio <= policy.lossRatio.acceptable || doubtful) ? 'warn' : measured;
}

/** Reordering and duplication warn where they are seen at all: TCP takes them for loss. */
function judgeOrder(measurement: MeasurementOf<'loss'>): Check[] {
  const { duplicated, reordered, sent } = measurement.data;
  const checks: Check[] = [];
  if (duplicated !== null && duplicated > 0) {
    checks.push(
      check({
        kind: 'l3.duplicates',
        layer: 3,
        title: 'duplicates',
        measurement,
        status: 'warn',
        code: 'packets-duplicated',
        observed: `${duplicated} ${duplicated === 1 ? 'copy' : 'copies'} beside the answers to ${sent}`,
        expected: 'none',
      }),
    );
  }
  if (reordered !== null && reordered > 0) {
    checks.push(
      check({
        kind: 'l3.order',
        layer: 3,
        title: 'order',
        measurement,
        status: 'warn',
        code: 'packets-reordered',
        observed: `${reordered} of ${sent} reordered`,
        expected: 'none',
      }),
    );
  }
  return checks;
}
