import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { followAliases } from '../../wire/dns/cname-chain.js';
import { isIpAddress } from '../../wire/dns/server.js';
import { searchCandidates } from '../../wire/names/resolv-conf.js';
import type { Clock, DnsAnswer, IpFamily, Udp } from '../port.js';
import type { ResolverConfiguration } from './resolver-configuration.js';
import { askServers, type StubAnswer } from './stub-resolver.js';

export interface DnsLookup {
  host: string;
  family: IpFamily | null;
  /** When it must be over, on the clock, and how long that was from the start. */
  deadlineMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Resolved {
  outcome: Attempt<string[]>;
  queries: DnsAnswer[];
}

/** In each further part a further server is asked; the C library would wait 5 s, longer than a whole report may take. */
const PARTS_OF_TIME = 3;

/** For the answer to the question that is sent again just when that time is over: without it the family that lost one datagram would be left out. */
const LAST_ANSWER_MS = 150;

/** Whether to go on to the next name of the search list after it, and which tells most where all were in vain (res_search(3)). */
const GO_ON_AFTER = ['SERVFAIL', 'NODATA', 'NXDOMAIN'];

/** Asks for the addresses of a name, and of what the search list makes of it, until one has any. IPv4 addresses come first. */
export async function resolveByDns(clock: Clock, udp: Udp, configuration: ResolverConfiguration, lookup: DnsLookup): Promise<Resolved> {
  const queries: DnsAnswer[] = [];
  let vain: NotMeasured | null = null;
  for (const name of searchCandidates(lookup.host, configuration)) {
    if (lookup.signal.aborted) return { outcome: skipped('interrupted'), queries };
    if (clock.nowMs() >= lookup.deadlineMs) return { outcome: unanswered('resolve', lookup.timeoutMs), queries };
    const resolved = await resolveName(clock, udp, configuration, lookup, name);
    queries.push(...resolved.queries);
    const { outcome } = resolved;
    if (outcome.kind !== 'failed' || !GO_ON_AFTER.includes(outcome.code)) return { outcome, queries };
    if (vain?.kind !== 'failed' || GO_ON_AFTER.indexOf(outcome.code) < GO_ON_AFTER.indexOf(vain.code)) vain = outcome;
  }
  return { outcome: vain ?? failed('resolve', 'NXDOMAIN', 'there is no name to ask for'), queries };
}

/**
 * A and AAAA of one name side by side. Once one family has addresses, the other has as long as a silent server gets, and its next answer: programs wait
 * for both, and some servers never answer AAAA.
 */
async function resolveName(
  clock: Clock,
  udp: Udp,
  configuration: ResolverConfiguration,
  lookup: DnsLookup,
  name: string,
): Promise<Resolved> {
  const types = lookup.family === 4 ? ['A'] : lookup.family === 6 ? ['AAAA'] : ['A', 'AAAA'];
  const patienceMs = Math.min(configuration.timeoutMs, lookup.timeoutMs / PARTS_OF_TIME);
  const stop = new AbortController();
  const abort = () => stop.abort();
  if (lookup.signal.aborted) abort();
  lookup.signal.addEventListener('abort', abort, { once: true });
  const over = new AbortController();
  try {
    const { servers, attempts: rounds } = configuration;
    const asked = types.map(async (type): Promise<TypeResult> => {
      const { deadlineMs } = lookup;
      const result = readAnswer(
        name,
        type,
        await askServers(clock, udp, { name, type, servers, rounds, deadlineMs, patienceMs }, stop.signal),
      );
      if (result.outcome.kind === 'measured') void clock.sleep(patienceMs + LAST_ANSWER_MS, over.signal).then(abort);
      return result;
    });
    const results = await Promise.all(asked);
    const queries = results.flatMap((result) => result.queries);
    return { outcome: lookup.signal.aborted ? skipped('interrupted') : combine(name, results), queries };
  } finally {
    over.abort();
    lookup.signal.removeEventListener('abort', abort);
  }
}

interface TypeResult {
  /** `measured` with one address at least. */
  outcome: Attempt<string[]>;
  queries: DnsAnswer[];
}

function readAnswer(name: string, type: string, { settled, otherwise, queries }: StubAnswer): TypeResult {
  if (settled === null) return { outcome: otherwise, queries };
  if (settled.rcode === 'NXDOMAIN') {
    return { outcome: failed('resolve', 'NXDOMAIN', `${name} does not exist: ${settled.server} answers NXDOMAIN`), queries };
  }
  const addresses = followAliases(name, type, settled.answers);
  if (!addresses.ok) {
    const loop = `the aliases of ${name} form a loop or too long a chain: ${addresses.refusal}`;
    return { outcome: failed('resolve', 'cname-chain', loop), queries };
  }
  // Data of another class than IN is no address.
  const usable = addresses.value.filter(isIpAddress);
  if (usable.length > 0) return { outcome: measured(usable), queries };
  return { outcome: failed('resolve', 'NODATA', `${name} has no ${type} record, says ${settled.server}`), queries };
}

/** What the answers for both families say together. A name that does not exist does not for any type (RFC 8020). */
function combine(name: string, results: readonly TypeResult[]): Attempt<string[]> {
  const outcomes = results.map(({ outcome }) => outcome);
  const addresses = outcomes.flatMap((outcome) => (outcome.kind === 'measured' ? outcome.value : []));
  if (addresses.length > 0) return measured([...new Set(addresses)]);
  const nonexistent = outcomes.find((outcome) => hasCode(outcome, 'NXDOMAIN'));
  if (nonexistent !== undefined && !outcomes.some((outcome) => hasCode(outcome, 'NODATA'))) return nonexistent;
  const undecided = outcomes.find((outcome) => !hasCode(outcome, 'NXDOMAIN') && !hasCode(outcome, 'NODATA'));
  if (undecided !== undefined) return undecided;
  return outcomes.length === 1 && outcomes[0] !== undefined
    ? outcomes[0]
    : failed('resolve', 'NODATA', `${name} exists, but has no address`);
}

function hasCode(outcome: Attempt<string[]>, code: string): boolean {
  return outcome.kind === 'failed' && outcome.code === code;
}
