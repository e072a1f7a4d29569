import { exactInterval } from '../model/loss-interval.js';
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

/** A loss that was looked at hop by hop besides begins where that has shown it to. */
export function placeLosses(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  return checks.map((check) => {
    if (check.code !== 'loss-upstream' || check.target === null || !OF_LOSS.has(kindOf(check)) || isBesideTheWay(check)) return check;
    const placed = byWalk(check.target, measurements) ?? byEchoes(check.target, measurements);
    if (placed === null || placed.measurements.some((id) => check.measurements.includes(id))) return check;
    const { code, where } = placed;
    return { ...check, code, observed: `${check.observed}; ${where}`, measurements: [...check.measurements, ...placed.measurements] };
  });
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

interface Router {
  ttl: number;
  address: string;
  sent: number;
  lost: number;
  measurement: string;
}

/**
 * By echoes to each router of the path: the farthest that loses nothing to speak of is where the loss has not begun yet. Routers that lose
 * some can as well limit their answers, and say nothing, but for the first one: behind it everything is lossy.
 */
function byEchoes(target: string, measurements: readonly Measurement[]): Placed | null {
  const path = measurements.find(
    (made): made is MeasurementOf<'route'> => made.probe === 'route' && made.target === target && made.data.reached === true,
  );
  const own = measurements.filter(
    (made): made is MeasurementOf<'loss'> => made.probe === 'loss' && made.target === target && made.data.interval !== null,
  );
  const lowest = Math.max(0, ...own.map(({ data }) => data.interval?.lowRatio ?? 0));
  if (path === undefined || lowest === 0) return null;
  const routers = path.data.hops.flatMap(({ ttl, addresses }) => echoesOf(ttl, addresses[0], measurements));
  const clean = routers.filter(({ sent, lost }) => (exactInterval(lost, sent)?.highRatio ?? 1) < lowest).at(-1);
  if (clean === undefined) return null;
  const before = `${clean.lost} of ${clean.sent} echoes to hop ${clean.ttl} (${clean.address}) are lost`;
  if (clean.ttl === path.data.hops.length - 1)
    return { code: 'loss-target', where: `at the target only: ${before}`, measurements: [clean.measurement] };
  return { code: 'loss-upstream', where: `beyond hop ${clean.ttl}: ${before}`, measurements: [clean.measurement] };
}

function echoesOf(ttl: number, address: string | undefined, measurements: readonly Measurement[]): Router[] {
  return measurements.flatMap((made) => {
    if ((made.probe !== 'loss' && made.probe !== 'latency') || made.target !== null || made.data.address !== address) return [];
    const { sent, received } = made.data;
    if (address === undefined || sent < FEWEST_ECHOES || received === 0) return [];
    return [{ ttl, address, sent, lost: sent - received, measurement: made.id }];
  });
}
