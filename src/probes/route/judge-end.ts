import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { judgeRoute } from './judge.js';

/**
 * `l3.hops` of a path that was looked at to find out why a target does not answer: a refusal, a loop or an arrival says something. Routers
 * that keep silent do not, nor does a target that answers nothing: what is held against it has been judged where it was asked.
 */
export function judgePathEnd(measurement: MeasurementOf<'route'>, context: JudgeContext): Check[] {
  const { attempt, data } = measurement;
  const line = { kind: 'l3.hops', layer: 3, title: 'path', measurement } as const;
  const telling = data.reached === true || data.end?.reason === 'unreachable' || data.end?.reason === 'loop';
  // A search that was cut short has found no end, and can have gone round all the same.
  if (telling || (attempt.kind !== 'measured' && attempt.kind !== 'unanswered')) return judgeRoute(measurement, context);
  const last = [...data.hops].reverse().find(({ addresses }) => addresses.length > 0);
  const heard = last === undefined ? 'no router answers' : `nobody answers beyond hop ${last.ttl} (${last.addresses[0]})`;
  return [skippedCheck(line, `${heard}, which may be on purpose`)];
}
