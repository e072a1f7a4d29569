import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { RouteLookup } from '../net/port.js';
import type { BeyondGateway, End } from '../probes/host/judge-upstream.js';
import { covers } from '../probes/host/network-of.js';
import { DNS_PORT } from '../wire/dns/server.js';
import { endOfPath, routersBeyond } from './paths-beyond.js';
import type { TargetOutcome } from './target-outcome.js';

/** What is known of destinations behind gateways, by whatever a run asked them. Pure. */

/** `fe80::1%eth0`: a link-local gateway, as every IPv6 one is, is only known together with its interface (RFC 4007). */
export function scopedGateway({ gateway, interface: name }: Pick<RouteLookup, 'gateway' | 'interface'>): string | null {
  return gateway !== null && name !== null && /^fe80:/i.test(gateway) ? `${gateway}%${name}` : gateway;
}

/** What is known of the targets that lie behind a gateway: also what their paths told, where those were looked at. */
export function targetsBeyond(outcomes: readonly TargetOutcome[], paths: readonly MeasurementOf<'route'>[] = []): BeyondGateway[] {
  return outcomes.flatMap((outcome) => {
    const { lookup, latency, address } = outcome;
    const gateway = lookup === null ? null : scopedGateway(lookup.data);
    const end = endOfTarget(outcome, paths);
    if (gateway === null || address === null || latency === null || end === null) return [];
    const own: BeyondGateway = { address, answered: end.kind === 'answered', gateway, measurementId: latency.id, end };
    const path = pathTo(outcome, paths);
    return path === undefined ? [own] : [own, ...routersBeyond(path, gateway)];
  });
}

function pathTo({ target, address }: TargetOutcome, paths: readonly MeasurementOf<'route'>[]): MeasurementOf<'route'> | undefined {
  return paths.find((made) => made.target === target.id && made.data.address === address);
}

/** How packets to a target ended; `null` where none were sent. */
export function endOfTarget(outcome: TargetOutcome, paths: readonly MeasurementOf<'route'>[]): End | null {
  const { latency, ports, addresses } = outcome;
  if (latency === null || latency.attempt.kind === 'skipped') return null;
  const path = pathTo(outcome, paths);
  const refused = latency.attempt.kind === 'failed' && latency.attempt.code === 'ECONNREFUSED';
  // Its own refusal is an answer too, whatever it says.
  const portAnswered =
    ports?.data.ports.some(({ state, rejectedBy }) => state === 'open' || state === 'closed' || rejectedBy === ports.data.address) ?? false;
  // By the other family, then: that one has a way out, and this one is broken.
  const otherAnswered = addresses?.data.addresses.some((entry) => entry.answers === true) ?? false;
  if (latency.data.received > 0 || refused || portAnswered || otherAnswered || path?.data.reached === true) return { kind: 'answered' };
  return refusalOf(latency) ?? (path === undefined ? null : endOfPath(path)) ?? { kind: 'silent' };
}

/** What routers said of a destination that does not answer, the loudest of them; `null` where none said anything. */
function refusalOf({ data }: MeasurementOf<'latency'>): End | null {
  const [loudest] = [...data.icmpErrors].sort((a, b) => b.count - a.count);
  if (loudest === undefined || loudest.meaning === 'time-exceeded') return null;
  return { kind: 'refused', from: loudest.from, meaning: loudest.meaning };
}

export interface AskedResolver {
  address: string;
  lookup: RouteLookup | null;
  question: MeasurementOf<'dns'>;
}

/** What is known of the resolvers that lie behind a gateway: also what the paths to silent ones told, where those were followed. */
export function resolversBeyond(
  resolvers: readonly AskedResolver[],
  answering: ReadonlySet<string>,
  paths: readonly MeasurementOf<'route'>[] = [],
): BeyondGateway[] {
  return resolvers.flatMap(({ address, lookup, question: { id, attempt, data } }) => {
    const gateway = lookup === null ? null : scopedGateway(lookup);
    if (gateway === null || attempt.kind === 'skipped') return [];
    const refused = attempt.kind === 'failed' && attempt.code === 'ECONNREFUSED';
    const answered = refused || (data.server !== null && answering.has(data.server));
    const path = answered ? undefined : paths.find((made) => made.target === null && made.data.address === address);
    const end = path === undefined ? null : endOfPath(path);
    if (path === undefined || end === null) return [{ address, answered, gateway, measurementId: id }];
    return [{ address, answered: end.kind === 'answered', gateway, measurementId: id, end }, ...routersBeyond(path, gateway)];
  });
}

/**
 * References that were asked for something else in passing, and gave no answer to any of it. One that answers is no witness: it can stand in
 * the gateway itself, or be answered for by it.
 */
export function referencesAsked(
  measurements: readonly Measurement[],
  references: readonly string[],
  { data }: MeasurementOf<'host'>,
): BeyondGateway[] {
  return references.flatMap((address) => {
    const family = address.includes(':') ? 6 : 4;
    const route = data.defaultRoutes.find((entry) => entry.family === family);
    const gateway = route === undefined ? null : scopedGateway(route);
    const asked = measurements.filter(
      (made) =>
        made.target === null &&
        (made.probe === 'dns' ? made.data.server === address : made.probe === 'ports' && made.data.address === address),
    );
    const silent = asked.every((made) =>
      made.probe === 'ports' ? made.data.ports.every(({ state }) => state === 'filtered') : made.attempt.kind === 'unanswered',
    );
    const [first] = asked;
    if (gateway === null || first === undefined || !silent || asked.length < 2) return [];
    return [{ address, answered: false, gateway, measurementId: first.id, kind: 'reference', end: { kind: 'silent' } }];
  });
}

/**
 * The references that a router refused to pass packets on to, whenever that was: Linux says so to one host six times at once, and then once a
 * second, so that a path that is followed later ends in silence.
 */
export function refusedReferences(measurements: readonly Measurement[]): ReadonlyMap<string, End> {
  return new Map(
    measurements.flatMap((made) => {
      if (made.probe !== 'ports' || made.target !== null || made.data.address === null) return [];
      // A resolver can be among them: who keeps connections from port 53 of it keeps nothing else from there.
      const refusal = made.data.ports.find(({ state, port }) => state === 'rejected' && port !== DNS_PORT);
      if (refusal === undefined) return [];
      return [[made.data.address, { kind: 'refused', from: refusal.rejectedBy, meaning: refusal.reason ?? 'rejected' }] as const];
    }),
  );
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

/** Links whose other end is elsewhere: what is on such a link is reached by whatever carries it. */
const CARRIED = /^(tun|tap|wireguard|ppp|gre|ip6gre|ipip|ip6tnl|sit|vti|xfrm|vxlan|geneve)$/;

/**
 * Whether this run needs anything that lies beyond a gateway: not where every target is on a link of this machine, and no resolver is
 * elsewhere. That nobody answers from the internet then explains nothing, be it so on purpose or not.
 */
export function needsBeyond(
  outcomes: readonly TargetOutcome[],
  beyond: readonly BeyondGateway[],
  { data }: MeasurementOf<'host'>,
): boolean {
  const isNear = ({ lookup }: TargetOutcome) =>
    lookup?.attempt.kind === 'measured' &&
    lookup.data.gateway === null &&
    !CARRIED.test(data.interfaces.find(({ name }) => name === lookup.data.interface)?.kind ?? '');
  return outcomes.length === 0 || !outcomes.every(isNear) || beyond.some(({ kind }) => kind === undefined);
}

/**
 * An end with the gateway by the name by which it is known here: an IPv6 router is known by its link-local address, and signs what it says of
 * packets to pass on with another address of the same link (RFC 4443 section 2.2).
 */
export function endByGateway(end: End, gateway: string | null, { data }: MeasurementOf<'host'>): End {
  const [, name] = /^fe80:[^%]*%(.+)$/i.exec(gateway ?? '') ?? [];
  if (end.kind !== 'refused' || end.from === null || gateway === null || name === undefined) return end;
  const { from } = end;
  const link = data.interfaces.find((entry) => entry.name === name);
  const isOwn = link?.addresses.some(({ address }) => address === from) === true;
  const isNear = link?.addresses.some((own) => covers({ destination: own.address, prefixLength: own.prefixLength }, from)) === true;
  return isNear && !isOwn ? { ...end, from: gateway } : end;
}

/**
 * Whether a gateway was heard, whatever it does with echo: it turned packets back, or it is the first hop of a path that leads by it. What
 * this machine says to itself where nobody answers for a link address is no word of the gateway's.
 */
export function speaksItself(
  gateway: string,
  behind: readonly BeyondGateway[],
  paths: readonly MeasurementOf<'route'>[],
  own: ReadonlySet<string>,
): boolean {
  return behind.some(({ address, end, measurementId }) => {
    if (end?.kind === 'refused' && end.from === gateway) return true;
    const path = paths.find((made) => made.id === measurementId || (made.target !== null && made.data.address === address));
    return path?.data.hops[0]?.addresses.some((router) => router !== address && !own.has(router)) ?? false;
  });
}
