import type { DnsProbeOptions, DnsServerOption } from '../../model/probe-options.js';
import type { DnsServerSecurity, DnsTransport, EdnsRequest } from '../../net/port.js';
import { formatDnsServer } from '../../wire/dns/server.js';
import { dnsTypeName, dnsTypeNumber } from '../../wire/dns/type.js';
import type { ComparedServer } from './content.js';
import { FILTERING_LABELS, WELL_KNOWN_SERVERS } from './well-known.js';

/** One row of the comparison: whom to ask, and how. */
export interface PlannedServer extends Pick<ComparedServer, 'server' | 'label' | 'operator' | 'from' | 'behind' | 'filters'> {
  address: string;
  port: number;
  transport: DnsTransport;
  security: DnsServerSecurity | null;
  path: string | null;
}

export interface DnsComparisonPlan {
  name: string;
  type: string;
  servers: readonly PlannedServer[];
  /** Names that certainly do not exist, which each server is asked for too. */
  nonexistentNames: readonly string[];
  warmCount: number;
  timeoutMs: number;
  attempts: number;
  edns: EdnsRequest | null;
  recursionDesired: boolean;
  checkingDisabled: boolean;
}

/** A server of the system's configuration. */
export interface SystemServer {
  address: string;
  port: number;
  /** `systemd-resolved`, `Docker`, …; `null`: it has no name. */
  label: string | null;
  /** The stub resolver that asks it in its turn; `null`: programs ask it themselves. */
  behind: string | null;
}

/** Over which a public address can be reached from here: without a way their silence would say nothing. */
export interface Families {
  ipv4: boolean;
  ipv6: boolean;
}

/** As a resolver takes it that wants no answer in pieces (DNS flag day 2020). */
const UDP_PAYLOAD_BYTES = 1232;

const USUAL_PORTS: Readonly<Record<DnsTransport, number>> = { udp: 53, tcp: 53, tls: 853, https: 443 };

/**
 * One comparison for each name and type. The names that do not exist are asked for with the first type of each name: whether a server makes up
 * addresses does not depend on it.
 *
 * @param families which of the well-known servers are asked
 * @param randomLabel a label that nobody has registered, new with each call
 */
export function planComparisons(
  options: DnsProbeOptions,
  system: readonly SystemServer[],
  families: Families,
  randomLabel: () => string,
): DnsComparisonPlan[] {
  const servers = planServers(options, system, families);
  const { timeoutMs, attempts } = options;
  const edns = options.edns === null ? null : { udpPayloadBytes: UDP_PAYLOAD_BYTES, ...options.edns, nameServerId: true };
  const shared = {
    servers,
    warmCount: options.compare?.warmCount ?? 0,
    timeoutMs,
    attempts,
    edns,
    recursionDesired: options.recursionDesired ?? true,
    checkingDisabled: options.checkingDisabled ?? false,
  };
  return options.names.flatMap((name) =>
    options.types.map((type, index) => ({
      ...shared,
      name,
      type: usualSpelling(type),
      nonexistentNames: index === 0 ? nonexistentNames(name, randomLabel) : [],
    })),
  );
}

/** `HTTPS` for `TYPE65`, so that a type is known by its name. */
function usualSpelling(type: string): string {
  const number = dnsTypeNumber(type);
  return number === null ? type : dnsTypeName(number);
}

/**
 * `LABEL.invalid` exists nowhere (RFC 6761 section 6.4), and no server beyond the resolver need hear of it; but a resolver may know that too, and
 * spare it. `LABEL` beside the name, below the same domain, is what the owner of the domain alone can know of; where he has an entry for all
 * names, every server says the same. A single label is not asked for alone: it would go to the root servers.
 */
export function nonexistentNames(name: string, randomLabel: () => string): string[] {
  const parent = name.replace(/\.$/, '').split('.').slice(1).join('.');
  const beside = `${randomLabel()}.${parent}`;
  return [`${randomLabel()}.invalid`, ...(parent === '' || beside.length > 253 ? [] : [beside])];
}

/** Those of the system, those given, the well-known ones; each address and transport once, by the first who named it. */
export function planServers(options: DnsProbeOptions, system: readonly SystemServer[], families: Families): PlannedServer[] {
  const known = options.compare?.servers ?? WELL_KNOWN_SERVERS;
  const wellKnown = options.compare?.wellKnown === true ? known : [];
  const asked: { option: DnsServerOption; from: PlannedServer['from']; behind: string | null }[] = [
    ...system.map(({ address, port, label, behind }) => ({
      option: { address, port, transport: 'udp' as const, ...(label === null ? {} : { label }) },
      from: 'system' as const,
      behind,
    })),
    ...options.servers.map((option) => ({ option, from: option.from ?? ('given' as const), behind: null })),
    ...wellKnown
      .filter(({ address }) => (address.includes(':') ? families.ipv6 : families.ipv4))
      .map((option) => ({ option, from: 'well-known' as const, behind: null })),
  ];
  const planned = asked.map(({ option, from, behind }) => planServer(option, from, behind, options, known));
  return planned.filter(({ server }, index) => planned.findIndex((other) => other.server === server) === index);
}

function planServer(
  option: DnsServerOption,
  from: PlannedServer['from'],
  behind: string | null,
  options: DnsProbeOptions,
  known: readonly DnsServerOption[],
): PlannedServer {
  const { address, port } = option;
  const transport = option.transport ?? options.transport;
  const operator = known.find((other) => other.address === address)?.label ?? null;
  const encrypted = transport === 'tls' || transport === 'https';
  return {
    server: spellServer(option, transport),
    label: option.label ?? operator,
    operator,
    from,
    behind,
    filters: operator !== null && FILTERING_LABELS.has(operator),
    address,
    port,
    transport,
    security: encrypted ? { servername: option.servername ?? null, ca: options.ca ?? [] } : null,
    path: transport === 'https' ? (option.path ?? null) : null,
  };
}

/** As {@link ComparedServer.server} has it. */
export function spellServer({ address, port, path }: Pick<DnsServerOption, 'address' | 'port' | 'path'>, transport: DnsTransport): string {
  if (transport === 'udp') return formatDnsServer({ address, port });
  const host = address.includes(':') ? `[${address}]` : address;
  const at = port === USUAL_PORTS[transport] ? host : `${host}:${port}`;
  return `${transport}://${at}${transport === 'https' ? (path ?? '/dns-query') : ''}`;
}
