import { randomBytes } from 'node:crypto';
import type { SegmentExchange } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import { firstFlight } from './first-flight.js';
import type { MtuPlan } from './plan.js';
import { bracket, type Direction, type DirectionOutcome, nextSegmentSizes, type SegmentTrial } from './segment-search.js';
import { readTrial, TCP_HEADERS_BYTES } from './segment-trial.js';

/** Linux sends a segment again after 200 ms and a round trip at least, then after twice and four times that: this holds three. */
const STALL_MS = 1600;

/** The control connection reads the whole answer, which comes in one piece as a rule. */
const CONTROL_LINGER_MS = 150;

/** A lost SYN is sent again after 1 s (RFC 6298). */
const CONNECT_MS = 2500;

/** The size that every host takes (RFC 1122, RFC 8200). */
const CONTROL_PACKET_BYTES = { 4: 576, 6: 1280 } as const;

/** Larger segments than a jumbo frame's exist on loopback only, where nothing is to be searched for. */
const LARGEST_PACKET_BYTES = 9216;

export interface SegmentEvidence {
  /** Payload of a full segment towards the target, options subtracted, as the kernel settled on it. */
  sendSegmentBytes: number;
  /** Maximum segment size that this machine announced. */
  announcedMssBytes: number;
  /** Path MTU that the kernel held for the connection at its end. */
  pathMtuBytes: number;
  toTarget: DirectionOutcome;
  fromTarget: DirectionOutcome;
  connections: number;
}

/**
 * Learns by TCP connections what sizes get through in each direction.
 *
 * @param search whether the service is spoken to; otherwise one connection without data tells the segment size
 * @param guessBytes largest packet that passed by another method
 */
export async function askSegments(
  plan: MtuPlan,
  context: MeasureContext,
  { search, guessBytes }: { search: boolean; guessBytes: number | null },
): Promise<SegmentEvidence | null> {
  const speak = search && plan.speech !== null && plan.localMtuBytes !== null && plan.localMtuBytes <= LARGEST_PACKET_BYTES;
  const connectWith = (packetBytes: number | null, lingerMs = 0) => connect(plan, context, packetBytes, speak, lingerMs);
  const [whole, small] = await Promise.all([
    connectWith(null),
    speak ? connectWith(CONTROL_PACKET_BYTES[plan.family], CONTROL_LINGER_MS) : null,
  ]);
  if (whole === null) return null;
  const trials: SegmentTrial[] = [whole, small].flatMap((exchange) => (exchange === null ? [] : [readTrial(plan.family, exchange, small)]));
  let connections = speak ? 2 : 1;
  while (speak && small !== null && !context.signal.aborted) {
    const sizes = nextSegmentSizes(trials, guessBytes);
    if (sizes.length === 0) break;
    const exchanges = await Promise.all(sizes.map((size) => connectWith(size)));
    connections += sizes.length;
    // One that did not come about shows nothing, and still counts as a connection.
    for (const exchange of exchanges) trials.push(exchange === null ? NOTHING_SHOWN : readTrial(plan.family, exchange, small));
  }
  // A single connection that hangs can be the service's own doing.
  const failed = (['toTarget', 'fromTarget'] as const).map((direction) => loneFailure(trials, direction));
  for (const size of new Set(failed.filter((one) => one !== null))) {
    const again = await connectWith(size);
    connections++;
    const trial = again === null ? NOTHING_SHOWN : readTrial(plan.family, again, small);
    for (const direction of ['toTarget', 'fromTarget'] as const) {
      const refuted = trial[direction].failedBytes === null && bracket(trials, direction).failedBytes === size;
      if (refuted) for (const one of trials) one[direction] = { ...one[direction], failedBytes: null };
    }
    trials.push(trial);
  }
  return {
    sendSegmentBytes: whole.facts.sendSegmentBytes,
    announcedMssBytes: whole.facts.receiveSegmentBytes + whole.facts.optionBytes,
    pathMtuBytes: whole.facts.pathMtuBytes,
    toTarget: bracket(trials, 'toTarget'),
    fromTarget: bracket(trials, 'fromTarget'),
    connections,
  };
}

const NOTHING_SHOWN: SegmentTrial = {
  toTarget: { passedBytes: null, failedBytes: null },
  fromTarget: { passedBytes: null, failedBytes: null },
};

/** The size that failed in a direction, where it was one connection alone that showed it. */
function loneFailure(trials: readonly SegmentTrial[], direction: Direction): number | null {
  const failures = trials.map((trial) => trial[direction].failedBytes).filter((size) => size !== null);
  return failures.length === 1 ? (failures[0] ?? null) : null;
}

async function connect(
  plan: MtuPlan,
  { network, signal }: MeasureContext,
  packetBytes: number | null,
  speak: boolean,
  lingerMs: number,
): Promise<SegmentExchange | null> {
  const { address, port, speech, family, origin } = plan;
  if (port === null) return null;
  const attempt = await network.segments.exchange({
    address,
    port,
    timeoutMs: Math.max(CONNECT_MS, plan.timeoutMs),
    signal,
    maximumSegmentBytes: packetBytes === null ? null : packetBytes - TCP_HEADERS_BYTES[family],
    firstFlight: (segmentBytes) => (speak && speech !== null ? firstFlight(speech, segmentBytes, randomBytes(96)) : new Uint8Array(0)),
    stallMs: Math.max(STALL_MS, plan.timeoutMs),
    lingerMs,
    ...origin,
  });
  return attempt.kind === 'measured' ? attempt.value : null;
}
