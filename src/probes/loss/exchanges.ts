import { randomBytes } from 'node:crypto';
import type { SegmentExchange } from '../../net/port.js';
import { firstFlight } from '../mtu/first-flight.js';
import type { MeasureContext } from '../probe.js';
import type { LossPlan, Service } from './plan.js';

/** Each is one case in the statistics, however many segments it loses. */
const MOST_EXCHANGES = 24;
const AT_ONCE = 8;

/** No further one begins after so long; those under way end by themselves. */
const BEGIN_WITHIN_MS = 2500;

/**
 * Small segments make many of few bytes. Smaller ones than this are dropped by some firewalls (the cure of 2019 for CVE-2019-11479), so that
 * they are used only where the answer would fill too few.
 */
const SEGMENT_BYTES = 536;
const SMALLEST_SEGMENT_BYTES = 100;
const OPTION_BYTES = 12;

/** So many full segments are sent, and at least asked for. Ten are what a connection may send at once (RFC 6928). */
const SEGMENTS_THERE = 12;
const SEGMENTS_BACK = 12;

/** So many connections with smaller segments may fail before they are given up. */
const MOST_REFUSED = 4;

/** A SYN that was lost is sent again after 1 s (RFC 6298). */
const CONNECT_MS = 1500;

/** Holds one retransmission by time-out, 200 ms and a round trip at least. */
const STALL_MS = 600;

/** Within it come the answer to a needless retransmission and what was late by a delayed acknowledgement, after one round trip more. */
const LINGER_MS = 200;

/** Close enough together to see how long a hole lasts on a path of 10 ms. */
const LOOK_MS = 3;

/** What is waited for grows with the round trip, up to this one. */
const LONGEST_ROUND_TRIP_MS = 1000;

/**
 * Connects to the service again and again, sends it a flight of many small segments, and reads the beginning of its answer. What did not
 * come about is left out: who lost a SYN cannot be told.
 *
 * @param slowMs round trip of the slower packets of the path
 */
export async function exchangeSegments(
  plan: LossPlan,
  service: Service,
  slowMs: number,
  context: MeasureContext,
): Promise<SegmentExchange[]> {
  const { clock } = context.network;
  const roundTripMs = Math.min(slowMs, LONGEST_ROUND_TRIP_MS);
  const lastBeginMs = clock.nowMs() + BEGIN_WITHIN_MS;
  const made: SegmentExchange[] = [];
  let begun = 0;
  let refused = 0;
  let segmentBytes = SEGMENT_BYTES;
  const inTurn = async () => {
    while (begun < MOST_EXCHANGES && !context.signal.aborted && (begun < AT_ONCE || clock.nowMs() < lastBeginMs)) {
      begun++;
      const asked = refused >= MOST_REFUSED ? SEGMENT_BYTES : segmentBytes;
      const exchange = await exchangeOnce(plan, service, { roundTripMs, segmentBytes: asked }, context);
      if (exchange === null) {
        if (asked < SEGMENT_BYTES) refused++;
        continue;
      }
      made.push(exchange);
      const wanted = exchange.ended === 'settled' ? segmentBytesFor(exchange.receivedBytes) : SEGMENT_BYTES;
      segmentBytes = Math.min(segmentBytes, wanted);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, inTurn));
  return made;
}

/** The largest segment, options included, of which an answer of so many bytes fills enough. */
function segmentBytesFor(answerBytes: number): number {
  if (answerBytes === 0) return SEGMENT_BYTES;
  return Math.min(SEGMENT_BYTES, Math.max(SMALLEST_SEGMENT_BYTES, Math.floor(answerBytes / SEGMENTS_BACK) + OPTION_BYTES));
}

async function exchangeOnce(
  { address, origin }: LossPlan,
  { port, speech }: Service,
  { roundTripMs, segmentBytes }: { roundTripMs: number; segmentBytes: number },
  { network, signal }: MeasureContext,
): Promise<SegmentExchange | null> {
  const spoken = speech.protocol === 'http' ? { ...speech, persistent: true } : speech;
  const attempt = await network.segments.exchange({
    address,
    port,
    timeoutMs: CONNECT_MS + roundTripMs,
    signal,
    maximumSegmentBytes: segmentBytes,
    firstFlight: (bytes) => firstFlight(spoken, SEGMENTS_THERE * bytes, randomBytes(96)),
    stallMs: STALL_MS + 2 * roundTripMs,
    lingerMs: LINGER_MS + roundTripMs,
    lookMs: LOOK_MS,
    ...origin,
  });
  return attempt.kind === 'measured' ? attempt.value : null;
}
