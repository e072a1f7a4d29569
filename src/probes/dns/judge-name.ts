import { type Attempt, type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { NO_RESOLVER, SOCKET_REFUSALS } from '../../model/failure-code.js';
import { formatMs, formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import type { Resolution } from '../../net/port.js';
import { processTimeBudget } from '../budget.js';
import type { JudgeContext } from '../probe.js';
import { codeOfRcode } from './rcode.js';

/** More addresses than these are counted, not listed. */
const ADDRESSES_SHOWN = 3;

export interface NameResolution {
  /** `id` of the target, `null` where the name belongs to none. */
  target: string | null;
  host: string;
  outcome: Attempt<Resolution>;
  /** Each question asked on the way. */
  queries: readonly MeasurementOf<'dns'>[];
  /** By how much the process was late meanwhile. */
  stalledMs: number | null;
}

/** `l7.name`: could this machine make an address of the target's name, and how fast. A target that is an address is not judged. */
export function judgeName({ target, host, outcome, queries, stalledMs }: NameResolution, { policy }: JudgeContext): Check {
  const made: Check = {
    id: target === null ? 'l7.name' : `l7.name@${target}`,
    layer: 7,
    title: `name ${host}`,
    target,
    status: 'pass',
    code: null,
    observed: null,
    expected: `under ${formatMs(policy.dnsQueryMs.acceptable)}`,
    remedy: null,
    because: null,
    measurements: queries.map((query) => query.id),
  };
  if (outcome.kind === 'skipped' || outcome.kind === 'unavailable') {
    return { ...made, status: 'skip', expected: null, because: reasonOf(outcome) };
  }
  // No socket to ask with: that says nothing about the servers. The other things that can be wrong with a question have codes of their own.
  if (outcome.kind === 'failed' && outcome.step === 'configure' && SOCKET_REFUSALS.has(outcome.code)) {
    return { ...made, status: 'skip', expected: null, because: outcome.message };
  }
  if (outcome.kind !== 'measured') return { ...made, status: 'fail', expected: 'an address', ...explainFailure(outcome, queries) };

  const { addresses, elapsedMs } = outcome.value;
  if (addresses.length === 1 && addresses[0] === host) {
    return { ...made, status: 'skip', expected: null, because: 'the target is an address' };
  }
  const more = addresses.length > ADDRESSES_SHOWN ? ` and ${addresses.length - ADDRESSES_SHOWN} more` : '';
  const observed = `${addresses.slice(0, ADDRESSES_SHOWN).join(', ')}${more} in ${formatProcessTime(elapsedMs, stalledMs)}${sourceOf(queries)}`;
  const status = gradeProcessTime(elapsedMs, stalledMs, policy.dnsQueryMs);
  const budget = processTimeBudget('dnsQueryMs', elapsedMs, stalledMs, policy.dnsQueryMs);
  return { ...made, status, code: status === 'pass' ? null : 'dns-slow', observed, budget };
}

/** A name of the hosts file was not asked of anybody: who wonders at the address looks there. */
function sourceOf(queries: readonly MeasurementOf<'dns'>[]): string {
  const file = queries.find((query) => query.data.transport === 'file');
  return file === undefined ? '' : ` from ${file.data.server}`;
}

function explainFailure(outcome: NotMeasured, queries: readonly MeasurementOf<'dns'>[]): { code: Code; observed: string } {
  const servers = [...new Set(queries.map((query) => query.data.server))];
  const asked = servers.length === 0 ? '' : ` from ${servers.join(', ')}`;
  if (outcome.kind !== 'failed') return { code: 'dns-unreachable', observed: `${reasonOf(outcome)}${asked}` };
  return { code: codeOfFailure(outcome.code, queries), observed: outcome.message };
}

/** `code` is one of those that `Names.resolve` gives: an rcode, one of its own words, or an errno. */
function codeOfFailure(code: string, queries: readonly MeasurementOf<'dns'>[]): Code {
  if (code === NO_RESOLVER) return 'dns-no-resolver';
  // The name exists, but not for this purpose: the same mistake, or the same missing entry.
  if (code === 'NODATA' || code === 'invalid-name') return 'dns-nxdomain';
  if (code === 'cname-chain') return 'dns-servfail';
  if (queries.some((query) => query.data.rcode === code)) return codeOfRcode(code) ?? 'dns-servfail';
  return queries.some((query) => query.data.flags?.tc === true) ? 'dns-tcp-blocked' : 'dns-unreachable';
}
