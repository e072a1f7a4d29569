import { formatMs, formatProcessTime } from '../../model/format.js';
import { gradeProcessTime, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import { processTimeBudget } from '../budget.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { nameOfServer } from './content.js';
import { listed } from './findings.js';
import { codeOfRefusal, isBlocked, transportFindings } from './judge-transports.js';
import { TRUNCATED } from './observed-row.js';
import { failureOf, isWellKnown, measurementsOf, type ServerView } from './server-view.js';

/** Of all questions to one server. One lost datagram is the network's everyday. */
const FEWEST_LOST = 2;

/**
 * Does each server work. Those of the system and those given have a line each, `l7.resolver@SERVER`; the well-known ones share one,
 * `l7.resolver@well-known`, as nobody here depends on a single one of them. Where all of the system are dead, or all given, one line says so
 * for them together; beside one that works a dead one only warns, as programs go on to the next.
 */
export function judgeServers(views: readonly ServerView[], policy: Policy): Check[] {
  const configured = views.filter((view) => !isWellKnown(view));
  const checks = (['system', 'given'] as const).flatMap((from) => {
    const own = configured.filter((view) => view.from === from);
    const dead = own.filter((view) => view.state === 'dead' && !isTruncated(view));
    const allDead = dead.length > 0 && dead.length === own.filter(({ state }) => state !== 'not-asked').length;
    const single = own.filter((view) => !allDead || !dead.includes(view)).map((view) => judgeOne(view, views, policy));
    return allDead ? [...single, judgeAllDead(dead, from, own.length)] : single;
  });
  const known = views.filter(isWellKnown);
  if (known.length === 0) return checks;
  return [...(configured.length === 0 ? [judgeNone(known)] : checks), judgeWellKnown(known, views)];
}

/** Only the well-known ones could be asked: programs on this machine ask nobody. */
function judgeNone(known: readonly ServerView[]): Check {
  const [first] = known as [ServerView];
  const observed = 'no name server is configured, and none was given';
  const line = { ...lineOf(first), title: 'resolvers of the system', expected: 'a name server' };
  return {
    ...check({ ...line, status: 'fail', code: 'dns-no-resolver', observed }),
    id: 'l7.resolver',
    measurements: measurementsOf(known),
  };
}

function lineOf(view: ServerView) {
  return {
    kind: 'l7.resolver',
    layer: 7 as const,
    title: `resolver ${nameOfServer(view)}`,
    measurement: { id: view.rows[0]?.comparison.id ?? '', target: null },
  };
}

function forServer(made: Check, view: ServerView): Check {
  return { ...made, id: `l7.resolver@${view.server}`, measurements: measurementsOf([view]) };
}

function isTruncated(view: ServerView): boolean {
  return failureOf(view)?.code === TRUNCATED;
}

function judgeOne(view: ServerView, views: readonly ServerView[], policy: Policy): Check {
  const line = { ...lineOf(view), expected: 'an answer' };
  const failure = failureOf(view);
  const at = nameOfServer(view);
  if (view.state === 'not-asked') return forServer(skippedCheck(line, view.rows[0]?.row.failure?.reason ?? 'not asked'), view);
  if (isTruncated(view))
    return forServer(check({ ...line, status: 'fail', code: 'dns-tcp-blocked', observed: `${at}: ${failure?.reason}` }), view);
  if (view.state === 'dead') {
    const working = views.filter(({ state }) => state === 'answers').map(({ server }) => server);
    const other = working.length === 0 ? '' : `; another works: ${listed(working)}`;
    return forServer(check({ ...line, status: 'warn', code: 'dns-unreachable', observed: `${at}: ${failure?.reason}${other}` }), view);
  }
  const refusal = judgeRefusal(view, views);
  if (refusal !== null) return forServer(check({ ...line, status: 'warn', ...refusal }), view);
  return forServer(check({ ...line, ...judgeTimes(view, policy) }), view);
}

/** An rcode that is no answer, where others do answer: a name that nobody can look up is no fault of this server. */
function judgeRefusal(view: ServerView, views: readonly ServerView[]): Pick<Check, 'code' | 'observed'> | null {
  for (const { comparison, row } of view.rows) {
    if (row.classification !== 'refused' && row.classification !== 'servfail') continue;
    const others = views.flatMap(({ rows }) => rows).filter((other) => other.comparison.id === comparison.id);
    const answers = others.some((other) => other.row.rcode === 'NOERROR' || other.row.rcode === 'NXDOMAIN');
    if (!answers && row.classification === 'servfail') continue;
    const error = row.extendedErrors[0];
    const why = error === undefined ? '' : ` (${error.name})`;
    const { name, type } = comparison.data;
    return { code: codeOfRefusal(row), observed: `${nameOfServer(row)}: ${row.rcode}${why} for ${name} ${type}, where others answer` };
  }
  return null;
}

function judgeTimes(view: ServerView, policy: Policy): Pick<CheckParts, 'status' | 'code' | 'observed' | 'expected' | 'budget'> {
  const sent = total(view, ({ row }) => row.sent);
  const received = total(view, ({ row }) => row.received);
  const stalledMs = Math.max(...view.rows.map(({ comparison }) => comparison.stalledMs ?? 0));
  const cold = view.rows.flatMap(({ row }) => row.coldMs ?? []).sort((a, b) => a - b);
  const warm = view.rows.flatMap(({ row }) => (row.warmMs === null ? [] : [row.warmMs.p50])).sort((a, b) => a - b);
  const typical = warm.length > 0 ? percentile(warm, 50) : cold.length > 0 ? percentile(cold, 50) : null;
  const times = [
    cold.length === 0 ? '' : `first ${formatMs(percentile(cold, 50))}`,
    warm.length === 0 ? '' : `then ${formatProcessTime(percentile(warm, 50), stalledMs)}`,
    `${received} of ${sent} answered`,
  ]
    .filter((text) => text !== '')
    .join(', ');
  // A fault stands alone in the diagnosis, where it must say whose it is.
  const named = `${nameOfServer(view)}: ${times}`;
  const unanswered = view.rows.some(({ row }) => row.rcode === null && row.failure?.kind === 'unanswered');
  if (sent - received >= FEWEST_LOST || unanswered)
    return { status: 'warn', code: 'dns-intermittent', observed: named, expected: 'every question answered' };
  const expected = `under ${formatMs(policy.dnsQueryMs.acceptable)}`;
  const status = typical === null ? 'pass' : gradeProcessTime(typical, stalledMs, policy.dnsQueryMs);
  const budget = typical === null ? undefined : processTimeBudget('dnsQueryMs', typical, stalledMs, policy.dnsQueryMs);
  return { status, code: status === 'pass' ? null : 'dns-slow', observed: status === 'pass' ? times : named, expected, budget };
}

function total(view: ServerView, count: (entry: ServerView['rows'][number]) => number): number {
  return view.rows.reduce((sum, entry) => sum + count(entry), 0);
}

function judgeAllDead(dead: readonly ServerView[], from: 'system' | 'given', count: number): Check {
  const [first] = dead as [ServerView];
  const observed = dead.map((view) => `${nameOfServer(view)}: ${failureOf(view)?.reason}`).join('; ');
  const made = check({ ...lineOf(first), status: 'fail', code: 'dns-unreachable', observed, expected: 'an answer' });
  const title = count === 1 ? made.title : from === 'system' ? `all ${count} resolvers of the system` : `all ${count} servers given`;
  return { ...made, id: from === 'system' ? 'l7.resolver' : 'l7.resolver@given', title, measurements: measurementsOf(dead) };
}

/** What is silent since its whole transport is blocked is judged there. */
function judgeWellKnown(known: readonly ServerView[], views: readonly ServerView[]): Check {
  const blocked = transportFindings(views)
    .filter(isBlocked)
    .map(({ transport }) => transport);
  const line = {
    kind: 'l7.resolver',
    layer: 7 as const,
    title: 'well-known resolvers',
    measurement: { id: known[0]?.rows[0]?.comparison.id ?? '', target: null },
    expected: 'an answer from each',
  };
  const ofAll = (made: Check): Check => ({ ...made, id: 'l7.resolver@well-known', measurements: measurementsOf(known) });
  const asked = known.filter(({ state }) => state !== 'not-asked');
  const answering = asked.filter(({ state }) => state === 'answers');
  if (asked.length === 0) return ofAll(skippedCheck(line, 'none was asked'));
  if (answering.length === 0)
    return ofAll(skippedCheck(line, `none of ${asked.length} answers: ${failureOf(asked[0] as ServerView)?.reason}`));
  const summary = `${answering.length} of ${asked.length} answer`;
  const dead = asked.filter((view) => view.state === 'dead' && !blocked.includes(view.transport));
  if (dead.length > 0) {
    const who = `${listed(dead.map(nameOfServer))}: ${failureOf(dead[0] as ServerView)?.reason}`;
    return ofAll(check({ ...line, status: 'warn', code: 'dns-unreachable', observed: `${summary}; ${who}` }));
  }
  for (const view of answering) {
    const refusal = blocked.includes(view.transport) ? null : judgeRefusal(view, views);
    if (refusal !== null) return ofAll(check({ ...line, status: 'warn', code: refusal.code, observed: `${summary}; ${refusal.observed}` }));
  }
  return ofAll(check({ ...line, status: 'pass', observed: summary }));
}
