import { isWithin } from '../../wire/dns/tree.js';
import type { Hosts, Unusable } from './hosts.js';
import type { Inquiry, Task, TraceReply } from './inquiry.js';
import { contentOf, type Referral, readNameServers, readReply, readStartOfAuthority, type Said } from './reply.js';
import type { Zone, ZoneServer, Zones } from './zones.js';

/** Servers inside an intermediate zone whose glue is held against their own records: those of the last zones are all. */
const COMPARED = 8;

type Authoritative = Exclude<Said, Referral | { kind: 'lame' }>;

/** What became of one address in one visit. */
export interface Seen {
  address: string;
  /** `null`: none yet. */
  reply: TraceReply | null;
  said: Said | null;
  edns: 'answers' | 'absent' | 'dropped' | null;
  tcp: 'answers' | 'refused' | 'silent' | 'failed' | null;
  serial: number | null;
  nameServers: string[] | null;
  done: boolean;
}

/** A question to all servers of a zone. */
export interface Visit {
  zone: Zone;
  name: string;
  by: 'hints' | 'referral' | 'same-servers' | 'known';
  seen: Map<string, Seen>;
  /** The first referral; the walk goes on at it, while the others are still waited for. */
  referral: { said: Referral; seen: Seen } | null;
  finished: boolean;
  leadsTo: string | null;
  outcome: Said['kind'] | null;
}

/** Asks all servers of a zone the same question, and those that serve it what is to be known of them besides. */
export class Visitor {
  readonly #type: string;
  readonly #inquiry: Inquiry;
  readonly #zones: Zones;
  readonly #hosts: Hosts;
  readonly #unusable: Unusable;
  readonly #learn: (zone: Zone, referral: Referral, address: string) => Zone;
  readonly #askedForServers = new Set<Zone>();

  constructor(parts: {
    type: string;
    inquiry: Inquiry;
    zones: Zones;
    hosts: Hosts;
    unusable: Unusable;
    learn: (zone: Zone, referral: Referral, address: string) => Zone;
  }) {
    this.#type = parts.type;
    this.#inquiry = parts.inquiry;
    this.#zones = parts.zones;
    this.#hosts = parts.hosts;
    this.#unusable = parts.unusable;
    this.#learn = parts.learn;
  }

  /** @param parent the visit that led here: as long as it goes on, further servers of this zone can come to light */
  begin(visit: Visit, parent: Visit | null): void {
    this.#inquiry.spawn(this.#visit(visit, parent));
  }

  *#visit(visit: Visit, parent: Visit | null): Task {
    for (;;) {
      for (const server of [...visit.zone.servers.values()]) {
        this.#want(visit, server);
        if (server.lookup?.done === true) this.#hosts.adopt(server, server.lookup);
        for (const address of server.addresses.keys()) if (!visit.seen.has(address)) this.#approach(visit, address);
      }
      const looking = [...visit.zone.servers.values()].some(({ lookup }) => lookup?.done === false);
      const asking = [...visit.seen.values()].some(({ done }) => !done);
      if (!looking && !asking && (parent?.finished ?? true)) break;
      yield;
    }
    visit.finished = true;
  }

  /** Begins to look up the records of a server where they are needed to ask it, or are to be held against its glue. */
  #want(visit: Visit, server: ZoneServer): void {
    if (server.lookup !== null || server.name === null || visit.zone.by === 'hints') return;
    const states = [...visit.seen.values()];
    const last = states.some(({ said }) => said !== null && isAuthoritative(said));
    const inside = isWithin(server.key, visit.zone.key) && states.some(({ said }) => said?.kind === 'referral');
    const compared = [...visit.zone.servers.values()].filter(({ lookup }) => lookup !== null).length;
    if (server.addresses.size === 0 || last || (inside && compared < COMPARED)) server.lookup = this.#hosts.lookUp(server.name);
  }

  #approach(visit: Visit, address: string): void {
    const seen: Seen = { address, reply: null, said: null, edns: null, tcp: null, serial: null, nameServers: null, done: false };
    visit.seen.set(address, seen);
    this.#inquiry.spawn(this.#question(visit, seen));
  }

  *#question(visit: Visit, seen: Seen): Task {
    yield* this.#ask(visit, seen);
    const { said } = seen;
    if (said?.kind === 'referral') {
      this.#learn(visit.zone, said, seen.address);
      visit.referral ??= { said, seen };
      // One server of a zone on the way is enough to know how the zone itself lists its servers.
      if (!this.#askedForServers.has(visit.zone)) yield* this.#askForServers(visit.zone, seen);
    } else if (said !== null && isAuthoritative(said)) {
      yield* this.#examine(visit.zone, seen);
    }
    seen.done = true;
  }

  *#ask(visit: Visit, seen: Seen): Task {
    const { address } = seen;
    const { name } = visit;
    seen.reply = this.#hosts.ofFamily(address)
      ? this.#unusable.reply(address)
      : { kind: 'not-asked', because: 'addresses of its family were not to be asked' };
    if (seen.reply !== null) return;
    const question = { address, name, type: this.#type } as const;
    const reply = yield* this.#inquiry.replyTo(this.#inquiry.ask({ ...question, transport: 'udp', edns: true }));
    this.#take(visit, seen, reply);
    this.#unusable.note(address, reply);
    if (reply.kind !== 'silent') return;
    const plain = this.#inquiry.ask({ ...question, transport: 'udp', edns: false });
    const byTcp = this.#inquiry.ask({ ...question, transport: 'tcp', edns: true });
    const [withoutEdns, overTcp] = [yield* this.#inquiry.replyTo(plain), yield* this.#inquiry.replyTo(byTcp)];
    seen.tcp = tcpStateOf(overTcp);
    if (withoutEdns.kind === 'answered') {
      this.#take(visit, seen, withoutEdns);
      seen.edns = 'dropped';
    }
  }

  #take(visit: Visit, seen: Seen, reply: TraceReply): void {
    seen.reply = reply;
    if (reply.kind === 'truncated') seen.tcp = reply.tcp;
    if (reply.kind !== 'answered') return;
    seen.said = readReply(reply.message, { zone: visit.zone.name, name: visit.name, type: this.#type });
    seen.edns = reply.message.edns === null ? 'absent' : 'answers';
    if (reply.transport === 'tcp') seen.tcp = 'answers';
  }

  /** How a server of a zone lists its servers, which serial it has, and whether TCP gets to it. */
  *#examine(zone: Zone, seen: Seen): Task {
    const { address } = seen;
    const edns = seen.edns !== 'dropped';
    const start = this.#inquiry.ask({ address, name: zone.name, type: 'SOA', transport: 'tcp', edns });
    yield* this.#askForServers(zone, seen);
    const overTcp = yield* this.#inquiry.replyTo(start);
    seen.tcp = tcpStateOf(overTcp) ?? seen.tcp;
    const reply =
      overTcp.kind === 'answered'
        ? overTcp
        : yield* this.#inquiry.replyTo(this.#inquiry.ask({ address, name: zone.name, type: 'SOA', transport: 'udp', edns }));
    if (reply.kind !== 'answered') return;
    const found = readStartOfAuthority(reply.message, zone.name);
    if (found?.zone === zone.key) seen.serial = found.serial;
  }

  *#askForServers(zone: Zone, seen: Seen): Task {
    this.#askedForServers.add(zone);
    const edns = seen.edns !== 'dropped';
    const asked = this.#inquiry.ask({ address: seen.address, name: zone.name, type: 'NS', transport: 'udp', edns });
    const reply = yield* this.#inquiry.replyTo(asked);
    const names = reply.kind === 'answered' ? readNameServers(reply.message, zone.name) : null;
    if (names === null) return;
    seen.nameServers = names;
    zone.ownServers ??= new Set();
    for (const name of names.slice(0, 64)) zone.ownServers.add(name);
    for (const name of names) {
      // Of the root those in the hints are asked, and no others.
      const server = zone.by === 'hints' ? (zone.servers.get(name) ?? null) : this.#zones.addServer(zone, name);
      if (server !== null) server.inChild = true;
    }
  }
}

/** What most servers of a visit say with authority, the first of them where none has most; `null` where none says anything. */
export function mostSaid(visit: Visit): { said: Authoritative; seen: Seen } | null {
  const groups = new Map<string, { said: Authoritative; seen: Seen; count: number }>();
  for (const seen of visit.seen.values()) {
    const { said } = seen;
    if (said === null || !isAuthoritative(said)) continue;
    const key = `${said.kind} ${contentOf(said.records).join('\n')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { said, seen, count: 1 });
    else group.count++;
  }
  return [...groups.values()].sort((one, other) => other.count - one.count)[0] ?? null;
}

export function isAuthoritative(said: Said): said is Authoritative {
  return said.kind !== 'lame' && said.kind !== 'referral';
}

function tcpStateOf(reply: TraceReply): Seen['tcp'] {
  if (reply.kind === 'answered') return 'answers';
  if (reply.kind === 'silent') return 'silent';
  if (reply.kind === 'unreachable') return reply.code === 'ECONNREFUSED' ? 'refused' : 'failed';
  return reply.kind === 'malformed' ? 'failed' : null;
}
