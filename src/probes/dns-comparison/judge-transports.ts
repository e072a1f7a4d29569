import type { Code } from '../../model/code.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { ComparedServer } from './content.js';
import { listed } from './findings.js';
import { failureOf, isWellKnown, measurementsOf, type ServerView } from './server-view.js';

type Transport = ComparedServer['transport'];

/** The silence of one operator is his own. */
const FEWEST_OPERATORS = 2;

const TITLES: Readonly<Record<Transport, string>> = {
  udp: 'DNS over UDP to the world',
  tcp: 'DNS over TCP to the world',
  tls: 'DNS over TLS to the world',
  https: 'DNS over HTTPS to the world',
};

export interface TransportFinding {
  transport: Transport;
  asked: readonly ServerView[];
  answering: readonly ServerView[];
  /** Whether anything was answered over another way, so that this one is to blame. */
  othersAnswer: boolean;
}

/** The transports over which well-known servers were asked. */
export function transportFindings(views: readonly ServerView[]): TransportFinding[] {
  return (['udp', 'tcp', 'tls', 'https'] as const).flatMap((transport) => {
    const asked = views.filter((view) => isWellKnown(view) && view.transport === transport && view.state !== 'not-asked');
    if (asked.length === 0) return [];
    const othersAnswer = views.some((view) => isServed(view) && !asked.includes(view));
    // Public resolvers serve everybody. Where all of them refuse over one way and others answer, somebody refuses in their place.
    const refused = othersAnswer && !asked.some(isServed) && asked.some(isRefused);
    const answering = asked.filter((view) => view.state === 'answers' && !(refused && isRefused(view)));
    return [{ transport, asked, answering, othersAnswer }];
  });
}

function isRefused({ rows }: ServerView): boolean {
  return rows.some(({ row }) => row.rcode !== null) && rows.every(({ row }) => row.rcode === null || row.classification === 'refused');
}

/** Whether it gave an answer that is more than a refusal. */
function isServed(view: ServerView): boolean {
  return view.state === 'answers' && !isRefused(view);
}

/** Whether nobody answers over it, while somebody does elsewhere. */
export function isBlocked({ asked, answering, othersAnswer }: TransportFinding): boolean {
  const operators = new Set(asked.map(({ operator, server }) => operator ?? server));
  return answering.length === 0 && othersAnswer && operators.size >= FEWEST_OPERATORS;
}

/** Which ways to the resolvers of the world are open, a line for each: `l7.transport@udp`, `@tcp`, `@tls`, `@https`. */
export function judgeTransports(views: readonly ServerView[]): Check[] {
  const findings = transportFindings(views);
  const plainBlocked = findings.some((finding) => finding.transport === 'udp' && isBlocked(finding));
  return findings.map((finding) => {
    const { transport, asked, answering } = finding;
    const line = {
      kind: 'l7.transport',
      layer: 7 as const,
      title: TITLES[transport],
      measurement: { id: asked[0]?.rows[0]?.comparison.id ?? '', target: null },
    };
    const made = isBlocked(finding)
      ? check({ ...line, status: 'warn', code: codeOf(transport, plainBlocked), observed: blockedText(finding), expected: 'an answer' })
      : answering.length > 0
        ? check({ ...line, status: 'pass', observed: `${answering.length} of ${asked.length} answer`, expected: 'an answer' })
        : skippedCheck(line, finding.othersAnswer ? 'one operator alone was asked' : 'nothing is answered over any other way either');
    return { ...made, id: `l7.transport@${transport}`, measurements: measurementsOf(asked) };
  });
}

/** With UDP blocked as well, it is not TCP that is missing. */
function codeOf(transport: Transport, plainBlocked: boolean): Code {
  if (transport === 'tls' || transport === 'https') return 'dns-encrypted-blocked';
  return transport === 'udp' || plainBlocked ? 'dns-plain-blocked' : 'dns-tcp-blocked';
}

function blockedText({ asked }: TransportFinding): string {
  const [first] = asked as [ServerView];
  const reason = failureOf(first)?.reason ?? first.rows[0]?.row.rcode;
  return `none of ${asked.length} ${asked.some(isRefused) ? 'serves' : 'answers'} (${listed(asked.map(({ server }) => server))}): ${reason}`;
}

/** RFC 8914: what a validating resolver says of signatures that do not hold. */
const BOGUS_ERRORS: ReadonlySet<number> = new Set([6, 7, 8, 9, 10, 12]);

/** What an rcode means that is no answer. */
export function codeOfRefusal({ classification, extendedErrors }: Pick<ComparedServer, 'classification' | 'extendedErrors'>): Code {
  if (classification === 'refused') return 'dns-refused';
  return extendedErrors.some(({ code }) => BOGUS_ERRORS.has(code)) ? 'dnssec-bogus' : 'dns-servfail';
}
