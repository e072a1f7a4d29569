import type { DataOf } from '../../model/measurement.js';

type Host = DataOf<'host'>;
export type Route = NonNullable<Host['routes']>[number];
export type Rule = NonNullable<Host['rules']>[number];

export const TABLE_DEFAULT = 253;
export const TABLE_MAIN = 254;
export const TABLE_LOCAL = 255;

/** A report is for people and scripts: what is beyond so many routes is counted. */
const ROUTE_LIMIT = 256;

/** What a route of the tables is for: addresses of this machine, broadcasts and multicast need none of our attention. */
const OWN_TYPES: ReadonlySet<string> = new Set(['local', 'broadcast', 'anycast', 'multicast', 'unspecified']);

/** Routes that send nothing anywhere. */
export const REFUSING_TYPES: ReadonlySet<string> = new Set(['blackhole', 'unreachable', 'prohibit']);

/** The routes that say how packets leave, those that decide most first where not all of them are kept. */
export function keepRoutes(routes: readonly Route[]): { routes: Route[]; routesLeftOut: number } {
  const outward = routes.filter((route) => !OWN_TYPES.has(route.type) && !staysOnLink(route));
  if (outward.length <= ROUTE_LIMIT) return { routes: outward, routesLeftOut: 0 };
  const kept = new Set([...outward].sort((a, b) => weight(a) - weight(b)).slice(0, ROUTE_LIMIT));
  return { routes: outward.filter((route) => kept.has(route)), routesLeftOut: outward.length - kept.size };
}

function weight(route: Route): number {
  if (route.prefixLength <= 1) return 0;
  if (REFUSING_TYPES.has(route.type)) return 1;
  return route.table === TABLE_MAIN ? 2 : 3;
}

/** Multicast and link-local ones (RFC 4291): each link has them, and nothing is decided by them. */
function staysOnLink({ family, destination, type }: Route): boolean {
  return family === 6 && type === 'unicast' && /^(ff[0-9a-f]{2}|fe[89ab][0-9a-f]):/i.test(destination);
}

/**
 * The default routes that ordinary packets of this machine can take: those of the main table, and of each table that a rule asks for
 * whatever the packet, in the order in which the tables are asked and by metric. One that refuses ends them: behind it nothing is taken.
 */
export function defaultRoutesOf(routes: readonly Route[], rules: readonly Rule[] | null): Host['defaultRoutes'] {
  return ([4, 6] as const).flatMap((family) => {
    const tables = generalTables(rules, family);
    const inOrder = routes
      .filter((route) => route.family === family && route.prefixLength === 0 && tables.includes(route.table))
      .sort((a, b) => tables.indexOf(a.table) - tables.indexOf(b.table) || (a.metric ?? 0) - (b.metric ?? 0));
    const refusing = inOrder.findIndex(({ type, metric }) => REFUSING_TYPES.has(type) && metric !== null);
    return (refusing === -1 ? inOrder : inOrder.slice(0, refusing))
      .filter(({ type }) => type === 'unicast')
      .flatMap((route) =>
        route.nextHops.flatMap((hop) =>
          hop.interface === null ? [] : [{ family, gateway: hop.gateway, interface: hop.interface, metric: route.metric }],
        ),
      );
  });
}

/** Tables that are asked for any packet that a program of this machine sends, in order. */
export function generalTables(rules: readonly Rule[] | null, family: 4 | 6): number[] {
  if (rules === null) return [TABLE_MAIN, TABLE_DEFAULT];
  return rules
    .filter((rule) => rule.family === family && rule.table !== null && rule.suppressPrefixLength === null && isGeneral(rule))
    .sort((a, b) => a.priority - b.priority)
    .flatMap(({ table }) => (table === null || table === TABLE_LOCAL ? [] : [table]));
}

/** Whether a rule is for ordinary packets: for all, or for all without a mark. */
function isGeneral(rule: Rule): boolean {
  const narrow = [rule.from, rule.to, rule.outgoing, rule.users].some((part) => part !== null) || rule.further.length > 0;
  if (narrow || (rule.incoming !== null && rule.incoming !== 'lo')) return false;
  // Ordinary packets have the mark 0.
  return rule.mark === null ? !rule.inverted : rule.inverted !== /^0x0(\/|$)/.test(rule.mark);
}

/** The three rules that every machine has: 0 local, 32766 main, 32767 default (which IPv6 lacks). */
export function isStandardRule(rule: Rule): boolean {
  const table = { 0: TABLE_LOCAL, 32766: TABLE_MAIN, 32767: TABLE_DEFAULT }[rule.priority];
  return table !== undefined && rule.table === table && isGeneral(rule) && rule.suppressPrefixLength === null && rule.mark === null;
}

/** `198.51.100.0/24`, `default` */
export function prefixName({ destination, prefixLength }: Pick<Route, 'destination' | 'prefixLength'>): string {
  return prefixLength === 0 ? 'default' : `${destination}/${prefixLength}`;
}

/** `table 100`; empty for the main table, which needs no word. */
export function tableName(table: number | null): string {
  if (table === null || table === TABLE_MAIN) return '';
  return table === TABLE_LOCAL ? 'table local' : table === TABLE_DEFAULT ? 'table default' : `table ${table}`;
}

/** What a rule is for, as `ip rule` writes it: `from 192.0.2.0/24`, `not fwmark 0xca6c`. */
export function ruleSelector(rule: Rule): string {
  const parts = [
    rule.inverted ? 'not' : '',
    rule.from === null ? (rule.to === null && rule.mark === null ? 'from all' : '') : `from ${rule.from}`,
    rule.to === null ? '' : `to ${rule.to}`,
    rule.mark === null ? '' : `fwmark ${rule.mark}`,
    rule.incoming === null ? '' : `iif ${rule.incoming}`,
    rule.outgoing === null ? '' : `oif ${rule.outgoing}`,
    rule.users === null ? '' : `users ${rule.users}`,
    ...rule.further,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** `100: from 10.0.0.0/8 table 100` */
export function ruleInWords(rule: Rule): string {
  const to = rule.action === 'table' ? (rule.table === TABLE_MAIN ? 'table main' : tableName(rule.table)) : rule.action;
  const without =
    rule.suppressPrefixLength === null
      ? ''
      : rule.suppressPrefixLength === 0
        ? ' but its default route'
        : ` but prefixes up to /${rule.suppressPrefixLength}`;
  return `${rule.priority}: ${ruleSelector(rule)} ${to}${without}`;
}
