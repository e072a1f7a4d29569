import type { Probe } from '../probe.js';
import { judgeComparisons } from './judge.js';
import { measureComparison } from './measure.js';
import type { DnsComparisonPlan } from './plan.js';

/** What many servers say to one question, and whether somebody falsifies it. */
export const dnsComparisonProbe: Probe<'dns-comparison', DnsComparisonPlan> = {
  name: 'dns-comparison',
  measure: (plan, context) => measureComparison(plan, context),
  notTried: (_address, attempt) => ({ attempt, method: null, data: { name: '', type: '', servers: [], reference: null, findings: [] } }),
  judge: (measurement, context) => judgeComparisons([measurement], context),
};
