import { againSeries, namesLookedUp, questionsAgain, WATCHED_RESOLVERS } from '../../probes/resolver-watch/plan.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { recordQuestion, recordSeries } from '../resolver-watch.js';
import type { InquiryWork } from './inquiry-work.js';

/**
 * The resolvers of this machine once more, for the same name: again and again, over TCP, without validation, and for what every resolver can
 * find out. With more patience than the first time, so that a slow one can be told from a dead one.
 */
export async function resolversAgain({
  question,
  request,
  environment,
  recorder,
  host,
  leftMs,
  patient,
}: InquiryWork): Promise<string | null> {
  const named = namesLookedUp(request.targets, request.proxy?.settings ?? null);
  const name = (named.find(({ id }) => id === question.target) ?? named[0])?.host;
  if (name === undefined) return 'no target has a name that is looked up here';
  const servers = (host?.host?.data.resolvers ?? []).slice(0, WATCHED_RESOLVERS).flatMap((text) => parseDnsServer(text) ?? []);
  if (servers.length === 0) return 'no resolver is known';
  await Promise.all([
    patient.answered(environment.signal),
    ...servers.flatMap((server) => [
      recordSeries(againSeries(server, name), environment, recorder),
      ...questionsAgain(server, name, leftMs).map((plan) => recordQuestion(plan, environment, recorder)),
    ]),
  ]);
  return null;
}
