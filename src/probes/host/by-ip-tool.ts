import { type Attempt, failed, measured, reasonOf } from '../../model/attempt.js';
import type { LocalSystem } from '../../net/port.js';
import { parseIpAddresses, parseIpNeighbors, parseIpRoutes, parseIpRules, parseRouteTableNames } from '../../wire/linux/ip-json.js';
import type { Parsed } from '../../wire/parsed.js';
import { gatewayKeys, type LinkReading, NO_LINKS, neighborKey } from './reading.js';
import { defaultRoutesOf, keepRoutes, type Route } from './routing.js';

const ADDRESSES = ['-j', '-d', '-s', 'addr', 'show'];
const ROUTES = { 4: ['-j', '-d', '-4', 'route', 'show', 'table', 'all'], 6: ['-j', '-d', '-6', 'route', 'show', 'table', 'all'] } as const;
const RULES = { 4: ['-j', '-4', 'rule', 'show'], 6: ['-j', '-6', 'rule', 'show'] } as const;
const NEIGHBORS = ['-j', 'neigh', 'show'];

/** Names of tables, where iproute2 keeps them in its older and newer versions. */
const TABLE_NAMES = ['/usr/share/iproute2/rt_tables', '/usr/lib/iproute2/rt_tables', '/etc/iproute2/rt_tables'];

const command = (args: readonly string[]) => `ip ${args.join(' ')}`;

/**
 * Asks `ip` (iproute2) for JSON, where the kernel cannot be asked directly. Not `measured` where it does not even list the links: it is not
 * installed, is another one (BusyBox), or is too old.
 */
export async function readByIpTool(local: LocalSystem, signal: AbortSignal): Promise<Attempt<LinkReading>> {
  const ask = async <T>(args: readonly string[], parse: (text: string) => Parsed<T>): Promise<Attempt<T>> => {
    const output = await local.tool({ file: 'ip', args, signal });
    if (output.kind !== 'measured') return output;
    const { stdout, stderr, exitCode } = output.value;
    if (exitCode !== 0) return failed('request', 'exit', `${command(args)}: ${stderr.split('\n', 1)[0]?.trim() || `status ${exitCode}`}`);
    const read = parse(stdout);
    return read.ok ? measured(read.value) : failed('request', 'nonsense', `${command(args)}: ${read.refusal}`);
  };
  const links = ask(ADDRESSES, (text) => parseIpAddresses(text, command(ADDRESSES)));
  const names = await Promise.all(TABLE_NAMES.map((path) => local.file(path)));
  const tables = parseRouteTableNames(names.map((text) => (text.kind === 'measured' ? text.value : '')).join('\n'));
  const both = <T>(commands: typeof ROUTES | typeof RULES, parse: (text: string, family: 4 | 6) => Parsed<T[]>) =>
    Promise.all(([4, 6] as const).map((family) => ask(commands[family], (text) => parse(text, family)))).then(joined);
  const [interfaces, routes, rules, neighbors] = await Promise.all([
    links,
    both(ROUTES, (text, family) => parseIpRoutes(text, family, tables)),
    both(RULES, (text, family) => parseIpRules(text, family, tables)),
    ask(NEIGHBORS, parseIpNeighbors),
  ]);
  if (interfaces.kind !== 'measured') return interfaces;
  return measured({
    ...NO_LINKS,
    interfaces: interfaces.value,
    ...routingOf(routes, rules),
    neighbors:
      neighbors.kind === 'measured' && routes.kind === 'measured'
        ? ofGateways(neighbors.value, gatewayKeys(routes.value.map(outward)))
        : null,
    neighborsSource: neighbors.kind === 'measured' ? command(NEIGHBORS) : null,
    absent: [...absence('routes', routes), ...absence('rules', rules), ...absence('neighbours', neighbors)],
  });
}

function routingOf(routes: Attempt<Route[]>, rules: Attempt<NonNullable<LinkReading['rules']>>): Partial<LinkReading> {
  const known = rules.kind === 'measured' ? rules.value : null;
  const ruling = { rules: known, rulesSource: known === null ? null : `${command(RULES[4])}, ${command(RULES[6])}` };
  if (routes.kind !== 'measured') return ruling;
  const all = routes.value.map(outward);
  return {
    ...ruling,
    ...keepRoutes(all),
    routesSource: `${command(ROUTES[4])}, ${command(ROUTES[6])}`,
    routesKnown: true,
    defaultRoutes: defaultRoutesOf(all, known),
  };
}

/** Routes that refuse stand on the loopback in IPv6: no next hop. */
function outward(route: Route): Route {
  return route.type === 'unicast' || route.type === 'nat' ? route : { ...route, nextHops: [] };
}

function ofGateways(neighbors: NonNullable<LinkReading['neighbors']>, gateways: ReadonlySet<string>) {
  return neighbors.filter((neighbor) => gateways.has(neighborKey(neighbor.address, neighbor.interface)));
}

/** One family's list without the other would be taken for the whole. */
function joined<T>([ipv4, ipv6]: Attempt<T[]>[]): Attempt<T[]> {
  if (ipv4?.kind !== 'measured') return ipv4 ?? measured([]);
  // A kernel without IPv6 has no list of it.
  return measured([...ipv4.value, ...(ipv6?.kind === 'measured' ? ipv6.value : [])]);
}

function absence(fact: string, attempt: Attempt<unknown>): LinkReading['absent'] {
  return attempt.kind === 'measured' ? [] : [{ fact, because: reasonOf(attempt) }];
}
