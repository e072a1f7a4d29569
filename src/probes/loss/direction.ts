import { formatRatio } from '../../model/format.js';
import { exactInterval } from '../../model/loss-interval.js';
import type { DataOf } from '../../model/measurement.js';
import type { SegmentExchange } from '../../net/port.js';

export type LossDirection = NonNullable<DataOf<'loss'>['direction']>;

/** What the packets of the series showed. */
export interface SeriesLoss {
  interval: { lowRatio: number; highRatio: number };
  /** `null`: the method does not see it. */
  reordered: number | null;
}

/** Fewer connections say too little. */
const FEWEST_EXCHANGES = 8;

/** With fewer segments to a connection, behind which others come, the way says nothing. */
const FEWEST_SEGMENTS = 1;

/** So many connections must show a loss before it counts: one or two can be an answer about needless retransmissions that was lost. */
const FEWEST_LOSSY = 3;

/**
 * A hole that a loss makes lasts a round trip at least: our acknowledgement has to go, and the segment to come again. It is seen some
 * milliseconds late.
 */
const LOSS_LASTS_ROUND_TRIPS = 0.5;

/** Where fewer of the connections with holes had such a long one, segments come late on this path, and the long ones may be no more than that. */
const LEAST_SHARE_OF_LOSS = 0.75;

/** On a shorter path the process clock cannot tell a hole that waits for a retransmission from one that a late segment fills. */
const SHORTEST_TIMED_ROUND_TRIP_MS = 10;

/** So much may the length of two answers differ without meaning anything: signatures and dates are not always equally long. */
const ANSWER_SLACK_BYTES = 64;

/**
 * In which direction packets are lost, from what TCP connections had to repeat and what reached us with holes. Pure.
 *
 * Each connection is one case, lossy or not, since the losses within one may belong together; the share of lossy ones gives an exact
 * interval (Clopper and Pearson), and from that and the number of segments follows one of the loss of a segment. Nothing is named where the
 * two directions together lose less or more than the series did. Both are named where each was seen to lose, one where it clearly loses more.
 */
export function judgeDirection(exchanges: readonly SegmentExchange[], series: SeriesLoss): LossDirection {
  const cases = exchanges.flatMap((exchange) => readCase(exchange) ?? []);
  const typicalBytes = median(cases.map(({ receivedBytes }) => receivedBytes));
  // A connection whose SYN was sent again may have no round trip, or one that begins with the first.
  const roundTripMs = Math.min(...cases.flatMap(({ rttMs }) => (rttMs > 0 ? [rttMs] : [])));
  const timed = roundTripMs >= SHORTEST_TIMED_ROUND_TRIP_MS;
  const lossHoleMs = LOSS_LASTS_ROUND_TRIPS * roundTripMs;
  const isLossHole = (ms: number) => !timed || ms >= lossHoleMs;

  // Who did not get our whole flight may not have answered.
  const heard = cases.filter(({ wasHeard, hadHole }) => wasHeard || hadHole);
  const lossyThere = cases.filter(({ lost }) => lost > 0);
  const withHole = heard.filter(({ hadHole }) => hadHole);
  const lossyBack = withHole.filter(({ holesMs }) => holesMs.some(isLossHole));
  const inOrder = lossyBack.length >= LEAST_SHARE_OF_LOSS * withHole.length;
  // Where ours overtake each other, what was sent again can have been needless, and the word about that lost.
  const repeated = cases.filter(({ lost, overtaken }) => lost > 0 || overtaken);
  const inOrderThere = repeated.filter(({ overtaken }) => !overtaken).length >= LEAST_SHARE_OF_LOSS * repeated.length;
  const doubtfulBack = heard.filter(({ hadHole, receivedBytes }) => hadHole || receivedBytes + ANSWER_SLACK_BYTES < typicalBytes);
  const found = (hint: LossDirection['hint'], because: string): LossDirection => ({
    hint,
    because,
    there: { segments: sum(cases.map(({ sent }) => sent)), lost: sum(lossyThere.map(({ lost }) => lost)), exchanges: lossyThere.length },
    back: {
      segments: sum(cases.map(({ received }) => received)),
      lost: sum(withHole.map(({ holesMs }) => Math.max(1, holesMs.filter(isLossHole).length))),
      exchanges: withHole.length,
    },
    exchanges: cases.length,
  });

  if (cases.length < FEWEST_EXCHANGES) return found(null, `only ${cases.length} TCP connections could be counted`);
  if (!cases.every(({ selective }) => selective)) {
    return found(null, 'the target does not acknowledge selectively, so that what was sent again may not have been lost');
  }
  const perCase = mean(cases.map(({ sent, lost }) => sent - lost));
  const there = segmentLoss(lossyThere.length, lossyThere.length, cases.length, perCase);
  // The last segment of an answer leaves no hole, as nothing comes behind it.
  const behind = mean(heard.map(({ received }) => Math.max(0, received - 1)));
  const back = segmentLoss(lossyBack.length, doubtfulBack.length, heard.length, behind);
  const counts = `${lossyThere.length} of ${cases.length} TCP connections lost segments on the way there, ${withHole.length} of ${heard.length} on the way back`;

  const together = { low: 1 - (1 - there.low) * (1 - back.low), high: 1 - (1 - there.high) * (1 - back.high) };
  if (together.high < series.interval.lowRatio) {
    return found(null, `TCP loses less than these packets do (at most ${formatRatio(together.high)}): they may be limited`);
  }
  if (together.low > series.interval.highRatio) {
    return found(
      null,
      `TCP loses more than these packets do (at least ${formatRatio(together.low)}), as when segments in a row fill a queue`,
    );
  }
  if (timed && inOrder && inOrderThere && lossyThere.length >= FEWEST_LOSSY && lossyBack.length >= FEWEST_LOSSY)
    return found('both', counts);
  const waysThere = { of: cases.length, segments: perCase };
  const waysBack = { of: heard.length, segments: behind };
  if (losesMore({ ...waysThere, lossy: lossyThere.length }, { ...waysBack, lossy: doubtfulBack.length })) return found('to-target', counts);
  if (losesMore({ ...waysBack, lossy: lossyBack.length }, { ...waysThere, lossy: lossyThere.length })) {
    // A change of order alone does not explain that packets of the series were lost.
    const eliminated = there.high < series.interval.lowRatio && (timed || series.reordered === 0);
    if (eliminated || (timed && inOrder)) return found('from-target', counts);
    return found(null, `${counts}, where a hole by loss cannot be told from a change of order`);
  }
  if (behind < FEWEST_SEGMENTS) return found(null, 'the answers are too short to show what is lost on the way back');
  if (!inOrder && withHole.length >= FEWEST_LOSSY) return found(null, `${counts}, where segments change their order`);
  return found(null, `${counts}: too few to tell`);
}

interface Way {
  /** Connections that lost in this direction, of so many. */
  lossy: number;
  of: number;
  /** Segments of each, of which a loss is noticed. */
  segments: number;
}

/**
 * Whether one way loses more than another, so clearly that of paths which lose as much on both at most one in forty would show it: by the
 * exact interval of its share of all lossy connections.
 */
function losesMore(one: Way, other: Way): boolean {
  const share = exactInterval(one.lossy, one.lossy + other.lossy);
  if (one.lossy < FEWEST_LOSSY || share === null || other.segments < FEWEST_SEGMENTS) return false;
  // Its share where both lose the same: by segments where losses are rare, and by connections where most of them lose one.
  const bySegments = (one.of * one.segments) / (one.of * one.segments + other.of * other.segments);
  const byConnections = one.of / (one.of + other.of);
  return share.lowRatio > Math.max(bySegments, byConnections);
}

interface Case {
  /** Segments with data, retransmissions included. */
  sent: number;
  /** Sent again, and not for nothing. */
  lost: number;
  /** Whether the target had some of it already, or acknowledged it in another order. */
  overtaken: boolean;
  received: number;
  hadHole: boolean;
  holesMs: readonly number[];
  /** Whether all that we sent was acknowledged. */
  wasHeard: boolean;
  receivedBytes: number;
  selective: boolean;
  rttMs: number;
}

/** What one connection shows; `null` where its kernel counts too little, or nothing could be written or it was reset. */
function readCase({ opened, facts, holesMs, writtenBytes, acknowledgedBytes, receivedBytes, ended }: SegmentExchange): Case | null {
  const [before, after] = [opened.counters, facts.counters];
  if (before === null || after === null || holesMs === null || acknowledgedBytes === null) return null;
  if (writtenBytes === 0 || ended === 'reset') return null;
  // The baseline holds a SYN that was sent again.
  const repeated = facts.retransmissions - opened.retransmissions;
  return {
    sent: after.sent - before.sent,
    lost: Math.max(0, repeated - (after.needless - before.needless)),
    overtaken: after.needless > before.needless || after.reorderings > before.reorderings,
    received: after.received,
    hadHole: after.outOfOrder > 0,
    holesMs,
    wasHeard: acknowledgedBytes >= writtenBytes,
    receivedBytes,
    selective: after.selective,
    rttMs: opened.rttMs,
  };
}

/**
 * Interval of the loss of one segment, where a connection of `segments` is lossy if it loses one.
 *
 * @param certain connections that surely lost; from them the lower end
 * @param possible those that may have lost; from them the upper end
 */
function segmentLoss(certain: number, possible: number, of: number, segments: number): { low: number; high: number } {
  const low = exactInterval(certain, of);
  const high = exactInterval(possible, of);
  if (low === null || high === null || segments < FEWEST_SEGMENTS) return { low: 0, high: 1 };
  const ofOne = (share: number) => 1 - (1 - share) ** (1 / segments);
  return { low: ofOne(low.lowRatio), high: ofOne(high.highRatio) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
