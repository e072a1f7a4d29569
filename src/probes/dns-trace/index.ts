import type { Probe } from '../probe.js';
import { judgeDnsTrace } from './judge.js';
import { dnsTraceNotTried, measureDnsTrace } from './measure.js';
import type { DnsTracePlan } from './plan.js';

/** The way from the root to a name, by all servers of each zone. */
export const dnsTraceProbe: Probe<'dns-trace', DnsTracePlan> = {
  name: 'dns-trace',
  measure: measureDnsTrace,
  notTried: (_address, attempt) => dnsTraceNotTried({ name: '', type: '' }, attempt),
  judge: judgeDnsTrace,
};
