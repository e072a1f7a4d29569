import { type Parsed, parsed, refused } from '../parsed.js';

/** How far the kernel has got with what one connection sends (`struct tcp_info` of linux/tcp.h). What it does not tell is `null`. */
export interface TcpProgress {
  /** Bytes that the other side acknowledged, those of TLS included; counts the SYN of a connection that we opened. Linux 4.1. */
  acknowledgedBytes: number;
  /** Since the connection began: while something was to be sent, and while of that time the receive window of the other side was full. Linux 4.9. */
  busyMs: number | null;
  windowLimitedMs: number | null;
  /** Bytes of data, those that were sent again included; and these alone. Linux 4.19. */
  sentBytes: number | null;
  retransmittedBytes: number | null;
}

/** Up to `tcpi_bytes_retrans`; an older kernel fills in less. */
export const TCP_PROGRESS_BYTES = 216;
const SHORTEST_BYTES = 128;
const LIMITS_BYTES = 184;

/** Reads the fields about progress from `struct tcp_info`. Refuses what is too short to tell what was acknowledged. */
export function parseTcpProgress(bytes: Uint8Array): Parsed<TcpProgress> {
  if (bytes.length < SHORTEST_BYTES) return refused(`${bytes.length} bytes of tcp_info`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number) => Number(view.getBigUint64(offset, true));
  const [limits, all] = [bytes.length >= LIMITS_BYTES, bytes.length >= TCP_PROGRESS_BYTES];
  return parsed({
    acknowledgedBytes: at(120),
    busyMs: limits ? at(168) / 1000 : null,
    windowLimitedMs: limits ? at(176) / 1000 : null,
    sentBytes: all ? at(200) : null,
    retransmittedBytes: all ? at(208) : null,
  });
}
