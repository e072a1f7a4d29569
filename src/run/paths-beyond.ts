import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { BeyondGateway, End } from '../probes/host/judge-upstream.js';

/** What a path tells of what lies beyond a gateway. Pure. */

type Route = MeasurementOf<'route'>;

/**
 * How the packets of a path ended; `null` where nothing can be said: it was not tried, or what was asked stands at the first hop, which is
 * the gateway itself.
 */
export function endOfPath({ attempt, data }: Route): End | null {
  if (data.reached === true) return data.hops.length > 1 ? { kind: 'answered' } : null;
  if (data.end?.reason === 'unreachable') return { kind: 'refused', from: data.end.from, meaning: data.end.meaning ?? 'unreachable' };
  if (attempt.kind !== 'measured' && attempt.kind !== 'unanswered' && data.tried.length === 0) return null;
  // Cut short, it has at least heard whom it has heard.
  return { kind: 'silent', after: routersOf(data).at(-1) ?? null };
}

/**
 * How the packets to a reference ended. A router says it a few times and is silent from then on, so that what it said to an earlier packet
 * counts where the path met silence.
 */
export function endOfReference(route: Route, measurements: readonly Measurement[]): End | null {
  const end = endOfPath(route);
  if (end?.kind !== 'silent' || end.after !== null) return end;
  for (const { probe, data } of measurements) {
    if (probe === 'quic' && data.address === route.data.address && data.refusedBy !== null && data.refusedByTarget !== true)
      return { kind: 'refused', from: data.refusedBy, meaning: data.reason ?? 'unreachable' };
  }
  return end;
}

/** Routers beyond the gateway that were heard on the way, nearest first. */
export function routersOf({ hops, address }: Route['data']): string[] {
  const [first, ...others] = hops;
  const gateway = new Set(first?.addresses ?? []);
  const beyond = others.flatMap(({ addresses }) => addresses.slice(0, 1)).filter((router) => !gateway.has(router) && router !== address);
  return [...new Set(beyond)];
}

/** The routers of a path as destinations that answer. One that refuses is beyond the gateway only where it is not the first hop. */
export function routersBeyond(route: Route, gateway: string): BeyondGateway[] {
  return routersOf(route.data).map((address) => ({ address, answered: true, gateway, measurementId: route.id, kind: 'router' }));
}
