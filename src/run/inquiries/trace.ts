import type { MeasurementOf } from '../../model/measurement.js';
import type { RouteOptions } from '../../model/probe-options.js';
import { routeProbe } from '../../probes/route/index.js';
import { judgePathEnd } from '../../probes/route/judge-end.js';
import { planRoute } from '../../probes/route/plan.js';
import { requestFor } from '../request.js';
import type { TargetOutcome } from '../target-outcome.js';
import { longestAnswerMs } from './answer-time.js';
import type { InquiryWork } from './inquiry-work.js';

/** Each hop is asked twice where it keeps silent; a router that answers late is no matter here. */
const LONGEST_ANSWER_MS = 500;
/** Routers take longer for what they say themselves than for what they forward. */
const ANSWER_MS = { shortest: 250, longest: LONGEST_ANSWER_MS } as const;

/** How a path is followed that is only to tell where it ends: quickly, without names. */
export function quickTrace(leftMs: number, longestMs = LONGEST_ANSWER_MS): RouteOptions {
  const timeoutMs = Math.min(longestMs, leftMs / 6);
  return { method: 'auto', flows: 1, cycles: 1, intervalMs: 100, timeoutMs, maximumTtl: 30, names: false, tries: 2 };
}

/** The path to the target, or to the first that has one where the question is about the network. */
export async function trace(work: InquiryWork): Promise<string | null> {
  const { outcomes, outcome } = work;
  const followed = outcome ?? outcomes.find((candidate) => obstacleOf(candidate) === null) ?? null;
  if (followed === null) return 'there is no target with an address';
  const obstacle = obstacleOf(followed);
  if (obstacle !== null) return obstacle;
  const made = await followTarget(followed, work);
  return made.attempt.kind === 'unavailable' ? made.attempt.reason : null;
}

/** The path to a target, followed once in a run: who comes second waits for the first. */
export function followTarget(followed: TargetOutcome, work: InquiryWork): Promise<MeasurementOf<'route'>> {
  const { recorder, paths } = work;
  const { id } = followed.target;
  const known = recorder.measurements.find((made): made is MeasurementOf<'route'> => made.probe === 'route' && made.target === id);
  const path = paths.get(id) ?? (known === undefined ? follow(followed, work) : Promise.resolve(known));
  paths.set(id, path);
  return path;
}

function follow(followed: TargetOutcome, work: InquiryWork): Promise<MeasurementOf<'route'>> {
  const { target, address } = followed;
  const { request, environment, recorder, label, leftMs } = work;
  const plan = planRoute(target, address ?? target.host, quickTrace(leftMs, longestAnswerMs(followed, ANSWER_MS)), request.origin);
  const { network, signal } = environment;
  return recorder.record({
    probe: 'route',
    target: target.id,
    label,
    measure: () => routeProbe.measure(plan, { network, signal }),
    notTried: (attempt) => routeProbe.notTried(address, attempt),
    judge: (measurement) => judgePathEnd(measurement, requestFor(request, target.id)),
  });
}

function obstacleOf({ address, lookup }: TargetOutcome): string | null {
  if (address === null) return 'it has no address';
  if (lookup === null || lookup.attempt.kind !== 'measured') return 'this machine has no way to it';
  return lookup.data.loopback === true ? 'it is on this machine' : null;
}
