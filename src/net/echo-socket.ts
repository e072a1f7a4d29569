import type { NativeSockets } from '../native/index.js';
import type { IpFamily } from '../wire/icmp.js';
import * as abi from '../wire/linux-abi.js';
import { encodeSocketAddress } from '../wire/socket-address.js';
import { errnoName } from './errno.js';
import type { Origin } from './port.js';

/** An ICMP socket ready to echo, and what the kernel agreed to do for it. */
export interface EchoSocket {
  descriptor: number;
  family: IpFamily;
  /** `datagram`: the kernel sets identifier and checksum and delivers our replies only. `raw`: every echo reply of the machine arrives. */
  kind: 'datagram' | 'raw';
  /** Whether the kernel stamps packets in both directions. */
  stamped: boolean;
}

export type EchoSocketOutcome = { ok: true; socket: EchoSocket } | { ok: false; reason: string };

/** Stamps of the software path in both directions, numbered, without a copy of the packet. */
const STAMPING =
  abi.SOF_TIMESTAMPING_TX_SOFTWARE |
  abi.SOF_TIMESTAMPING_RX_SOFTWARE |
  abi.SOF_TIMESTAMPING_SOFTWARE |
  abi.SOF_TIMESTAMPING_OPT_ID |
  abi.SOF_TIMESTAMPING_OPT_TSONLY;

/** Enough for a burst of small replies while the event loop is busy; the kernel caps it at net.core.rmem_max. */
const RECEIVE_BUFFER_BYTES = 1 << 20;

/** `0.0.0.0` and `::` to a random port: an ICMP datagram socket has its identifier from there. */
const ANY_ADDRESS = { 4: '0.0.0.0', 6: '::' } as const;

/** Opens the least privileged ICMP socket that the system grants: datagram first (`ping_group_range`), raw second (`CAP_NET_RAW`). */
export function openEchoSocket(sockets: NativeSockets, family: IpFamily, origin: Origin): EchoSocketOutcome {
  const domain = family === 4 ? abi.AF_INET : abi.AF_INET6;
  const protocol = family === 4 ? abi.IPPROTO_ICMP : abi.IPPROTO_ICMPV6;
  let kind: EchoSocket['kind'] = 'datagram';
  let descriptor = sockets.socket(domain, abi.SOCK_DGRAM, protocol);
  if (descriptor < 0) {
    const refused = errnoName(descriptor);
    kind = 'raw';
    descriptor = sockets.socket(domain, abi.SOCK_RAW, protocol);
    if (descriptor < 0) {
      return {
        ok: false,
        reason: `no ICMP socket: datagram ${refused} (net.ipv4.ping_group_range), raw ${errnoName(descriptor)} (no CAP_NET_RAW)`,
      };
    }
  }
  const refusal = configure(sockets, descriptor, family, kind, origin);
  if (refusal !== null) {
    sockets.close(descriptor);
    return { ok: false, reason: refusal };
  }
  const stamped = sockets.setOption(descriptor, abi.SOL_SOCKET, abi.SO_TIMESTAMPING, STAMPING) === 0;
  return { ok: true, socket: { descriptor, family, kind, stamped } };
}

/** Sets what replies and errors need. Returns why it cannot be used, or `null`. */
function configure(sockets: NativeSockets, descriptor: number, family: IpFamily, kind: EchoSocket['kind'], origin: Origin): string | null {
  const level = family === 4 ? abi.IPPROTO_IP : abi.IPPROTO_IPV6;
  const set = (...option: [number, number, number | Uint8Array]) => sockets.setOption(descriptor, ...option);

  const errors = set(level, family === 4 ? abi.IP_RECVERR : abi.IPV6_RECVERR, 1);
  if (errors < 0) return `no error queue: ${errnoName(errors)}`;
  set(level, family === 4 ? abi.IP_RECVTTL : abi.IPV6_RECVHOPLIMIT, 1);
  set(abi.SOL_SOCKET, abi.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
  if (kind === 'raw') set(...echoReplyFilter(family));

  if (origin.interface !== undefined) {
    const bound = set(abi.SOL_SOCKET, abi.SO_BINDTODEVICE, new TextEncoder().encode(`${origin.interface}\0`));
    if (bound < 0) return `cannot send through interface ${origin.interface}: ${errnoName(bound)}`;
  }
  const bound = sockets.bind(descriptor, encodeSocketAddress(origin.source ?? ANY_ADDRESS[family], 0));
  return bound < 0 ? `cannot send from ${origin.source ?? ANY_ADDRESS[family]}: ${errnoName(bound)}` : null;
}

/** Lets the kernel drop all that is no echo reply before it reaches a raw socket. A set bit blocks that type. */
function echoReplyFilter(family: IpFamily): [number, number, Uint8Array] {
  if (family === 4) return [abi.SOL_RAW, abi.ICMP_FILTER, new Uint8Array(new Uint32Array([~(1 << 0)]).buffer)];
  const blocked = new Uint32Array(8).fill(0xffffffff);
  blocked[129 >> 5] = ~(1 << (129 & 31));
  return [abi.IPPROTO_ICMPV6, abi.ICMPV6_FILTER, new Uint8Array(blocked.buffer)];
}
