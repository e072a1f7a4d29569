import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { nameKey } from '../../wire/dns/name.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { describeAnswer, describeSilence, describeTruncation } from './observed-answer.js';
import { codeOfRcode } from './rcode.js';

type Dns = MeasurementOf<'dns'>;
type Silent = Dns & { attempt: NotMeasured };

/**
 * Do the resolvers of this machine work. The question put to one shows that alone, and nothing about the name in it: every well-formed answer
 * says yes, but for a refusal. Silence is a dead resolver only where the same server answered nothing else in this run.
 *
 * One check for each, `l7.resolver@SERVER`. Where those that are dead are all there are, one for them together, `l7.resolver`: then it is one
 * cause. Where another works a dead one only warns, as programs go on to the next.
 *
 * @param resolvers one question to each resolver
 * @param all every DNS measurement of the run; those of `resolvers` may be among them
 */
export function judgeResolvers(resolvers: readonly Dns[], all: readonly Dns[], context: JudgeContext): Check[] {
  const answers = [...resolvers, ...all].filter(isAnswer);
  const answering = new Set(answers.map(({ data }) => data.server));
  const dead = resolvers.filter((resolver): resolver is Silent => isSilent(resolver) && !answering.has(resolver.data.server));
  const working = [...answering].filter((server) => server !== null);
  const checks = resolvers
    .filter((resolver) => !dead.some(({ id }) => id === resolver.id))
    .map((resolver) => judgeOne(resolver, answers, context));
  if (working.length === 0) return [...checks, ...judgeDead(dead)];
  return [...checks, ...dead.map((resolver) => warnOfDead(resolver, working))];
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
    // The time until it gave up is that of the name's own servers.
    if (code === 'dns-servfail' || data.queryMs === null) return check({ ...line, status: 'pass', observed, expected: 'an answer' });
    const status = gradeProcessTime(data.queryMs, resolver.stalledMs, policy.dnsQueryMs);
    const expected = `under ${formatMs(policy.dnsQueryMs.acceptable)}`;
    if (status === 'pass') return check({ ...line, status, observed, expected });
    return check({ ...line, status, code: 'dns-slow', observed: `${data.server}: ${observed}`, expected });
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

/** Silent this once, while it answered elsewhere in this run. */
function judgeSilence(resolver: Silent, answers: readonly Dns[]): Check {
  const { data } = resolver;
  const own = answers.filter((answer) => answer.data.server === data.server);
  const same = own.find((answer) => answer.data.type === data.type && nameKey(answer.data.name) === nameKey(data.name));
  const evidence = same ?? own[0];
  const silence = describeSilence(resolver.attempt, data);
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

function judgeDead(dead: readonly Silent[]): Check[] {
  const [first] = dead;
  if (first === undefined) return [];
  const serversOf = new Map<string, string[]>();
  for (const { attempt, data } of dead) {
    const silence = describeSilence(attempt, data);
    serversOf.set(silence, [...(serversOf.get(silence) ?? []), String(data.server)]);
  }
  const observed = [...serversOf].map(([silence, servers]) => `${servers.join(', ')}: ${silence}`).join('; ');
  const made = check({ ...lineOf(first), status: 'fail', code: 'dns-unreachable', observed, expected: 'an answer' });
  const title = dead.length === 1 ? made.title : `all ${dead.length} resolvers`;
  return [{ ...made, title, measurements: dead.map(({ id }) => id) }];
}
