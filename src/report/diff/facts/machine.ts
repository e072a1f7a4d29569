import type { DataOf, MeasurementOf } from '../../../model/measurement.js';
import { type Fact, Facts } from '../fact.js';

/** Links, addresses, routes and resolvers of this machine. */
export function hostFacts({ data }: MeasurementOf<'host'>): readonly Fact[] {
  const links = data.interfaces.filter((link) => !isOfContainer(link));
  const facts = new Facts('interfaces').set(
    'interfaces',
    links.map(({ name }) => name),
  );
  for (const link of links) {
    facts
      .one(`${link.name} is up`, link.up)
      .one(`${link.name} has a carrier`, link.carrier)
      .one(`${link.name} MTU in bytes`, link.mtuBytes)
      .one(`${link.name} speed in Mbit/s`, link.speedMbit)
      .one(`${link.name} duplex`, link.duplex)
      .one(`${link.name} kind`, link.kind);
    if (link.index !== null) facts.optional(`${link.name} is part of`, link.master);
    if (link.addressesKnown) facts.set(`${link.name} addresses`, lastingAddresses(link));
  }
  const routes = new Facts('routes');
  if (data.routesKnown) routes.set('default routes', data.defaultRoutes.map(defaultRouteText));
  if (data.routes !== null && data.routesLeftOut === 0) routes.set('routes', data.routes.filter(isOwnDecision).map(routeText));
  if (data.rules !== null) routes.set('routing rules', data.rules.map(ruleText));
  const resolvers = new Facts('resolvers').list('resolvers', data.resolvers).list('search domains', data.searchDomains);
  return [...facts.all, ...routes.all, ...resolvers.all];
}

type Link = DataOf<'host'>['interfaces'][number];

/** The outer end of a container's interface: its name is made anew with every start of the container. */
function isOfContainer({ kind, master }: Link): boolean {
  return kind === 'veth' && master !== null;
}

/** Without those that are made up for privacy and change every day (RFC 8981). */
function lastingAddresses({ addresses }: Link): string[] {
  return addresses.filter(({ temporary }) => temporary !== true).map(({ address, prefixLength }) => `${address}/${prefixLength}`);
}

function defaultRouteText({ family, gateway, interface: link, metric }: DataOf<'host'>['defaultRoutes'][number]): string {
  return `IPv${family}${gateway === null ? '' : ` by ${gateway}`} through ${link}${metric === null ? '' : `, metric ${metric}`}`;
}

type Route = DataOf<'host'>['routes'] extends (infer R)[] | null ? R : never;

/** Those of the kernel follow from the addresses, which are compared already; default routes are listed by themselves. */
function isOwnDecision({ protocol, prefixLength }: Route): boolean {
  return protocol !== 'kernel' && prefixLength > 0;
}

function routeText({ destination, prefixLength, type, table, nextHops }: Route): string {
  const hops = nextHops.map((hop) => [
    hop.gateway === null ? '' : ` by ${hop.gateway}`,
    hop.interface === null ? '' : ` through ${hop.interface}`,
  ]);
  const kind = type === 'unicast' ? '' : `${type} `;
  return `${kind}${destination}/${prefixLength}${hops.map((hop) => hop.join('')).join(' or')}${table === 254 ? '' : `, table ${table}`}`;
}

function ruleText(rule: NonNullable<DataOf<'host'>['rules']>[number]): string {
  const asks = [
    rule.from === null ? null : `from ${rule.from}`,
    rule.to === null ? null : `to ${rule.to}`,
    rule.mark === null ? null : `mark ${rule.mark}`,
    rule.incoming === null ? null : `in ${rule.incoming}`,
    rule.outgoing === null ? null : `out ${rule.outgoing}`,
    rule.users === null ? null : `users ${rule.users}`,
    ...rule.further,
  ].filter((part) => part !== null);
  const all = asks.length === 0 ? 'all' : `${rule.inverted ? 'not ' : ''}${asks.join(' ')}`;
  return `IPv${rule.family} ${rule.priority}: ${all}, ${rule.action}${rule.table === null ? '' : ` ${rule.table}`}`;
}

/** Settings and limits; how full the tables are belongs to the checks. */
export function kernelFacts({ data }: MeasurementOf<'kernel'>): readonly Fact[] {
  const facts = new Facts('kernel');
  for (const { name, value } of data.settings) facts.one(name, value);
  facts
    .one('real-time kernel', data.system.realtime)
    .one('preemption', data.system.preemption)
    .one('fair queue', data.fairQueue)
    .set('congestion control that is there', data.congestion?.available)
    .one('BBR', data.congestion?.bbr)
    .one('largest number of tracked connections', data.conntrack?.limit)
    .one('local ports', data.localPorts === null ? null : `${data.localPorts.first}-${data.localPorts.last}`);
  for (const { interface: link, root } of data.queues ?? []) facts.one(`queue of ${link}`, root);
  facts.set(
    'governors of the processors',
    data.processor?.governors.map(({ name }) => name),
  );
  return facts.all;
}

/** What the rules come to: who writes them, and what becomes of connections to the machine and to its ports. */
export function firewallFacts({ data }: MeasurementOf<'firewall'>): readonly Fact[] {
  const facts = new Facts('firewall');
  for (const { name, state } of data.managers) facts.one(name, state);
  for (const { family, hook, verdict } of data.defaults) facts.one(`IPv${family} ${hook} that no rule names`, verdict);
  for (const { port, protocol, family, address, verdict } of data.listeners ?? [])
    facts.one(`${port}/${protocol} on ${address} over IPv${family} from outside`, verdict);
  facts.set(
    'ports that lead elsewhere',
    data.published?.map(({ port, protocol, family, verdict }) => `${port}/${protocol} over IPv${family}: ${verdict}`),
  );
  return facts.all;
}

export function clockFacts({ data }: MeasurementOf<'clock'>): readonly Fact[] {
  return new Facts('clock')
    .set(
      'configured time servers',
      data.configured.map(({ host, service }) => `${host} (${service})`),
    )
    .set(
      'time services that run',
      data.services.map(({ name }) => name),
    )
    .one('synchronised, by the kernel', data.kernel?.synchronized)
    .one('clock source', data.clockSource)
    .set(
      'reference clocks',
      data.referenceClocks.map(({ name }) => name),
    ).all;
}

export function wirelessFacts({ data }: MeasurementOf<'wireless'>): readonly Fact[] {
  const facts = new Facts('interfaces');
  for (const { interface: link, connected, band, channelWidthMhz } of data.radios)
    facts.one(`${link} is joined`, connected).one(`${link} band`, band).one(`${link} channel width in MHz`, channelWidthMhz);
  return facts.all;
}
