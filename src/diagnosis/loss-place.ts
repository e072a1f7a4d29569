import { logChoose } from '../model/binomial.js';
import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { isBesideTheWay, kindOf } from './kinds.js';

type Place = 'loss-local' | 'loss-upstream' | 'loss-target';

interface Placed {
  code: Place;
  /** Where, in words; a clause. */
  where: string;
  measurements: readonly string[];
}

const CODES = { local: 'loss-local', upstream: 'loss-upstream', target: 'loss-target' } as const;

/** Lines that say of a target that packets are lost, and not where. */
const OF_LOSS: ReadonlySet<string> = new Set(['l3.loss', 'l3.answers']);

/** Fewer echoes say too little of a router. */
const FEWEST_ECHOES = 30;
/** A router that loses so much less than the target does so by chance once in fifty times. */
const BY_CHANCE = 0.02;
/** And what is clean loses hardly any: no more than this share of what the target loses. */
const CLEAN_SHARE = 0.25;

/** A loss that was looked at hop by hop besides begins where that has shown it to. */
export function placeLosses(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const gateways = gatewaysOf(measurements);
  return checks.map((check) => {
    if (check.code !== 'loss-upstream' || check.target === null || !OF_LOSS.has(kindOf(check)) || isBesideTheWay(check)) return check;
    const placed =
      besideNeighbour(check.target, gateways, measurements) ?? byWalk(check.target, measurements) ?? byEchoes(check.target, measurements);
    if (placed === null || placed.measurements.some((id) => check.measurements.includes(id))) return check;
    const { code, where } = placed;
    return { ...check, code, observed: `${check.observed}; ${where}`, measurements: [...check.measurements, ...placed.measurements] };
  });
}

function gatewaysOf(measurements: readonly Measurement[]): string[] {
  return measurements.flatMap((made) => (made.probe === 'host' ? made.data.defaultRoutes.flatMap(({ gateway }) => gateway ?? []) : []));
}

/** By packets of a limited reach, where enough routers answered for theirs. */
function byWalk(target: string, measurements: readonly Measurement[]): Placed | null {
  const walk = measurements.find(
    (made): made is MeasurementOf<'loss'> => made.probe === 'loss' && made.target === target && made.data.path?.start != null,
  );
  const start = walk?.data.path?.start;
  if (walk === undefined || start == null) return null;
  const { ttl, address, after, place } = start;
  const before = after === null ? '' : `, not before (hop ${after.ttl}${after.address === null ? '' : `, ${after.address}`})`;
  const from = place === 'target' ? 'at the target only' : `from hop ${ttl}${address === null ? '' : ` (${address})`} on`;
  return { code: CODES[place], where: `${from}${before}`, measurements: [walk.id] };
}

interface Router extends Tally {
  ttl: number;
  address: string;
  measurement: string;
}

/**
 * By echoes to each router of the path: the farthest that loses so little that chance does not explain it is where the loss has not begun yet.
 * Routers that lose some can as well limit their answers, and say nothing, but for the first one: behind it everything is lossy.
 */
function byEchoes(target: string, measurements: readonly Measurement[]): Placed | null {
  const path = pathTo(target, measurements);
  const own = lossOf(target, measurements);
  if (path === undefined || own.lost === 0) return null;
  const routers = path.data.hops.flatMap(({ ttl, addresses }) => echoesOf(ttl, addresses[0], measurements));
  const clean = routers.filter((router) => isCleanBeside(router, own)).at(-1);
  if (clean === undefined) return null;
  const before = `${clean.lost} of ${clean.sent} echoes to hop ${clean.ttl} (${clean.address}) are lost`;
  if (clean.ttl === distanceOf(target, path, measurements) - 1)
    return { code: 'loss-target', where: `at the target only: ${before}`, measurements: [clean.measurement] };
  return { code: 'loss-upstream', where: `beyond hop ${clean.ttl}: ${before}`, measurements: [clean.measurement] };
}

/**
 * Of a target on the link itself, or that is the gateway: all packets to it begin to be lost at the first hop, which is the target, and nothing
 * lies upstream of that. Where the gateway on the same link loses none, the link is not why.
 */
function besideNeighbour(target: string, gateways: readonly string[], measurements: readonly Measurement[]): Placed | null {
  const path = pathTo(target, measurements);
  const own = lossOf(target, measurements);
  const lookup = lookupOnLink(target, measurements);
  const near = path !== undefined && distanceOf(target, path, measurements) === 1;
  if (own.lost === 0 || (lookup === undefined && !near)) return null;
  const address = lookup?.data.address ?? path?.data.address;
  const neighbours = gateways.filter((gateway) => gateway !== address).flatMap((gateway) => echoesOf(1, gateway, measurements));
  const clean = neighbours.find((neighbour) => isCleanBeside(neighbour, own) || (lookup !== undefined && neighbour.lost === 0));
  if (clean !== undefined) {
    const where = `at the target only: ${clean.lost} of ${clean.sent} echoes to ${clean.address} on the same link are lost`;
    return { code: 'loss-target', where, measurements: [clean.measurement] };
  }
  return lookup === undefined ? null : { code: 'loss-local', where: 'no router is between', measurements: [lookup.id] };
}

/** Links of which the other end is far away: what is lost there, other links have lost. */
const TUNNELS = /^(tun|wireguard|ppp|cellular|ip6?gre|gre|gretap|ip6gretap|ipip|ip6tnl|sit|vti6?|xfrm|vxlan|geneve|l2tp)$/;

/** The kernel's way to a target, where that is on a link of this machine itself. */
function lookupOnLink(target: string, measurements: readonly Measurement[]): MeasurementOf<'route-lookup'> | undefined {
  const links = measurements.flatMap((made) => (made.probe === 'host' ? made.data.interfaces : []));
  return measurements.find(
    (made): made is MeasurementOf<'route-lookup'> =>
      made.probe === 'route-lookup' &&
      made.target === target &&
      made.attempt.kind === 'measured' &&
      made.data.interface !== null &&
      made.data.gateway === null &&
      made.data.loopback === false &&
      !TUNNELS.test(links.find(({ name }) => name === made.data.interface)?.kind ?? ''),
  );
}

function pathTo(target: string, measurements: readonly Measurement[]): MeasurementOf<'route'> | undefined {
  return measurements.find(
    (made): made is MeasurementOf<'route'> => made.probe === 'route' && made.target === target && made.data.reached === true,
  );
}

/** Hops to the target. A trace is too long where the packet that would have ended at the target was lost; a walk has sent many. */
function distanceOf(target: string, { data }: MeasurementOf<'route'>, measurements: readonly Measurement[]): number {
  const walked = measurements.flatMap((made) => {
    if (made.probe !== 'loss' || made.target !== target || made.data.address !== data.address) return [];
    return made.data.path?.hops.at(-1)?.ttl ?? [];
  });
  return Math.min(data.hops.length, ...walked);
}

interface Tally {
  sent: number;
  lost: number;
}

/** Of all series to a target. */
function lossOf(target: string, measurements: readonly Measurement[]): Tally {
  const series = measurements.filter((made): made is MeasurementOf<'loss'> => made.probe === 'loss' && made.target === target);
  return {
    sent: series.reduce((sum, { data }) => sum + data.sent, 0),
    lost: series.reduce((sum, { data }) => sum + (data.lost ?? 0), 0),
  };
}

/** Whether it loses hardly any, and chance does not explain that it is so much less than the other: Fisher's exact test, one-sided. */
function isCleanBeside({ sent, lost }: Tally, lossy: Tally): boolean {
  if (lost * lossy.sent > CLEAN_SHARE * lossy.lost * sent) return false;
  const [all, losses] = [sent + lossy.sent, lost + lossy.lost];
  const ways = logChoose(all, losses);
  let chance = 0;
  for (let count = Math.max(0, losses - lossy.sent); count <= lost; count++)
    chance += Math.exp(logChoose(sent, count) + logChoose(lossy.sent, losses - count) - ways);
  return chance < BY_CHANCE;
}

function echoesOf(ttl: number, address: string | undefined, measurements: readonly Measurement[]): Router[] {
  return measurements.flatMap((made) => {
    if ((made.probe !== 'loss' && made.probe !== 'latency') || made.target !== null || made.data.address !== address) return [];
    const { sent, received } = made.data;
    if (address === undefined || sent < FEWEST_ECHOES || received === 0) return [];
    return [{ ttl, address, sent, lost: sent - received, measurement: made.id }];
  });
}
