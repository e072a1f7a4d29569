import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { processTimeBudget } from '../budget.js';
import { check } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { isTakenOver, type Lookup } from './search-list.js';

/** `l7.name-service-search@TARGET`: what the search list and `ndots` make of a name: questions in vain, or another name's answer. */
export function judgeSearch(measurement: MeasurementOf<'name-service'>, { policy, measurements }: MachineJudgeContext): Check[] {
  return measurement.data.lookups.map((lookup) => {
    const { target, found, name } = lookup;
    const line = {
      kind: 'l7.name-service-search',
      layer: 7,
      title: 'search list',
      measurement: { id: measurement.id, target },
      expected: `under ${formatMs(policy.dnsQueryMs.acceptable)} in vain`,
    } as const;
    const taken = isTakenOver(lookup);
    // Short names of a cluster or a company are meant to be found so: only where the name has an owner of its own is it taken from him.
    if (taken && (lookup.diverted === true || target === null)) {
      const observed = `${name} was asked for, and ${found} answered`;
      return check({ ...line, expected: 'the name itself answers', status: 'warn', code: 'dns-search-diverted', observed });
    }
    // The questions of a target are measurements of their own, with the delay of the time in which they were asked.
    const asked = measurements.find((one) => one.probe === 'dns' && target !== null && one.target === target);
    const { stalledMs } = asked ?? measurement;
    const slow = lookup.wastedMs !== null && gradeProcessTime(lookup.wastedMs, stalledMs, policy.dnsQueryMs) !== 'pass';
    const silent = lookup.wasted.some(({ rcode }) => rcode === null) && found !== null;
    const budget = lookup.wastedMs === null ? undefined : processTimeBudget('dnsQueryMs', lookup.wastedMs, stalledMs, policy.dnsQueryMs);
    if (slow || silent) return check({ ...line, status: 'warn', code: 'dns-search-slow', observed: searchText(lookup), budget });
    return check({ ...line, status: 'pass', observed: searchText(lookup), budget });
  });
}

/** `3 names in vain ahead of api.example.net, 4.1 ms`. */
export function searchText({ name, target, found, wasted, wastedMs, ahead }: Lookup): string {
  const times = wastedMs === null ? (wasted.some(({ rcode }) => rcode === null) ? ', without an answer' : '') : `, ${formatMs(wastedMs)}`;
  if (wasted.length > 0) return `${counted(wasted.length)} in vain ahead of ${found ?? name}${times}`;
  if (ahead.length > 0) return `${counted(ahead.length)} ahead of ${target === null ? `a name such as ${name}` : name}, not asked`;
  return found !== null && found !== name
    ? `${name} is found as ${found}`
    : target === null
      ? 'names with a dot are asked for as they stand'
      : `${name} is asked for as it stands`;
}

function counted(count: number): string {
  return count === 1 ? '1 name' : `${count} names`;
}
