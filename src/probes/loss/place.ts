import { formatRatio } from '../../model/format.js';
import { designEffect, exactInterval, type LossInterval, lossInterval } from '../../model/loss-interval.js';
import type { DataOf } from '../../model/measurement.js';
import { changePoint } from './change-point.js';

export type LossPath = NonNullable<DataOf<'loss'>['path']>;
type PathHop = LossPath['hops'][number];

export interface HopTally {
  ttl: number;
  address: string | null;
  sent: number;
  received: number;
}

export interface PathTally {
  /** The routers before the target, nearest first. */
  hops: readonly HopTally[];
  /** `lost`: each probe to the target, in the order sent. */
  target: { ttl: number; address: string; lost: readonly boolean[] };
}

/** A place is named from this probability on. */
const SURE = 0.8;
/** Sending more would hardly change it. */
const SETTLED = 0.97;
/** A hop is left out of the search where it limits its answers as surely as this. */
const SURELY_LIMITED = 0.9;
/** A loss below what is acceptable is placed too, once it has shown itself so often that a single disturbance cannot explain it. */
const TELLING_BURSTS = 5;
const TELLING_LOW_RATIO = 0.001;

/** Finds the hop at which the loss begins. Pure. */
export function placeLoss({ hops, target }: PathTally, acceptableRatio: number): LossPath {
  const interval = lossInterval(target.lost);
  const silent = hops.filter(({ received }) => received === 0);
  const speaking = hops.filter(({ received }) => received > 0);
  if (interval === null || !isReal(target.lost, interval, acceptableRatio)) {
    const lost = target.lost.filter(Boolean).length;
    const because =
      lost === 0
        ? 'nothing was lost on the way to the target and back'
        : `${lost} of ${target.lost.length} lost is too little to be placed`;
    return { hops: describe(hops, target, interval, new Map()), start: null, because };
  }
  if (speaking.length === 0 && hops.length > 0) {
    return { hops: describe(hops, target, interval, new Map()), start: null, because: 'no router on the way answers' };
  }

  const worth = 1 / designEffect(target.lost);
  const tallyOf = ({ sent, received }: { sent: number; received: number }) => ({ sent: sent * worth, lost: (sent - received) * worth });
  const own = { sent: target.lost.length, received: target.lost.filter((isLost) => !isLost).length };
  // What limits its answers is no place where a loss can be seen to begin, so it is taken out, and the search is made anew.
  let searched = speaking;
  let found = changePoint([...searched, own].map(tallyOf));
  for (let round = 0; round < hops.length; round++) {
    const kept = searched.filter((_, index) => (found.limited[index] ?? 0) < SURELY_LIMITED);
    if (kept.length === searched.length) break;
    searched = kept;
    found = changePoint([...searched, own].map(tallyOf));
  }
  const index = found.probabilities.reduce((best, value, at) => (value > (found.probabilities[best] ?? 0) ? at : best), 0);
  const probabilityRatio = Math.min(1, found.probabilities[index] ?? 0);
  const places = [...searched, { ttl: target.ttl, address: target.address }];
  const start = places[index];
  const states = new Map<number, PathHop['state']>(speaking.filter((hop) => !searched.includes(hop)).map(({ ttl }) => [ttl, 'limited']));
  if (searched.length === 0 && hops.length > 0) {
    return {
      hops: describe(hops, target, interval, states),
      start: null,
      because: 'every router on the way limits its answers, or gives none',
    };
  }
  if (start === undefined || probabilityRatio < SURE) {
    const likely = places
      .map(({ ttl }, at) => ({ ttl, probability: found.probabilities[at] ?? 0 }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, 2)
      .map(({ ttl, probability }) => `${ttl === target.ttl ? 'at the target' : `at hop ${ttl}`} (${formatRatio(probability)})`);
    return {
      hops: describe(hops, target, interval, states),
      start: null,
      because: `it may begin ${likely.join(' or ')}: too few packets to tell`,
    };
  }

  const after = searched[index - 1];
  for (const [at, { ttl }] of searched.entries()) {
    const limited = (found.limited[at] ?? 0) > 0.5;
    states.set(ttl, limited ? 'limited' : at < index ? 'clean' : 'lossy');
  }
  states.set(target.ttl, 'lossy');
  const place = start.ttl === 1 ? 'local' : start.ttl === target.ttl && after?.ttl === target.ttl - 1 ? 'target' : 'upstream';
  return {
    hops: describe(hops, target, interval, new Map([...states, ...silent.map(({ ttl }) => [ttl, 'silent'] as const)])),
    start: {
      ttl: start.ttl,
      address: start.address,
      after: after === undefined ? null : { ttl: after.ttl, address: after.address },
      place,
      probabilityRatio,
      interval,
    },
    because: null,
  };
}

/** Whether more packets could still tell more: there is a loss to be placed, or one that may become one, and it is not settled yet. Pure. */
export function needsMoreRounds(path: LossPath, target: PathTally['target'], acceptableRatio: number): boolean {
  if (path.start !== null) return path.start.probabilityRatio < SETTLED;
  const interval = lossInterval(target.lost);
  if (interval === null || !target.lost.includes(true)) return false;
  // Some loss, but no router to place it by: only the size of it could still be told better.
  const placeable = path.hops.some(({ state, ttl }) => ttl < target.ttl && state !== 'silent' && state !== 'limited');
  return placeable && interval.highRatio > acceptableRatio;
}

/** A loss that is above what is acceptable for sure, or small but seen again and again. One burst is an event and has no place. */
function isReal(lost: readonly boolean[], { lowRatio }: LossInterval, acceptableRatio: number): boolean {
  const bursts = lost.filter((isLost, index) => isLost && lost[index - 1] !== true).length;
  return lowRatio > acceptableRatio || (bursts >= TELLING_BURSTS && lowRatio > TELLING_LOW_RATIO);
}

function describe(
  hops: readonly HopTally[],
  target: PathTally['target'],
  targetInterval: LossInterval | null,
  known: ReadonlyMap<number, PathHop['state']>,
): PathHop[] {
  const received = target.lost.filter((isLost) => !isLost).length;
  const rows = [...hops, { ttl: target.ttl, address: target.address, sent: target.lost.length, received }];
  return rows.map(({ ttl, address, sent, received: answered }) => {
    const interval = ttl === target.ttl ? targetInterval : exactInterval(sent - answered, sent);
    return {
      ttl,
      address,
      sent,
      received: answered,
      lossRatio: sent === 0 ? null : (sent - answered) / sent,
      interval,
      state: sent === 0 ? 'unclear' : (known.get(ttl) ?? stateBeside(interval, answered, targetInterval)),
    };
  });
}

/** Where no place is named, a hop is told by its interval beside the target's alone. */
function stateBeside(interval: LossInterval | null, answered: number, target: LossInterval | null): PathHop['state'] {
  if (answered === 0) return 'silent';
  if (interval === null || target === null) return 'unclear';
  if (interval.lowRatio > target.highRatio) return 'limited';
  return interval.lowRatio === 0 || interval.highRatio < target.lowRatio ? 'clean' : 'unclear';
}
