import type { DataOf } from '../../model/measurement.js';
import { isWithin } from '../../wire/dns/tree.js';
import type { Discovery } from './discovery.js';
import type { DnsTracePlan } from './plan.js';
import { contentOf } from './reply.js';
import { isAuthoritative, type Seen, type Visit } from './visit.js';
import type { Zone, ZoneServer } from './zones.js';

type Data = DataOf<'dns-trace'>;
type Step = Data['steps'][number];
type Server = Step['servers'][number];
type Address = Server['addresses'][number];

/** What a walk has found by now, as the report holds it. */
export function observed(plan: DnsTracePlan, discovery: Discovery): Data {
  return {
    name: plan.name,
    type: plan.type,
    rootHints: plan.builtIn ? 'built-in' : 'given',
    port: plan.port,
    end: discovery.end,
    rcode: discovery.rcode,
    answers: discovery.answers.map(({ name, type, ttl, data }) => ({ name, type, ttl, data })),
    wildcard: discovery.wildcard,
    steps: discovery.visits.map((visit) => stepOf(visit)),
    cycles: discovery.cycles,
    queries: discovery.queries,
    limits: discovery.limits,
  };
}

/** The same before anything was asked. */
export function nothingObserved(name: string, type: string): Data {
  return {
    name,
    type,
    rootHints: null,
    port: null,
    end: null,
    rcode: null,
    answers: [],
    wildcard: null,
    steps: [],
    cycles: [],
    queries: 0,
    limits: [],
  };
}

function stepOf(visit: Visit): Step {
  const { zone, name, by, outcome } = visit;
  return {
    zone: zone.name,
    name,
    by,
    parent: zone.parent?.name ?? null,
    delegationSigners: zone.delegationSigners,
    servers: [...zone.servers.values()].map((server) => serverOf(zone, server, visit)),
    omittedServers: zone.omitted.size,
    ignoredRecords: zone.ignoredRecords,
    result: outcome === 'lame' ? null : outcome,
    leadsTo: visit.leadsTo,
  };
}

function serverOf(zone: Zone, server: ZoneServer, visit: Visit): Server {
  const { lookup } = server;
  const found = server.addresses.size > 0;
  return {
    name: server.name,
    inParent: server.inParent,
    inChild: zone.ownServers === null || server.name === null ? null : zone.ownServers.has(server.key),
    glue: glueOf(zone, server),
    recordAddresses: lookup?.addresses ?? null,
    failure: found || lookup === null ? null : lookup.done ? lookup.failure : 'interrupted',
    addresses: [...server.addresses].map(([address, from]) => addressOf(address, [...from].sort(), visit.seen.get(address) ?? null)),
  };
}

/** How the addresses beside the delegation stand to the server's own records (RFC 9471: what lies inside the zone needs glue). */
function glueOf(zone: Zone, server: ZoneServer): Server['glue'] {
  if (zone.by !== 'referral' || server.inParent !== true || server.name === null) return null;
  if (server.glue.length === 0) return isWithin(server.key, zone.key) ? 'missing' : 'not-needed';
  const records = server.lookup?.addresses ?? null;
  if (records === null) return null;
  // Where only one family was looked up, only that one is compared.
  const families = new Set(records.map((address) => address.includes(':')));
  if (server.glue.some((address) => !records.includes(address) && (families.size === 2 || families.has(address.includes(':')))))
    return 'stale';
  return records.every((address) => server.glue.includes(address)) ? 'matches' : 'incomplete';
}

function addressOf(address: string, from: Address['from'], seen: Seen | null): Address {
  const reply = seen?.reply ?? null;
  const said = seen?.said ?? null;
  const message = reply?.kind === 'answered' ? reply.message : null;
  const records =
    said === null || said.kind === 'lame' ? [] : said.kind === 'referral' ? [...said.servers].sort().slice(0, 32) : contentOf(said.records);
  return {
    address,
    from,
    ...stateOf(seen),
    result: said === null || said.kind === 'lame' ? null : said.kind,
    rcode: message?.rcode ?? null,
    authoritative: message?.flags.aa ?? null,
    queryMs: reply?.kind === 'answered' ? reply.queryMs : null,
    transport: reply?.kind === 'answered' ? reply.transport : null,
    truncated: reply?.kind === 'answered' ? reply.truncated : reply?.kind === 'truncated' ? true : null,
    edns: seen?.edns ?? null,
    records,
    tcp: seen?.tcp ?? null,
    serial: seen?.serial ?? null,
    nameServers: seen?.nameServers ?? null,
  };
}

function stateOf(seen: Seen | null): Pick<Address, 'state' | 'lame' | 'detail'> {
  if (seen === null || seen.reply === null) return { state: null, lame: null, detail: 'not asked' };
  const { reply, said } = seen;
  if (said !== null && (said.kind === 'referral' || isAuthoritative(said))) return { state: 'answers', lame: null, detail: null };
  if (said !== null) return { state: 'lame', lame: said.lame, detail: said.detail };
  switch (reply.kind) {
    case 'silent':
    case 'unreachable':
    case 'malformed':
      return { state: 'lame', lame: reply.kind, detail: reply.detail };
    case 'not-asked':
      return { state: null, lame: null, detail: reply.because };
    default:
      // It answers; what it says did not fit into a datagram.
      return { state: 'answers', lame: null, detail: reply.kind === 'truncated' ? reply.detail : null };
  }
}
