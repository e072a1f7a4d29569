import { exactTest, type Share, shareDifference } from '../../model/count-comparison.js';
import { designEffect } from '../../model/loss-interval.js';
import { correctedProbabilities, type Tested } from '../../model/multiple-tests.js';
import type { Report } from '../../model/report.js';
import type { MetricDiff, MetricSide } from '../../model/report-diff.js';
import { compareSeries, FEWEST_VALUES } from '../../model/series-comparison.js';
import { gradesOf, limitsOf, matters } from './limits.js';
import { type Pair, paired } from './pairing.js';
import { type Losses, lossesOf, type Series, seriesOf } from './series.js';

/** Probability of even one false alarm among all numbers of a comparison, where nothing changed. */
export const ALPHA = 0.05;

/** A pair that was compared, before it is known how many others were. */
interface Compared {
  pair: Pair<Series | Losses>;
  before: MetricSide;
  after: MetricSide;
  shift: MetricDiff['shift'];
  /** `null`: there are too few values for a test. */
  tested: Tested | null;
}

/** A run has a dozen for each target, and 24 targets as a rule; a report that was made to take time has more. */
const MOST_COMPARED = 500;

/** Every number that both reports have, and whether it moved beyond noise; in the order of the later report. */
export function compareMetrics(before: Report, after: Report): { metrics: MetricDiff[]; tests: number; leftOut: number } {
  const times = paired(seriesOf(before.measurements), seriesOf(after.measurements), ({ values, count }) => (values === null ? 0 : count));
  const losses = paired(lossesOf(before.measurements), lossesOf(after.measurements), ({ sent }) => sent);
  const compared = [...times.slice(0, MOST_COMPARED).map(comparedTimes), ...losses.slice(0, MOST_COMPARED).flatMap(comparedLosses)];
  const corrected = correctedProbabilities(
    compared.map(({ tested }) => tested ?? { probability: 1, smallestProbability: 1 }),
    ALPHA,
  );
  return {
    metrics: compared.map((entry, index) => concluded(entry, corrected[index] ?? null, after)),
    tests: corrected.filter((probability) => probability !== null).length,
    leftOut: Math.max(0, times.length - MOST_COMPARED) + Math.max(0, losses.length - MOST_COMPARED),
  };
}

function comparedTimes(pair: Pair<Series>): Compared {
  const { before, after, unlike } = pair;
  const enough = Math.min(before.values?.length ?? 0, after.values?.length ?? 0) >= FEWEST_VALUES;
  if (unlike !== null || !enough || before.values === null || after.values === null)
    return { pair, before: sideOf(before, null), after: sideOf(after, null), shift: null, tested: null };
  const { probability, smallestProbability, shift, effectiveCounts } = compareSeries(before.values, after.values);
  return {
    pair,
    before: sideOf(before, effectiveCounts.first),
    after: sideOf(after, effectiveCounts.second),
    shift,
    tested: { probability, smallestProbability },
  };
}

function sideOf({ median, count, measurement }: Series, effectiveCount: number | null): MetricSide {
  return { value: median, count, effectiveCount, measurements: [measurement] };
}

/** More than any series has; a report that says otherwise was not made by a measurement. */
const MOST_PACKETS = 200_000;

/** Losses come in bursts: packets of both sides are worth as few as those of the side that shows it more. */
function comparedLosses(pair: Pair<Losses>): Compared[] {
  const { before, after, unlike } = pair;
  if (Math.max(before.sent, after.sent) > MOST_PACKETS) return [];
  const effect = Math.max(burstEffect(before), burstEffect(after));
  const [first, second] = [worth(before, effect), worth(after, effect)];
  const [earlier, later] = [lossSide(before, effect), lossSide(after, effect)];
  if (unlike !== null) return [{ pair, before: earlier, after: later, shift: null, tested: null }];
  const difference = shareDifference(scaled(before, effect), scaled(after, effect));
  return [{ pair, before: earlier, after: later, shift: difference, tested: exactTest(first, second) }];
}

function lossSide({ sent, lost, measurement }: Losses, effect: number): MetricSide {
  return { value: lost / sent, count: sent, effectiveCount: sent / effect, measurements: [measurement] };
}

/** The number of bursts, of losses and of packets is all that the design effect depends on, but for the two ends. */
function burstEffect({ sent, lost, bursts }: Losses): number {
  if (bursts === null || bursts < 1 || lost < 2 || bursts > lost || bursts > sent - lost + 1) return 1;
  const pattern: boolean[] = [];
  for (let burst = 0; burst < bursts; burst++) {
    const quiet = Math.floor(((burst + 1) * (sent - lost)) / (bursts + 1)) - Math.floor((burst * (sent - lost)) / (bursts + 1));
    const length = Math.floor(((burst + 1) * lost) / bursts) - Math.floor((burst * lost) / bursts);
    for (let index = 0; index < quiet; index++) pattern.push(false);
    for (let index = 0; index < length; index++) pattern.push(true);
  }
  while (pattern.length < sent) pattern.push(false);
  return designEffect(pattern);
}

function scaled({ lost, sent }: Losses, effect: number): Share {
  return { hits: lost / effect, trials: sent / effect };
}

function worth(losses: Losses, effect: number): Share {
  const { hits, trials } = scaled(losses, effect);
  const whole = Math.max(1, Math.round(trials));
  return { hits: Math.min(whole, Math.round(hits)), trials: whole };
}

function concluded(compared: Compared, corrected: number | null, report: Report): MetricDiff {
  const { pair, before, after, shift, tested } = compared;
  const { metric, unit, probe, target, method, role } = pair.after;
  const limits = limitsOf(report, metric, target, pair.after.measurement);
  const sides = { before: before.value, after: after.value };
  const moved = shift?.value ?? after.value - before.value;
  const { finding, because } = findingOf(compared, corrected, moved, matters(moved, sides, unit, limits));
  return {
    ...{ metric, unit, probe, target },
    method: pair.before.method === method ? method : null,
    role: pair.before.role === role ? role : null,
    before: written(before),
    after: written(after),
    shift: shift === null ? null : { value: digits(shift.value), low: digits(shift.low), high: digits(shift.high) },
    probability: tested === null ? null : digits(tested.probability),
    correctedProbability: corrected === null ? null : digits(corrected),
    finding,
    because,
    grade: gradesOf(sides, limits),
  };
}

/** More digits than are sure in any of these numbers, and fewer than those in which processors differ. */
function digits(value: number): number {
  return Number(value.toPrecision(6));
}

function written(side: MetricSide): MetricSide {
  return {
    ...side,
    value: digits(side.value),
    effectiveCount: side.effectiveCount === null ? null : Number(side.effectiveCount.toFixed(1)),
  };
}

/** @param corrected `null`: it was not tested, or could not have come out significant */
function findingOf(compared: Compared, corrected: number | null, moved: number, isLarge: boolean): Pick<MetricDiff, 'finding' | 'because'> {
  if (corrected !== null && corrected > ALPHA) return { finding: 'noise', because: null };
  if (!isLarge) return { finding: corrected === null ? 'noise' : 'small', because: null };
  const because = whyNotTold(compared, corrected, moved);
  if (because !== null) return { finding: 'cannot-tell', because };
  return { finding: moved > 0 ? 'worse' : 'better', because: null };
}

/** Between the two clocks lies the time that a process takes to be woken up: hardly ever more. */
const CLOCKS_APART_MS = 2;

/** Why a difference proves nothing, in a whole sentence; `null`: it does. */
function whyNotTold({ pair, before, after, tested }: Compared, corrected: number | null, moved: number): string | null {
  if (pair.unlike !== null) return pair.unlike;
  if (tested === null) return tooFew(pair, before, after);
  if (corrected === null)
    return `With ${before.count} and ${after.count} of them, not even the clearest difference is surely more than chance.`;
  const [earlier, later] = [pair.before, pair.after];
  if (earlier.unit === 'ratio' || later.unit === 'ratio') return null;
  if (earlier.clock !== later.clock && Math.abs(moved) <= CLOCKS_APART_MS)
    return 'One of them was timed by the kernel and the other by the process, and that alone makes such a difference.';
  const ownDelayMs = moved > 0 ? later.ownDelayMs : earlier.ownDelayMs;
  if (ownDelayMs >= Math.abs(moved)) return 'This machine was too busy to time it: its own delay can have made all of the difference.';
  return null;
}

function tooFew({ before, after }: Compared['pair'], earlier: MetricSide, later: MetricSide): string {
  const isBare = [before, after].some((side) => side.unit === 'ms' && side.values === null);
  if (isBare) return 'The reports have its statistics alone, and no single values.';
  return `There are ${earlier.count} and ${later.count} values, and ${FEWEST_VALUES} of each are the least that shows anything.`;
}
