import type { DataOf } from '../../model/measurement.js';
import type { SearchResult } from './search.js';
import type { SegmentEvidence } from './segment-evidence.js';
import type { DirectionOutcome } from './segment-search.js';

type Found = Pick<
  DataOf<'mtu'>,
  'pathMtuBytes' | 'exact' | 'blackhole' | 'limitedBy' | 'smallestFailedBytes' | 'direction' | 'largeEchoFiltered'
>;

const NOTHING: Found = {
  pathMtuBytes: null,
  exact: null,
  blackhole: null,
  limitedBy: null,
  smallestFailedBytes: null,
  direction: null,
  largeEchoFiltered: null,
};

/**
 * What the packets and the segments say together. Echo is answered as large as it was asked, so that it cannot tell the directions apart,
 * and a filter can swallow large echoes alone: TCP can do the one and shows the other.
 *
 * @param byDatagrams the packets were datagrams, whose answers are small whatever their size, and few: hosts limit them
 */
export function concludeMtu(
  packets: SearchResult | null,
  segments: SegmentEvidence | null,
  localMtuBytes: number | null,
  byDatagrams = false,
): Found {
  const direction = segments === null ? null : stuckDirection(segments);
  if (packets === null || packets.passed === null) return segments === null ? NOTHING : bySegments(segments, localMtuBytes, direction);
  const found: Found = {
    pathMtuBytes: packets.passed,
    exact: packets.exact,
    blackhole: packets.failed === null ? (packets.exact ? false : null) : packets.silent,
    limitedBy: packets.limitedBy,
    smallestFailedBytes: packets.failed,
    direction: null,
    largeEchoFiltered: null,
  };
  if (segments === null) return found;
  const { toTarget, fromTarget } = segments;
  if (direction !== null) {
    // IPv4 routers break up the reply to an echo, which may be fragmented: a narrow way back does not show in it.
    const failed = found.blackhole === true ? packets.failed : smallest(toTarget.failedBytes, fromTarget.failedBytes, packets.failed);
    return { ...found, blackhole: true, direction, smallestFailedBytes: failed, largeEchoFiltered: false };
  }
  if (byDatagrams && packets.failed !== null && toTarget.passedBytes !== null && toTarget.passedBytes >= packets.failed) {
    // A size that TCP gets there was met by silence for want of answers, not of room.
    return {
      ...found,
      pathMtuBytes: toTarget.passedBytes,
      exact: toTarget.passedBytes === localMtuBytes || toTarget.passedBytes === segments.pathMtuBytes,
      blackhole: false,
      limitedBy: toTarget.passedBytes === localMtuBytes ? 'local' : packets.limitedBy,
      smallestFailedBytes: null,
    };
  }
  const both = smallest(toTarget.passedBytes, fromTarget.passedBytes);
  const more = toTarget.passedBytes !== null && fromTarget.passedBytes !== null && both !== null && both > packets.passed;
  if (found.blackhole === false || !more) return found;
  const whole = both === localMtuBytes;
  return {
    ...found,
    pathMtuBytes: both,
    exact: whole,
    blackhole: false,
    limitedBy: whole ? 'local' : null,
    smallestFailedBytes: null,
    largeEchoFiltered: true,
  };
}

/** Where no packet was answered, the segments alone. */
function bySegments(segments: SegmentEvidence, localMtuBytes: number | null, direction: Found['direction']): Found {
  const { passedBytes, failedBytes } = segments.toTarget;
  if (passedBytes === null && direction === null) return NOTHING;
  const whole = passedBytes !== null && passedBytes === localMtuBytes;
  // A path MTU below that of the interface is one that the kernel was told of.
  const told = passedBytes !== null && localMtuBytes !== null && passedBytes < localMtuBytes && passedBytes === segments.pathMtuBytes;
  return {
    pathMtuBytes: passedBytes,
    exact: whole || told || isNeighbour(segments.toTarget),
    blackhole: direction !== null ? true : whole || told ? false : null,
    limitedBy: whole ? 'local' : null,
    smallestFailedBytes: smallest(failedBytes, segments.fromTarget.failedBytes),
    direction,
    largeEchoFiltered: null,
  };
}

/** Where small segments are not taken either, it is no matter of size: somebody swallows what the connection carries, whatever its length. */
function stuckDirection({ toTarget, fromTarget }: SegmentEvidence): Found['direction'] {
  if (toTarget.failedBytes !== null && toTarget.passedBytes !== null) return fromTarget.failedBytes !== null ? 'both' : 'to-target';
  return fromTarget.failedBytes !== null ? 'from-target' : null;
}

function isNeighbour({ passedBytes, failedBytes }: DirectionOutcome): boolean {
  return passedBytes !== null && failedBytes !== null && failedBytes === passedBytes + 1;
}

/** The smallest of the numbers that are there; `null` where none is. */
function smallest(...numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * The packet size that gets through in both directions, for commands that set one: the path MTU, or what came through from the target where
 * that is less.
 */
export function usableMtuBytes(data: DataOf<'mtu'>): number | null {
  const { pathMtuBytes, tcp } = data;
  const back = tcp?.fromTarget.failedBytes == null ? null : tcp.fromTarget.passedBytes;
  const there = tcp?.toTarget.failedBytes == null ? null : tcp.toTarget.passedBytes;
  return smallest(pathMtuBytes, back, there);
}
