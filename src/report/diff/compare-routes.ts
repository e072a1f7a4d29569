import type { MeasurementOf } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import type { RouteDiff } from '../../model/report-diff.js';
import { addressFamily } from '../../model/target.js';
import { alignPaths, type PathHop } from './align-paths.js';

type Route = MeasurementOf<'route'>;

/** Routers of the paths that both reports followed to one target by one method over one family. */
export function compareRoutes(before: Report, after: Report): { routes: RouteDiff[]; notes: string[] } {
  const earlier = routesOf(before);
  const routes: RouteDiff[] = [];
  const notes: string[] = [];
  for (const [subject, later] of routesOf(after)) {
    const known = earlier.get(subject);
    if (known === undefined) continue;
    const route = [...later].find(([method]) => known.has(method));
    const { target, method } = [...later.values()][0] as Route;
    if (route === undefined) {
      const methods = [[...known.keys()][0], method].map((name) => name ?? 'no method');
      notes.push(
        `The path to ${target ?? 'an address that nobody named'} was followed by ${methods[0]} before and by ${methods[1]} now: it is not compared.`,
      );
      continue;
    }
    const [sameMethod, made] = route;
    const difference = compareRoute(known.get(sameMethod) as Route, made);
    if (difference !== null) routes.push(difference);
  }
  return { routes, notes };
}

/** The first route by each method, by where it leads. */
function routesOf({ measurements }: Report): Map<string, Map<string | null, Route>> {
  const found = new Map<string, Map<string | null, Route>>();
  for (const measurement of measurements) {
    if (measurement.probe !== 'route' || measurement.data.hops.length === 0) continue;
    const { address } = measurement.data;
    const family = address === null ? null : addressFamily(address);
    const subject = JSON.stringify(measurement.target === null ? [null, address] : [measurement.target, family]);
    const byMethod = found.get(subject) ?? new Map<string | null, Route>();
    found.set(subject, byMethod);
    if (!byMethod.has(measurement.method)) byMethod.set(measurement.method, measurement);
  }
  return found;
}

/** `null`: it is the same path, as far as both were seen. */
function compareRoute(before: Route, after: Route): RouteDiff | null {
  const hops = alignPaths(pathOf(before), pathOf(after));
  const { target, method } = after;
  // Where one of the two broke off, what lies behind is not known of it; that it broke off is said by a check.
  while (hops.length > 0) {
    const last = hops[hops.length - 1];
    const isUnseen = (last?.kind === 'gone' && after.data.reached !== true) || (last?.kind === 'new' && before.data.reached !== true);
    if (!isUnseen) break;
    hops.pop();
  }
  const changed = hops
    .filter(({ kind }) => kind !== 'same')
    .map(({ kind, ...hop }) => ({ kind: kind as Exclude<typeof kind, 'same'>, ...hop }));
  if (changed.length === 0) return null;
  return { target, method, kind: changed.every(({ kind }) => kind === 'parallel') ? 'parallel' : 'changed', hops: changed };
}

/** A packet has 8 bits for its hops, and no hop has so many routers side by side. */
const MOST_HOPS = 255;
const MOST_ROUTERS = 16;

/** Hop by hop every router that answered there, in any cycle and on any flow. */
function pathOf({ data }: Route): PathHop[] {
  const routers = new Map<number, Set<string>>();
  const add = (ttl: number, address: string | null): void => {
    const known = routers.get(ttl) ?? new Set<string>();
    routers.set(ttl, known);
    if (address !== null && known.size < MOST_ROUTERS) known.add(address);
  };
  for (const { ttl, addresses } of data.hops.slice(0, MOST_HOPS)) {
    add(ttl, null);
    for (const address of addresses) add(ttl, address);
  }
  for (const { hops } of data.flows) for (const { ttl, address } of hops) if (routers.has(ttl)) add(ttl, address);
  for (const { ttl, from, to } of data.changes) {
    if (!routers.has(ttl)) continue;
    add(ttl, from);
    add(ttl, to);
  }
  return [...routers].sort(([a], [b]) => a - b).map(([ttl, addresses]) => ({ ttl, addresses: [...addresses] }));
}
