import type { Socket } from 'node:net';
import type { NativeSockets } from '../../native/index.js';
import { IPPROTO_TCP, TCP_INFO } from '../../wire/linux/abi.js';
import { parseTcpInfo, TCP_INFO_BYTES, type TcpFacts } from '../../wire/linux/tcp-info.js';

/** Reads the kernel's facts of a connected socket; `null` where they cannot be had. */
export type ReadTcpFacts = (socket: Socket) => TcpFacts | null;

/** Where there are no native sockets. */
export const noTcpFacts: ReadTcpFacts = () => null;

/** A reader of `TCP_INFO` for sockets of node:net; it answers `null` wherever the kernel's facts cannot be had. */
export function tcpFactsReader(sockets: NativeSockets | null): ReadTcpFacts {
  return (socket) => {
    const descriptor = (socket as Socket & { _handle?: { fd?: number } })._handle?.fd;
    if (sockets === null || descriptor === undefined || descriptor < 0) return null;
    const bytes = sockets.getOption(descriptor, IPPROTO_TCP, TCP_INFO, TCP_INFO_BYTES);
    if (typeof bytes === 'number') return null;
    const facts = parseTcpInfo(bytes);
    // A round trip of 0 is "none taken yet". After a SYN that was sent anew the kernel can take none (RFC 6298 section 3), and yet counts it.
    return facts.ok && (facts.value.rttMs > 0 || facts.value.retransmissions > 0) ? facts.value : null;
  };
}
