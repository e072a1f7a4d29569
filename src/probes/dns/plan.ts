import type { DnsProbeOptions, DnsServerOption } from '../../model/probe-options.js';
import type { DnsQuestion, DnsServerSecurity } from '../../net/port.js';
import { type DnsServer, SYSTEMD_RESOLVED, stubLabel } from '../../wire/dns/server.js';
import { searchCandidates } from '../../wire/names/resolv-conf.js';
import { FIRST_PACE } from './pace.js';

/** Up to so many questions are asked in turns, for the sake of their times; with more it is their number that counts. */
export const QUESTIONS_IN_TURNS = 16;
/** As many as glibc asks (resolv.conf(5), MAXNS). */
const SYSTEM_SERVERS = 3;
/** Names of the search list that a name may become. */
const SEARCHED_NAMES = 7;

/** By when the questions are answered or given up, in milliseconds: with each answer as late as it may be, and asked for again over TCP. */
export function questionsBudgetMs({ names, types, servers, attempts, timeoutMs, search }: DnsProbeOptions): number {
  const questions = names.length * types.length * (servers.length === 0 ? SYSTEM_SERVERS : servers.length);
  const rounds = questions <= QUESTIONS_IN_TURNS ? questions : Math.ceil(questions / FIRST_PACE.window);
  const lookup = servers.some(({ host }) => host !== undefined) ? timeoutMs : 0;
  return lookup + rounds * (attempts + 1) * timeoutMs * (search === true ? SEARCHED_NAMES : 1);
}

/** One question to one server. */
export interface DnsPlan extends DnsQuestion {
  /** `resolver`: is it the server that is looked at; `question`: what it says about the name. */
  role: 'resolver' | 'question';
  /** What people call the server; absent: nothing in particular. */
  label?: string;
  /** Who named the server; absent: that is not told. */
  from?: 'given' | 'system' | 'well-known';
  /** Whom the server asks, where it is a stub resolver that tells. */
  upstreams?: readonly string[];
  /** What the search list makes of the name, in order; absent: it is asked for as it is. */
  candidates?: readonly string[];
  /** What the hosts file says of the name. */
  hostsFile?: { path: string; addresses: readonly string[] };
}

/** What this machine is configured with, as far as questions are concerned. */
export interface NameSurroundings {
  search: readonly string[];
  ndots: number;
  upstreams: readonly string[] | null;
  hosts: { path: string; addresses: ReadonlyMap<string, readonly string[]> } | null;
}

const NOTHING_AROUND: NameSurroundings = { search: [], ndots: 1, upstreams: null, hosts: null };

/** Each type of each name at each server, in the order given. `servers` are the system's own where the request names none. */
export function planQuestions(
  options: DnsProbeOptions,
  servers: readonly DnsServerOption[],
  around: NameSurroundings = NOTHING_AROUND,
): DnsPlan[] {
  return options.names.flatMap((name) => {
    const ofName = aboutName(name, options, around);
    return options.types.flatMap((type) =>
      servers.map((server) => ({ ...toServer(server, options, around), ...ofName, type, ...howAsked(options), role: 'question' as const })),
    );
  });
}

function toServer(server: DnsServerOption, options: DnsProbeOptions, { upstreams }: NameSurroundings) {
  const transport = server.transport ?? options.transport;
  const label = server.label ?? stubLabel(server.address);
  const security: DnsServerSecurity = { servername: server.servername ?? null, ca: options.ca ?? [] };
  return {
    server: server.address,
    port: server.port,
    transport,
    ...(options.servers.length === 0 ? {} : { from: 'given' as const }),
    ...(label === null ? {} : { label }),
    ...(label === SYSTEMD_RESOLVED && upstreams !== null ? { upstreams } : {}),
    ...(transport === 'tls' || transport === 'https' ? { security } : {}),
    ...(transport === 'https' && server.path !== undefined ? { path: server.path } : {}),
  };
}

function aboutName(name: string, { search }: DnsProbeOptions, around: NameSurroundings) {
  const listed = around.hosts?.addresses.get(name);
  return {
    name,
    ...(search === true ? { candidates: searchCandidates(name, around) } : {}),
    ...(around.hosts === null || listed === undefined ? {} : { hostsFile: { path: around.hosts.path, addresses: listed } }),
  };
}

function howAsked({ timeoutMs, attempts, edns, recursionDesired, checkingDisabled }: DnsProbeOptions) {
  return {
    timeoutMs,
    attempts,
    ...(edns === undefined ? {} : { edns }),
    ...(recursionDesired === undefined ? {} : { recursionDesired }),
    ...(checkingDisabled === undefined ? {} : { checkingDisabled }),
  };
}

/**
 * Whether a resolver answers at all. It is asked for a name that is looked up anyway: a resolver of a closed network need not know any
 * other, and none learns more than it would have.
 */
export function planResolver({ address, port }: DnsServer, name: string, options: { timeoutMs: number; attempts: number }): DnsPlan {
  const { timeoutMs, attempts } = options;
  const label = stubLabel(address);
  const question = { server: address, port, transport: 'udp', name, type: 'A', timeoutMs, attempts, role: 'resolver' } as const;
  return label === null ? question : { ...question, label };
}
