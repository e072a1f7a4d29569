import type { Probe } from '../probe.js';
import { judgeRoute } from './judge.js';
import { measureRoute, routeNotTried } from './measure.js';
import type { RoutePlan } from './plan.js';

/** The path to a target, hop by hop: who forwards, and where and why it ends. */
export const routeProbe: Probe<'route', RoutePlan> = {
  name: 'route',
  measure: measureRoute,
  notTried: routeNotTried,
  judge: judgeRoute,
};
