import type { NativeSockets } from '../../native/index.js';
import * as abi from '../../wire/linux/abi.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { encodeSocketAddress } from '../../wire/packets/socket-address.js';
import { errnoName } from '../errno.js';
import type { Origin } from '../port.js';

/** For bursts of small answers while the event loop is busy. The kernel counts each as some 800 bytes, and doubles what is asked for. */
const RECEIVE_BUFFER_BYTES = 1 << 21;

/** `0.0.0.0` and `::` to a random port. */
const ANY_ADDRESS = { 4: '0.0.0.0', 6: '::' } as const;

/**
 * Asks for the error queue and what else answers are judged by, and binds the socket to the origin and to a port of its own (which is the
 * identifier of an ICMP datagram socket). Returns why it cannot be used, or `null`.
 */
export function preparePacketSocket(
  sockets: NativeSockets,
  descriptor: number,
  family: IpFamily,
  origin: Origin,
): { code: string; reason: string } | null {
  const level = family === 4 ? abi.IPPROTO_IP : abi.IPPROTO_IPV6;
  const set = (...option: [number, number, number | Uint8Array]) => sockets.setOption(descriptor, ...option);

  const errors = set(level, family === 4 ? abi.IP_RECVERR : abi.IPV6_RECVERR, 1);
  if (errors < 0) return refusal(errors, 'no error queue');
  // Linux 5.9 and later; before it the extensions are looked for without the kernel's help.
  set(level, family === 4 ? abi.IP_RECVERR_RFC4884 : abi.IPV6_RECVERR_RFC4884, 1);
  set(level, family === 4 ? abi.IP_RECVTTL : abi.IPV6_RECVHOPLIMIT, 1);
  // So that what this machine dropped itself is not taken for lost on the way.
  set(abi.SOL_SOCKET, abi.SO_RXQ_OVFL, 1);
  // Beyond net.core.rmem_max only root may go; others get that.
  if (set(abi.SOL_SOCKET, abi.SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES) < 0) set(abi.SOL_SOCKET, abi.SO_RCVBUF, RECEIVE_BUFFER_BYTES);

  if (origin.interface !== undefined) {
    const bound = set(abi.SOL_SOCKET, abi.SO_BINDTODEVICE, new TextEncoder().encode(`${origin.interface}\0`));
    if (bound < 0) return refusal(bound, `cannot send through interface ${origin.interface}`);
  }
  const bound = sockets.bind(descriptor, encodeSocketAddress(origin.source ?? ANY_ADDRESS[family], 0));
  return bound < 0 ? refusal(bound, `cannot send from ${origin.source ?? ANY_ADDRESS[family]}`) : null;
}

function refusal(errno: number, what: string): { code: string; reason: string } {
  const code = errnoName(errno);
  return { code, reason: `${what}: ${code}` };
}

/**
 * A socket that only asks for stamps, or a negative number. The kernel stamps received packets while somebody wants it, and begins with a
 * delay (a work item): asked for early, it has begun before the first packet is answered.
 */
export function wantReceiveStamps(sockets: NativeSockets): number {
  const descriptor = sockets.socket(abi.AF_INET, abi.SOCK_DGRAM, 0);
  if (descriptor < 0) return descriptor;
  sockets.setOption(descriptor, abi.SOL_SOCKET, abi.SO_TIMESTAMPING, abi.SOF_TIMESTAMPING_RX_SOFTWARE | abi.SOF_TIMESTAMPING_SOFTWARE);
  return descriptor;
}
