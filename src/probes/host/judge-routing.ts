import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { type HostMeasurement, type Interface, isLinkLocal, type Lookup, lacking, namesInShort, type Ways } from './facts.js';
import { networkOf } from './network-of.js';
import {
  generalTables,
  isStandardRule,
  prefixName,
  REFUSING_TYPES,
  type Route,
  type Rule,
  ruleInWords,
  TABLE_MAIN,
  tableName,
} from './routing.js';

/**
 * What the routing of this machine is like beyond its first default route: several of them, routes of a VPN that overrule them, routes that
 * refuse, policy rules, a subnet on two links. With scope `path` only what breaks a way.
 */
export function judgeRouting(measurement: HostMeasurement, { lookups, scope }: Ways): Check[] {
  const { routes, rules } = measurement.data;
  if (routes === null) {
    return scope === 'path' ? [] : [skippedCheck(lineOf(measurement, 'l3.tunnel', 'VPN routes'), lacking(measurement, 'routes'))];
  }
  const tunnels = judgeTunnels(measurement, routes, lookups);
  if (scope === 'path') return tunnels.filter(({ status }) => status === 'fail');
  return [
    ...([4, 6] as const).flatMap((family) => judgeDefaults(measurement, routes, family)),
    ...(tunnels.length > 0 ? tunnels : [pass(measurement, 'l3.tunnel', 'VPN routes', 'none before the default')]),
    judgeSubnets(measurement, routes),
    judgeRefusals(measurement, routes),
    judgeRules(measurement, rules),
  ];
}

function lineOf(measurement: HostMeasurement, kind: string, title: string) {
  return { kind, layer: 3, title, measurement } as const;
}

function pass(measurement: HostMeasurement, kind: string, title: string, observed: string): Check {
  return check({ ...lineOf(measurement, kind, title), status: 'pass', observed });
}

/** `l3.defaults@ipv4`: where there are several, which one is taken, or that nothing decides it. */
function judgeDefaults(measurement: HostMeasurement, routes: readonly Route[], family: 4 | 6): Check[] {
  const defaults = routes.filter(
    (route) => route.family === family && route.prefixLength === 0 && route.type === 'unicast' && route.table === TABLE_MAIN,
  );
  if (defaults.length < 2) return [];
  const sorted = [...defaults].sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0) || rank(b) - rank(a));
  const [first, second] = sorted;
  if (first === undefined || second === undefined) return [];
  const title = `IPv${family} default routes`;
  const named = (made: Check) => [{ ...made, id: `l3.defaults@ipv${family}` }];
  const equal = sorted.filter((route) => route.metric === first.metric && rank(route) === rank(first));
  const links = [...new Set(equal.flatMap(linksOf))];
  if (equal.length > 1 && links.length > 1) {
    const observed = `${equal.length} with metric ${first.metric ?? 0}, by ${namesInShort(links)}: nothing decides between them`;
    const expected = 'a different metric for each';
    return named(check({ ...lineOf(measurement, 'l3.defaults', title), status: 'warn', code: 'route-ambiguous', observed, expected }));
  }
  const others = sorted.filter((route) => route !== first).map((route) => `${linksOf(route).join(', ')} (${route.metric ?? 0})`);
  const observed = `by ${linksOf(first).join(', ')} (metric ${first.metric ?? 0}) before ${namesInShort(others)}`;
  return named(pass(measurement, 'l3.defaults', title, observed));
}

/** Routers say how much they want to be taken (RFC 4191). */
function rank({ preference }: Route): number {
  return preference === 'high' ? 1 : preference === 'low' ? -1 : 0;
}

function linksOf(route: Route): string[] {
  return [...new Set(route.nextHops.flatMap((hop) => (hop.interface === null ? [] : [hop.interface])))];
}

interface OfFamily {
  family: 4 | 6;
  lookups: readonly Lookup[];
}

const HALVES = { 4: ['0.0.0.0', '128.0.0.0'], 6: ['::', '8000::'] } as const;

/**
 * `l3.tunnel@ipv4`: what takes all traffic in place of the default route: two halves of all addresses (as OpenVPN has it), or a table of its
 * own that a rule asks first (as WireGuard has it).
 */
function judgeTunnels(measurement: HostMeasurement, routes: readonly Route[], lookups: readonly Lookup[]): Check[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = routes.filter((route) => route.family === family && route.type === 'unicast');
    return [...judgeHalves(measurement, own, { family, lookups }), ...judgeTables(measurement, own, { family, lookups })];
  });
}

/** Targets that go that way fail by themselves, those that do not are well: only without any is it the fault of the whole machine. */
function severity(lookups: readonly Lookup[]): 'fail' | 'warn' {
  return lookups.length === 0 ? 'fail' : 'warn';
}

function judgeHalves(measurement: HostMeasurement, routes: readonly Route[], { family, lookups }: OfFamily): Check[] {
  const tables = generalTables(measurement.data.rules, family);
  const halves = routes.filter(
    (route) =>
      route.prefixLength === 1 && tables.includes(route.table) && HALVES[family].some((destination) => destination === route.destination),
  );
  if (halves.length === 0) return [];
  const links = [...new Set(halves.flatMap(linksOf))];
  const prefixes = [...new Set(halves.map(prefixName))];
  const line = lineOf(measurement, 'l3.tunnel', `IPv${family} VPN routes`);
  const named = (made: Check) => [{ ...made, id: `l3.tunnel@ipv${family}` }];
  const by = `${prefixes.join(' and ')} by ${links.join(', ')}`;
  const dead = halves.filter((route) => isDead(measurement, route));
  if (dead.length > 0) {
    const observed = `${by}, which ${stateOf(measurement, dead)}: what they cover goes nowhere`;
    return named(check({ ...line, status: severity(lookups), code: 'route-wrong', observed, expected: 'a link that works' }));
  }
  if (prefixes.length === 1) {
    const observed = `${by}, without the other half: that goes another way`;
    return named(check({ ...line, status: 'warn', code: 'route-wrong', observed, expected: 'both halves, or none' }));
  }
  return named(
    check({ ...line, status: 'pass', observed: `${by} take everything, before any default route${beside(measurement, family, links)}` }),
  );
}

/** A table that a rule asks before `main`, with a default route in it. */
function judgeTables(measurement: HostMeasurement, routes: readonly Route[], { family, lookups }: OfFamily): Check[] {
  const { rules } = measurement.data;
  const tables = generalTables(rules, family);
  const first = tables.slice(0, tables.includes(TABLE_MAIN) ? tables.indexOf(TABLE_MAIN) : tables.length);
  const table = first.find((number) => routes.some((route) => route.table === number && route.prefixLength === 0));
  const route = routes.find((entry) => entry.table === table && entry.prefixLength === 0);
  if (table === undefined || route === undefined) return [];
  const rule = rules?.find((entry) => entry.family === family && entry.table === table);
  const by = linksOf(route).join(', ');
  const line = lineOf(measurement, 'l3.tunnel', `IPv${family} VPN routes`);
  const named = (made: Check) => [{ ...made, id: `l3.tunnel@ipv${family}` }];
  const why = `${tableName(table)}, by rule ${rule?.priority ?? '?'}`;
  if (isDead(measurement, route)) {
    const observed = `all goes by ${by}, which ${stateOf(measurement, [route])} (${why})`;
    return named(check({ ...line, status: severity(lookups), code: 'route-wrong', observed, expected: 'a link that works' }));
  }
  return named(check({ ...line, status: 'pass', observed: `all goes by ${by} (${why})${beside(measurement, family, linksOf(route))}` }));
}

/** Prefixes that stand for the whole of a family; OpenVPN covers what IPv6 hands out (RFC 4291), by one of the three latter ways. */
const ALL_OF: Readonly<Record<4 | 6, readonly (readonly string[])[]>> = {
  4: [['0.0.0.0/1', '128.0.0.0/1']],
  6: [['::/1'], ['2000::/3'], ['2000::/4', '3000::/4']],
};

/** A tunnel for one family leaves the other outside: worth a word, since few know it. */
function beside({ data }: HostMeasurement, family: 4 | 6, links: readonly string[]): string {
  const other = family === 4 ? 6 : 4;
  const taken = data.defaultRoutes.find((route) => route.family === other);
  if (taken === undefined || links.includes(taken.interface)) return '';
  const inside = new Set(
    (data.routes ?? [])
      .filter((route) => route.family === other && route.type === 'unicast' && linksOf(route).some((name) => links.includes(name)))
      .map(prefixName),
  );
  const covered = ALL_OF[other].some((prefixes) => prefixes.every((prefix) => inside.has(prefix)));
  return covered ? '' : `; IPv${other} goes by ${taken.interface} all the same`;
}

function isDead({ data }: HostMeasurement, route: Route): boolean {
  return (
    route.nextHops.length > 0 &&
    route.nextHops.every((hop) => {
      const link = data.interfaces.find(({ name }) => name === hop.interface);
      return hop.linkDown === true || link?.up === false || link?.carrier === false;
    })
  );
}

function stateOf({ data }: HostMeasurement, routes: readonly Route[]): string {
  const links = routes.flatMap(linksOf).flatMap((name) => data.interfaces.find((link) => link.name === name) ?? []);
  return links.some(({ up }) => up === false) ? 'is down' : 'has no carrier';
}

/** `l3.shared-subnet`: whether one subnet is on two links that are in use, and nothing decides which of them its addresses are reached by. */
function judgeSubnets(measurement: HostMeasurement, routes: readonly Route[]): Check {
  const line = lineOf(measurement, 'l3.shared-subnet', 'shared subnets');
  const byNetwork = new Map<string, Interface[]>();
  for (const link of measurement.data.interfaces) {
    if (link.loopback || link.up === false || link.carrier === false || link.master !== null) continue;
    const networks = link.addresses
      .filter((address) => !isLinkLocal(address) && address.duplicate !== true && address.prefixLength < (address.family === 4 ? 31 : 127))
      .flatMap((address) => networkOf(address.address, address.prefixLength) ?? []);
    for (const network of new Set(networks)) byNetwork.set(network, [...(byNetwork.get(network) ?? []), link]);
  }
  const shared = [...byNetwork].filter(([, links]) => links.length > 1);
  if (shared.length === 0) return check({ ...line, status: 'pass', observed: 'none' });
  const inWords = shared.map(([network, links]) => `${network} on ${links.map(({ name }) => name).join(' and ')}`);
  const undecided = shared.filter(([network, links]) => !isDecided(network, links, routes));
  if (undecided.length === 0) {
    return check({ ...line, status: 'pass', observed: `${namesInShort(inWords, 2)}: the metrics of their routes decide` });
  }
  const observed = `${namesInShort(inWords, 2)}: nothing decides which of them is taken`;
  return check({ ...line, status: 'warn', code: 'route-ambiguous', observed, expected: 'each on one link' });
}

function isDecided(network: string, links: readonly Interface[], routes: readonly Route[]): boolean {
  const direct = routes.filter(
    (route) => route.type === 'unicast' && `${route.destination}/${route.prefixLength}` === network && route.table === TABLE_MAIN,
  );
  const best = Math.min(...direct.map(({ metric }) => metric ?? 0));
  const taken = new Set(direct.filter(({ metric }) => (metric ?? 0) === best).flatMap(linksOf));
  return links.filter(({ name }) => taken.has(name)).length === 1;
}

const SHOWN = 3;

/** `l3.refusals`: routes that refuse on purpose, as a rule; which target they hit is told with its way. */
function judgeRefusals(measurement: HostMeasurement, routes: readonly Route[]): Check {
  const refusing = routes.filter((route) => REFUSING_TYPES.has(route.type) && route.metric !== 0xffffffff);
  if (refusing.length === 0) return pass(measurement, 'l3.refusals', 'refusing routes', 'none');
  const words = refusing.map((route) => [route.type, prefixName(route), tableName(route.table)].filter((word) => word !== '').join(' '));
  return pass(measurement, 'l3.refusals', 'refusing routes', `${refusing.length}: ${namesInShort(words, SHOWN)}`);
}

/** `l3.rules`: policy rules beyond those that every machine has. */
function judgeRules(measurement: HostMeasurement, rules: readonly Rule[] | null): Check {
  const line = lineOf(measurement, 'l3.rules', 'policy rules');
  if (rules === null) return skippedCheck(line, lacking(measurement, 'rules'));
  const further = rules.filter((rule) => !isStandardRule(rule));
  if (further.length === 0) return check({ ...line, status: 'pass', observed: 'the standard ones' });
  const words = [...new Set(further.map(ruleInWords))];
  return check({ ...line, status: 'pass', observed: `${words.length}: ${namesInShort(words, SHOWN)}` });
}
