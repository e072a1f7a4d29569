import ipaddr from 'ipaddr.js';
import type { DataOf } from '../../model/measurement.js';
import type { Names } from '../../net/port.js';
import { followAliases } from '../../wire/dns/cname-chain.js';
import { DNS_OVER_TLS_PORT, isIpAddress, parseDnsServer, stubLabel } from '../../wire/dns/server.js';
import type { Hop } from './chain.js';

type Data = DataOf<'name-service'>;
type Override = NonNullable<Data['hostsFile']>['overrides'][number];
type Question = DataOf<'dns'>;

export interface Asker {
  names: Names;
  /** As `names.resolvers()` lists them. */
  servers: readonly string[];
  timeoutMs: number;
  signal: AbortSignal;
}

/** Servers that are asked one after the other, where the first is silent. */
const SERVERS_TRIED = 2;
/** Of those behind a stub, side by side. */
const SERVERS_BEYOND = 3;
/** Below this nothing can be told from a first answer: it may have been kept already. */
const QUICK_MS = 2;
const SHORTEST_WAIT_MS = 200;
/** A kept answer comes in less than this part of the time of the first. */
const KEPT_RATIO = 0.5;

/** One question to the first server that answers; `null` where none does. All together take the time of one. */
export async function askOnce(asker: Asker, name: string, type: string): Promise<Question | null> {
  const { names, signal } = asker;
  const servers = asker.servers.slice(0, SERVERS_TRIED).flatMap((text) => parseDnsServer(text) ?? []);
  const timeoutMs = asker.timeoutMs / Math.max(servers.length, 1);
  for (const { address, port } of servers) {
    if (signal.aborted) break;
    const question = { server: address, port, transport: 'udp', name, type, timeoutMs, attempts: 1 } as const;
    const { outcome, observation } = await names.query(question, signal);
    if (outcome.kind === 'measured') return observation;
  }
  return null;
}

/** Addresses in an answer, behind its aliases; `null` where the server could not tell. A name that does not exist has none. */
function addressesIn({ name, type, rcode, answers }: Question): string[] | null {
  if (rcode === 'NXDOMAIN') return [];
  if (rcode !== 'NOERROR') return null;
  const followed = followAliases(name, type, answers);
  return followed.ok ? followed.value.filter(isIpAddress) : null;
}

/** What the resolver says of a name, and for which types of record; `null` where it told of none. */
export async function addressesByResolver(
  asker: Asker,
  name: string,
  types: readonly string[],
): Promise<{ addresses: string[]; types: string[]; server: string | null } | null> {
  const answers = await Promise.all(types.map((type) => askOnce(asker, name, type)));
  const told = answers.flatMap((answer) => {
    const addresses = answer === null ? null : addressesIn(answer);
    return answer === null || addresses === null ? [] : [{ addresses, type: answer.type, server: answer.server }];
  });
  if (told[0] === undefined) return null;
  return {
    addresses: [...new Set(told.flatMap(({ addresses }) => addresses))],
    types: told.map(({ type }) => type),
    server: told[0].server,
  };
}

/** Holds the hosts file against the resolver. Both families are asked for, so that an entry of one is not held against a name of the other. */
export async function compareOverride(
  { target, name, addresses }: Pick<Override, 'target' | 'name' | 'addresses'>,
  asker: Asker | null,
  chain: readonly Hop[],
): Promise<Override> {
  const entry = { target, name, addresses: [...addresses], resolverAddresses: null, server: null };
  if (asker === null) return { ...entry, agreement: 'not-asked', because: 'nothing is sent' };
  if (asker.servers.length === 0) return { ...entry, agreement: 'not-asked', because: 'no name server is configured' };
  const beyond = serversBeyond(asker.servers, chain);
  const answer = beyond.length > 0 ? await addressesByAll(asker, beyond, name) : await addressesByResolver(asker, name, ['A', 'AAAA']);
  const families = new Set(addresses.map(familyOf));
  // Some servers never answer for IPv6: that is no obstacle to an entry of IPv4.
  if (answer === null || ![...families].every((family) => answer.types.includes(family === 4 ? 'A' : 'AAAA')))
    return { ...entry, agreement: 'no-answer', because: 'no resolver said which addresses it has' };
  const told = { ...entry, resolverAddresses: answer.addresses, server: answer.server, because: null };
  if (answer.addresses.length === 0) {
    if (answer.types.length === 2) return { ...told, agreement: 'unknown-to-dns' };
    return { ...told, agreement: 'no-answer', because: `${answer.server} said nothing for one of the two families` };
  }
  const known = new Set(answer.addresses.map(canonical));
  // A family that the resolver has no address of is an addition, and no contradiction.
  const comparable = addresses.filter((address) => answer.addresses.some((other) => familyOf(other) === familyOf(address)));
  if (comparable.length === 0) return { ...told, agreement: 'differs' };
  if (!comparable.every((address) => known.has(canonical(address)))) return { ...told, agreement: 'differs' };
  if (beyond.length > 0) return { ...told, agreement: 'agrees' };
  return { ...entry, agreement: 'not-asked', because: `${answer.server} is this machine, and may know it from that very file` };
}

/**
 * The servers that do not know the hosts file of this machine: systemd-resolved and dnsmasq answer from it, so that those behind them are
 * asked. Empty where they are not known.
 */
export function serversBeyond(servers: readonly string[], chain: readonly Hop[]): string[] {
  const isElsewhere = (text: string) => stubLabel(text) === null;
  // Those of a tunnel of TLS do not answer a plain datagram, and were chosen so that nobody reads the names.
  const isPlain = (text: string) => parseDnsServer(text)?.port !== DNS_OVER_TLS_PORT;
  const behind = chain.filter(({ server, kind }) => kind === 'elsewhere' && isElsewhere(server)).map(({ server }) => server);
  return [...new Set([...servers.filter(isElsewhere), ...behind.filter(isPlain)])];
}

/** What several servers say together: with split DNS, each of them knows other names. */
async function addressesByAll(asker: Asker, servers: readonly string[], name: string): ReturnType<typeof addressesByResolver> {
  const asked = servers.slice(0, SERVERS_BEYOND).map((server) => addressesByResolver({ ...asker, servers: [server] }, name, ['A', 'AAAA']));
  const told = (await Promise.all(asked)).filter((answer) => answer !== null);
  const [first] = told;
  if (first === undefined) return null;
  return {
    addresses: [...new Set(told.flatMap(({ addresses }) => addresses))],
    types: [...new Set(told.flatMap(({ types }) => types))],
    server: (told.find(({ addresses }) => addresses.length > 0) ?? first).server,
  };
}

/** One spelling for each address: a hosts file has them as people write them. */
function canonical(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.parse(address).toString() : address.toLowerCase();
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

/**
 * The same question once more, or twice. AAAA, since nobody else of a run without targets asks for it, so that the first is the first.
 *
 * @param first a question of this run that a server of `asker` answered, which is then the first
 */
export async function tryCache(asker: Asker, name: string, first: Question | null): Promise<Data['cacheTrial']> {
  const server = first?.server ?? asker.servers[0];
  if (server === undefined) return null;
  const only = { ...asker, servers: [server] };
  const type = first?.type ?? 'AAAA';
  const one = first ?? (await askOnce(only, name, type));
  // A kept answer comes at once: both together take the time of one.
  const left = Math.max(asker.timeoutMs - (one?.queryMs ?? 0), SHORTEST_WAIT_MS);
  const two = one === null ? null : await askOnce({ ...only, timeoutMs: left }, one.name, type);
  const firstMs = one?.queryMs ?? null;
  const secondMs = two?.queryMs ?? null;
  const local = stubLabel(server) !== null;
  const trial = { server, local, name: one?.name ?? name, type, firstMs, secondMs };
  const usable = [one, two].every((answer) => answer?.rcode === 'NOERROR' || answer?.rcode === 'NXDOMAIN');
  if (firstMs === null || secondMs === null || !usable) return { ...trial, savedMs: null, finding: 'not-told' };
  if (firstMs < QUICK_MS) return { ...trial, savedMs: Math.max(0, firstMs - secondMs), finding: 'quick' };
  const finding = secondMs < firstMs * KEPT_RATIO ? 'saves' : 'same';
  return { ...trial, savedMs: Math.max(0, firstMs - secondMs), finding };
}
