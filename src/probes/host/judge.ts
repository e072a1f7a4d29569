import type { MeasurementOf } from '../../model/measurement.js';
import type { HostOptions } from '../../model/probe-options.js';
import type { Check } from '../../model/report.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { check, skippedCheck } from '../check.js';
import { type HostMeasurement, type Interface, isLinkLocal, type Lookup, lacking, usableAddresses } from './facts.js';
import { judgeAddress, judgeLease } from './judge-address.js';
import { describeLink, judgeOtherLinks, noCarrier } from './judge-links.js';
import { judgeRouting } from './judge-routing.js';
import { covers } from './network-of.js';
import { outwardLinks } from './outward.js';
import { generalTables, prefixName, REFUSING_TYPES, tableName } from './routing.js';

/** What else there is to know besides the measurement; absent: the ways to the targets are all that counts. */
export interface HostJudgement {
  scope?: HostOptions['scope'];
}

/**
 * `l2.interface`, `l1.carrier`, `l2.address`, `l3.route` of the machine, for the ways that the targets take (`lookups`). What the kernel
 * says of those decides: an idle interface that is down is no fault. With scope `all` every other link and the facts of the routing have
 * their lines too; otherwise only what is wrong on the ways.
 */
export function judgeHost(measurement: HostMeasurement, lookups: readonly Lookup[], { scope = 'path' }: HostJudgement = {}): Check[] {
  const found = lookups.filter((lookup) => lookup.attempt.kind === 'measured').map((lookup) => lookup.data);
  const onlyHere = found.length > 0 && found.every((lookup) => lookup.loopback === true);
  const used = usedInterfaces(measurement, found, scope);
  const named = measurement.data.interfaces.filter((entry) => used.has(entry.name));
  // The way can be by a link that is not told, or that came after the links were read.
  const candidates = named.length > 0 ? named : outwardLinks(measurement.data.interfaces.filter((entry) => !entry.loopback));
  // Several ways out and none of them in use: the one that got furthest is the one that should have worked.
  const best = onlyHere ? undefined : [...candidates].sort((a, b) => progress(b) - progress(a))[0];
  const own = onlyHere ? judgeLoopback(measurement) : [...judgeLink(measurement, best, lookups), judgeRoute(measurement, lookups, best)];
  const others = measurement.data.interfaces.filter((entry) => entry !== best && !(onlyHere && entry.loopback));
  return [
    ...own,
    ...(best === undefined ? [] : judgeLease(measurement, best, scope)),
    ...judgeOtherLinks(measurement, others, { lookups, scope }),
    ...judgeRouting(measurement, { lookups, scope }),
  ];
}

/** The interfaces on the ways to the targets; with none known, and all to be told, the one that the first default route goes by. */
function usedInterfaces(
  { data }: HostMeasurement,
  found: readonly Lookup['data'][],
  scope: HostOptions['scope'],
): ReadonlySet<string | null> {
  const used = new Set(found.filter((lookup) => lookup.loopback === false).map((lookup) => lookup.interface));
  const [first] = data.defaultRoutes;
  if (used.size > 0 || scope === 'path' || first === undefined) return used;
  return new Set([first.interface]);
}

function judgeLoopback(measurement: HostMeasurement): Check[] {
  const loopback = measurement.data.interfaces.find((entry) => entry.loopback);
  const because = 'every target is on this machine';
  const name = loopback?.name ?? 'loopback';
  return [
    check({ kind: 'l2.interface', layer: 2, title: name, measurement, status: 'pass', observed: `loopback: ${because}`, expected: 'up' }),
    skippedCheck({ kind: 'l3.route', layer: 3, title: 'default route', measurement }, because),
    skippedCheck({ kind: 'l3.gateway', layer: 3, title: 'gateway', measurement }, because),
  ];
}

/** How far an interface is on its way to be usable. */
function progress(entry: Interface): number {
  if (entry.up === false) return 0;
  if (entry.carrier === false) return 1;
  return usableAddresses(entry).length === 0 ? 2 : 3;
}

function judgeLink(measurement: HostMeasurement, best: Interface | undefined, lookups: readonly Lookup[]): Check[] {
  const line = { kind: 'l2.interface', layer: 2, title: best?.name ?? 'interface', measurement } as const;
  if (best === undefined) {
    // A system that does not even list its loopback tells nothing, unless its kernel knows no way at all.
    const noWay = lookups.length > 0 && lookups.every(({ attempt }) => attempt.kind === 'failed');
    if (measurement.data.interfaces.length === 0 && !noWay) return [skippedCheck(line, lacking(measurement, 'links'))];
    // Node names only those that are up and have an address.
    const told = measurement.data.interfaces;
    if (told.length > 0 && told.every(({ source }) => source === 'os.networkInterfaces()')) {
      const none = 'no interface besides the loopback is up and has an address';
      const address = { ...line, kind: 'l2.address', title: 'address' } as const;
      return [check({ ...address, status: 'fail', code: 'no-address', observed: none, expected: 'an address' })];
    }
    const observed = 'there is no network interface besides the loopback';
    return [check({ ...line, status: 'fail', code: 'interface-down', observed, expected: 'one that is up' })];
  }
  if (best.up === false)
    return [check({ ...line, status: 'fail', code: 'interface-down', observed: `${best.name} is down`, expected: 'up' })];
  const observed = best.up === null ? 'state not told by the system' : describeLink(best, measurement);
  const checks = [check({ ...line, status: 'pass', observed, expected: 'up' })];
  if (best.carrier === false) {
    const carrier = { ...line, kind: 'l1.carrier', layer: 1, title: `${best.name} carrier`, expected: 'carrier' } as const;
    return [...checks, check({ ...carrier, status: 'fail', code: 'no-carrier', observed: noCarrier(best) })];
  }
  return [...checks, judgeAddress(measurement, best, lookups)];
}

function judgeRoute(measurement: HostMeasurement, lookups: readonly Lookup[], best: Interface | undefined): Check {
  const line = { kind: 'l3.route', layer: 3, title: 'default route', measurement } as const;
  const { defaultRoutes, routesKnown } = measurement.data;
  const route = defaultRoutes.find((entry) => entry.interface === best?.name) ?? defaultRoutes[0];
  if (route !== undefined) {
    const observed = route.gateway === null ? `on ${route.interface}` : `${route.gateway} on ${route.interface}`;
    return check({ ...line, status: 'pass', observed, expected: 'a default route' });
  }
  const measured = lookups.filter((lookup) => lookup.attempt.kind === 'measured');
  if (!routesKnown) return skippedCheck(line, 'the system does not tell its routes');
  if (measured.length > 0 && measured.length === lookups.length) {
    return check({
      ...line,
      status: 'pass',
      observed: 'none, and none needed: every target has a route of its own',
      expected: 'a route to each target',
    });
  }
  // Routes that refuse are judged for each target: with them, it is not the missing default that stands in the way.
  const missing =
    lookups.length === 0 || lookups.some((lookup) => lookup.attempt.kind === 'failed' && lookup.attempt.code === 'ENETUNREACH');
  if (!missing) return skippedCheck(line, 'there is none, but other routes decide for the targets');
  if (lookups.length === 0 && resolversAreNear(measurement))
    return skippedCheck(
      line,
      'there is none; whether one is needed is not known, as no target has an address, and the resolvers have routes of their own',
    );
  return check({ ...line, status: 'fail', code: 'no-default-route', observed: withoutDefault(measurement), expected: 'a default route' });
}

/**
 * Whether every resolver is in a network for which there is a route: what they say, or that they say nothing, has other reasons than the
 * missing default. One on this machine passes questions on, by whichever way.
 */
function resolversAreNear({ data: { resolvers, routes } }: HostMeasurement): boolean {
  const addresses = resolvers.flatMap((text) => parseDnsServer(text)?.address ?? []);
  const near = (address: string) =>
    isLinkLocal({ address }) ||
    (routes ?? []).some((route) => route.type === 'unicast' && route.prefixLength > 0 && covers(route, address));
  return addresses.length > 0 && addresses.every((address) => near(address));
}

/** A route that refuses everything stands where a default route should, or goes before it. */
function withoutDefault({ data: { routes, rules } }: HostMeasurement): string {
  const defaults = (routes ?? []).filter((route) => route.prefixLength === 0 && generalTables(rules, route.family).includes(route.table));
  const refusing = defaults.find((route) => REFUSING_TYPES.has(route.type) && !isNullRoute(route));
  if (refusing === undefined) return 'there is none';
  const named = [refusing.type, prefixName(refusing), tableName(refusing.table)].filter((word) => word !== '').join(' ');
  return defaults.some(({ type }) => type === 'unicast')
    ? `one that refuses goes before it: ${named}`
    : `there is only one that refuses: ${named}`;
}

/** Older kernels list what they do without a route as one of the lowest preference. */
function isNullRoute({ metric }: NonNullable<MeasurementOf<'host'>['data']['routes']>[number]): boolean {
  return metric === 0xffffffff;
}
