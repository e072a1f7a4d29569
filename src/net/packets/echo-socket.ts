import type { NativeSockets } from '../../native/index.js';
import * as abi from '../../wire/linux/abi.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { errnoMessage, errnoName } from '../errno.js';
import type { Origin } from '../port.js';
import { preparePacketSocket } from './packet-socket.js';

/** An ICMP socket ready to echo. */
export interface EchoSocket {
  descriptor: number;
  family: IpFamily;
  /** `datagram`: the kernel sets identifier and checksum and delivers our replies only. `raw`: every echo reply of the machine arrives. */
  kind: 'datagram' | 'raw';
}

export type EchoSocketOutcome = { ok: true; socket: EchoSocket } | { ok: false; reason: string };

const NO_DESCRIPTOR: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE']);

/** Opens the least privileged ICMP socket that the system grants: datagram first (`ping_group_range`), raw second (`CAP_NET_RAW`). */
export function openEchoSocket(sockets: NativeSockets, family: IpFamily, origin: Origin): EchoSocketOutcome {
  const domain = family === 4 ? abi.AF_INET : abi.AF_INET6;
  const protocol = family === 4 ? abi.IPPROTO_ICMP : abi.IPPROTO_ICMPV6;
  let kind: EchoSocket['kind'] = 'datagram';
  let descriptor = sockets.socket(domain, abi.SOCK_DGRAM, protocol);
  if (descriptor < 0) {
    const refused = errnoName(descriptor);
    // Not a matter of rights: the other kind of socket would not be granted either.
    if (NO_DESCRIPTOR.has(refused)) return { ok: false, reason: `no ICMP socket: ${errnoMessage(refused)}` };
    kind = 'raw';
    descriptor = sockets.socket(domain, abi.SOCK_RAW, protocol);
    if (descriptor < 0) {
      return {
        ok: false,
        reason: `no ICMP socket: datagram ${refused} (net.ipv4.ping_group_range), raw ${errnoName(descriptor)} (no CAP_NET_RAW)`,
      };
    }
  }
  if (kind === 'raw') sockets.setOption(descriptor, ...echoReplyFilter(family));
  const refusal = preparePacketSocket(sockets, descriptor, family, origin);
  if (refusal !== null) {
    sockets.close(descriptor);
    return { ok: false, reason: refusal.reason };
  }
  return { ok: true, socket: { descriptor, family, kind } };
}

/** Lets the kernel drop all that is no echo reply before it reaches a raw socket. A set bit blocks that type. */
function echoReplyFilter(family: IpFamily): [number, number, Uint8Array] {
  if (family === 4) return [abi.SOL_RAW, abi.ICMP_FILTER, new Uint8Array(new Uint32Array([~(1 << 0)]).buffer)];
  const blocked = new Uint32Array(8).fill(0xffffffff);
  blocked[129 >> 5] = ~(1 << (129 & 31));
  return [abi.IPPROTO_ICMPV6, abi.ICMPV6_FILTER, new Uint8Array(blocked.buffer)];
}
