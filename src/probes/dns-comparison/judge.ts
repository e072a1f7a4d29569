import { reasonOf } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { codeOfRcode } from '../dns/rcode.js';
import type { JudgeContext } from '../probe.js';
import { type ComparedServer, contentOf, deniesRecords, type Finding, hasRecords, nameOfServer } from './content.js';
import { listed, saysOf } from './findings.js';
import { judgeServers } from './judge-servers.js';
import { codeOfRefusal, judgeTransports } from './judge-transports.js';
import { type Comparison, isWellKnown, measurementsOf, type ServerView, viewServers } from './server-view.js';

/**
 * All comparisons of a run: whether each server works, whether it admits that a name does not exist, which transports are open, and for each
 * name and type whether the servers agree.
 */
export function judgeComparisons(comparisons: readonly Comparison[], { policy }: JudgeContext): Check[] {
  const views = viewServers(comparisons);
  return [...judgeServers(views, policy), ...judgeTransports(views), ...judgeDenials(views), ...comparisons.map(judgeAgreement)];
}

/**
 * Does a server admit that a name does not exist: `l7.nxdomain@SERVER` for those of the system and those given, `l7.nxdomain@well-known` for the
 * others together. Who gave no answer to anything is not judged here.
 */
function judgeDenials(views: readonly ServerView[]): Check[] {
  const asked = views.filter(({ rows }) => rows.some(({ row }) => row.nonexistent.length > 0));
  const known = asked.filter(isWellKnown);
  return [
    ...asked.filter((view) => !isWellKnown(view)).map((view) => judgeDenial([view], view.server, nameOfServer(view))),
    ...(known.length === 0 ? [] : [judgeDenial(known, 'well-known', 'well-known resolvers')]),
  ];
}

function judgeDenial(views: readonly ServerView[], subject: string, who: string): Check {
  const line = {
    kind: 'l7.nxdomain',
    layer: 7 as const,
    title: `unknown names, ${who}`,
    measurement: { id: measurementsOf(views)[0] ?? '', target: null },
    expected: 'NXDOMAIN',
  };
  const entries = views.flatMap(({ rows }) => rows.flatMap(({ row }) => row.nonexistent.map((entry) => ({ ...entry, row }))));
  const of = (...verdicts: (typeof entries)[number]['verdict'][]) => entries.filter(({ verdict }) => verdicts.includes(verdict));
  const rewritten = of('rewritten');
  const settled = of('nonexistent', 'empty', 'wildcard', 'filtered');
  const made =
    rewritten.length > 0
      ? check({ ...line, status: 'fail', code: 'dns-hijacked', observed: rewritingText(rewritten) })
      : settled.length > 0
        ? check({ ...line, status: 'pass', observed: denialText(settled) })
        : skippedCheck(line, of('failed').length > 0 ? `the answer was ${of('failed')[0]?.rcode}` : 'no answer came');
  return { ...made, id: `l7.nxdomain@${subject}`, measurements: measurementsOf(views) };
}

function rewritingText(entries: readonly { name: string; answers: readonly string[]; row: ComparedServer }[]): string {
  const servers = [...new Set(entries.map(({ row }) => nameOfServer(row)))];
  const addresses = [...new Set(entries.flatMap(({ answers }) => answers))].sort();
  const injected = entries.every(({ row }) => row.classification === 'injected') ? '; answers to it are injected on the way' : '';
  return `${listed(servers)}: ${listed(addresses)} for ${entries[0]?.name}, which does not exist${injected}`;
}

function denialText(entries: readonly { verdict: string; answers: readonly string[] }[]): string {
  const has = (verdict: string) => entries.some((entry) => entry.verdict === verdict);
  const remarks = [
    has('nonexistent') ? 'NXDOMAIN' : '',
    has('empty') ? 'no record, without NXDOMAIN' : '',
    has('wildcard') ? 'the domain has an entry for all names' : '',
    has('filtered') ? 'a filter in place of the answer' : '',
  ];
  return remarks.filter((text) => text !== '').join('; ');
}

/** Do the servers agree about one name and type. */
function judgeAgreement(comparison: Comparison): Check {
  const { attempt, data } = comparison;
  const line = {
    kind: 'l7.agreement',
    layer: 7 as const,
    title: `${data.type} ${data.name}`,
    measurement: comparison,
    expected: 'one answer',
  };
  return { ...judgeAnswers(), id: `l7.agreement@${data.name}/${data.type}` };

  function judgeAnswers(): Check {
    if (attempt.kind === 'failed' && attempt.code === NO_RESOLVER)
      return check({ ...line, status: 'fail', code: 'dns-no-resolver', observed: attempt.message });
    const answered = data.servers.filter(({ rcode }) => rcode !== null);
    if (answered.length === 0) return skippedCheck(line, attempt.kind === 'measured' ? 'no server answers' : reasonOf(attempt));
    const fault = faultOf(comparison);
    if (fault !== null) return check({ ...line, ...fault });
    return check({ ...line, status: 'pass', observed: agreementText(data) });
  }
}

function faultOf({ data }: Comparison): Pick<Check, 'status' | 'code' | 'observed'> | null {
  const find = (...kinds: Finding['kind'][]) => data.findings.filter(({ kind }) => kinds.includes(kind));
  const text = (findings: readonly Finding[]) => findings.map(({ kind, detail }) => `${WORDS[kind]}: ${detail}`).join('; ');
  const classed = (classification: ComparedServer['classification']) =>
    data.servers.some((server) => server.classification === classification);

  const forged = [...find('injection', 'interception'), ...(classed('rewritten') ? find('rewriting') : [])];
  if (forged.length > 0) {
    // Redirected to a server that tells the truth: nothing false was said of this name.
    const false_ = classed('injected') || classed('intercepted') || classed('rewritten');
    return { status: false_ ? 'fail' : 'warn', code: 'dns-hijacked', observed: text(forged) };
  }
  const system = find('system-disagreement');
  if (system.length > 0) return { status: 'fail', code: 'dns-inconsistent', observed: text(system) };
  const disagreement = [...find('disagreement'), ...filteredHere(data)];
  if (disagreement.length > 0) {
    const { reference } = data;
    const others = reference === null ? '' : `; others: ${saysOf(reference)}`;
    return { status: 'warn', code: 'dns-inconsistent', observed: `${text(disagreement)}${others}` };
  }
  return nothingFound(data);
}

/** Filters of servers that this machine uses. What a public one refuses on purpose is its own affair. */
function filteredHere({ servers, findings }: Comparison['data']): Finding[] {
  const here = servers.some(({ classification, from }) => classification === 'filtered' && from !== 'well-known');
  return here ? findings.filter(({ kind }) => kind === 'filtering') : [];
}

/** All agree that there is nothing, or that they cannot tell. */
function nothingFound({ type, servers, reference }: Comparison['data']): Pick<Check, 'status' | 'code' | 'observed'> | null {
  const answered = servers.filter(({ rcode }) => rcode !== null);
  if (servers.some((server) => hasRecordsOf(server, type))) return null;
  if (reference !== null) {
    const content = contentOf(type, reference.rcode, reference.answers);
    if (content === null || !deniesRecords(content)) return null;
    const code = codeOfRcode(reference.rcode);
    return code === null ? null : { status: 'fail', code, observed: `${reference.rcode}, ${counted(answered.length)}` };
  }
  const refused = answered.find(({ classification }) => classification === 'refused' || classification === 'servfail');
  if (refused === undefined) return null;
  return { status: 'fail', code: codeOfRefusal(refused), observed: `${nameOfServer(refused)}: ${refused.rcode}; nobody answers` };
}

function hasRecordsOf({ rcode, answers }: ComparedServer, type: string): boolean {
  const content = contentOf(type, rcode, answers);
  return content !== null && hasRecords(content);
}

function counted(servers: number): string {
  return servers === 1 ? '1 server asked' : `${servers} servers agree`;
}

const WORDS: Readonly<Record<Finding['kind'], string>> = {
  injection: 'injected on the way',
  interception: 'answered by somebody else on the way',
  rewriting: 'made up by the server',
  'system-disagreement': 'resolvers of this system disagree',
  disagreement: 'disagrees',
  filtering: 'filtered',
  'split-horizon': 'split horizon',
  location: 'differs by location',
};

/** `6 servers agree: 192.0.2.1; split horizon: 10.0.0.53: 10.1.2.3`. */
function agreementText({ servers, reference, findings }: Comparison['data']): string {
  const agreeing = servers.filter(({ classification }) => classification === 'agrees').length;
  const said = reference === null ? '' : `${agreeing === 1 ? '1 server' : `${agreeing} servers agree`}: ${saysOf(reference)}`;
  const remarks = findings
    .filter(({ kind }) => kind === 'split-horizon' || kind === 'location' || kind === 'filtering')
    .map(({ kind, detail }) => `${WORDS[kind]}: ${detail}`);
  return [said, ...remarks].filter((text) => text !== '').join('; ');
}
