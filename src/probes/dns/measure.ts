import { type Attempt, failed } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import type { DnsAnswer } from '../../net/port.js';
import { formatDnsServer } from '../../wire/dns/server.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { DnsPlan } from './plan.js';

/**
 * Asks the question. Its measurement has the name as its target where the user asked for the name, and none where the resolver is looked at:
 * by that the judge tells the roles apart.
 */
export async function measureDns(plan: DnsPlan, context: MeasureContext): Promise<Observation<'dns'>> {
  return (await measureAnswer(plan, context)).observation;
}

/** The same, with the answer whole. */
export async function measureAnswer(
  plan: DnsPlan,
  { network, signal }: MeasureContext,
): Promise<{ observation: Observation<'dns'>; answer: DnsAnswer }> {
  const { role: _, label, upstreams, candidates, hostsFile, from: __, ...question } = plan;
  const ask = (name: string) => network.names.query({ ...question, name }, signal);
  const { answer, searched } = candidates === undefined ? { answer: await ask(plan.name), searched: null } : await search(candidates, ask);
  const data = {
    ...answer.observation,
    ...aboutServer({ label, upstreams }),
    ...aboutQuestion(plan),
    searched,
    hostsFile: hostsFile === undefined ? null : { path: hostsFile.path, addresses: [...hostsFile.addresses] },
  };
  return { observation: { attempt: answer.outcome, method: data.transport, data }, answer };
}

function aboutServer({ label, upstreams }: { label: string | undefined; upstreams: readonly string[] | undefined }) {
  return { serverLabel: label ?? null, serverUpstreams: upstreams === undefined ? null : [...upstreams] };
}

/** What sets it apart from a question that any program asks. */
function aboutQuestion({ from, checkingDisabled }: DnsPlan): Pick<Observation<'dns'>['data'], 'from' | 'checkingDisabled'> {
  return { ...(from === undefined ? {} : { from }), ...(checkingDisabled === true ? { checkingDisabled } : {}) };
}

/**
 * Goes through the names of the search list as res_search(3) does: on after a name that does not exist, has no such record or cannot be found
 * out about. Where all are in vain, a name that exists but for another purpose tells most, and then the last.
 */
async function search(
  candidates: readonly string[],
  ask: (name: string) => Promise<DnsAnswer>,
): Promise<{ answer: DnsAnswer; searched: string[] }> {
  const vain: { name: string; answer: DnsAnswer }[] = [];
  for (const name of candidates) {
    const answer = await ask(name);
    const { rcode, answers } = answer.observation;
    vain.push({ name, answer });
    const goOn =
      answer.outcome.kind === 'measured' && (rcode === 'NXDOMAIN' || rcode === 'SERVFAIL' || (rcode === 'NOERROR' && answers.length === 0));
    if (!goOn) break;
  }
  const last = vain[vain.length - 1] as (typeof vain)[number];
  const { rcode, answers } = last.answer.observation;
  const found = last.answer.outcome.kind !== 'measured' || (rcode === 'NOERROR' && answers.length > 0);
  const chosen = found ? last : (vain.find(({ answer }) => answer.observation.rcode === 'NOERROR') ?? last);
  return { answer: chosen.answer, searched: vain.filter((one) => one !== chosen).map(({ name }) => name) };
}

/** A question that was not asked, with what it would have been. */
export function questionNotAsked(plan: DnsPlan, attempt: Attempt<null>): Observation<'dns'> {
  const server = formatDnsServer({ address: plan.server, port: plan.port }, plan.transport);
  const { label, upstreams } = plan;
  const asked = { server, name: plan.name, type: plan.type, ...aboutServer({ label, upstreams }), ...aboutQuestion(plan) };
  return { attempt, method: null, data: { ...EMPTY, ...asked } };
}

/** A question of the user for which there is nobody to ask. */
export function questionWithoutServer(name: string, type: string): Observation<'dns'> {
  return { attempt: failed('resolve', NO_RESOLVER, 'no name server is configured'), method: null, data: { ...EMPTY, name, type } };
}

/** The same where no plan was made, since there is no server to ask. */
export function dnsNotTried(address: string | null, attempt: Attempt<null>): Observation<'dns'> {
  return { attempt, method: null, data: { ...EMPTY, server: address } };
}

const EMPTY: Observation<'dns'>['data'] = {
  server: null,
  transport: null,
  name: '',
  type: '',
  rcode: null,
  queryMs: null,
  flags: null,
  answers: [],
  dnssec: null,
  attempts: null,
};
