// What a link does to the packets of one direction. Pure: the clock is an argument, chance comes from a seed, so that runs repeat.
//
// A packet passes in this order: too large? room in the queue? its turn at the rate; lost on the way? delay and jitter; held back? twice?
// What is lost on the way has used up its share of the rate, as on a real line.

const NEVER_WITHIN = 1e12;
const DEFAULT_QUEUE_BYTES = 150_000;
const DEFAULT_REORDER_DELAY_MS = 10;
/** Packets on their way in one direction. A bound on memory; a line of 1 s and 100,000 packets/s fits. */
export const MOST_IN_FLIGHT = 100_000;

const RANGES = {
  delayMs: [0, 60_000],
  jitterMs: [0, 60_000],
  lossRatio: [0, 1],
  reorderRatio: [0, 1],
  reorderDelayMs: [0, 60_000],
  duplicateRatio: [0, 1],
  rateBitsPerSecond: [1000, NEVER_WITHIN],
  queueBytes: [0, NEVER_WITHIN],
  queuePackets: [1, NEVER_WITHIN],
  mtuBytes: [68, 65_535],
};

/** Throws a RangeError that names the setting which is unknown or out of its range. */
export function checkImpairment(impairment) {
  for (const [name, value] of Object.entries(impairment)) {
    if (value === undefined) continue;
    const range = RANGES[name];
    if (range !== undefined) {
      if (typeof value !== 'number' || !(value >= range[0] && value <= range[1]))
        throw new RangeError(`${name} must be from ${range[0]} to ${range[1]}, not ${value}`);
    } else if (name === 'jitterShape') {
      if (value !== 'uniform' && value !== 'normal') throw new RangeError(`jitterShape must be uniform or normal, not ${value}`);
    } else if (name === 'lossBursts') {
      const { lossRatio, meanPackets } = value;
      if (!(lossRatio >= 0 && lossRatio < 1 && meanPackets >= 1 && goodToBad(value) <= 1))
        throw new RangeError(`no Gilbert model loses ${lossRatio} of the packets in bursts of ${meanPackets} on average`);
    } else if (name === 'mtuAnnouncedBy') {
      if (!Array.isArray(value) || !value.every((address) => typeof address === 'string'))
        throw new RangeError('mtuAnnouncedBy must be a list of addresses');
    } else throw new RangeError(`there is no impairment ${name}`);
  }
}

/** Numbers from 0 up to 1 (mulberry32), the same for the same seed. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One direction of a link, with nothing on it. */
export function createDirection(impairment, seed) {
  const direction = {
    impairment: {},
    chance: {},
    inBadState: false,
    lostLast: false,
    lineFreeAtMs: 0,
    queue: [],
    queueHead: 0,
    lastInOrderAtMs: 0,
    nextSequence: 0,
    highestDelivered: -1,
    counters: {
      arrived: 0,
      forwarded: 0,
      forwardedBytes: 0,
      duplicated: 0,
      reordered: 0,
      lost: 0,
      lossBursts: 0,
      queueDropped: 0,
      tooLarge: 0,
      announced: 0,
      refused: 0,
      inFlight: 0,
    },
  };
  change(direction, impairment, seed);
  return direction;
}

/**
 * Replaces the impairment. What is already on its way arrives as it was scheduled, and stays in front of what follows. Each effect has
 * chance of its own, so that a change of one does not change what the others do; all begin anew where a seed is given.
 */
export function change(direction, impairment, seed) {
  checkImpairment(impairment);
  direction.impairment = { ...impairment };
  if (seed === undefined) return;
  const draw = seededRandom(seed);
  for (const effect of ['loss', 'bursts', 'jitter', 'reorder', 'duplicate']) direction.chance[effect] = seededRandom(draw() * 2 ** 32);
  direction.inBadState = false;
}

/**
 * What becomes of a packet that arrives now. `now` in milliseconds must not go back. For `deliver`, call {@link delivered} when `atMs`
 * has come.
 */
export function schedule(direction, bytes, nowMs) {
  const { impairment, counters } = direction;
  counters.arrived++;
  if (impairment.mtuBytes !== undefined && bytes > impairment.mtuBytes) {
    counters.tooLarge++;
    return { kind: 'too-large', mtuBytes: impairment.mtuBytes };
  }
  const leavesAtMs = leavesQueue(direction, bytes, nowMs);
  if (leavesAtMs === null || counters.inFlight >= MOST_IN_FLIGHT) {
    counters.queueDropped++;
    return { kind: 'dropped' };
  }
  if (isLost(direction)) {
    counters.lost++;
    if (!direction.lostLast) counters.lossBursts++;
    direction.lostLast = true;
    return { kind: 'dropped' };
  }
  direction.lostLast = false;

  const heldBack = happens(direction.chance.reorder, impairment.reorderRatio);
  // Jitter alone keeps the order, as a queue does: only what is held back is overtaken.
  let atMs = Math.max(leavesAtMs + (impairment.delayMs ?? 0) + jitter(direction), leavesAtMs, direction.lastInOrderAtMs);
  if (heldBack) atMs += impairment.reorderDelayMs ?? DEFAULT_REORDER_DELAY_MS;
  else direction.lastInOrderAtMs = atMs;
  counters.inFlight++;
  const copies = happens(direction.chance.duplicate, impairment.duplicateRatio) ? 2 : 1;
  return { kind: 'deliver', atMs, copies, sequence: direction.nextSequence++ };
}

/** Counts a packet that left the link. It is reordered where one that came in after it has left before it (RFC 4737, 3.2). */
export function delivered(direction, sequence, copies, bytes, accepted) {
  const { counters } = direction;
  counters.inFlight--;
  if (!accepted) {
    counters.refused++;
    return;
  }
  counters.forwarded++;
  counters.forwardedBytes += bytes;
  counters.duplicated += copies - 1;
  if (sequence < direction.highestDelivered) counters.reordered++;
  else direction.highestDelivered = sequence;
}

/** When the last bit is on the line, or `null` where the queue has no room. A packet always fits an idle line. */
function leavesQueue(direction, bytes, nowMs) {
  const { rateBitsPerSecond, queueBytes = DEFAULT_QUEUE_BYTES, queuePackets = Number.POSITIVE_INFINITY } = direction.impairment;
  if (rateBitsPerSecond === undefined) {
    direction.lineFreeAtMs = nowMs;
    direction.queue.length = 0;
    direction.queueHead = 0;
    return nowMs;
  }
  const { queue } = direction;
  while (direction.queueHead < queue.length && queue[direction.queueHead] <= nowMs) direction.queueHead++;
  if (direction.queueHead > 1000) {
    queue.splice(0, direction.queueHead);
    direction.queueHead = 0;
  }
  const waiting = queue.length - direction.queueHead;
  const waitingBytes = (Math.max(0, direction.lineFreeAtMs - nowMs) * rateBitsPerSecond) / 8000;
  if (waiting > 0 && (waitingBytes + bytes > queueBytes || waiting >= queuePackets)) return null;
  direction.lineFreeAtMs = Math.max(nowMs, direction.lineFreeAtMs) + (bytes * 8000) / rateBitsPerSecond;
  queue.push(direction.lineFreeAtMs);
  return direction.lineFreeAtMs;
}

function isLost(direction) {
  const { lossRatio, lossBursts } = direction.impairment;
  let lost = happens(direction.chance.loss, lossRatio);
  if (lossBursts !== undefined) {
    const leaves = direction.inBadState ? 1 / lossBursts.meanPackets : goodToBad(lossBursts);
    if (direction.chance.bursts() < leaves) direction.inBadState = !direction.inBadState;
    lost ||= direction.inBadState;
  }
  return lost;
}

/** Gilbert's model: of the share `p / (p + r)` that is lost and the mean length `1 / r`, the chance `p` that a burst begins. */
function goodToBad({ lossRatio, meanPackets }) {
  return lossRatio / (1 - lossRatio) / meanPackets;
}

function jitter({ impairment: { jitterMs = 0, jitterShape = 'uniform' }, chance }) {
  if (jitterMs === 0) return 0;
  if (jitterShape === 'uniform') return (2 * chance.jitter() - 1) * jitterMs;
  return Math.sqrt(-2 * Math.log(1 - chance.jitter())) * Math.cos(2 * Math.PI * chance.jitter()) * jitterMs;
}

function happens(chance, ratio) {
  return ratio !== undefined && ratio > 0 && chance() < ratio;
}
