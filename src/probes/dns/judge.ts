import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { followAliases } from '../../wire/dns/cname-chain.js';
import { nameKey } from '../../wire/dns/name.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { processTimeBudget } from '../budget.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { type JudgeContext, policyFor } from '../probe.js';
import { isEncrypted, isOutOfReach, serverFault, serverText } from './encrypted.js';
import { foldQuestions, type JudgedQuestion, MOST_SINGLE_QUESTIONS } from './judge-many.js';
import { judgeResolvers } from './judge-resolvers.js';
import { describeAnswer, describeSilence, describeTruncation } from './observed-answer.js';
import { codeOfRcode } from './rcode.js';

type Dns = MeasurementOf<'dns'>;
type Line = Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>;

/**
 * One question to one server, by itself. A measurement with a target is a question of the user about that name (`l7.dns@NAME/TYPE/SERVER`);
 * one without is a look at the resolver itself. Where there are several, `judgeQuestions` and `judgeResolvers` know more.
 */
export function judgeDns(measurement: Dns, context: JudgeContext): Check[] {
  if (measurement.target === null) return judgeResolvers([measurement], [measurement], context);
  return judgeQuestions([measurement], context);
}

/**
 * All questions of the user, a check for each, in their order; of many, one for those that came out alike (`judge-many.ts`). A name that does
 * not exist does not for any type (RFC 8020): at one server that is said once, and its further types are `skip`. What is wrong with an
 * encrypted server itself (`l7.server@SERVER`) explains the questions to it.
 */
export function judgeQuestions(questions: readonly Dns[], context: JudgeContext): Check[] {
  const nonexistent = new Map<string, string>();
  const faults = judgeServers(questions);
  const answering = serversByTransport(questions);
  const judged = questions.map((question): JudgedQuestion => {
    const policy = policyFor(context, question.target);
    const fault = faults.get(serverText(question.data) ?? '');
    if (fault !== undefined && serverFault(question) !== null)
      return { question, check: explainedBy(fault, judgeQuestion(question, policy)) };
    const check = judgeQuestion(question, policy, answering);
    if (check.code !== 'dns-nxdomain') return { question, check };
    const key = `${nameKey(question.data.name)} ${serverText(question.data)}`;
    const first = nonexistent.get(key);
    if (first !== undefined) return { question, check: skipped(check, `the same name, already judged: ${first}`) };
    nonexistent.set(key, check.title);
    return { question, check };
  });
  const lines = judged.length > MOST_SINGLE_QUESTIONS ? foldQuestions(judged) : judged.map(({ check }) => check);
  return [...faults.values(), ...lines];
}

/** A check for each encrypted server that is itself at fault, by the name that the data have for it. */
function judgeServers(questions: readonly Dns[]): Map<string, Check> {
  const checks = new Map<string, Check>();
  for (const question of questions) {
    const server = serverText(question.data) ?? '';
    const fault = serverFault(question);
    const known = checks.get(server);
    if (known !== undefined && fault !== null) known.measurements.push(question.id);
    if (fault === null || known !== undefined) continue;
    const line: Line = { kind: 'l7.server', layer: 7, title: `server ${server}`, measurement: { id: question.id, target: server } };
    checks.set(server, check({ ...line, status: 'fail', ...fault, expected: 'a server to be trusted, that answers' }));
  }
  return checks;
}

function explainedBy(fault: Check, made: Check): Check {
  return skipped(made, `not asked: ${fault.observed}`);
}

function skipped(made: Check, because: string): Check {
  const { budget: _, ...rest } = made;
  return { ...rest, status: 'skip', code: null, observed: null, expected: null, because };
}

/** What answered in this run, and over what: addresses for `plain` and `encrypted`, which have ports of their own, otherwise servers. */
interface Answering {
  plain: ReadonlySet<string>;
  encrypted: ReadonlySet<string>;
  udp: ReadonlySet<string>;
  tcp: ReadonlySet<string>;
}

const NOBODY: Answering = { plain: new Set(), encrypted: new Set(), udp: new Set(), tcp: new Set() };

function serversByTransport(questions: readonly Dns[]): Answering {
  const answered = questions.flatMap(({ data }) => (data.rcode === null ? [] : [data]));
  const addresses = (datas: readonly Dns['data'][]) => new Set(datas.map(({ server }) => addressOf(server)));
  const servers = (datas: readonly Dns['data'][]) => new Set(datas.flatMap(({ server }) => server ?? []));
  return {
    plain: addresses(answered.filter((data) => !isEncrypted(data))),
    encrypted: addresses(answered.filter(isEncrypted)),
    udp: servers(answered.filter(({ transport, truncated }) => transport === 'udp' || truncated === true)),
    tcp: servers(answered.filter(({ transport }) => transport === 'tcp')),
  };
}

/** Of an HTTPS server the address in its URL, where that has one. */
function addressOf(server: string | null): string {
  const host = /^https:\/\/(?:\[([^\]]+)\]|([^/:]+))/.exec(server ?? '');
  return parseDnsServer(host?.[1] ?? host?.[2] ?? server ?? '')?.address ?? '';
}

function judgeQuestion(measurement: Dns, policy: Policy, answering: Answering = NOBODY): Check {
  const { attempt, data, target } = measurement;
  const server = serverText(data);
  const at = server === null ? '' : ` at ${server}`;
  const line: Line = { kind: 'l7.dns', layer: 7, title: `${data.type} ${data.name}${at}`, measurement };
  const expected = `under ${formatMs(policy.dnsQueryMs.acceptable)}`;
  const made =
    attempt.kind === 'measured'
      ? judgeAnswer(line, measurement, policy, expected)
      : judgeNoAnswer(line, attempt, data, AN_ANSWER, answering);
  return { ...made, id: `l7.dns@${target}/${data.type}${server === null ? '' : `/${server}`}` };
}

/** What a question without one is held against; the time it takes is judged once there is one. */
const AN_ANSWER = 'an answer';

function judgeAnswer(line: Line, measurement: Dns, policy: Policy, expected: string): Check {
  const { data, stalledMs } = measurement;
  const observed = `${describeAnswer(measurement)} via ${data.server}`;
  // A resolver that validates gives SERVFAIL for what does not hold: `l7.dnssec` says what that is.
  if (data.rcode === 'SERVFAIL' && data.validation?.verdict === 'bogus') {
    return skippedCheck(line, 'the resolver refuses it (SERVFAIL) as its signatures do not hold: see DNSSEC');
  }
  const code = codeOfRcode(data.rcode ?? 'no rcode');
  if (code !== null) return check({ ...line, status: 'fail', code, observed, expected: code === 'dns-nxdomain' ? 'a record' : AN_ANSWER });
  // What is truncated over UDP is asked for over TCP; there is nothing behind an answer that is truncated there too.
  if (data.flags?.tc === true) {
    return check({
      ...line,
      status: 'fail',
      code: 'dns-servfail',
      observed: `${observed}; it is truncated, though not over UDP`,
      expected: 'a whole answer',
    });
  }
  const aliases = followAliases(data.name, data.type, data.answers);
  if (!aliases.ok) {
    const loop = `the aliases form a loop or too long a chain: ${aliases.refusal}`;
    return check({ ...line, status: 'fail', code: 'dns-servfail', observed: `${observed}; ${loop}`, expected: 'a record' });
  }
  if (data.queryMs === null) return check({ ...line, status: 'pass', observed, expected });
  const status = gradeProcessTime(data.queryMs, stalledMs, policy.dnsQueryMs);
  const budget = processTimeBudget('dnsQueryMs', data.queryMs, stalledMs, policy.dnsQueryMs);
  return check({ ...line, status, code: status === 'pass' ? null : 'dns-slow', observed, expected, budget });
}

function judgeNoAnswer(line: Line, attempt: NotMeasured, data: Dns['data'], expected: string, answering: Answering): Check {
  if (attempt.kind === 'skipped' || attempt.kind === 'unavailable') return skippedCheck(line, reasonOf(attempt));
  if (attempt.kind === 'failed' && attempt.code === NO_RESOLVER) {
    return check({ ...line, status: 'fail', code: 'dns-no-resolver', observed: attempt.message, expected });
  }
  // Nothing could be sent to begin with: that says nothing about the server.
  if (attempt.kind === 'failed' && attempt.step === 'configure') return skippedCheck(line, attempt.message);
  if (data.flags?.tc === true) {
    return check({ ...line, status: 'fail', code: 'dns-tcp-blocked', observed: describeTruncation(attempt), expected });
  }
  const server = attempt.kind === 'failed' && attempt.step === 'resolve' ? null : serverText(data);
  const observed = `${server === null ? '' : `${server}: `}${describeSilence(attempt, data)}`;
  return check({ ...line, status: 'fail', code: codeOfSilence(attempt, data, answering), observed, expected });
}

/** Where the same server answers over another transport, it is the transport that does not get through. */
function codeOfSilence(attempt: NotMeasured, data: Dns['data'], { plain, encrypted, udp, tcp }: Answering): Code {
  const [server, address] = [data.server ?? '', addressOf(data.server)];
  if (isEncrypted(data)) return isOutOfReach(attempt) && plain.has(address) ? 'dns-encrypted-blocked' : 'dns-unreachable';
  if (!plain.has(address) && encrypted.has(address)) return 'dns-plain-blocked';
  // A datagram's socket is connected on this machine alone: the kernel's own word, before anything is sent.
  if (data.transport === 'udp' && attempt.kind === 'failed' && attempt.step === 'connect' && attempt.code === 'ENETUNREACH')
    return 'no-default-route';
  const blocked = data.transport === 'tcp' && isOutOfReach(attempt) && udp.has(server) && !tcp.has(server);
  return blocked ? 'dns-tcp-blocked' : 'dns-unreachable';
}
