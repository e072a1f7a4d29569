import type { Probe } from '../probe.js';
import { judgeProxy } from './judge.js';
import { measureProxy, proxyNotTried } from './measure.js';
import type { ProxyPlan } from './plan.js';

/** Whether the proxy on the way to a target is there and lets through, and what the direct way does. */
export const proxyProbe: Probe<'proxy', ProxyPlan> = {
  name: 'proxy',
  measure: measureProxy,
  notTried: (_address, attempt) => proxyNotTried(attempt),
  judge: judgeProxy,
};
