import type { MeasurementOf } from '../model/measurement.js';
import type { SilentWay } from '../probes/host/judge-ways.js';
import { addressScope } from '../wire/address-scope.js';
import { endByGateway, endOfTarget, scopedGateway } from './beyond-gateway.js';
import type { TargetOutcome } from './target-outcome.js';

/** The way to a target that does not answer; `[]` where it does, or nothing was sent. */
export function silentWay(outcome: TargetOutcome, paths: readonly MeasurementOf<'route'>[]): SilentWay[] {
  const { target, address, lookup } = outcome;
  const end = endOfTarget(outcome, paths);
  if (address === null || lookup === null || lookup.data.loopback === true || end === null || end.kind === 'answered') return [];
  const { interface: name, prefix } = lookup.data;
  const path = paths.find((made) => made.target === target.id && made.data.address === address);
  const firstHopHeard = path === undefined || path.attempt.kind === 'skipped' ? null : (path.data.hops[0]?.addresses.length ?? 0) > 0;
  const gateway = scopedGateway(lookup.data);
  return [{ target: target.id, address, interface: name, gateway, prefix, measurementId: lookup.id, end, firstHopHeard }];
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
    return end === null ? [] : [{ end, gateway, isPublic: addressScope(outcome.address ?? '') === 'public' }];
  });
  const turnedBack = ends.filter(({ end, gateway }) => end.kind === 'refused' && end.from === gateway && end.meaning !== 'prohibited');
  return turnedBack.length > 0 && ends.every((one) => one.isPublic && (turnedBack.includes(one) || one.end.kind === 'silent'));
}
