import type { DataOf } from '../../model/measurement.js';
import type { DnsResourceRecord } from '../../wire/dns/dns.js';
import { nameKey } from '../../wire/dns/name.js';
import { isBelow, isWithin, parentKey } from '../../wire/dns/tree.js';
import { Hosts, Unusable } from './hosts.js';
import { Inquiry, type Task, type TraceAsk, type TraceReply } from './inquiry.js';
import type { DnsTracePlan } from './plan.js';
import { contentOf, type Referral, readDelegationSigners, readGlue, readNameServers, readReply, readStartOfAuthority } from './reply.js';
import { mostSaid, type Seen, type Visit, Visitor } from './visit.js';
import { addAddress, type Zone, Zones } from './zones.js';

type Data = DataOf<'dns-trace'>;
export type End = NonNullable<Data['end']>;
export type Limit = Data['limits'][number];

/** Ancestors of a name that are asked for a wildcard. */
const WILDCARD_LEVELS = 3;

/**
 * A walk from the root to a name, as a state machine: {@link next} takes a reply and gives the questions that follow from it. It opens no
 * socket and reads no clock.
 */
export class Discovery {
  readonly #plan: DnsTracePlan;
  readonly #inquiry: Inquiry;
  readonly #zones: Zones;
  readonly #unusable = new Unusable();
  readonly #hosts: Hosts;
  readonly #visitor: Visitor;
  readonly #limits = new Set<Limit>();
  #stopped: 'time' | 'interrupted' | null = null;
  readonly visits: Visit[] = [];
  readonly answers: DnsResourceRecord[] = [];
  rcode: string | null = null;
  wildcard: string | null = null;
  end: End | null = null;

  constructor(plan: DnsTracePlan) {
    this.#plan = plan;
    this.#inquiry = new Inquiry(plan.limits.queries);
    this.#zones = new Zones(plan.rootHints, plan.limits.servers);
    const learn = (zone: Zone, referral: Referral, address: string) => this.#learn(zone, referral, address);
    const shared = { inquiry: this.#inquiry, zones: this.#zones, unusable: this.#unusable, learn };
    this.#hosts = new Hosts({ ...shared, plan });
    this.#visitor = new Visitor({ ...shared, type: plan.type, hosts: this.#hosts });
    this.#inquiry.spawn(this.#walk());
  }

  get finished(): boolean {
    return this.#inquiry.finished;
  }

  get queries(): number {
    return this.#inquiry.queries;
  }

  get cycles(): string[][] {
    return this.#hosts.cycles;
  }

  get limits(): Limit[] {
    const met = new Set(this.#limits);
    if (this.#inquiry.exhausted) met.add('queries');
    if (this.#hosts.exhausted) met.add('names');
    return [...met].sort();
  }

  /** Takes in a reply, or begins with `null`, and gives the questions to ask now. */
  next(received: { id: number; reply: TraceReply } | null): TraceAsk[] {
    return this.#inquiry.next(received);
  }

  /** Ends the walk where it stands. */
  stop(because: 'time' | 'interrupted'): void {
    this.#stopped = because;
    if (because === 'time') this.#limits.add('time');
    this.#inquiry.close(because === 'time' ? `the walk took ${this.#plan.limits.timeMs} ms; that is the bound` : 'interrupted');
  }

  *#walk(): Task {
    let name = nameKey(this.#plan.name);
    const names = new Set([name]);
    let zone = this.#zones.root;
    let parent: Visit | null = null;
    let depth = 1;
    for (;;) {
      const visit = this.#begin(zone, name, parent);
      yield* this.#inquiry.until(() => visit.referral !== null || visit.finished);
      if (visit.referral !== null) {
        const { zoneKey } = visit.referral.said;
        [visit.outcome, visit.leadsTo] = ['referral', zoneKey];
        if (++depth > this.#plan.limits.zones) {
          this.#endAtLimit('zones', visit, `more than ${this.#plan.limits.zones} zones`);
          return;
        }
        [zone, parent] = [this.#zones.get(zoneKey) ?? zone, visit];
        continue;
      }
      const found = mostSaid(visit);
      if (found === null) {
        this.end = this.#endWithout(visit);
        return;
      }
      const { said, seen } = found;
      visit.outcome = said.kind;
      if (said.kind !== 'alias') {
        const inner = yield* this.#innerZone(visit, seen, said.apex);
        if (inner !== null) {
          visit.leadsTo = inner.key;
          if (++depth > this.#plan.limits.zones) {
            this.#endAtLimit('zones', visit, `more than ${this.#plan.limits.zones} zones`);
            return;
          }
          [zone, parent] = [inner, null];
          continue;
        }
      }
      this.answers.push(...said.records);
      if (said.kind !== 'alias') {
        this.rcode = said.kind === 'no-name' ? 'NXDOMAIN' : 'NOERROR';
        this.end = { reason: said.kind, zone: visit.zone.name, name, detail: null };
        if (said.kind === 'answer') yield* this.#findWildcard(visit, seen, contentOf(said.records));
        return;
      }
      const target = nameKey(said.target);
      visit.leadsTo = target;
      if (names.has(target)) {
        this.end = { reason: 'alias-loop', zone: visit.zone.name, name: target, detail: `the aliases lead back to ${target}` };
        return;
      }
      names.add(target);
      if (names.size > this.#plan.limits.aliases) {
        this.#endAtLimit('aliases', visit, `more than ${this.#plan.limits.aliases} aliases`);
        return;
      }
      name = target;
      depth = 1;
      [zone, parent] = [this.#zones.deepest(target, (candidate) => this.#hosts.reachable(candidate)), null];
    }
  }

  #begin(zone: Zone, name: string, parent: Visit | null): Visit {
    const by = this.visits.some((visit) => visit.zone === zone) ? 'known' : zone.by;
    const visit: Visit = { zone, name, by, seen: new Map(), referral: null, finished: false, leadsTo: null, outcome: null };
    this.visits.push(visit);
    this.#visitor.begin(visit, parent);
    return visit;
  }

  /** Enters what a referral says, and asks the same server whether the delegation is signed. */
  #learn(zone: Zone, referral: Referral, address: string): Zone {
    const known = this.#zones.get(referral.zoneKey);
    const child = known ?? this.#zones.add(referral.zone, 'referral', zone);
    child.ignoredRecords += referral.ignoredRecords;
    for (const name of referral.servers) {
      const server = this.#zones.addServer(child, name);
      if (server === null) continue;
      server.inParent = true;
      for (const glue of referral.glue.get(server.key) ?? []) {
        if (!server.glue.includes(glue)) server.glue.push(glue);
        addAddress(server, glue, 'glue');
      }
    }
    if (known === null) this.#inquiry.spawn(this.#askForSigners(child, address));
    return child;
  }

  *#askForSigners(zone: Zone, address: string): Task {
    const asked = this.#inquiry.ask({ address, name: zone.name, type: 'DS', transport: 'udp', edns: true });
    const reply = yield* this.#inquiry.replyTo(asked);
    if (reply.kind === 'answered') zone.delegationSigners = readDelegationSigners(reply.message, zone.name);
  }

  /**
   * The zone below that holds the name, where the servers of this zone serve that one too: they then answer without a referral, and the cut
   * between the two shows only in the SOA record.
   */
  *#innerZone(visit: Visit, seen: Seen, told: string | null): Task<Zone | null> {
    const { zone, name } = visit;
    if (name === zone.key) return null;
    let apex = told;
    if (apex === null) {
      const asked = this.#inquiry.ask({ address: seen.address, name, type: 'SOA', transport: 'udp', edns: seen.edns !== 'dropped' });
      const reply = yield* this.#inquiry.replyTo(asked);
      apex = reply.kind === 'answered' ? (readStartOfAuthority(reply.message, name)?.zone ?? null) : null;
    }
    if (apex === null || !isBelow(apex, zone.key) || !isWithin(name, apex) || this.#zones.get(apex)?.by === 'same-servers') return null;

    const asked = this.#inquiry.ask({ address: seen.address, name: apex, type: 'NS', transport: 'udp', edns: seen.edns !== 'dropped' });
    const reply = yield* this.#inquiry.replyTo(asked);
    const servers = reply.kind === 'answered' ? readNameServers(reply.message, apex) : null;
    const inner = this.#zones.add(apex, 'same-servers', zone);
    if (reply.kind === 'answered' && servers !== null) {
      const { glue } = readGlue(reply.message, servers, zone.key);
      for (const name of servers) {
        const server = this.#zones.addServer(inner, name);
        if (server === null) continue;
        server.inChild = true;
        for (const address of glue.get(server.key) ?? []) addAddress(server, address, 'records');
      }
      return inner;
    }
    for (const [key, { name, addresses }] of zone.servers) {
      const server = this.#zones.addServer(inner, name, key);
      for (const [address, sources] of addresses) for (const source of sources) if (server !== null) addAddress(server, address, source);
    }
    return inner;
  }

  /** Whether a wildcard above the name gives the same records (RFC 4592). A server asked for `*.example` answers with the wildcard itself. */
  *#findWildcard(visit: Visit, seen: Seen, records: readonly string[]): Task {
    const { zone, name } = visit;
    if (name.startsWith('*.')) return;
    let above = parentKey(name);
    for (let level = 0; level < WILDCARD_LEVELS && name !== zone.key && above !== null && isWithin(above, zone.key); level++) {
      const owner = above === '.' ? '*' : `*.${above}`;
      const { type } = this.#plan;
      const asked = this.#inquiry.ask({ address: seen.address, name: owner, type, transport: 'udp', edns: seen.edns !== 'dropped' });
      const reply = yield* this.#inquiry.replyTo(asked);
      const said = reply.kind === 'answered' ? readReply(reply.message, { zone: zone.name, name: owner, type }) : null;
      if (said?.kind === 'answer') {
        if (contentOf(said.records).join('\n') === records.join('\n')) this.wildcard = owner;
        return;
      }
      above = parentKey(above);
    }
  }

  #endAtLimit(limit: Limit, visit: Visit, detail: string): void {
    this.#limits.add(limit);
    this.end = { reason: 'limit', zone: visit.zone.name, name: visit.name, detail };
  }

  /** Where no server of the zone said anything that leads on. */
  #endWithout({ zone, name, seen }: Visit): End {
    const states = [...seen.values()];
    const end = (reason: End['reason'], detail: string | null): End => ({ reason, zone: zone.name, name, detail });
    if (this.#stopped === 'interrupted') return end('interrupted', null);
    if (this.#stopped === 'time') return end('limit', `the walk took ${this.#plan.limits.timeMs} ms`);
    if (this.#inquiry.exhausted) return end('limit', `${this.#plan.limits.queries} questions were asked`);
    if (states.length === 0) return end('no-address', 'no address of its servers was found');
    if (states.every(({ reply }) => reply?.kind === 'not-asked')) return end('no-route', 'no address of its servers could be asked');
    if (states.some(({ said, reply }) => said?.kind === 'lame' || reply?.kind === 'malformed')) return end('lame', null);
    return end('silent', null);
  }
}
