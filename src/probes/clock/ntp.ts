import { reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Origin } from '../../model/probe-options.js';
import { addressFamily } from '../../model/target.js';
import type { Network } from '../../net/port.js';
import { agreementOf } from './agreement.js';
import { askTimeServer } from './ask.js';
import { type Candidate, MOST_ASKED, spreadOver } from './plan.js';

type ClockData = DataOf<'clock'>;

/** What looking the names up may take of the time. */
const LOOKUP_SHARE = 0.5;

/** Asks all of them side by side; names, questions and waits together are over within `timeoutMs`. */
export async function askTimeServers(
  candidates: readonly Candidate[],
  options: { timeoutMs: number; origin: Origin },
  context: { network: Network; signal: AbortSignal },
): Promise<Pick<ClockData, 'ntp' | 'servers'>> {
  const { clock } = context.network;
  const endsMs = clock.nowMs() + options.timeoutMs;
  const found = await Promise.all(
    candidates.map((candidate) => addressesOf(candidate, options.timeoutMs * LOOKUP_SHARE, options, context)),
  );
  const timeoutMs = Math.max(1, endsMs - clock.nowMs());
  const servers = await Promise.all(spreadOver(found).map((server) => askTimeServer(server, { ...options, timeoutMs }, context)));
  return settle(servers);
}

/** Addresses to which there is a way, the preferred ones first. */
async function addressesOf(
  candidate: Candidate,
  timeoutMs: number,
  { origin }: { origin: Origin },
  { network, signal }: { network: Network; signal: AbortSignal },
): Promise<{ candidate: Candidate; addresses: readonly string[]; because: string | null }> {
  if (addressFamily(candidate.host) !== null) return { candidate, addresses: [candidate.host], because: null };
  const { outcome } = await network.names.resolve(candidate.host, { family: null, timeoutMs, signal });
  if (outcome.kind !== 'measured') return { candidate, addresses: [], because: reasonOf(outcome) };
  const addresses = outcome.value.addresses.slice(0, 2 * MOST_ASKED);
  const ways = await Promise.all(addresses.map((address) => network.routes.lookup(address, origin)));
  const reachable = addresses.filter((_, index) => ways[index]?.kind === 'measured');
  return { candidate, addresses: reachable.length > 0 ? reachable : addresses.slice(0, 1), because: null };
}

/** Says of each server whether it is among those that agree, and what these say together. Pure. */
export function settle(servers: ClockData['servers']): Pick<ClockData, 'ntp' | 'servers'> {
  const telling = servers.flatMap(({ offsetMs, uncertaintyMs }, index) =>
    offsetMs === null || uncertaintyMs === null ? [] : [{ index, offsetMs, uncertaintyMs }],
  );
  const agreement = agreementOf(telling);
  if (agreement === null) return { ntp: null, servers };
  const agreeing = new Set([...agreement.members].flatMap((member) => telling[member]?.index ?? []));
  return {
    ntp: { offsetMs: agreement.offsetMs, uncertaintyMs: agreement.uncertaintyMs, agreeing: agreeing.size },
    servers: servers.map((server, index) => (server.offsetMs === null ? server : { ...server, agrees: agreeing.has(index) })),
  };
}
