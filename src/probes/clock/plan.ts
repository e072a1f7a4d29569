import type { DataOf } from '../../model/measurement.js';
import { parseTarget } from '../../model/target.js';
import { NTP_PORT } from '../../wire/packets/ntp.js';

type ClockData = DataOf<'clock'>;

/** A time server that may be asked. */
export interface Candidate {
  host: string;
  port: number;
  from: ClockData['servers'][number]['from'];
  source: string | null;
  /** Its name stands for many servers, each of them at an address of its own. */
  pool: boolean;
}

/** With four, one liar is outvoted and can be named; more would only be more load on servers that others run for nothing. */
export const MOST_ASKED = 4;
/** Whoever names servers is asked for no restraint but this. */
export const MOST_GIVEN = 8;

/**
 * For machines that name none of their own. All of them say that anybody may ask now and then, and none smears leap seconds (as those of
 * Google, Amazon and Meta do), since around such a second those differ from the others by up to half a second or a whole one. The names of
 * pool.ntp.org are not among them: its rules keep them from being built into programs.
 *
 * - time.cloudflare.com: anycast, near to everybody
 * - ptbtime1.ptb.de: the national institute of Germany, a primary server for the public
 * - ntp.se: Netnod, Sweden, anycast primary servers for the public
 * - time.nist.gov: the national institute of the United States; asks for no more than a question in 4 s
 */
export const WELL_KNOWN_TIME_SERVERS = ['time.cloudflare.com', 'ptbtime1.ptb.de', 'ntp.se', 'time.nist.gov'] as const;

/**
 * Whom to ask: who was named; otherwise those that this machine is configured for, of the service that runs before others, and of fallbacks
 * only where there is nothing else; otherwise well-known ones. Pure.
 */
export function planTimeServers(
  given: readonly string[] | null,
  { configured, services }: Pick<ClockData, 'configured' | 'services'>,
): Candidate[] {
  if (given !== null) return distinct(given.flatMap(candidateOf)).slice(0, MOST_GIVEN);
  const runs = new Set(services.map(({ name }) => SERVICE_OF_PROCESS[name] ?? name));
  const rank = ({ kind, service }: ClockData['configured'][number]) =>
    (kind === 'fallback' ? 4 : kind === 'dhcp' ? 2 : 0) + (runs.has(service) ? 0 : 1);
  const ofNeed = configured.some(({ kind }) => kind !== 'fallback') ? configured.filter(({ kind }) => kind !== 'fallback') : configured;
  const own = ofNeed
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => rank(a.entry) - rank(b.entry) || a.index - b.index)
    .map(
      ({ entry: { host, port, kind, source } }): Candidate => ({
        host,
        port,
        from: kind === 'dhcp' ? 'dhcp' : kind === 'fallback' ? 'fallback' : 'configured',
        source,
        pool: kind === 'pool',
      }),
    );
  if (own.length > 0) return distinct(own).slice(0, MOST_ASKED);
  return WELL_KNOWN_TIME_SERVERS.map((host) => ({ host, port: NTP_PORT, from: 'well-known', source: null, pool: false }));
}

/** Whose configuration a process follows. */
const SERVICE_OF_PROCESS: Readonly<Record<string, string>> = { chronyd: 'chrony', ntpd: 'ntp' };

function candidateOf(text: string): Candidate[] {
  const outcome = parseTarget(text);
  if (!outcome.ok) return [];
  const { host, port } = outcome.target;
  return [{ host, port: port ?? NTP_PORT, from: 'given', source: null, pool: false }];
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.host.toLowerCase()} ${candidate.port}`;
    if (!seen.has(key)) seen.set(key, candidate);
  }
  return [...seen.values()];
}

/** A server at its address; without one its name led to none, for the reason given. */
export interface Asked extends Candidate {
  address: string | null;
  because: string | null;
}

/**
 * One address of each name; what is left to {@link MOST_ASKED} goes to the further addresses of pools, which are other servers. Pure.
 *
 * @param found addresses of each candidate, of which there is a way to the first ones; or why there are none
 */
export function spreadOver(found: readonly { candidate: Candidate; addresses: readonly string[]; because: string | null }[]): Asked[] {
  const asked: Asked[] = [];
  const taken = new Set<string>();
  const take = (candidate: Candidate, address: string) => {
    const key = `${address} ${candidate.port}`;
    if (taken.has(key)) return;
    taken.add(key);
    asked.push({ ...candidate, address, because: null });
  };
  for (const { candidate, addresses, because } of found) {
    const [first] = addresses;
    if (first === undefined) asked.push({ ...candidate, address: null, because });
    else take(candidate, first);
  }
  for (const { candidate, addresses } of found) {
    if (!candidate.pool) continue;
    for (const address of addresses.slice(1)) if (taken.size < MOST_ASKED) take(candidate, address);
  }
  return asked;
}
