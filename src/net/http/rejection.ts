import type { IcmpMeaning } from '../../wire/packets/icmp.js';

/** What ICMP errors, and routes that refuse, become where only an errno is told (Linux, icmp_err_convert and icmpv6_err_convert). */
const REJECTIONS: Readonly<Record<string, IcmpMeaning>> = {
  EHOSTUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENETUNREACH: 'network-unreachable',
  ENOPROTOOPT: 'protocol-unreachable',
  EACCES: 'prohibited',
  EPROTO: 'other',
};

/** Whether the errno of a connection that did not come about says that it was rejected on the way. */
export function isRejection(code: string): boolean {
  return Object.hasOwn(REJECTIONS, code);
}

/** The kind of ICMP error that an errno stands for. */
export function rejectionMeaning(code: string): IcmpMeaning {
  return REJECTIONS[code] ?? 'other';
}
