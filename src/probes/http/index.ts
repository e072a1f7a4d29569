import type { Probe } from '../probe.js';
import { judgeHttp } from './judge.js';
import { httpNotTried, measureHttp } from './measure.js';
import type { HttpPlan } from './plan.js';

/** What an HTTP service answers, how fast, and whether it is what was asked for. */
export const httpProbe: Probe<'http', HttpPlan> = {
  name: 'http',
  measure: measureHttp,
  notTried: httpNotTried,
  judge: judgeHttp,
};
