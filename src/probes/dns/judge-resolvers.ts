import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime, judgedTimeMs } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import { nameKey } from '../../wire/dns/name.js';
import { budgetOf } from '../budget.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { listed } from '../dns-comparison/findings.js';
import type { JudgeContext } from '../probe.js';
import { intermittenceOf } from '../resolver-watch/intermittence.js';
import { isWellKnown } from '../resolver-watch/questions.js';
import { trialsOf } from '../resolver-watch/trials.js';
import { describeAnswer, describeSilence, describeTruncation } from './observed-answer.js';
import { codeOfRcode } from './rcode.js';

type Dns = MeasurementOf<'dns'>;
/** Of the time that was waited for in vain: an answer that takes so long another time is as late as the one that did not come. */
const LATE_SHARE = 0.7;

/** With so many answers the quickest is one that nothing held up. */
const FEWEST_OF_SERIES = 5;

type Silent = Dns & { attempt: NotMeasured };

/**
 * Do the resolvers of this machine work. The question put to one shows that alone, and nothing about the name in it: every well-formed answer
 * says yes, but for a refusal. Silence is a dead resolver only where the same server answered nothing else in this run.
 *
 * One that answers some questions and not others is intermittent, which goes before all else. One that is slow behind one that is quick is not
 * asked by anybody. What well-known resolvers were asked beside them shows whether the network is to blame.
 *
 * One check for each, `l7.resolver@SERVER`. Where those that are dead are all there are, one for them together, `l7.resolver`: then it is one
 * cause. Where another works a dead one only warns, as programs go on to the next.
 *
 * @param resolvers one question to each resolver
 * @param all every DNS measurement of the run; those of `resolvers` may be among them
 */
export function judgeResolvers(resolvers: readonly Dns[], all: readonly Dns[], context: JudgeContext): Check[] {
  const own = all.filter((dns) => !isWellKnown(dns));
  // What comes over TCP alone is of no use to programs, which ask by datagrams.
  const answers = [...resolvers, ...own].filter((dns) => isAnswer(dns) && (dns.data.transport !== 'tcp' || dns.data.truncated === true));
  const answering = new Set(answers.map(({ data }) => data.server));
  const dead = resolvers.filter((resolver): resolver is Silent => isSilent(resolver) && !answering.has(resolver.data.server));
  const working = [...answering].filter((server) => server !== null);
  const others = all.filter((dns) => isWellKnown(dns) && dns.attempt.kind === 'measured').flatMap(({ data }) => data.server ?? []);
  const checks = resolvers
    .filter((resolver) => !dead.some(({ id }) => id === resolver.id))
    .map((resolver) => judgeTrials(resolver, own) ?? judgeOne(resolver, answers, context));
  if (working.length === 0) return [...checks, ...judgeDead(dead, [...new Set(others)])];
  return [...withoutSlowSpares(checks), ...dead.map((resolver) => warnOfDead(resolver, working))];
}

/** `dns-intermittent` where the datagrams to it show that; otherwise `null`. */
function judgeTrials(resolver: Dns, own: readonly Dns[]): Check | null {
  const { server } = resolver.data;
  const found = server === null ? null : intermittenceOf(trialsOf(server, own));
  if (found === null) return null;
  const { text, grave, when } = found;
  const status = grave ? 'fail' : 'warn';
  const parts = { status, code: 'dns-intermittent', observed: `${server}: ${text}`, expected: 'every question answered' } as const;
  const asked = own.filter(({ data }) => data.server === server).map(({ id }) => id);
  return {
    ...check({ ...lineOf(resolver), ...parts }),
    id: `l7.resolver@${server}`,
    basis: 'measured',
    ...(when === undefined ? {} : { when }),
    measurements: asked,
  };
}

/** Programs ask the first, and as long as it is well no other. */
function withoutSlowSpares(checks: readonly Check[]): Check[] {
  const [first] = checks;
  if (first?.status !== 'pass') return [...checks];
  return checks.map((made) => (made.code === 'dns-slow' ? { ...made, status: 'pass', code: null } : made));
}

/** Servers of which an answer came, as `data.server` names them. */
export function serversThatAnswered(all: readonly Dns[]): Set<string> {
  return new Set(all.filter(isAnswer).flatMap(({ data }) => data.server ?? []));
}

/** Something that a server said: a truncated answer too, for which TCP failed. The hosts file is no server. */
function isAnswer({ data }: Dns): boolean {
  return data.rcode !== null && data.transport !== 'file';
}

/** Asked, and nothing that could be used came. What could not even be sent says nothing about the server. */
function isSilent(dns: Dns): dns is Silent {
  const { attempt, data } = dns;
  if (attempt.kind === 'failed') return attempt.step !== 'configure' && data.flags?.tc !== true;
  return attempt.kind === 'unanswered' && data.flags?.tc !== true;
}

function lineOf(measurement: Dns): Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'> {
  return { kind: 'l7.resolver', layer: 7, title: `resolver ${measurement.data.server}`, measurement };
}

function judgeOne(resolver: Dns, answers: readonly Dns[], context: JudgeContext): Check {
  return { ...judgeState(resolver, answers, context), id: `l7.resolver@${resolver.data.server}` };
}

function judgeState(resolver: Dns, answers: readonly Dns[], { policy }: JudgeContext): Check {
  const { attempt, data } = resolver;
  const line = lineOf(resolver);
  if (attempt.kind === 'measured') {
    const observed = describeAnswer(resolver);
    const code = codeOfRcode(data.rcode ?? 'no rcode');
    // It refused one question: it may serve others, and programs go on to the next resolver.
    if (code === 'dns-refused')
      return check({ ...line, status: 'warn', code, observed: `${data.server}: ${observed}`, expected: 'an answer' });
    const wiser = code === 'dns-servfail' ? whoKnows(resolver, answers) : null;
    if (wiser !== null)
      return check({ ...line, status: 'warn', code, observed: `${data.server}: ${observed}; ${wiser} knows it`, expected: 'an answer' });
    // The time until it gave up is that of the name's own servers.
    if (code === 'dns-servfail' || data.queryMs === null) return check({ ...line, status: 'pass', observed, expected: 'an answer' });
    const expected = `under ${formatMs(policy.dnsQueryMs.acceptable)}`;
    const own = answers.filter((answer) => answer.data.server === data.server);
    // Our own delay does not hit each of many questions.
    const leastMs = leastTime(own);
    const least = gradeProcessTime(leastMs, 0, policy.dnsQueryMs);
    const once = gradeProcessTime(data.queryMs, resolver.stalledMs, policy.dnsQueryMs);
    const first = once === 'pass' ? least : once;
    const usualMs = usualTime(own);
    const later = usualMs === null ? '' : `, then ${formatMs(usualMs)}`;
    // A name that was not in its cache takes the time of others; what is slow again and again is the resolver.
    const remembered = first === 'warn' && usualMs !== null && gradeProcessTime(usualMs, resolver.stalledMs, policy.dnsQueryMs) === 'pass';
    const ofOne = judgedTimeMs(remembered ? usualMs : data.queryMs, resolver.stalledMs, policy.dnsQueryMs);
    const budget = budgetOf('dnsQueryMs', once === 'pass' && least !== 'pass' && !remembered ? leastMs : ofOne, policy.dnsQueryMs);
    if (first === 'pass' || remembered)
      return check({ ...line, status: 'pass', observed: `${observed}${first === 'pass' ? '' : later}`, expected, budget });
    return check({ ...line, status: first, code: 'dns-slow', observed: `${data.server}: ${observed}${later}`, expected, budget });
  }
  if (data.flags?.tc === true && (attempt.kind === 'unanswered' || attempt.kind === 'failed')) {
    return check({
      ...line,
      status: 'fail',
      code: 'dns-tcp-blocked',
      observed: `${data.server}: ${describeTruncation(attempt)}`,
      expected: 'an answer',
    });
  }
  if (!isSilent(resolver)) return skippedCheck(line, reasonOf(attempt));
  return judgeSilence(resolver, answers);
}

/**
 * Another resolver of this machine that answers what this one fails at each time: then it is this one, and not the servers of the name. One that
 * would answer without validation keeps back what does not hold, which is a matter of the name.
 */
function whoKnows({ data }: Dns, answers: readonly Dns[]): string | null {
  const same = answers.filter((answer) => answer.data.type === data.type && nameKey(answer.data.name) === nameKey(data.name));
  const own = answers.filter((answer) => answer.data.server === data.server);
  if (own.some(({ data: { rcode } }) => rcode === 'NOERROR' || rcode === 'NXDOMAIN')) return null;
  return same.find((answer) => answer.data.server !== data.server && answer.data.rcode === 'NOERROR')?.data.server ?? null;
}

/** The quickest answer of a series; 0 where there are too few to tell anything. */
function leastTime(answers: readonly Dns[]): number {
  const times = answers.flatMap(({ data }) => data.series ?? []).flatMap(({ queryMs }) => queryMs ?? []);
  return times.length < FEWEST_OF_SERIES ? 0 : Math.min(...times);
}

/**
 * Median of the answers of a series; `null` where there was none. Those that were asked for while the first was still being looked for came with it,
 * and are left out as long as there are others.
 */
function usualTime(answers: readonly Dns[]): number | null {
  const samples = answers.flatMap((dns) => (dns.data.series ?? []).map((sample) => ({ dns, ...sample })));
  const timed = samples.flatMap(({ dns, sentMs, queryMs }) =>
    queryMs === null ? [] : [{ atMs: Date.parse(dns.startedAt) + sentMs, queryMs, key: nameKey(dns.data.name) }],
  );
  const knownFrom = (key: string) => Math.min(...timed.filter((one) => one.key === key).map(({ atMs, queryMs }) => atMs + queryMs));
  const known = timed.filter(({ atMs, key }) => atMs > knownFrom(key));
  const times = (known.length === 0 ? timed : known).map(({ queryMs }) => queryMs);
  return times.length === 0
    ? null
    : percentile(
        [...times].sort((a, b) => a - b),
        50,
      );
}

/** Silent this once, while it answered elsewhere in this run. */
function judgeSilence(resolver: Silent, answers: readonly Dns[]): Check {
  const { data } = resolver;
  const own = answers.filter((answer) => answer.data.server === data.server);
  const alike = own.filter((answer) => answer.data.type === data.type && nameKey(answer.data.name) === nameKey(data.name));
  const failsToFind = ({ data: { rcode } }: Dns) => codeOfRcode(rcode ?? 'no rcode') === 'dns-servfail';
  const same = alike.find((answer) => !failsToFind(answer)) ?? alike[0];
  const evidence = same ?? own[0];
  const silence = describeSilence(resolver.attempt, data);
  const lateMs = same?.data.queryMs ?? null;
  // It came behind the time that was waited for at first: it is slow, and would have come then too.
  if (same !== undefined && lateMs !== null && resolver.attempt.kind === 'unanswered' && lateMs >= LATE_SHARE * resolver.attempt.waitedMs) {
    const observed = `${data.server}: ${same.data.rcode} after ${formatMs(lateMs)}`;
    return {
      ...check({ ...lineOf(resolver), status: 'fail', code: 'dns-slow', observed, expected: 'an answer in time' }),
      measurements: [resolver.id, same.id],
    };
  }
  // It gave up later than we did: that is no answer at times, but none at all.
  if (same !== undefined && failsToFind(same)) {
    const status = whoKnows(resolver, answers) === null ? 'fail' : 'warn';
    const observed = `${data.server}: ${silence}; the same question at another time: ${same.data.rcode}`;
    const made = check({ ...lineOf(resolver), status, code: 'dns-servfail', observed, expected: 'an answer' });
    return { ...made, measurements: [resolver.id, same.id] };
  }
  const made = check({
    ...lineOf(resolver),
    status: same === undefined ? 'pass' : 'warn',
    code: same === undefined ? null : 'dns-intermittent',
    observed:
      same === undefined
        ? `answers other questions; for ${data.name}: ${silence}`
        : `${data.server}: ${silence}; the same question at another time: ${same.data.rcode}`,
    expected: 'an answer',
  });
  return evidence === undefined ? made : { ...made, measurements: [...new Set([...made.measurements, evidence.id])] };
}

function warnOfDead(resolver: Silent, working: readonly string[]): Check {
  const { data } = resolver;
  const observed = `${data.server}: ${describeSilence(resolver.attempt, data)}; another works: ${working.join(', ')}`;
  const made = check({ ...lineOf(resolver), status: 'warn', code: 'dns-unreachable', observed, expected: 'an answer' });
  return { ...made, id: `l7.resolver@${data.server}` };
}

/** @param others well-known resolvers that answer meanwhile */
function judgeDead(dead: readonly Silent[], others: readonly string[]): Check[] {
  const [first] = dead;
  if (first === undefined) return [];
  const serversOf = new Map<string, string[]>();
  for (const { attempt, data } of dead) {
    const silence = describeSilence(attempt, data);
    serversOf.set(silence, [...(serversOf.get(silence) ?? []), String(data.server)]);
  }
  const silences = [...serversOf].map(([silence, servers]) => `${servers.join(', ')}: ${silence}`).join('; ');
  const meanwhile =
    others.length === 0 ? '' : `; ${listed(others)} ${others.length === 1 ? 'answers' : 'answer'}, so it is not the network`;
  const observed = `${silences}${meanwhile}`;
  // What the rules of this machine drop never left it.
  const kept = dead.every(({ attempt }) => attempt.kind === 'failed' && attempt.step === 'send' && attempt.code === 'EPERM');
  const code = kept ? 'firewall-blocks' : 'dns-unreachable';
  const made = check({ ...lineOf(first), status: 'fail', code, observed, expected: 'an answer' });
  const title = dead.length === 1 ? made.title : `all ${dead.length} resolvers`;
  return [{ ...made, title, measurements: dead.map(({ id }) => id) }];
}
