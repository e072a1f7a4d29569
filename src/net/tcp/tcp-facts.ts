import type { Socket } from 'node:net';
import type { NativeSockets } from '../../native/index.js';
import { IPPROTO_TCP, TCP_INFO } from '../../wire/linux/abi.js';
import { parseTcpInfo, TCP_INFO_BYTES, type TcpFacts } from '../../wire/linux/tcp-info.js';
import { parseTcpProgress, TCP_PROGRESS_BYTES, type TcpProgress } from '../../wire/linux/tcp-progress.js';

/** Reads the kernel's facts of a connected socket; `null` where they cannot be had. */
export type ReadTcpFacts = (socket: Socket) => TcpFacts | null;

/** Where there are no native sockets. */
export const noTcpFacts: ReadTcpFacts = () => null;

/** A reader of `TCP_INFO` for sockets of node:net; it answers `null` wherever the kernel's facts cannot be had. */
export function tcpFactsReader(sockets: NativeSockets | null): ReadTcpFacts {
  return (socket) => {
    const bytes = tcpInfoOf(sockets, socket, TCP_INFO_BYTES);
    if (bytes === null) return null;
    const facts = parseTcpInfo(bytes);
    // A round trip of 0 is "none taken yet". After a SYN that was sent anew the kernel can take none (RFC 6298 section 3), and yet counts it.
    return facts.ok && (facts.value.rttMs > 0 || facts.value.retransmissions > 0) ? facts.value : null;
  };
}

/** Reads how far the kernel has got with what a connected socket sends; `null` where that cannot be had. */
export type ReadTcpProgress = (socket: Socket) => TcpProgress | null;

/** The same for {@link TcpProgress}, of a TLS socket too: its descriptor is that of the connection below. */
export function tcpProgressReader(sockets: NativeSockets | null): ReadTcpProgress {
  return (socket) => {
    const bytes = tcpInfoOf(sockets, socket, TCP_PROGRESS_BYTES);
    const progress = bytes === null ? null : parseTcpProgress(bytes);
    return progress?.ok === true ? progress.value : null;
  };
}

function tcpInfoOf(sockets: NativeSockets | null, socket: Socket, size: number): Uint8Array | null {
  const descriptor = (socket as Socket & { _handle?: { fd?: number } })._handle?.fd;
  if (sockets === null || descriptor === undefined || descriptor < 0) return null;
  const bytes = sockets.getOption(descriptor, IPPROTO_TCP, TCP_INFO, size);
  return typeof bytes === 'number' ? null : bytes;
}
