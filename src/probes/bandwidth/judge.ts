import { formatQuantity, formatRatio } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { type Grades, grade, gradeAtLeast, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import type { Direction } from './data-parts.js';
import { judgeFailure } from './judge-failure.js';
import { judgeQueueing } from './judge-queueing.js';

type Bandwidth = MeasurementOf<'bandwidth'>;
type Kind = 'down' | 'up';

const NAMES = { down: 'download', up: 'upload' } as const;

/**
 * `l7.download`, `l7.upload`: how much goes through. `l3.queueing-download`, `l3.queueing-upload`: what that does to round trips.
 * `l7.utilisation-download`, `l7.utilisation-upload`: how much of it was in use before.
 */
export function judgeBandwidth(measurement: Bandwidth, { policy }: JudgeContext): Check[] {
  const { data, attempt } = measurement;
  if (data.down === null && data.up === null) {
    const line = { kind: 'l7.bandwidth', layer: 7, title: 'bandwidth', measurement } as const;
    const because = attempt.kind === 'skipped' ? attempt.because : attempt.kind === 'failed' ? attempt.message : 'nothing was measured';
    return [skippedCheck(line, because)];
  }
  return (['down', 'up'] as const).flatMap((kind) => {
    const direction = data[kind];
    if (direction === null) return [];
    return [
      judgeRate(measurement, kind, direction, kind === 'down' ? policy.downMbps : policy.upMbps),
      ...judgeQueueing(measurement, NAMES[kind], direction, policy),
      ...judgeUtilisation(measurement, kind, direction, policy),
    ];
  });
}

function judgeRate(measurement: Bandwidth, kind: Kind, direction: Direction, expectedRate: Grades | null): Check {
  const title = NAMES[kind];
  const line = { kind: `l7.${title}`, layer: 7, title, measurement } as const;
  const expected = expectedRate === null ? null : `at least ${formatQuantity(expectedRate.acceptable, 'Mbit/s')}`;
  const { mbps, failure } = direction;
  if (failure !== null || mbps === null) return judgeFailure(line, failure, expected);
  const observed = rateText(kind, direction, mbps);
  if (expectedRate === null) return check({ ...line, status: 'pass', observed, expected });
  const budget = budgetOf(kind === 'down' ? 'downMbps' : 'upMbps', mbps, expectedRate);
  const status = gradeAtLeast(mbps, expectedRate);
  if (status === 'pass') return check({ ...line, status, observed, expected, budget });
  // Beyond doubt it is too little only where neither the spread of the slices nor something other than the line can be the reason.
  const high = direction.interval?.highMbps ?? mbps;
  const doubt =
    direction.limitedBy !== null ? '; the line may carry more' : high >= expectedRate.critical ? '; it may be as much as expected' : '';
  return check({
    ...line,
    status: doubt === '' ? status : 'warn',
    code: 'bandwidth-low',
    observed: `${observed}${doubt}`,
    expected,
    budget,
  });
}

const LIMITS: Readonly<Record<NonNullable<Direction['limitedBy']>, string>> = {
  'own-processor': 'limited by the processor of this machine',
  'short-answers': 'limited by answers of the server that are too short to load a line',
  'receive-window': 'limited by the receive window of the server',
  volume: 'too little was allowed to be moved for a steady rate',
};

/** `93.2 Mbit/s down (92.8 to 93.6, 95 % sure); 1 of 5 connections broke off`. */
function rateText(kind: Kind, { interval, connections, limitedBy, contentEncoding }: Direction, mbps: number): string {
  const sure =
    interval === null ? '' : ` (${plain(interval.lowMbps)} to ${plain(interval.highMbps)}, ${formatRatio(interval.confidence)} sure)`;
  const remarks = [
    connections.broken > 0 ? `${connections.broken} of ${connections.opened} connections broke off` : '',
    contentEncoding === null ? '' : `the body came compressed (${contentEncoding}), counted as it came`,
    limitedBy === null ? '' : LIMITS[limitedBy],
  ].filter((text) => text !== '');
  return [`${formatQuantity(mbps, 'Mbit/s')} ${kind}${sure}`, ...remarks].join('; ');
}

function plain(mbps: number): string {
  return `${Number(mbps.toPrecision(3))}`;
}

/** Other traffic that took a large part of the line before anything was measured: what is left of it is not what it can carry. */
function judgeUtilisation(measurement: Bandwidth, kind: Kind, direction: Direction, { utilisationRatio: grades }: Policy): Check[] {
  if (grades === null) return [];
  const title = NAMES[kind];
  const line = { kind: `l7.utilisation-${title}`, layer: 7, title: `utilisation, ${title}`, measurement } as const;
  const expected = `under ${formatRatio(grades.acceptable)}`;
  const { utilisationRatio, interfaceMbps } = direction;
  const link = measurement.data.interface;
  const before = kind === 'down' ? link?.idleReceivedMbps : link?.idleSentMbps;
  if (utilisationRatio === null || interfaceMbps === null || link == null || before == null) {
    const reason = measurement.data.absent.find(({ fact }) => fact === 'what crossed the interface')?.because;
    return [skippedCheck({ ...line }, `what crossed the interface is not known${reason === undefined ? '' : `: ${reason}`}`)];
  }
  const status = grade(utilisationRatio, grades);
  const observed = `${formatRatio(utilisationRatio)} ${kind}: ${formatQuantity(before, 'Mbit/s')} crossed ${link.name} before, ${formatQuantity(interfaceMbps, 'Mbit/s')} under load`;
  return [
    check({
      ...line,
      status,
      code: status === 'pass' ? null : 'bandwidth-low',
      observed,
      expected,
      budget: budgetOf('utilisationRatio', utilisationRatio, grades),
    }),
  ];
}
