import { type Parsed, parsed, refused } from '../parsed.js';

/** The kernel's own facts of a TCP connection. */
export interface TcpFacts {
  /** The kernel's smoothed round trip: after the handshake alone, that of SYN and SYN-ACK. */
  rttMs: number;
  /** Maximum segment size for sending. */
  sendMssBytes: number;
  pathMtuBytes: number;
  retransmissions: number;
}

/** `struct tcp_info` of linux/tcp.h up to `tcpi_total_retrans`. It only ever grows at its end. */
export const TCP_INFO_BYTES = 104;

/** Reads `struct tcp_info`: microseconds and bytes, in host order. Refuses what is too short to hold the fields. */
export function parseTcpInfo(bytes: Uint8Array): Parsed<TcpFacts> {
  if (bytes.length < TCP_INFO_BYTES) return refused(`${bytes.length} bytes of tcp_info`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return parsed({
    sendMssBytes: view.getUint32(16, true),
    pathMtuBytes: view.getUint32(60, true),
    rttMs: view.getUint32(68, true) / 1000,
    retransmissions: view.getUint32(100, true),
  });
}
