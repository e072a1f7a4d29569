import { type Attempt, failed, measured, skipped, unanswered } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import { encodeName } from '../../wire/dns/name.js';
import { formatDnsServer, isIpAddress } from '../../wire/dns/server.js';
import { addressesInHostsFile, addressesOfNames } from '../../wire/names/hosts-file.js';
import { readTextFile } from '../machine/text-file.js';
import type { Clock, DnsAnswer, DnsObservation, IpFamily, Names, Resolution, Udp } from '../port.js';
import { systemTrust } from '../tls/trust-store.js';
import { queryDns } from './query.js';
import { resolveByDns } from './resolve-by-dns.js';
import { type ResolverConfiguration, type ResolverSource, readResolverConfiguration } from './resolver-configuration.js';
import { createDnsSession } from './session.js';

export interface NamesOptions extends ResolverSource {
  hostsPath?: string;
}

interface ResolveOptions {
  family: IpFamily | null;
  timeoutMs: number;
  signal: AbortSignal;
}

interface Outcome {
  outcome: Attempt<Resolution>;
  queries: DnsAnswer[];
}

/** Lists of blocked hosts reach some megabytes. */
const HOSTS_LIMIT_BYTES = 16 * 1024 * 1024;
/** A long search list with silent servers asks much; a report need not hold all of it. */
const MAXIMUM_QUERIES = 64;

/**
 * Names, resolved as this machine's stub resolver would: literal address, hosts file, `localhost` (RFC 6761 section 6.3), then the servers of
 * resolv.conf with the search list. Addresses are IPv4 first, then IPv6, each in the order of the answer; nothing is sorted by route.
 * getaddrinfo(3) is never called, since it cannot be cancelled; so the other services of nsswitch.conf(5) (mDNS, LDAP, …) are not asked.
 *
 * Outcomes of `resolve`: `failed` with step `resolve` and the rcode, `NODATA`, `no-resolver`, `invalid-name` or `cname-chain`; `failed` with
 * an errno where no server could be asked; `unanswered` after silence. All waiting together takes `timeoutMs` at most.
 */
export function createNames(clock: Clock, udp: Udp, options: NamesOptions = {}): Names {
  return {
    resolve: (host, resolveOptions) => resolve(clock, udp, options, host, resolveOptions),
    query: (question, signal) => queryDns(clock, udp, question, signal),
    session: () => createDnsSession(clock, udp, systemTrust),
    async resolvers() {
      const { servers, source, search, ndots, upstreams, oneLabelOnly } = await readResolverConfiguration({
        ...options,
        startsCommands: false,
      });
      return {
        servers: servers.map((server) => formatDnsServer(server)),
        source,
        search,
        ndots,
        upstreams,
        ...(oneLabelOnly === true ? { oneLabelOnly } : {}),
      };
    },
    async listed(names) {
      const path = options.hostsPath ?? hostsPathOf(options.platform ?? process.platform);
      const text = await readTextFile(path, HOSTS_LIMIT_BYTES);
      return { path, addresses: text === null ? new Map() : addressesOfNames(text, names) };
    },
  };
}

async function resolve(
  clock: Clock,
  udp: Udp,
  options: NamesOptions,
  host: string,
  { family, timeoutMs, signal }: ResolveOptions,
): Promise<Outcome> {
  if (signal.aborted) return { outcome: skipped('interrupted'), queries: [] };
  if (isIpAddress(host)) return { outcome: literal(host, family), queries: [] };
  const valid = encodeName(host);
  if (!valid.ok) return { outcome: failed('resolve', 'invalid-name', valid.refusal), queries: [] };

  const startedMs = clock.nowMs();
  const found = (addresses: string[]): Attempt<Resolution> => measured({ addresses, elapsedMs: clock.nowMs() - startedMs });

  const path = options.hostsPath ?? hostsPathOf(options.platform ?? process.platform);
  const text = await readTextFile(path, HOSTS_LIMIT_BYTES);
  const listed = text === null ? [] : byFamily(addressesInHostsFile(text, host), family);
  if (listed.length > 0) {
    return {
      outcome: found(listed),
      queries: [{ outcome: measured(null), observation: observationOfFile(path, host, listed, clock.nowMs() - startedMs) }],
    };
  }
  if (isLocalhost(host)) return { outcome: found(byFamily(['127.0.0.1', '::1'], family)), queries: [] };

  const configuration = await configurationFor(host, options);
  if (configuration.servers.length === 0) {
    return { outcome: failed('resolve', NO_RESOLVER, 'no name server is configured'), queries: [] };
  }
  const lookup = { host, family, deadlineMs: startedMs + timeoutMs, timeoutMs, signal };
  const { outcome, queries } = await resolveByDns(clock, udp, configuration, lookup);
  const kept = queries.slice(0, MAXIMUM_QUERIES);
  if (outcome.kind === 'measured') return { outcome: found(outcome.value), queries: kept };
  return { outcome: outcome.kind === 'unanswered' ? unanswered('resolve', clock.nowMs() - startedMs) : outcome, queries: kept };
}

/**
 * Where the search list is for names of one label alone, one with a dot needs none: the system's commands, which take a while, are not asked.
 */
async function configurationFor(host: string, options: NamesOptions): Promise<ResolverConfiguration> {
  const platform = options.platform ?? process.platform;
  const dotted = host.includes('.') && (platform === 'darwin' || platform === 'win32');
  const { local: _local, ...withoutLocal } = options;
  return readResolverConfiguration(dotted ? withoutLocal : options);
}

function literal(address: string, family: IpFamily | null): Attempt<Resolution> {
  if (byFamily([address], family).length > 0) return measured({ addresses: [address], elapsedMs: 0 });
  return failed('resolve', 'NODATA', `it is an address, but not of IPv${family}, which was asked for`);
}

/** IPv4 first, and only what was asked for. */
function byFamily(addresses: readonly string[], family: IpFamily | null): string[] {
  const isIpv6 = (address: string) => address.includes(':');
  const ipv4 = family === 6 ? [] : addresses.filter((address) => !isIpv6(address));
  const ipv6 = family === 4 ? [] : addresses.filter(isIpv6);
  return [...ipv4, ...ipv6];
}

function isLocalhost(host: string): boolean {
  return /^(?:.*\.)?localhost\.?$/i.test(host);
}

function hostsPathOf(platform: NodeJS.Platform): string {
  return platform === 'win32' ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';
}

function observationOfFile(path: string, name: string, addresses: readonly string[], queryMs: number): DnsObservation {
  const answers = addresses.map((data) => ({ name, type: data.includes(':') ? 'AAAA' : 'A', ttl: null, data }));
  const types = new Set(answers.map((answer) => answer.type));
  return {
    server: path,
    transport: 'file',
    name,
    type: types.size === 1 ? (answers[0]?.type ?? 'ANY') : 'ANY',
    rcode: null,
    queryMs,
    flags: null,
    answers,
    dnssec: null,
    attempts: null,
  };
}
