import { nameKey } from '../../wire/dns/name.js';
import { isWithin } from '../../wire/dns/tree.js';
import type { Inquiry, Task, TraceReply } from './inquiry.js';
import type { DnsTracePlan } from './plan.js';
import { type Referral, readReply, type Said } from './reply.js';
import { addAddress, type HostFailure, type HostLookup, type Zone, type ZoneServer, type Zones } from './zones.js';

/** Servers of one zone that are tried for the address of a name: the walk itself asks all of them. */
const TRIES = 4;

/** Addresses that are not asked again, and what came of them the first time. */
export class Unusable {
  readonly #replies = new Map<string, Extract<TraceReply, { kind: 'silent' | 'not-asked' }>>();

  /** Remembers a reply after which nothing better is to be expected. */
  note(address: string, reply: TraceReply): void {
    if (reply.kind === 'silent' || reply.kind === 'not-asked') this.#replies.set(address, reply);
  }

  reply(address: string): TraceReply | null {
    return this.#replies.get(address) ?? null;
  }
}

/**
 * The addresses of servers by their names, from authoritative servers only: by walks down the same tree, one server at a time. What a
 * delegation says of them (glue) leads there, and is never the answer.
 */
export class Hosts {
  readonly #plan: DnsTracePlan;
  readonly #inquiry: Inquiry;
  readonly #zones: Zones;
  readonly #unusable: Unusable;
  readonly #learn: (zone: Zone, referral: Referral, address: string) => Zone;
  readonly #lookups = new Map<string, HostLookup>();
  readonly #cycles = new Map<string, string[]>();
  /** Whether a name was not looked up since there had been so many. */
  exhausted = false;

  constructor(parts: {
    plan: DnsTracePlan;
    inquiry: Inquiry;
    zones: Zones;
    unusable: Unusable;
    learn: (zone: Zone, referral: Referral, address: string) => Zone;
  }) {
    this.#plan = parts.plan;
    this.#inquiry = parts.inquiry;
    this.#zones = parts.zones;
    this.#unusable = parts.unusable;
    this.#learn = parts.learn;
  }

  /** Names that lead to each other in a circle. */
  get cycles(): string[][] {
    return [...this.#cycles.values()];
  }

  /** Looks a name up; each name once. */
  lookUp(name: string): HostLookup {
    const key = nameKey(name);
    const known = this.#lookups.get(key);
    if (known !== undefined) return known;
    const lookup: HostLookup = { key, name: key, addresses: null, failure: null, done: false, waitsFor: null };
    if (this.#lookups.size >= this.#plan.limits.names) {
      this.exhausted = true;
      return { ...lookup, failure: 'limit', done: true };
    }
    this.#lookups.set(key, lookup);
    this.#inquiry.spawn(this.#walk(lookup));
    return lookup;
  }

  /** Whether there is an address of the zone that may be asked. */
  reachable(zone: Zone): boolean {
    return [...zone.servers.values()].some((server) => [...server.addresses.keys()].some((address) => this.mayAsk(address)));
  }

  mayAsk(address: string): boolean {
    return this.ofFamily(address) && this.#unusable.reply(address) === null;
  }

  ofFamily(address: string): boolean {
    return this.#plan.family === null || (this.#plan.family === 6) === address.includes(':');
  }

  *#walk(lookup: HostLookup): Task {
    lookup.failure = yield* this.#descend(lookup);
    lookup.done = true;
  }

  *#descend(lookup: HostLookup): Task<HostFailure | null> {
    const [first = 'A', ...others] = this.#plan.family === null ? ['A', 'AAAA'] : [this.#plan.family === 4 ? 'A' : 'AAAA'];
    let zone = this.#zones.deepest(lookup.key, (candidate) => this.reachable(candidate));
    for (let depth = 0; depth < this.#plan.limits.zones; depth++) {
      const found = yield* this.#askOne(zone, lookup.name, first);
      if (found === null) return this.#inquiry.exhausted ? 'limit' : 'unreachable';
      const { said, address } = found;
      if (said.kind === 'referral') {
        zone = this.#learn(zone, said, address);
        const obstacle = this.reachable(zone) ? null : yield* this.#reach(zone, lookup);
        if (obstacle !== null) return obstacle;
        continue;
      }
      if (said.kind === 'no-name') return 'no-name';
      // RFC 2181 section 10.3: the name of a server is no alias, and resolvers need not follow it.
      if (said.kind === 'alias') return 'alias';
      const addresses = addressesIn(said);
      for (const type of others) {
        const reply = yield* this.#inquiry.replyTo(this.#ask(address, lookup.name, type));
        if (reply.kind === 'answered')
          addresses.push(...addressesIn(readReply(reply.message, { zone: zone.name, name: lookup.name, type })));
      }
      if (addresses.length === 0) return 'no-address';
      lookup.addresses = [...new Set(addresses)].sort();
      return null;
    }
    return 'limit';
  }

  /** The first server of a zone that answers or refers on. */
  *#askOne(zone: Zone, name: string, type: string): Task<{ said: Said; address: string } | null> {
    let tries = 0;
    for (const server of [...zone.servers.values()]) {
      for (const address of [...server.addresses.keys()]) {
        if (!this.mayAsk(address) || tries >= TRIES) continue;
        const reply = yield* this.#inquiry.replyTo(this.#ask(address, name, type));
        this.#unusable.note(address, reply);
        if (reply.kind === 'not-asked') continue;
        tries++;
        if (reply.kind !== 'answered') continue;
        const said = readReply(reply.message, { zone: zone.name, name, type });
        if (said.kind !== 'lame') return { said, address };
      }
    }
    return null;
  }

  #ask(address: string, name: string, type: string) {
    return this.#inquiry.ask({ address, name, type, transport: 'udp', edns: true });
  }

  /** Looks for an address of any server of a zone, on the way to `lookup`. Gives why there is none. */
  *#reach(zone: Zone, lookup: HostLookup): Task<HostFailure | null> {
    const inside = isWithin(lookup.key, zone.key);
    let failure: HostFailure = 'unreachable';
    for (const server of [...zone.servers.values()]) {
      // Beside the delegation would be the place for its address.
      if (server.name === null || (inside && server.key === lookup.key)) continue;
      const circle = this.#circleBy(lookup, server.key);
      if (circle !== null) {
        if (!circle.every((name) => isWithin(name, zone.key))) this.#cycles.set([...circle].sort().join(' '), circle);
        failure = 'cyclic';
        continue;
      }
      const other = this.lookUp(server.name);
      lookup.waitsFor = other;
      yield* this.#inquiry.until(() => other.done);
      lookup.waitsFor = null;
      this.adopt(server, other);
      if (this.reachable(zone)) return null;
      if (other.failure === 'cyclic' || other.failure === 'limit') failure = other.failure;
    }
    return inside && failure !== 'limit' && !this.#leadsOut(zone) ? 'missing-glue' : failure;
  }

  /** Whether a server of the zone lies outside, so that it is to be found elsewhere. */
  #leadsOut(zone: Zone): boolean {
    return [...zone.servers.values()].some(({ key }) => !isWithin(key, zone.key));
  }

  /** Takes over what a lookup has found. */
  adopt(server: ZoneServer, lookup: HostLookup): void {
    for (const address of lookup.addresses ?? []) addAddress(server, address, 'records');
  }

  /** The names from `key` on that wait for each other, where waiting for it would never end. */
  #circleBy(lookup: HostLookup, key: string): string[] | null {
    const names: string[] = [lookup.name];
    for (let at = this.#lookups.get(key) ?? null; at !== null; at = at.waitsFor) {
      if (at === lookup) return names;
      names.push(at.name);
    }
    return null;
  }
}

function addressesIn(said: Said): string[] {
  if (said.kind !== 'answer') return [];
  return said.records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
}
