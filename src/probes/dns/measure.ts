import { type Attempt, failed } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import { formatDnsServer } from '../../wire/dns-server.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { DnsPlan } from './plan.js';

/**
 * Asks the question. Its measurement has the name as its target where the user asked for the name, and none where the resolver is looked at:
 * by that the judge tells the roles apart.
 */
export async function measureDns(plan: DnsPlan, { network, signal }: MeasureContext): Promise<Observation<'dns'>> {
  const { role: _, ...question } = plan;
  const { outcome, observation } = await network.names.query(question, signal);
  return { attempt: outcome, method: observation.transport, data: observation };
}

/** A question that was not asked, with what it would have been. */
export function questionNotAsked(plan: DnsPlan, attempt: Attempt<null>): Observation<'dns'> {
  const server = formatDnsServer({ address: plan.server, port: plan.port });
  return { attempt, method: null, data: { ...EMPTY, server, name: plan.name, type: plan.type } };
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
