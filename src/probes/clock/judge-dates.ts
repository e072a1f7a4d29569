import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import { type Grade, grade } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import type { Opinion } from './agreement.js';
import { apart, consequences } from './offset-text.js';
import { type DateOpinion, dateOpinions } from './opinions.js';

type ClockMeasurement = MeasurementOf<'clock'>;
type Page = DataOf<'clock'>['pages'][number];

/**
 * What the Date fields of answers say. Several hosts that agree speak of this machine; one alone can be wrong itself, or its answer an old
 * one that a cache has kept, which says what time it was. Pages that were named have their line, pass or not; targets only where they differ.
 */
export function judgeDates(measurement: ClockMeasurement, context: MachineJudgeContext): Check[] {
  const { policy, scope, measurements } = context;
  const expected = `under ${formatMs(policy.clockSkewMs.acceptable)} apart`;
  const { opinions, agreement, trusted } = dateOpinions(measurements, policy.clockSkewMs.acceptable);
  const sureMs = ({ offsetMs, uncertaintyMs }: Opinion) => Math.max(0, Math.abs(offsetMs) - uncertaintyMs);
  const gradeOf = (opinion: Opinion) => grade(sureMs(opinion), policy.clockSkewMs);
  const budgetFor = (opinion: Opinion) => budgetOf('clockSkewMs', sureMs(opinion), policy.clockSkewMs);
  const common = agreement === null || trusted ? 'pass' : gradeOf(agreement);
  const isCommon = (index: number) => common !== 'pass' && agreement?.members.has(index) === true;

  const ofTarget = (one: DateOpinion): Check[] => {
    const confirmed = trusted || agreement !== null;
    // That an answer is old takes nothing from a machine whose clock is known to be right, or confirmed by several others.
    if (one.of === null || (confirmed && one.offsetMs < 0 && scope === 'path')) return [];
    const observed = confirmed
      ? `the clock of the service, or of a cache, ${apart(one, 'here')}`
      : one.offsetMs < 0
        ? // What a server with an expired certificate would write is no ground to call it valid.
          `${apart(one)} by the answer of the service alone, which can be an old one`
        : `${apart(one)} by the answer of the service${consequences(one, measurement, context)}`;
    // One host alone that is behind can be a cache.
    const status: Grade = confirmed || one.offsetMs < 0 ? 'warn' : gradeOf(one);
    const line = { kind: 'l7.clock', layer: 7, title: 'clock', measurement: one.of } as const;
    return [check({ ...line, status, code: 'clock-skew', observed, expected, budget: budgetFor(one) })];
  };

  const ofPage = ({ url, clock, because }: Page): Check => {
    const line = { kind: `l7.clock-page@${url}`, layer: 7, title: 'clock by a page', measurement, expected } as const;
    if (clock === null) return skippedCheck(line, because ?? 'it told no time');
    const graded = gradeOf(clock);
    const budget = budgetFor(clock);
    if (graded === 'pass') return check({ ...line, status: graded, observed: apart(clock), budget });
    // Time servers that say otherwise go before it.
    const observed = trusted
      ? `the clock of the page, or of a cache, ${apart(clock, 'here')}`
      : `${apart(clock)}${consequences(clock, measurement, context)}`;
    return check({ ...line, status: trusted ? 'warn' : graded, code: 'clock-skew', observed, budget });
  };

  const targets = opinions.flatMap((one, index) => (gradeOf(one) === 'pass' || isCommon(index) ? [] : ofTarget(one)));
  const pages = scope === 'all' ? measurement.data.pages.map(ofPage) : [];
  if (common === 'pass' || agreement === null) return [...pages, ...targets];
  const said = check({
    ...{ kind: 'l7.clock-dates', layer: 7, title: 'clock by answers', measurement, status: common, code: 'clock-skew', expected },
    budget: budgetFor(agreement),
    observed: `${apart(agreement)} by the answers of ${agreement.members.size} services${consequences(agreement, measurement, context)}`,
  });
  const evidence = opinions.flatMap(({ of }, index) => (of !== null && agreement.members.has(index) ? [of.id] : []));
  return [{ ...said, measurements: [...new Set([...said.measurements, ...evidence])] }, ...pages, ...targets];
}
