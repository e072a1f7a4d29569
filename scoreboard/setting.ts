import type { Impairment } from '../test/netns/impairment.mjs';
import type { Layout, Link, LinkEnd } from '../test/netns/network.js';
import { linkName } from '../test/netns/set-up.js';
import type { Case } from './case.js';
import type { ScoreboardNetwork, Services } from './network.js';

/** The network's layout as the case changes it. A link that a fault impairs is one that can be. */
export function layoutOf({ layout }: ScoreboardNetwork, { change = {}, fault = [] }: Pick<Case, 'change' | 'fault'>): Layout {
  const impaired = new Set(fault.flatMap((step) => ('impair' in step ? [step.impair] : [])));
  const links = (layout.links ?? []).map((link): Link => {
    const changed = change.links?.[linkName(link)] ?? {};
    const end = (one: LinkEnd): LinkEnd => ({
      ...one,
      addresses: change.addresses?.[one.host]?.[one.interface] ?? one.addresses ?? [],
      ...(changed.from?.[one.host] === undefined ? {} : { impairment: changed.from[one.host] as Impairment }),
    });
    const impairment = (changed.impairment as Impairment | undefined) ?? link.impairment ?? (impaired.has(linkName(link)) ? {} : undefined);
    return {
      ...link,
      ends: [end(link.ends[0]), end(link.ends[1])],
      ...(changed.mtuBytes === undefined ? {} : { mtuBytes: changed.mtuBytes }),
      ...(impairment === undefined ? {} : { impairment }),
      ethernet: true,
    };
  });
  return { ...layout, links, routes: { ...layout.routes, ...change.routes }, resolvers: { ...layout.resolvers, ...change.resolvers } };
}

/** The services of all hosts: the network's, with what the case says put over it, field by field; `null` takes away. */
export function servicesOf({ services }: ScoreboardNetwork, one: Pick<Case, 'services'>): Record<string, Services> {
  return merged(services, one.services ?? {}) as Record<string, Services>;
}

/** Lists and plain values replace, records go into each other. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return isRecord(over) ? merged({}, over) : over;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete result[key];
    else result[key] = isRecord(value) ? merged(result[key] ?? {}, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All addresses of a host, without prefix length. */
export function addressesOf(layout: Layout, host: string): string[] {
  const ends = (layout.links ?? []).flatMap((link) => link.ends.filter((end) => end.host === host));
  const all = [...ends.flatMap(({ addresses = [] }) => addresses), ...(layout.loopback?.[host] ?? [])];
  return all.map((address) => address.split('/')[0] ?? address);
}

/** Of `400ms` or `1.5s`. */
export function milliseconds(moment: string): number {
  const [, number = '0', unit] = /^([\d.]+)(ms|s)$/.exec(moment) ?? [];
  return Number(number) * (unit === 's' ? 1000 : 1);
}
