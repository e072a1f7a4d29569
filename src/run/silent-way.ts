import type { MeasurementOf } from '../model/measurement.js';
import type { End } from '../probes/host/judge-upstream.js';
import type { SilentWay, StrangeLink } from '../probes/host/judge-ways.js';
import { covers } from '../probes/host/network-of.js';
import { addressScope } from '../wire/address-scope.js';
import { endByGateway, endOfTarget, scopedGateway } from './beyond-gateway.js';
import type { TargetOutcome } from './target-outcome.js';

/** What a way is judged by, beside what the sweep found of its target. */
export interface WayContext {
  outcomes: readonly TargetOutcome[];
  paths: readonly MeasurementOf<'route'>[];
  neighbors: readonly MeasurementOf<'neighbor'>[];
  host: MeasurementOf<'host'>;
}

/** The way to a target that does not answer; `[]` where it does, or nothing was sent. */
export function silentWay(outcome: TargetOutcome, context: WayContext): SilentWay[] {
  const { paths } = context;
  const { target, address, lookup } = outcome;
  const end = endOfTarget(outcome, paths);
  if (address === null || lookup === null || lookup.data.loopback === true || end === null || end.kind === 'answered') return [];
  const { interface: name, prefix } = lookup.data;
  const path = paths.find((made) => made.target === target.id && made.data.address === address);
  const firstHopHeard = path === undefined || path.attempt.kind === 'skipped' ? null : (path.data.hops[0]?.addresses.length ?? 0) > 0;
  const gateway = scopedGateway(lookup.data);
  return [
    {
      target: target.id,
      address,
      interface: name,
      gateway,
      prefix,
      measurementId: lookup.id,
      end,
      firstHopHeard,
      strangeLink: strangeLink(outcome, end, context),
    },
  ];
}

/**
 * Whether what leads to a target is a route that somebody made, and that says of addresses of other networks that they are on a link of this
 * machine. Not those of the kernel, of DHCP, of router advertisements and of routing programs, which know their link; and not the way to a
 * network that a gateway stands in, as machines with a single address of their own have it.
 */
export function isOntoStrangeLink({ address, lookup }: TargetOutcome, { data }: MeasurementOf<'host'>): boolean {
  if (address === null || lookup === null || lookup.attempt.kind !== 'measured' || lookup.data.loopback === true) return false;
  const { interface: name, prefix, gateway, table } = lookup.data;
  if (gateway !== null || name === null || prefix === null) return false;
  const route = data.routes?.find(
    (entry) =>
      `${entry.destination}/${entry.prefixLength}` === prefix &&
      entry.table === table &&
      entry.nextHops.some((hop) => hop.interface === name && hop.gateway === null),
  );
  if (route === undefined || route.prefixLength === 0 || !BY_HAND.has(route.protocol ?? '')) return false;
  const own = data.interfaces.flatMap((link) => (link.name === name ? link.addresses : []));
  const gateways = (data.routes ?? []).flatMap(({ nextHops }) => nextHops.flatMap((hop) => hop.gateway ?? []));
  return ![...own.map((entry) => entry.address), ...gateways].some((one) => covers(route, one));
}

/** What `ip route add` calls its routes, and what managers of networks call those of their files. */
const BY_HAND: ReadonlySet<string> = new Set(['boot', 'static']);

function strangeLink(outcome: TargetOutcome, end: End, { outcomes, neighbors, host }: WayContext): StrangeLink | null {
  if (outcome.lookup === null || !isOntoStrangeLink(outcome, host)) return null;
  const { interface: name, prefix } = outcome.lookup.data;
  const own = new Set(host.data.interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const neighbor = neighbors.find(({ data }) => data.address === outcome.address && data.interface === name);
  const refusedHere = end.kind === 'refused' && end.meaning === 'host-unreachable' && end.from !== null && own.has(end.from);
  const othersAnswer = outcomes.some(
    (other) =>
      other.lookup !== null &&
      other.lookup.data.prefix === prefix &&
      other.lookup.data.interface === name &&
      endOfTarget(other, [])?.kind === 'answered',
  );
  const state = neighbor?.data.state ?? null;
  return { unanswered: state === 'incomplete' || (refusedHere && state !== 'resolved'), othersAnswer };
}

/**
 * Whether all that is known of what lies beyond the gateway is that the gateway itself knows no way on: that is its word for a host that is
 * off in a network beside it, and for a line that is dead. Routers say it a few times and are silent from then on, so that silence of further
 * targets is no other word.
 */
export function isToldByGatewayAlone(outcomes: readonly TargetOutcome[], host: MeasurementOf<'host'> | null): boolean {
  const ends = outcomes.flatMap((outcome) => {
    const told = endOfTarget(outcome, []);
    const gateway = outcome.lookup === null ? null : scopedGateway(outcome.lookup.data);
    const end = told === null || host === null ? told : endByGateway(told, gateway, host);
    const address = outcome.address ?? '';
    return end === null ? [] : [{ end, gateway, isIPv6: address.includes(':'), isPublic: addressScope(address) === 'public' }];
  });
  // Each family has a gateway and a line of its own.
  return [false, true].some((isIPv6) => {
    const own = ends.filter((one) => one.isIPv6 === isIPv6);
    const turnedBack = own.filter(({ end, gateway }) => end.kind === 'refused' && end.from === gateway && end.meaning !== 'prohibited');
    return turnedBack.length > 0 && own.every((one) => one.isPublic && (turnedBack.includes(one) || one.end.kind === 'silent'));
  });
}

/**
 * Whether the targets of one family are all silent while some of the other answer: whether that family gets anywhere is not known then, and a
 * few of its targets alone cannot tell.
 */
export function isOneFamilySilent(outcomes: readonly TargetOutcome[]): boolean {
  const ends = outcomes.flatMap((outcome) => {
    const end = endOfTarget(outcome, []);
    const { address } = outcome;
    if (end === null || address === null || addressScope(address) !== 'public') return [];
    return [{ answered: end.kind === 'answered', isIPv6: address.includes(':') }];
  });
  return [false, true].some((isIPv6) => {
    const own = ends.filter((one) => one.isIPv6 === isIPv6);
    return own.length > 0 && own.every(({ answered }) => !answered) && ends.some(({ answered }) => answered);
  });
}
