import type { Check } from '../../model/report.js';
import { addressScope } from '../../wire/address-scope.js';
import type { BeyondGateway, End } from './judge-upstream.js';

/** A destination that does not answer, and the way that the kernel takes to it. */
export interface SilentWay {
  /** `id` of the target; `null` where it is none. */
  target: string | null;
  address: string;
  interface: string | null;
  /** With its interface, where it is link-local; `null`: none is on the way. */
  gateway: string | null;
  /** As the kernel names it: `198.51.100.0/24`; `null`: it did not tell. */
  prefix: string | null;
  measurementId: string;
  end: End;
  /** Whether the first hop was heard for a packet whose time to live ended there; `null`: nobody looked. */
  firstHopHeard: boolean | null;
  /** Where a route that somebody made says that the destination is on a link on which this machine has no such network; else `null`. */
  strangeLink: StrangeLink | null;
}

/** A route without a gateway, for a network that the interface has no address of. */
export interface StrangeLink {
  /** Whether the link was asked for the destination's link address in vain. */
  unanswered: boolean;
  /** Whether another destination of the same route answers. */
  othersAnswer: boolean;
}

/** The same destination by another link than the kernel's. */
export interface OtherLink {
  address: string;
  interface: string;
  reached: boolean;
  measurementId: string;
}

export interface WaysFound {
  /** Targets that do not answer. */
  silent: readonly SilentWay[];
  /** Whether there are targets that do. */
  othersAnswer: boolean;
  destinations: readonly BeyondGateway[];
  otherLinks: readonly OtherLink[];
  /** Gateways of default routes, each with its interface. */
  defaults: ReadonlyMap<string, string>;
  /** Gateways that were asked, and whether they answer for themselves. */
  gateways: ReadonlyMap<string, boolean>;
}

/**
 * `l3.ways`: does a route send packets where they cannot get through, while another way is there that works. Said only where that other way
 * was seen to work: by another link to the same destination, by another gateway to others. `[]` where there is no sign of it.
 */
export function judgeWays(found: WaysFound): Check[] {
  const wrong = found.silent.flatMap((way) => {
    const told =
      byOtherLink(way, found) ??
      intoDeadDetour(way, found) ??
      intoBystander(way, found) ??
      ontoStrangeLink(way, found) ??
      toDeadEnd(way, found) ??
      withoutOwnRoute(way, found);
    return told === null ? [] : [{ way, ...told }];
  });
  const [first] = wrong;
  if (first === undefined) return [];
  // One route that all targets share is one fault of this machine.
  const same = wrong.filter(({ observed }) => observed === first.observed);
  if (same.length === found.silent.length && (same.length > 1 || !found.othersAnswer)) return [line(null, first.observed, same)];
  return wrong.map((one) => line(one.way.target, one.observed, [one]));
}

interface Told {
  observed: string;
  /** Absent: measured. */
  basis?: 'silence';
  measurementIds: readonly string[];
}

function line(target: string | null, observed: string, of: readonly (Told & { way: SilentWay })[]): Check {
  return {
    id: target === null ? 'l3.ways' : `l3.ways@${target}`,
    layer: 3,
    title: 'ways out',
    target,
    status: 'fail',
    code: 'route-wrong',
    observed,
    expected: 'the route leads to a way that works',
    remedy: null,
    because: null,
    measurements: [...new Set(of.flatMap(({ way, measurementIds }) => [way.measurementId, ...measurementIds]))],
    basis: of.some(({ basis }) => basis === 'silence') ? 'silence' : 'measured',
  };
}

/** It answers, asked by another link. */
function byOtherLink(way: SilentWay, { otherLinks }: WaysFound): Told | null {
  const other = otherLinks.find(({ address, reached }) => address === way.address && reached);
  if (other === undefined) return null;
  return { observed: `${wayText(way)} gets no answer, ${other.interface} does`, measurementIds: [other.measurementId] };
}

/** A route of its own goes by a router that is not there, while that of the default route is. */
function intoDeadDetour(way: SilentWay, { defaults, gateways }: WaysFound): Told | null {
  if (way.gateway === null || defaults.has(way.gateway) || gateways.get(way.gateway) !== false) return null;
  const alive = [...defaults.keys()].find((gateway) => gateways.get(gateway) === true && isSameFamily(gateway, way.address));
  if (alive === undefined) return null;
  return { observed: `${wayText(way)} leads to a router that is not there, while ${alive} of the default route is`, measurementIds: [] };
}

/**
 * A route goes by a host that answers for itself and forwards nothing: no packet ends there for want of time to live, as it does at every
 * router (RFC 1812 section 5.3.1). The router of another default route is there: others answer by it, or at least it does itself.
 */
function intoBystander(way: SilentWay, { defaults, destinations, gateways }: WaysFound): Told | null {
  const { gateway, end, firstHopHeard } = way;
  if (gateway === null || gateways.get(gateway) !== true) return null;
  if (end.kind !== 'silent' || end.after != null || firstHopHeard !== false) return null;
  const behind = destinations.filter((entry) => entry.gateway === gateway);
  if (behind.some(({ answered }) => answered)) return null;
  // Of two routers of the default route the one may be as good as the other, so that one silent destination says nothing of them.
  const isDefaultRoute = defaults.has(gateway);
  if (isDefaultRoute && new Set(behind.map(({ address }) => address)).size < 2) return null;
  const isOther = (address: string) => address !== gateway && defaults.has(address) && isSameFamily(address, gateway);
  // A router that says nothing of itself looks the same while the destination is off.
  const basis = 'silence';
  const working = isDefaultRoute ? undefined : destinations.find((entry) => entry.answered && isOther(entry.gateway));
  if (working !== undefined) {
    const observed = `${wayText(way)} leads to a host that passes nothing on, while ${working.gateway} of the default route does`;
    return { observed, basis, measurementIds: [working.measurementId] };
  }
  const there = [...defaults.keys()].find(
    (address) => isOther(address) && gateways.get(address) === true && (!isDefaultRoute || defaults.get(address) === way.interface),
  );
  if (there === undefined) return null;
  const observed = isDefaultRoute
    ? `${wayText(way)} leads to a host that passes nothing on, while the router ${there} of another default route is there`
    : `${wayText(way)} leads to a host that passes nothing on, while the router ${there} of the default route is there`;
  return { observed, basis, measurementIds: [] };
}

/**
 * A route that somebody made looks for the destination on the own link, where nobody has its address, while the gateway of the default route
 * on that link is there. A host that is off in a network of this machine's own looks the same, but for the route.
 */
function ontoStrangeLink(way: SilentWay, { defaults, gateways }: WaysFound): Told | null {
  const { strangeLink, address, interface: name } = way;
  if (strangeLink === null || !strangeLink.unanswered || strangeLink.othersAnswer) return null;
  const there = [...defaults].find(([gateway, link]) => link === name && gateways.get(gateway) === true && isSameFamily(gateway, address));
  if (there === undefined) return null;
  return {
    observed: `${wayText(way)} looks for it on the link itself, where nobody has its address, while ${there[0]} of the default route is there`,
    measurementIds: [],
  };
}

/** Nothing at all answers beyond the gateway of the default route, while another gateway passes packets on. */
function toDeadEnd(way: SilentWay, { defaults, destinations, gateways }: WaysFound): Told | null {
  if (way.gateway === null || !defaults.has(way.gateway) || gateways.get(way.gateway) === false) return null;
  const behind = destinations.filter(({ gateway }) => gateway === way.gateway);
  if (behind.some(({ answered }) => answered) || new Set(behind.map(({ address }) => address)).size < 2) return null;
  const working = destinations.find(
    ({ gateway, answered }) => answered && gateway !== way.gateway && isSameFamily(gateway, way.gateway ?? ''),
  );
  if (working === undefined) return null;
  return {
    observed: `nothing answers beyond ${way.gateway} of the default route, while ${working.gateway} passes packets on`,
    measurementIds: [working.measurementId],
  };
}

/** An inner address goes to the gateway of the internet, which says that it knows no such network, while the internet answers there. */
function withoutOwnRoute(way: SilentWay, { defaults, destinations }: WaysFound): Told | null {
  const { end, gateway, address } = way;
  if (gateway === null || !defaults.has(gateway) || addressScope(address) !== 'inner') return null;
  if (end.kind !== 'refused' || end.meaning !== 'network-unreachable' || end.from !== gateway) return null;
  const working = destinations.find((entry) => entry.gateway === gateway && entry.answered && entry.kind !== 'router');
  if (working === undefined) return null;
  return {
    observed: `${address} goes by the default route to ${gateway}, which knows no way to it, but to others: a route of its own is missing`,
    measurementIds: [working.measurementId],
  };
}

function wayText({ prefix, interface: name, gateway }: SilentWay): string {
  const route = prefix === null ? 'the route' : isDefault(prefix) ? 'the default route' : `the route ${prefix}`;
  return `${route} by ${name ?? 'an interface'}${gateway === null ? '' : ` via ${gateway}`}`;
}

function isDefault(prefix: string): boolean {
  return prefix === 'default' || prefix.endsWith('/0');
}

function isSameFamily(a: string, b: string): boolean {
  return a.includes(':') === b.includes(':');
}
