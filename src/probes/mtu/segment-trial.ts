import type { SegmentExchange } from '../../net/port.js';
import { FIRST_GUESS_BYTES } from '../../wire/linux/tcp-segments.js';
import type { DirectionOutcome, SegmentTrial } from './segment-search.js';

/** IP and TCP headers without options. */
export const TCP_HEADERS_BYTES = { 4: 40, 6: 60 } as const;

/** So much may the length of two answers differ without meaning anything: signatures and dates are not always equally long. */
const ANSWER_SLACK_BYTES = 64;

/** So many retransmissions of one segment can have made Linux itself try smaller ones (`tcp_mtu_probing`). */
const RETRANSMISSIONS_BEFORE_PROBING = 3;

/**
 * What a connection shows.
 *
 * @param control what a connection with small segments received of the same service; `null` where that one did not get through
 */
export function readTrial(family: 4 | 6, exchange: SegmentExchange, control: SegmentExchange | null): SegmentTrial {
  return { toTarget: readToTarget(family, exchange), fromTarget: readFromTarget(family, exchange, control) };
}

function readToTarget(family: 4 | 6, { opened, facts, writtenBytes, acknowledgedBytes, ended }: SegmentExchange): DirectionOutcome {
  const headers = TCP_HEADERS_BYTES[family];
  const sentBytes = opened.sendSegmentBytes + opened.optionBytes + headers;
  const nothing: DirectionOutcome = { passedBytes: null, failedBytes: null };
  if (acknowledgedBytes === null || writtenBytes < opened.sendSegmentBytes) return nothing;
  const lowered = facts.sendSegmentBytes < opened.sendSegmentBytes;
  if (acknowledgedBytes >= opened.sendSegmentBytes && !lowered) return { passedBytes: sentBytes, failedBytes: null };
  if (lowered) {
    // An ICMP message made the kernel send smaller segments: it works. Its own attempts come later, and without a message.
    const passedBytes = acknowledgedBytes >= facts.sendSegmentBytes ? facts.sendSegmentBytes + facts.optionBytes + headers : null;
    return { passedBytes, failedBytes: facts.retransmissions >= RETRANSMISSIONS_BEFORE_PROBING ? sentBytes : null };
  }
  const stuck = ended === 'still' && facts.retransmissions > 0;
  return stuck ? { passedBytes: null, failedBytes: sentBytes } : nothing;
}

/** A segment that is missing takes as many bytes of the answer as it carries, and all that came behind it waits for it. */
function readFromTarget(family: 4 | 6, exchange: SegmentExchange, control: SegmentExchange | null): DirectionOutcome {
  const { facts, writtenBytes, acknowledgedBytes, receivedBytes, ended } = exchange;
  const headers = TCP_HEADERS_BYTES[family];
  const full = facts.receiveSegmentBytes;
  const seen = facts.largestReceivedSegmentBytes;
  // Below the kernel's first guess its field says nothing; what arrived does.
  const arrived = seen > FIRST_GUESS_BYTES ? seen : Math.min(receivedBytes, full, FIRST_GUESS_BYTES);
  const passedBytes = receivedBytes > 0 || seen > FIRST_GUESS_BYTES ? arrived + facts.optionBytes + headers : null;
  const asked = writtenBytes > 0 && acknowledgedBytes !== null && acknowledgedBytes >= writtenBytes;
  if (!asked || control === null || ended !== 'still') return { passedBytes, failedBytes: null };
  const missing = control.receivedBytes - receivedBytes;
  const stuck = control.receivedBytes >= full && missing + ANSWER_SLACK_BYTES >= full && missing > ANSWER_SLACK_BYTES;
  return { passedBytes, failedBytes: stuck ? full + facts.optionBytes + headers : null };
}
