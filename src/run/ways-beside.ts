import type { MeasurementOf } from '../model/measurement.js';
import { endOfTarget, scopedGateway } from './beyond-gateway.js';
import { isOntoStrangeLink } from './silent-way.js';
import type { TargetOutcome } from './target-outcome.js';

type DefaultRoute = MeasurementOf<'host'>['data']['defaultRoutes'][number];

/**
 * The default routes whose gateways tell something of targets that do not answer, though the ways of these do not lead by them: a route of
 * its own can lead nowhere while that of the default route is there, and so can one of two default routes on a link. Pure.
 */
export function defaultsBeside(outcomes: readonly TargetOutcome[], host: MeasurementOf<'host'>): DefaultRoute[] {
  const defaults = host.data.defaultRoutes.filter(({ gateway }) => gateway !== null);
  const ofDefaults = new Set(defaults.map((route) => scopedGateway(route)));
  const beside = outcomes.flatMap((outcome) => {
    const { address, lookup } = outcome;
    const end = endOfTarget(outcome, []);
    if (address === null || lookup === null || lookup.data.loopback === true || end === null || end.kind === 'answered') return [];
    const family = address.includes(':') ? 6 : 4;
    const { interface: name } = lookup.data;
    const gateway = scopedGateway(lookup.data);
    if (gateway === null && !isOntoStrangeLink(outcome, host)) return [];
    const isBeside = (route: DefaultRoute) => route.family === family && scopedGateway(route) !== gateway;
    const onLink = defaults.find((route) => isBeside(route) && route.interface === name);
    const found = gateway !== null && !ofDefaults.has(gateway) ? (onLink ?? defaults.find(isBeside)) : onLink;
    return found === undefined ? [] : [found];
  });
  return [...new Set(beside)];
}

/** The default routes beside gateways of routes of their own that do not answer: a dead one is another matter where that of the default route lives. */
export function defaultsBesideDead(dead: readonly string[], { data }: MeasurementOf<'host'>): DefaultRoute[] {
  const ofDefaults = new Set(data.defaultRoutes.map((route) => scopedGateway(route)));
  return dead.flatMap((address) => {
    if (ofDefaults.has(address)) return [];
    const family = address.includes(':') ? 6 : 4;
    return data.defaultRoutes.find((route) => route.family === family && route.gateway !== null) ?? [];
  });
}

/** Targets that a route says to be on a link, to be looked for among its neighbours. */
export function strangeNeighbors(
  outcomes: readonly TargetOutcome[],
  host: MeasurementOf<'host'>,
): { address: string; interface: string }[] {
  const found = outcomes.flatMap((outcome) => {
    const { address, lookup } = outcome;
    const name = lookup?.data.interface ?? null;
    const end = endOfTarget(outcome, []);
    if (address === null || name === null || end === null || end.kind === 'answered' || !isOntoStrangeLink(outcome, host)) return [];
    return [{ address, interface: name }];
  });
  return [...new Map(found.map((one) => [`${one.address}%${one.interface}`, one])).values()];
}
