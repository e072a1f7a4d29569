import { type Parsed, parsed, refused } from '../parsed.js';

/** What the kernel knows of the segments of one connection (`struct tcp_info` of linux/tcp.h). What it does not tell is `null`. */
export interface TcpSegmentFacts {
  /** Payload of a full segment that we send, TCP options subtracted. */
  sendSegmentBytes: number;
  /**
   * Payload of the largest segment that arrived. The kernel begins with a guess, 536 as a rule: below {@link FIRST_GUESS_BYTES} it says
   * nothing.
   */
  largestReceivedSegmentBytes: number;
  /** Payload of a full segment that we asked the other side to send, TCP options subtracted. */
  receiveSegmentBytes: number;
  /** Path MTU that the kernel holds for this connection. */
  pathMtuBytes: number;
  /** TCP options in each segment: 12 bytes where both sides stamp them (RFC 7323), otherwise 0. */
  optionBytes: number;
  retransmissions: number;
  /** Bytes that the other side acknowledged; counts the SYN of a connection that we opened. Linux 4.1. */
  acknowledgedBytes: number | null;
  /** Smoothed round trip. */
  rttMs: number;
  /** What was counted of the segments of either direction; `null` before Linux 5.5, which does not tell all of it. */
  counters: SegmentCounters | null;
}

/** Segments of one connection, since it began; of ours and theirs those that carry data, retransmissions included. */
export interface SegmentCounters {
  sent: number;
  /** Of those that we sent again, how many the other side said it had already (DSACK, RFC 2883). */
  needless: number;
  /** How often ours were seen to have overtaken each other. */
  reorderings: number;
  received: number;
  /** Those that arrived while one before them was missing: behind one loss these can be many. */
  outOfOrder: number;
  /** Whether both sides acknowledge selectively (RFC 2018). */
  selective: boolean;
}

/** What an unknown sender is taken to send at most, before anything came (RFC 9293 section 3.7.1). */
export const FIRST_GUESS_BYTES = 536;

/** Up to `tcpi_rcv_ooopack`; an older kernel fills in less. */
export const TCP_SEGMENT_INFO_BYTES = 228;
/** Up to `tcpi_bytes_acked`. */
const ACKNOWLEDGED_BYTES = 128;
const SHORTEST_BYTES = 104;
const OPTION_TIMESTAMPS = 1;
const OPTION_SELECTIVE = 2;
const TIMESTAMP_OPTION_BYTES = 12;

/** Reads the fields about segments from `struct tcp_info`. Refuses what is too short to hold those that every Linux has. */
export function parseTcpSegments(bytes: Uint8Array): Parsed<TcpSegmentFacts> {
  if (bytes.length < SHORTEST_BYTES) return refused(`${bytes.length} bytes of tcp_info`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return parsed({
    sendSegmentBytes: view.getUint32(16, true),
    largestReceivedSegmentBytes: view.getUint32(20, true),
    pathMtuBytes: view.getUint32(60, true),
    rttMs: view.getUint32(68, true) / 1000,
    receiveSegmentBytes: view.getUint32(84, true),
    retransmissions: view.getUint32(100, true),
    optionBytes: (view.getUint8(5) & OPTION_TIMESTAMPS) === 0 ? 0 : TIMESTAMP_OPTION_BYTES,
    acknowledgedBytes: bytes.length >= ACKNOWLEDGED_BYTES ? Number(view.getBigUint64(120, true)) : null,
    counters: bytes.length >= TCP_SEGMENT_INFO_BYTES ? readCounters(view) : null,
  });
}

function readCounters(view: DataView): SegmentCounters {
  return {
    sent: view.getUint32(156, true),
    needless: view.getUint32(216, true),
    reorderings: view.getUint32(220, true),
    received: view.getUint32(152, true),
    outOfOrder: view.getUint32(224, true),
    selective: (view.getUint8(5) & OPTION_SELECTIVE) !== 0,
  };
}
