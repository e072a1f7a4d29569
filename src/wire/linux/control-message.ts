import { parseSocketAddress } from '../packets/socket-address.js';
import {
  IP_RECVERR,
  IP_TTL,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_HOPLIMIT,
  IPV6_RECVERR,
  SO_EE_ORIGIN_ICMP,
  SO_EE_ORIGIN_ICMP6,
  SO_EE_RFC4884_FLAG_INVALID,
  SO_RXQ_OVFL,
  SO_TIMESTAMPING,
  SOL_SOCKET,
} from './abi.js';

/** Length (8 bytes), level and type (4 bytes each) of `struct cmsghdr` on 64-bit Linux; data and headers are aligned to 8. */
const HEADER_BYTES = 16;
const ALIGNMENT = 8;

/** `struct sock_extended_err` of linux/errqueue.h: what met a packet that we sent. */
export interface ExtendedError {
  errno: number;
  /** `SO_EE_ORIGIN_*`: the local stack, an ICMP message, or a transmit time stamp. */
  origin: number;
  icmpType: number;
  icmpCode: number;
  /** The next-hop MTU of "packet too big"; the kind of time stamp otherwise. */
  info: number;
  /** With a time stamp: the number of the packet since stamps were switched on (`OPT_ID`). */
  data: number;
  /**
   * With an ICMP message and `IP_RECVERR_RFC4884`: where its extensions (RFC 4884) start in the bytes that come with it, and whether the
   * kernel found them well-formed (`struct sock_ee_data_rfc4884`, the same four bytes as `data`). `null` where the message names no place.
   */
  extensions: { offset: number; valid: boolean } | null;
  /** The router or host that sent the ICMP message; `null` where the error arose here. */
  offender: string | null;
}

/** The control messages that netdiag asks for. What did not come is `null`. */
export interface ControlMessages {
  /** Kernel software time stamp, in nanoseconds of the system clock. */
  timestampNs: bigint | null;
  extendedError: ExtendedError | null;
  /** Time to live, or hop limit, of the packet that was received. */
  ttl: number | null;
  /** How many messages the kernel has dropped on this socket until this one came, since its receive buffer was full (`SO_RXQ_OVFL`). */
  dropped: number | null;
}

/** Reads the control messages of one recvmsg(2). Anything malformed ends the reading: what came before it is kept. */
export function parseControlMessages(control: Uint8Array): ControlMessages {
  const found: ControlMessages = { timestampNs: null, extendedError: null, ttl: null, dropped: null };
  const view = new DataView(control.buffer, control.byteOffset, control.byteLength);
  let offset = 0;
  while (offset + HEADER_BYTES <= control.length) {
    const length = Number(view.getBigUint64(offset, true));
    if (length < HEADER_BYTES || offset + length > control.length) break;
    const level = view.getInt32(offset + 8, true);
    const type = view.getInt32(offset + 12, true);
    const data = control.subarray(offset + HEADER_BYTES, offset + length);
    readControlMessage(found, level, type, data);
    offset += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
  }
  return found;
}

function readControlMessage(found: ControlMessages, level: number, type: number, data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (level === SOL_SOCKET && type === SO_TIMESTAMPING && data.length >= 16) {
    // struct scm_timestamping: three timespecs, of which the first is the software stamp, 0 where there is none.
    const nanoseconds = view.getBigInt64(0, true) * 1_000_000_000n + view.getBigInt64(8, true);
    if (nanoseconds > 0n) found.timestampNs = nanoseconds;
  } else if (level === SOL_SOCKET && type === SO_RXQ_OVFL && data.length >= 4) {
    found.dropped = view.getUint32(0, true);
  } else if (((level === IPPROTO_IP && type === IP_TTL) || (level === IPPROTO_IPV6 && type === IPV6_HOPLIMIT)) && data.length >= 4) {
    found.ttl = view.getInt32(0, true);
  } else if (((level === IPPROTO_IP && type === IP_RECVERR) || (level === IPPROTO_IPV6 && type === IPV6_RECVERR)) && data.length >= 16) {
    const offender = parseSocketAddress(data.subarray(16));
    const origin = view.getUint8(4);
    const offset = origin === SO_EE_ORIGIN_ICMP || origin === SO_EE_ORIGIN_ICMP6 ? view.getUint16(12, true) : 0;
    found.extendedError = {
      errno: view.getUint32(0, true),
      origin,
      icmpType: view.getUint8(5),
      icmpCode: view.getUint8(6),
      info: view.getUint32(8, true),
      data: view.getUint32(12, true),
      extensions: offset === 0 ? null : { offset, valid: (view.getUint8(14) & SO_EE_RFC4884_FLAG_INVALID) === 0 },
      offender: offender.ok ? offender.value.address : null,
    };
  }
}
