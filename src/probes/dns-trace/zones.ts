import type { DataOf } from '../../model/measurement.js';
import { nameKey } from '../../wire/dns/name.js';
import { depthOfName, isWithin } from '../../wire/dns/tree.js';
import type { RootHint } from './root-hints.js';

type Step = DataOf<'dns-trace'>['steps'][number];
export type AddressSource = Step['servers'][number]['addresses'][number]['from'][number];
export type HostFailure = NonNullable<Step['servers'][number]['failure']>;

/** The authoritative addresses of the name of a server, looked up by a walk of its own. */
export interface HostLookup {
  key: string;
  name: string;
  /** `null` as long as it is looked up, and where nothing was found. */
  addresses: string[] | null;
  failure: HostFailure | null;
  done: boolean;
  /** The name for which it waits. */
  waitsFor: HostLookup | null;
}

export interface ZoneServer {
  key: string;
  /** `null`: root hints that are an address alone. */
  name: string | null;
  inParent: boolean | null;
  inChild: boolean | null;
  glue: string[];
  addresses: Map<string, Set<AddressSource>>;
  lookup: HostLookup | null;
}

/** What is known of a zone and those who should serve it. */
export interface Zone {
  key: string;
  name: string;
  by: 'hints' | 'referral' | 'same-servers';
  parent: Zone | null;
  servers: Map<string, ZoneServer>;
  omitted: Set<string>;
  ignoredRecords: number;
  delegationSigners: string[] | null;
  /** What the zone says of its own servers, together. */
  ownServers: Set<string> | null;
}

/** The zones met so far. */
export class Zones {
  readonly #byKey = new Map<string, Zone>();
  readonly #maximumServers: number;
  readonly root: Zone;

  constructor(hints: readonly RootHint[], maximumServers: number) {
    this.#maximumServers = maximumServers;
    this.root = this.add('.', 'hints', null);
    hints.forEach(({ name, addresses }, index) => {
      const server = this.addServer(this.root, name === '' ? null : name, `#${index}`);
      if (server === null) return;
      server.inParent = true;
      for (const address of addresses) addAddress(server, address, 'hints');
    });
  }

  get(key: string): Zone | null {
    return this.#byKey.get(key) ?? null;
  }

  /** The zone, made now where it was not known. */
  add(name: string, by: Zone['by'], parent: Zone | null): Zone {
    const key = nameKey(name);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const zone: Zone = {
      key,
      name: key,
      by,
      parent,
      servers: new Map(),
      omitted: new Set(),
      ignoredRecords: 0,
      delegationSigners: null,
      ownServers: null,
    };
    this.#byKey.set(key, zone);
    return zone;
  }

  /** A server of a zone, by its name; `null` where the zone has as many as are looked at. */
  addServer(zone: Zone, name: string | null, keyWithoutName = ''): ZoneServer | null {
    const key = name === null ? keyWithoutName : nameKey(name);
    const known = zone.servers.get(key);
    if (known !== undefined) return known;
    if (zone.servers.size >= this.#maximumServers) {
      if (zone.omitted.size < 1000) zone.omitted.add(key);
      return null;
    }
    const server: ZoneServer = {
      key,
      name: name === null ? null : key,
      inParent: zone.by === 'same-servers' ? null : false,
      inChild: null,
      glue: [],
      addresses: new Map(),
      lookup: null,
    };
    zone.servers.set(key, server);
    return server;
  }

  /** The deepest known zone that a name lies in, for which `usable` holds. */
  deepest(key: string, usable: (zone: Zone) => boolean): Zone {
    let found = this.root;
    for (const zone of this.#byKey.values()) {
      if (isWithin(key, zone.key) && depthOfName(zone.key) > depthOfName(found.key) && usable(zone)) found = zone;
    }
    return found;
  }
}

export function addAddress(server: ZoneServer, address: string, source: AddressSource): void {
  const key = address.toLowerCase();
  const sources = server.addresses.get(key);
  if (sources !== undefined) sources.add(source);
  else if (server.addresses.size < 16) server.addresses.set(key, new Set([source]));
}
