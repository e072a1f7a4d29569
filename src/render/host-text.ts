import { formatSpan } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';
import { isStandardRule, prefixName, ruleInWords, TABLE_MAIN, tableName } from '../probes/host/routing.js';
import { counted } from './quantities.js';

type Host = DataOf<'host'>;
type Interface = Host['interfaces'][number];
type Route = NonNullable<Host['routes']>[number];

/** Links and routes that are shown one by one; the JSON has them all. */
const SHOWN_LINKS = 16;
const SHOWN_ROUTES = 12;
const SHOWN_RULES = 12;
const GAP = '  ';
/** The longest of each together take 57 columns: names of links have 15 characters at most. */
const HEADING = ['link', 'kind', 'state', 'speed', 'MTU'] as const;

/** The links in a table with what else is known of each below it, then what of the routing is not implied by them, then the resolvers. */
export function hostLines(data: Host): string[] {
  const resolvers = data.resolvers.length === 0 ? 'no resolver' : `resolvers ${data.resolvers.join(', ')}`;
  return [
    ...linkLines(data.interfaces),
    ...routeLines(data),
    ...ruleLines(data),
    ...neighborLines(data),
    ...data.leases.map(leaseInWords),
    resolvers,
    ...absentLines(data),
  ];
}

function linkLines(interfaces: readonly Interface[]): string[] {
  const links = interfaces.filter((link) => !link.loopback || link.up === false);
  const awake = links.filter((link) => link.up !== false);
  const shown = awake.slice(0, SHOWN_LINKS);
  const rows = shown.map(cellsOf);
  const table = [[...HEADING], ...rows];
  const widths = HEADING.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const used = HEADING.map((_, column) => rows.some((row) => row[column] !== ''));
  const lines = table.map((row) =>
    row
      .flatMap((text, column) => (used[column] === true ? [text.padEnd(widths[column] ?? 0)] : []))
      .join(GAP)
      .trimEnd(),
  );
  const down = links.filter((link) => link.up === false).map(({ name }) => name);
  return [
    ...(shown.length === 0 ? [] : [lines[0] ?? '']),
    ...shown.flatMap((link, index) => [lines[index + 1] ?? '', ...detailLines(link)]),
    ...(awake.length > shown.length ? [`and ${counted(awake.length - shown.length, 'more link')}`] : []),
    ...(down.length === 0 ? [] : [`down: ${down.join(' · ')}`]),
  ];
}

function cellsOf(link: Interface): string[] {
  return [
    link.name,
    [link.kind ?? '', link.vlanId === null ? '' : `${link.vlanId}`].filter((text) => text !== '').join(' '),
    link.up === null ? '' : link.carrier === false ? 'no carrier' : link.operationalState === 'dormant' ? 'dormant' : 'up',
    link.speedMbit === null ? '' : speedInWords(link.speedMbit),
    link.mtuBytes === null ? '' : `${link.mtuBytes}`,
  ];
}

/** `866 Mbit/s`, `2.5 Gbit/s` */
function speedInWords(megabits: number): string {
  return megabits >= 1000 && megabits % 100 === 0 ? `${megabits / 1000} Gbit/s` : `${megabits} Mbit/s`;
}

/** What it is a part of or stands on, and its addresses: link-local ones of IPv6 are on every link, and say nothing beside others. */
function detailLines(link: Interface): string[] {
  const telling = link.addresses.filter((address) => !/^fe80:/i.test(address.address) || address.duplicate === true);
  const addresses = (telling.length > 0 ? telling : link.addresses).map(addressInWords);
  const facts = [
    link.duplex === 'half' ? 'half duplex' : '',
    link.master === null ? '' : `part of ${link.master}`,
    link.parent === null || link.kind === 'veth' ? '' : `on ${link.parent}`,
    ...(link.addressesKnown ? addresses : ['addresses not told']),
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? [] : [`  ${facts.join(' · ')}`];
}

function addressInWords(address: Interface['addresses'][number]): string {
  const notes = [
    address.duplicate === true ? 'duplicate, not used' : '',
    address.tentative === true && address.duplicate !== true ? 'tentative' : '',
    address.temporary === true ? 'temporary' : '',
    address.deprecated === true ? 'deprecated' : '',
    address.validForMs === null ? '' : `${formatSpan(address.validForMs / 1000)} left`,
  ].filter((note) => note !== '');
  return `${address.address}/${address.prefixLength}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

/** Routes that the addresses imply are left out. */
function routeLines({ routes, defaultRoutes, routesLeftOut }: Host): string[] {
  if (routes === null) return defaultRoutes.map((route) => `default by ${route.gateway ?? 'the link'} on ${route.interface}`);
  const telling = routes.filter((route) => route.protocol !== 'kernel' || route.nextHops.some((hop) => hop.gateway !== null));
  // What all traffic takes, then the rest as the system lists it.
  const ordered = [...telling].sort((a, b) => Math.min(a.prefixLength, 2) - Math.min(b.prefixLength, 2) || a.family - b.family);
  const shown = ordered.slice(0, SHOWN_ROUTES).map(routeInWords);
  const left = telling.length - shown.length + routesLeftOut;
  return [...shown, ...(left > 0 ? [`and ${counted(left, 'more route')}`] : [])];
}

function routeInWords(route: Route): string {
  const hops = route.nextHops.map((hop) => {
    const by = hop.gateway === null ? '' : `by ${hop.gateway} `;
    return `${by}on ${hop.interface ?? 'a link elsewhere'}${hop.linkDown === true ? ' (link down)' : ''}`;
  });
  const facts = [
    `${route.type === 'unicast' ? '' : `${route.type} `}${route.family === 6 && route.prefixLength === 0 ? 'IPv6 ' : ''}${prefixName(route)}${hops.length === 0 ? '' : ` ${hops.join(' and ')}`}`,
    route.metric === null || route.metric === 0 ? '' : `metric ${route.metric}`,
    route.mtuBytes === null ? '' : `MTU ${route.mtuBytes}`,
    route.preferredSource === null ? '' : `from ${route.preferredSource}`,
    route.table === TABLE_MAIN ? '' : tableName(route.table),
    route.protocol === null || route.protocol === 'boot' ? '' : route.protocol,
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function ruleLines({ rules }: Host): string[] {
  const further = [...new Set((rules ?? []).filter((rule) => !isStandardRule(rule)).map(ruleInWords))];
  const shown = further.slice(0, SHOWN_RULES).map((words) => `rule ${words}`);
  return [...shown, ...(further.length > shown.length ? [`and ${counted(further.length - shown.length, 'more rule')}`] : [])];
}

const LINK_ADDRESS_KINDS: Readonly<Record<string, string>> = {
  maker: '',
  local: 'a link address made up by software',
  'virtual-router': 'a link address that routers share',
  group: 'a link address that no machine can have',
  none: 'no link address',
};

function neighborLines({ neighbors }: Host): string[] {
  return (neighbors ?? []).map(({ address, interface: link, state, linkAddressKind }) => {
    const kind = LINK_ADDRESS_KINDS[linkAddressKind ?? 'maker'] ?? '';
    return `gateway ${address} on ${link}: ${state}${kind === '' ? '' : `, ${kind}`}`;
  });
}

function leaseInWords(lease: Host['leases'][number]): string {
  const facts = [
    `lease of ${lease.address}${lease.server === null ? '' : ` from ${lease.server}`}`,
    lease.interface === null ? '' : `on ${lease.interface}`,
    lease.lifetimeMs === null ? '' : `for ${formatSpan(lease.lifetimeMs / 1000)}`,
    lease.expiresAt === null ? '' : `until ${lease.expiresAt}`,
  ];
  return facts.filter((fact) => fact !== '').join(' ');
}

/** By reason: one can stand for many facts. */
function absentLines({ absent }: Host): string[] {
  const reasons = [...new Set(absent.map(({ because }) => because))];
  return reasons.map((because) => {
    const facts = absent.filter((entry) => entry.because === because).map(({ fact }) => fact);
    return `not known: ${facts.join(', ')} (${because})`;
  });
}
