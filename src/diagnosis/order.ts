import type { Check } from '../model/report.js';
import { kindOf } from './kinds.js';

/** What lets everything through: who gets in, who keeps the clock, what could be better. */
const ADVICE: readonly string[] = [
  'l4.exposure',
  'l4.firewall',
  'l4.firewall-engines',
  'l4.firewall-listeners',
  'l4.published',
  'l7.clock-servers',
  'l7.clock-synchronized',
  'l4.kernel-buffers',
  'l4.kernel-congestion',
  'l4.kernel-queues',
  'l4.kernel-tcp',
  'l4.kernel-connections',
  'l4.kernel-routing',
  'l4.kernel-processor',
];

/**
 * Kinds of checks in the order in which a packet needs them to be well. A name is looked up before a packet goes to the target, so the
 * resolver stands before the path, though DNS is layer 7.
 */
export const DEPTHS: readonly string[] = [
  // What was gone for a while was gone for everything that was measured then, its link and its route among it.
  'l3.continuity',
  'l2.interface',
  'l1.carrier',
  'l1.wireless',
  'l2.backlog',
  'l2.counters',
  // Where a conflict has taken the only address, that is what stands in the way.
  'l2.address',
  'l2.duplicate',
  'l2.gateway-claims',
  'l2.lease',
  'l2.interfaces',
  'l2.neighbors',
  'l3.route',
  'l3.defaults',
  'l3.tunnel',
  'l3.ways',
  'l3.shared-subnet',
  'l3.refusals',
  'l3.rules',
  // Limits of the kernel: whatever is new finds no room.
  'l3.ipv6-routes',
  'l4.conntrack',
  'l4.socket-memory',
  'l4.open-files',
  // Our own packets do not even get to the gateway.
  'l3.firewall',
  // What waits in a queue, or was late for a while, is late on all that lies behind it.
  'l3.queueing',
  'l3.spikes',
  'l3.way',
  'l3.gateway',
  // It answers from this network, and lets nothing beyond itself.
  'l7.captive-portal',
  'l3.upstream',
  'l7.name-service',
  'l7.name-service-order',
  'l7.name-service-stub',
  'l3.firewall-resolvers',
  'l7.transport',
  'l7.resolver',
  'l7.resolver-tcp',
  'l7.nxdomain',
  'l7.server',
  'l7.dns',
  'l7.dnssec',
  'l7.agreement',
  'l7.delegation',
  'l7.glue',
  'l7.nameservers',
  'l7.answers',
  'l7.serials',
  'l7.tcp',
  'l7.edns',
  'l7.trace',
  'l7.service-names',
  'l7.name-service-search',
  'l7.name',
  'l7.name-service-cache',
  // It decides in place of DNS where packets go.
  'l7.hosts-file',
  'l3.family',
  'l3.path',
  'l3.subnets',
  'l3.bridge-mtu',
  'l3.icmp-errors',
  'l4.firewall-out',
  'l3.hops',
  'l3.sending',
  'l3.latency',
  'l3.addresses',
  'l3.jitter',
  'l3.loss',
  'l3.answers',
  'l3.order',
  'l3.duplicates',
  'l3.mtu',
  'l4.ephemeral-ports',
  'l4.local-ports',
  'l4.listening',
  'l4.listen-queue',
  'l4.socket-buffers',
  'l4.retransmissions',
  'l4.resets',
  'l4.listener',
  'l4.sharing',
  'l4.firewall-expected',
  // Of several connections, one tells less.
  'l4.connections',
  'l4.ports',
  'l4.port',
  'l4.service',
  'l4.quic',
  'l4.addresses',
  'l4.exchanges',
  'l4.survey',
  // Every date of a certificate is held against it.
  'l7.clock',
  'l7.clock-dates',
  'l7.clock-page',
  'l6.handshake',
  'l6.variants',
  'l6.protocol',
  'l6.revocation',
  'l6.certificate',
  'l6.hostname',
  'l6.validity',
  // What is wrong above stops every client; what a certificate may be used for, and where its names stand, those that go by the letter.
  'l6.use',
  'l6.names',
  'l6.chain',
  'l6.pin',
  'l6.enumeration',
  'l6.enumeration-protocols',
  'l6.enumeration-ciphers',
  'l6.enumeration-compression',
  'l6.enumeration-renegotiation',
  // Rules of a policy: what is dangerous before what is merely not of the policy.
  'l6.policy-protocols',
  'l6.policy-ciphers',
  'l7.proxy-settings',
  'l7.proxy',
  'l7.websocket',
  'l7.websocket-answers',
  'l7.websocket-rate',
  'l7.websocket-end',
  // Of several requests, one tells less.
  'l7.requests',
  'l7.http',
  'l7.http-status',
  'l7.redirects',
  'l7.http-time',
  'l7.http-response',
  'l7.body',
  'l7.json',
  'l7.http-header',
  'l7.http-header-forbidden',
  'l7.security-headers',
  'l7.rate-limit',
  'l7.burst',
  ...ADVICE,
];

/** Whether it breaks no traffic, whatever it finds: nothing that is well speaks against it, and it is no cause of anything. */
export function isAdvice(check: Pick<Check, 'id'>): boolean {
  return ADVICE.includes(kindOf(check));
}

/** Place in the order of need: smaller is deeper. A kind that is not listed comes last. */
export function depthOf(check: Pick<Check, 'id'>): number {
  const depth = DEPTHS.indexOf(kindOf(check));
  return depth === -1 ? DEPTHS.length : depth;
}
