import { type NotMeasured, reasonOf, skipped } from '../../model/attempt.js';
import { rttStatistics } from '../../model/statistics.js';
import type { DnsAnswer } from '../../net/port.js';
import type { Observed } from './classify.js';
import { contentOf } from './content.js';
import { NONEXISTENT_TYPE } from './nonexistence.js';
import type { DnsComparisonPlan, PlannedServer } from './plan.js';

/** The row of a server whose first question is over, all else not asked yet. */
export function firstRow(server: PlannedServer, type: string, answer: DnsAnswer): Observed {
  const { outcome, observation } = answer;
  // A truncated answer that TCP could not complete is no answer to compare.
  const usable = outcome.kind === 'measured';
  const sent = questionsSent(answer);
  const received = usable ? 1 : 0;
  const ofType = usable ? observation.answers.filter((record) => type === 'ANY' || record.type === observation.type) : [];
  const ttls = ofType.flatMap(({ ttl }) => ttl ?? []);
  return {
    ...identity(server),
    sent,
    received,
    lossRatio: sent === 0 ? null : lossOf(sent, received),
    coldMs: usable ? observation.queryMs : null,
    connectionMs: observation.connection == null ? null : observation.connection.tcpMs + (observation.connection.tlsMs ?? 0),
    warmMs: null,
    warm: { sent: 0, received: 0 },
    rcode: usable ? observation.rcode : null,
    answers: ofType.map(({ data }) => data).sort(),
    aliases: usable && type !== 'CNAME' ? observation.answers.filter((record) => record.type === 'CNAME').map(({ data }) => data) : [],
    ttl: ttls.length === 0 ? null : { minimum: Math.min(...ttls), maximum: Math.max(...ttls) },
    validated: usable ? (observation.flags?.ad ?? null) : null,
    nameServerId: observation.edns?.nameServerId ?? null,
    extendedErrors: observation.edns?.extendedErrors ?? [],
    failure: outcome.kind === 'measured' ? null : failureOf(outcome, observation.flags?.tc === true),
    nonexistent: [],
    contradictions: null,
  };
}

function identity({ server, label, operator, from, behind, transport, filters }: PlannedServer) {
  return { server, label, operator, from, behind, transport, filters };
}

/** The row of a server that was not asked at all. */
export function rowNotAsked(server: PlannedServer): Observed {
  const outcome = skipped('interrupted');
  return {
    ...identity(server),
    ...{ sent: 0, received: 0, lossRatio: null, coldMs: null, connectionMs: null, warmMs: null, warm: { sent: 0, received: 0 } },
    ...{ rcode: null, answers: [], aliases: [], ttl: null, validated: null, nameServerId: null, extendedErrors: [] },
    failure: failureOf(outcome, false),
    nonexistent: [],
    contradictions: null,
  };
}

/** What is said of a truncated answer whose rest TCP did not bring. */
export const TRUNCATED = 'truncated';

function failureOf(outcome: NotMeasured, truncated: boolean): Observed['failure'] {
  const reason = reasonOf(outcome);
  if (outcome.kind === 'skipped' || outcome.kind === 'unavailable' || (outcome.kind === 'failed' && outcome.step === 'configure'))
    return { kind: 'not-asked', code: null, reason };
  if (truncated) return { kind: 'failed', code: TRUNCATED, reason: `the answer is too long for UDP, and over TCP: ${reason}` };
  if (outcome.kind === 'unanswered') return { kind: 'unanswered', code: null, reason };
  return { kind: 'failed', code: outcome.code, reason };
}

/** What came of the questions behind the first; `null` where one was not asked. */
export interface Further {
  listened: DnsAnswer | null;
  listenedMs: number;
  nonexistent: readonly (DnsAnswer | null)[];
  warm: readonly (DnsAnswer | null)[];
}

/** The same with all that was asked of it behind. */
export function wholeRow(row: Observed, plan: DnsComparisonPlan, { listened, listenedMs, nonexistent, warm }: Further): Observed {
  const further = [listened, ...nonexistent, ...warm].filter((answer) => answer !== null).filter(isOver);
  const sent = row.sent + sum(further.map(questionsSent));
  const received = row.received + further.filter(({ outcome }) => outcome.kind === 'measured').length;
  const timed = warm.filter((answer) => answer !== null).filter(isOver);
  const times = timed.flatMap(({ outcome, observation }) => (outcome.kind === 'measured' ? (observation.queryMs ?? []) : []));
  return {
    ...row,
    sent,
    received,
    lossRatio: lossOf(sent, received),
    warmMs: rttStatistics(times),
    warm: { sent: timed.length, received: timed.filter(({ outcome }) => outcome.kind === 'measured').length },
    nonexistent: plan.nonexistentNames.flatMap((name, index) => {
      const answer = nonexistent[index];
      return answer == null || !isOver(answer) ? [] : [denialOf(name, answer)];
    }),
    contradictions: listened === null || listened.outcome.kind !== 'measured' ? null : contradictionsOf(plan.type, listened, listenedMs),
  };
}

/** Asked and ended by itself: what an interrupt cut off says nothing. */
function isOver({ outcome }: DnsAnswer): boolean {
  return outcome.kind !== 'skipped' && outcome.kind !== 'unavailable';
}

function denialOf(name: string, { outcome, observation }: DnsAnswer): Observed['nonexistent'][number] {
  const answered = outcome.kind === 'measured';
  return {
    name,
    rcode: answered ? observation.rcode : null,
    answers: answered ? addressesOf(observation.answers, NONEXISTENT_TYPE) : [],
    verdict: 'unanswered',
  };
}

function addressesOf(records: readonly { type: string; data: string }[], type: string): string[] {
  return records
    .filter((record) => record.type === type)
    .map(({ data }) => data)
    .sort();
}

/** Whoever injects may send as many as he likes. */
const MOST_CONTRADICTIONS = 8;

/** A repetition of the same answer is a duplicate on the way, and nothing to speak of. */
function contradictionsOf(type: string, { observation, further = [] }: DnsAnswer, listenedMs: number): Observed['contradictions'] {
  const said = (rcode: string | null, records: readonly { type: string; data: string }[]) => {
    const answers = addressesOf(records, observation.type);
    const content = contentOf(type, rcode, answers);
    return { rcode: rcode ?? '', answers, key: `${content?.kind} ${content?.key}` };
  };
  const heard = new Map([said(observation.rcode, observation.answers)].map((entry) => [entry.key, entry]));
  const others = further.flatMap((message) => {
    const entry = said(message.rcode, message.answers);
    if (heard.has(entry.key)) return [];
    heard.set(entry.key, entry);
    return [{ rcode: entry.rcode, answers: entry.answers }];
  });
  return { listenedMs, firstMs: observation.queryMs, answers: others.slice(0, MOST_CONTRADICTIONS) };
}

/** Datagrams, or the one exchange over a connection. Nothing left the machine where it could not be asked. */
function questionsSent({ outcome, observation }: DnsAnswer): number {
  if (outcome.kind === 'unavailable' || (outcome.kind === 'failed' && outcome.step === 'configure')) return 0;
  return observation.attempts ?? (outcome.kind === 'skipped' ? 0 : 1);
}

function lossOf(sent: number, received: number): number {
  return sent === 0 ? 0 : Math.max(0, (sent - received) / sent);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
