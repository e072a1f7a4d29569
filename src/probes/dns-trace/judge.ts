import { reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import type { Check } from '../../model/report.js';
import { isWithin } from '../../wire/dns/tree.js';
import { check, skippedCheck } from '../check.js';
import { deadFamily, isWorthALine, judgeDelegation, judgeGlue, judgeNameServers } from './judge-delegation.js';
import { judgeAgreement, judgeEdns, judgeSerials, judgeTcp } from './judge-servers.js';
import { addressesOf, listed, type Step, type Trace, zoneName } from './zone-line.js';

/**
 * One walk: a line for its end (`l7.trace@NAME/TYPE`), one for each delegation on the way, and for the zones in which it ended all that was
 * looked at there (`l7.KIND@NAME/TYPE/ZONE`). On the way, what is well has no line beside the delegation's.
 */
export function judgeDnsTrace(measurement: Trace): Check[] {
  const { steps } = measurement.data;
  const dead = deadFamily(measurement);
  const lines = steps.flatMap((step, index) => {
    const first = steps.findIndex(({ zone }) => zone === step.zone) === index;
    const ofZone = [...judgeGlue(measurement, step), ...judgeNameServers(measurement, step)];
    const ofServers = [judgeSerials, judgeTcp, judgeEdns].flatMap((judge) => judge(measurement, step));
    // A zone that is come to again, behind an alias, is asked something else; what it is stays.
    return [
      ...(first ? judgeDelegation(measurement, step, dead) : []),
      ...[...(first ? ofZone : []), ...judgeAgreement(measurement, step), ...(first ? ofServers : [])].filter((made) =>
        isWorthALine(step, made),
      ),
    ];
  });
  const unique = [...new Map(lines.map((made) => [made.id, made])).values()];
  return [...unique, ...judgeFamily(measurement, dead), judgeEnd(measurement, unique)];
}

function judgeFamily(measurement: Trace, dead: 4 | 6 | null): Check[] {
  if (dead === null) return [];
  const made = check({
    kind: 'l3.family',
    layer: 3,
    title: `name servers over IPv${dead}`,
    measurement,
    status: 'warn',
    code: dead === 6 ? 'ipv6-broken' : 'ipv4-broken',
    observed: `there is a route, and no name server answered over IPv${dead}; over IPv${dead === 6 ? 4 : 6} some did`,
    expected: 'an answer',
  });
  return [{ ...made, id: `${made.id}/${measurement.data.type}` }];
}

/** Zones that root servers serve beside the root: with those, an answer of theirs is no forgery, although the SOA record did not come. */
const SERVED_BESIDE = ['root-servers.net', 'arpa'];

/**
 * Whether the real root servers seem to have records of a name of several labels: they have those of the top level alone, and refer on for all
 * else. Zones that they serve beside the root show in the SOA record, and are a step of their own.
 */
function isForgedForRoot({ data }: Trace, { zone, name, result, leadsTo }: Step): boolean {
  if (zone !== '.' || data.rootHints !== 'built-in' || !name.includes('.') || name === '.') return false;
  if (SERVED_BESIDE.some((beside) => isWithin(name, beside))) return false;
  return result === 'alias' || ((result === 'answer' || result === 'no-data') && leadsTo === null);
}

function forgedText(step: Step): string {
  const said = addressesOf(step).filter(({ result }) => result === step.result);
  const records = said[0]?.records ?? [];
  return `${step.name}: ${records.length === 0 ? 'no such record' : listed(records)}, from ${said.length === 1 ? '1 address' : `${said.length} addresses`}`;
}

const ADDRESSES_SHOWN = 3;

function judgeEnd(measurement: Trace, lines: readonly Check[]): Check {
  const { attempt, data, target } = measurement;
  const line = { kind: 'l7.trace', layer: 7, title: `${data.type} from the root`, measurement } as const;
  const withId = (made: Check): Check => ({ ...made, id: `${line.kind}@${target}/${data.type}` });
  const failing = (code: Code, observed: string) => withId(check({ ...line, status: 'fail', code, observed, expected: 'an answer' }));
  const { end } = data;
  const forged = data.steps.find((step) => isForgedForRoot(measurement, step));
  if (forged !== undefined)
    return failing('dns-hijacked', `somebody answers in the place of the root servers: ${forgedText(forged)}, and they refer everybody on`);
  if (end === null) return withId(skippedCheck(line, attempt.kind === 'measured' ? 'it did not end' : reasonOf(attempt)));
  const zone = zoneName(end.zone ?? '.');
  const way = `by ${data.steps.length === 1 ? '1 step' : `${data.steps.length} steps`}, ${data.queries} questions`;
  switch (end.reason) {
    case 'answer': {
      const found = data.answers.filter(({ type }) => type !== 'CNAME' && type !== 'DNAME').map((record) => record.data);
      const more = found.length > ADDRESSES_SHOWN ? ` and ${found.length - ADDRESSES_SHOWN} more` : '';
      const wildcard = data.wildcard === null ? '' : `, as the wildcard ${data.wildcard}`;
      const text = `${found.slice(0, ADDRESSES_SHOWN).join(', ')}${more}${wildcard}, ${way}`;
      return withId(check({ ...line, status: 'pass', observed: text, expected: 'an answer' }));
    }
    case 'no-data':
      return withId(check({ ...line, status: 'pass', observed: `no ${data.type} record, says ${zone}, ${way}`, expected: 'an answer' }));
    case 'no-name':
      return failing('dns-nxdomain', `NXDOMAIN: there is no ${end.name}, say the servers of ${zone}`);
    case 'alias-loop':
      return failing('dns-servfail', `the aliases form a loop: they lead back to ${end.name}`);
    case 'no-route':
      return failing('dns-unreachable', `no server of ${zone} can be asked: ${unaskedBecause(measurement)}`);
    case 'limit':
      if (data.limits.includes('aliases'))
        return failing('dns-servfail', `the aliases form a loop or too long a chain: ${end.detail ?? ''}`);
      return withId(skippedCheck(line, `not followed to its end: ${end.detail ?? 'a bound was met'}`));
    case 'interrupted':
      return withId(skippedCheck(line, attempt.kind === 'measured' ? 'interrupted' : reasonOf(attempt)));
    default: {
      const because = lines.find(({ id, status }) => status === 'fail' && id.endsWith(`/${end.zone}`));
      if (because !== undefined) return withId(skippedCheck(line, `explained by ${because.title} (${because.code})`));
      return failing('dns-unreachable', `no server of ${zone} gave an answer${end.detail === null ? '' : `: ${end.detail}`}`);
    }
  }
}

function unaskedBecause({ data }: Trace): string {
  const step = data.steps.at(-1);
  const details =
    step === undefined ? [] : addressesOf(step).flatMap(({ address, detail }) => (detail === null ? [] : `${address}: ${detail}`));
  return details.length === 0 ? 'none has an address' : listed(details, '; ');
}
