import type { DataOf } from '../../model/measurement.js';
import type { KnownTarget } from '../machine-probe.js';

/**
 * Counters that are reported, by their names of nstat(8). Those that any judge or reader of a report asks for; a kernel has some four
 * hundred.
 */
export const PROTOCOL_COUNTERS: readonly string[] = [
  'IpInReceives',
  'IpInHdrErrors',
  'IpInAddrErrors',
  'IpInDiscards',
  'IpOutRequests',
  'IpOutDiscards',
  'IpOutNoRoutes',
  'IpReasmFails',
  'IpFragFails',
  'IcmpInErrors',
  'IcmpInDestUnreachs',
  'IcmpOutDestUnreachs',
  'TcpActiveOpens',
  'TcpPassiveOpens',
  'TcpAttemptFails',
  'TcpEstabResets',
  'TcpInSegs',
  'TcpOutSegs',
  'TcpRetransSegs',
  'TcpInErrs',
  'TcpOutRsts',
  'UdpInDatagrams',
  'UdpOutDatagrams',
  'UdpNoPorts',
  'UdpInErrors',
  'UdpRcvbufErrors',
  'UdpSndbufErrors',
  'UdpMemErrors',
  'TcpExtTCPOrigDataSent',
  'TcpExtTCPSynRetrans',
  'TcpExtTCPLostRetransmit',
  'TcpExtTCPTimeouts',
  'TcpExtTCPSpuriousRTOs',
  'TcpExtTCPLossProbes',
  'TcpExtListenOverflows',
  'TcpExtListenDrops',
  'TcpExtTCPReqQFullDrop',
  'TcpExtTCPBacklogDrop',
  'TcpExtTCPRcvQDrop',
  'TcpExtPruneCalled',
  'TcpExtRcvPruned',
  'TcpExtTCPAbortOnMemory',
  'TcpExtTCPAbortOnTimeout',
  'TcpExtTCPMemoryPressures',
  'TcpExtTCPTimeWaitOverflow',
  'TcpExtIPReversePathFilter',
  'Ip6InReceives',
  'Ip6InDiscards',
  'Ip6OutRequests',
  'Ip6OutDiscards',
  'Ip6OutNoRoutes',
  'Ip6ReasmFails',
  'Ip6FragFails',
  'Icmp6InErrors',
  'Udp6InDatagrams',
  'Udp6OutDatagrams',
  'Udp6NoPorts',
  'Udp6InErrors',
  'Udp6RcvbufErrors',
  'Udp6SndbufErrors',
];

/** Interfaces through which the targets are reached, the loopback not among them; those of the default routes where no way is known. */
export function interfacesInUse(targets: readonly KnownTarget[], host: DataOf<'host'>): Set<string> {
  const ways = targets.flatMap(({ way }) => (way === null || way.loopback !== false || way.interface === null ? [] : [way.interface]));
  if (ways.length > 0 || targets.some(({ way }) => way?.loopback === true)) return new Set(ways);
  return new Set(host.defaultRoutes.map((route) => route.interface));
}
