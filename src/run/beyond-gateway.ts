import type { MeasurementOf } from '../model/measurement.js';
import type { RouteLookup } from '../net/port.js';
import type { BeyondGateway } from '../probes/host/judge-upstream.js';
import { covers } from '../probes/host/network-of.js';
import type { TargetOutcome } from './target-work.js';

/** What is known of destinations behind gateways, by whatever a run asked them. Pure. */

/** `fe80::1%eth0`: a link-local gateway, as every IPv6 one is, is only known together with its interface (RFC 4007). */
export function scopedGateway({ gateway, interface: name }: Pick<RouteLookup, 'gateway' | 'interface'>): string | null {
  return gateway !== null && name !== null && /^fe80:/i.test(gateway) ? `${gateway}%${name}` : gateway;
}

/** What is known of the targets that lie behind a gateway. */
export function targetsBeyond(outcomes: readonly TargetOutcome[]): BeyondGateway[] {
  return outcomes.flatMap(({ lookup, latency, ports, addresses, address }) => {
    const gateway = lookup === null ? null : scopedGateway(lookup.data);
    if (gateway === null || address === null || latency === null || latency.attempt.kind === 'skipped') return [];
    const refused = latency.attempt.kind === 'failed' && latency.attempt.code === 'ECONNREFUSED';
    const portAnswered = ports?.data.ports.some((port) => port.state === 'open' || port.state === 'closed') ?? false;
    // By the other family, then: that one has a way out, and this one is broken.
    const otherAnswered = addresses?.data.addresses.some((entry) => entry.answers === true) ?? false;
    const answered = latency.data.received > 0 || refused || portAnswered || otherAnswered;
    return [{ address, answered, gateway, measurementId: latency.id }];
  });
}

export interface AskedResolver {
  address: string;
  lookup: RouteLookup | null;
  question: MeasurementOf<'dns'>;
}

/** What is known of the resolvers that lie behind a gateway. */
export function resolversBeyond(resolvers: readonly AskedResolver[], answering: ReadonlySet<string>): BeyondGateway[] {
  return resolvers.flatMap(({ address, lookup, question: { id, attempt, data } }) => {
    const gateway = lookup === null ? null : scopedGateway(lookup);
    if (gateway === null || attempt.kind === 'skipped') return [];
    const refused = attempt.kind === 'failed' && attempt.code === 'ECONNREFUSED';
    const answered = refused || (data.server !== null && answering.has(data.server));
    return [{ address, answered, gateway, measurementId: id }];
  });
}

/**
 * Time servers that answered, as far as the first default route must have led to them. Those that are silent are no witnesses: many networks
 * let no NTP out.
 */
export function timeServersBeyond(clock: MeasurementOf<'clock'> | undefined, { data }: MeasurementOf<'host'>): BeyondGateway[] {
  return (clock?.data.servers ?? []).flatMap(({ address, state }) => {
    if (clock === undefined || address === null || (state !== 'time' && state !== 'limited' && state !== 'unusable')) return [];
    const family = address.includes(':') ? 6 : 4;
    const route = data.defaultRoutes.find((entry) => entry.family === family);
    const gateway = route === undefined ? null : scopedGateway(route);
    const isNearer = data.routes === null || data.routes.some((entry) => entry.prefixLength > 0 && covers(entry, address));
    const isOwn = data.interfaces.some((link) =>
      link.addresses.some((own) => covers({ destination: own.address, prefixLength: own.prefixLength }, address)),
    );
    return gateway === null || isNearer || isOwn ? [] : [{ address, answered: true, gateway, measurementId: clock.id }];
  });
}
