import type { Probe } from '../probe.js';
import { judgeDns } from './judge.js';
import { dnsNotTried, measureDns } from './measure.js';
import type { DnsPlan } from './plan.js';

/** What name servers say, and how fast. */
export const dnsProbe: Probe<'dns', DnsPlan> = {
  name: 'dns',
  measure: measureDns,
  notTried: dnsNotTried,
  judge: judgeDns,
};
