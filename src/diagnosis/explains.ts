import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import { ANSWERED_CODES, BLOCKING_CODES, depthOf, isBesideTheWay, kindOf } from './order.js';
import { partOf, withoutZone } from './part.js';

/** The kernel's way to the address of a target: what is not on it cannot break it. */
export interface Way {
  interface: string | null;
  /** `null`: the target is on the link, or on this machine. */
  gateway: string | null;
  /** The address of this machine that packets to it come from. */
  source: string | null;
  loopback: boolean;
}

/** What is known of where packets go; `null` where it is not. */
export interface Ways {
  wayOf(target: string): Way | null;
  /** The link of this machine that a line about a part of it or of its network belongs to. */
  linkOf(check: Check): string | null;
}

/** What the kernel of this machine says of its own settings and limits: no broken path can be the reason. */
const OF_THE_KERNEL =
  /^(l4\.(kernel-[a-z]+|conntrack|local-ports|ephemeral-ports|socket-memory|open-files|listen-queue|socket-buffers)|l3\.ipv6-routes|l2\.(neighbors|backlog|counters))$/;

/** Read off one link or one address of this machine: another one is not why. */
const OF_ONE_LINK = /^(l1\.(carrier|wireless)|l2\.(interface|counters|lease|duplicate|gateway-claims)|l3\.bridge-mtu)@/;

/** Whether the fault that `root` shows suffices to explain `check`. */
export function explains(root: Check, check: Check, ways: Ways): boolean {
  if (root.code === null || check.code === null) return false;
  const sameScope = root.target === null || root.target === check.target;
  if (!sameScope || isOffTheWay(root, check, ways)) return false;
  if (check.target === null && OF_ONE_LINK.test(check.id)) return explainsLink(root, check);
  if (LIMITS_DOING[root.code]?.has(check.code) === true && root.status === 'fail') return true;
  if (OF_THE_KERNEL.test(kindOf(check))) return isSameCause(root, check);
  if (root.code === 'captive-portal') return isPortalsDoing(check);
  const felt = WARNINGS_DOING[root.code];
  if (felt !== undefined) return felt.has(check.code) && check.status === 'warn';
  // Where it is the only address there is none left to speak with.
  if (root.code === 'duplicate-address' && root.status === 'fail' && kindOf(root) !== 'l2.address')
    return isSameCause(root, check) || DUPLICATES_DOING.has(check.code);
  if (root.code === 'icmp-errors-blocked') return check.code === 'mtu-blackhole';
  if (kindOf(root) === 'l3.bridge-mtu' && check.code === 'mtu-blackhole') return root.status === 'fail';
  if (kindOf(root) === 'l4.firewall-out' && root.status === 'fail') return isByOwnFirewall(check);
  // What keeps everything in keeps the questions to resolvers in too.
  if (kindOf(root) === 'l3.firewall' && root.code === check.code) return true;
  if (kindOf(root) === 'l3.firewall-resolvers')
    return root.status === 'fail' && (check.code === 'dns-unreachable' || /^l7\.(resolver|name|dns|server|transport)$/.test(kindOf(check)));
  if (kindOf(root).startsWith('l7.name-service')) return explainsNames(root, check);
  // Whatever else goes wrong there goes wrong at an address that nobody but the hosts file gives. What the rules here do stands in them.
  if (root.code === 'hosts-override') return root.status === 'fail' && depthOf(root) < depthOf(check) && check.code !== 'firewall-blocks';
  // A resolver said that the entry differs, and the target works there.
  if (check.code === 'hosts-override' && check.status === 'warn') return false;
  // The clock is wrong since nobody keeps it.
  if (check.code === 'clock-unsynchronized') return root.code === 'clock-skew' && root.target === null;
  // Answers and the kernel say what time it is: no broken path is the reason. What it breaks was given its code by `reconcile`.
  if (check.code === 'clock-skew') return isSameCause(root, check);
  if (root.target !== null && (isBesideTheWay(root) || isBesideTheWay(check))) return isSameCause(root, check);
  if (kindOf(root) === 'l7.proxy' && root.status === 'fail') return isByProxy(check) || isSameCause(root, check);
  // The way to a proxy is not that to the target.
  if (check.code.startsWith('proxy-') && root.target !== null) return isSameCause(root, check);
  // Another proxy is another machine.
  if (kindOf(root) === 'l7.proxy-settings' && kindOf(check) === 'l7.proxy-settings') return false;
  // What a handshake meets at the port has been seen there already.
  if (kindOf(root) === 'l4.port' && root.status === 'fail' && root.target !== null && kindOf(check) === 'l6.handshake') return true;
  // That the name is not known is what it says.
  if (root.code === 'service-names-unavailable') return kindOf(check) === 'l7.name' && root.target === check.target;
  // A resolver of this machine or its network says so when it gets no answer from beyond either.
  if (check.code === 'dns-servfail' && isNoWayOut(root)) return true;
  if (ANSWERED_CODES.has(check.code)) return false;
  const kind = kindOf(root);
  // Each port that must be open is judged for itself, whatever became of its neighbour.
  if (kind === 'l4.port' && kindOf(check) === 'l4.port') return false;
  if (kind === 'l7.resolver') {
    // A dead resolver costs each name its time-out, although another one answers in the end.
    const delayed = root.code === 'dns-unreachable' && check.code === 'dns-slow';
    return kindOf(check) === 'l7.name' && (root.status === 'fail' || delayed);
  }
  if (root.code === 'mtu-blackhole' || root.code === 'mtu-mismatch')
    return root.status === 'fail' && /^l[67]\./.test(check.id) && kindOf(check) !== 'l7.name';
  if (root.code === 'loss-local')
    return ['l3.loss', 'l3.answers', 'l3.jitter', 'l4.retransmissions'].includes(kindOf(check)) && !isGraver(check, root);
  // Towards one destination none is left; others have the whole range.
  if (kind === 'l4.ephemeral-ports') return isSameCause(root, check);
  if (isSameCause(root, check)) return true;
  const blocks = BLOCKING_CODES.has(root.code) || (kind === 'l2.address' && root.code === 'duplicate-address');
  return blocks && root.status === 'fail' && depthOf(root) <= depthOf(check);
}

/** The same cause seen twice, by two probes of one target or at the gateway first, is one; a warning does not stand for a failure. */
export function isSameCause(root: Check, check: Check): boolean {
  return root.code === check.code && !isGraver(check, root);
}

function isGraver(check: Check, root: Check): boolean {
  return check.status === 'fail' && root.status !== 'fail';
}

/** What the names of targets and proxies need is not on the way to the target. */
const BY_OTHER_WAYS = /^l7\.(name|proxy)$/;

/** Whether `root` is of a part of this machine or its network that the packets to what `check` is about do not pass. */
function isOffTheWay(root: Check, check: Check, { wayOf, linkOf }: Ways): boolean {
  if (root.target !== null || BY_OTHER_WAYS.test(kindOf(check))) return false;
  if (check.target === null) {
    const [own, other] = [linkOf(root), linkOf(check)];
    return /^l[12]\./.test(root.id) && own !== null && other !== null && own !== other;
  }
  const way = wayOf(check.target);
  if (way === null || !/^l[123]\./.test(root.id) || kindOf(root).startsWith('l3.firewall')) return false;
  // That the kernel knows a way shows that it needs no default route.
  if (way.loopback || root.code === 'no-default-route') return true;
  if (kindOf(root) === 'l3.upstream') return way.gateway === null;
  const part = partOf(root);
  if (part?.address !== undefined) return way.source !== null && way.source !== part.address;
  if (part?.gateway !== undefined && (way.gateway === null || withoutZone(way.gateway) !== part.gateway)) return true;
  return part?.interface !== undefined && way.interface !== null && part.interface !== way.interface;
}

/** A link that has lost everything shows an address in conflict twice; the queue of the processors counts for the link as well. */
function explainsLink(root: Check, check: Check): boolean {
  if (kindOf(check) === 'l2.duplicate') return kindOf(root) === 'l2.address' && root.code === check.code;
  return root.code === 'receive-backlog-overflow' && /^\d+ drops on receive of \d+ in [^,]*$/.test(check.observed ?? '');
}

/** Faults behind which nothing beyond the own network is reached, whoever asks. */
function isNoWayOut(root: Check): boolean {
  const noWayOut = /^(l1\.carrier|l2\.(interface|address)|l3\.(route|gateway|upstream|firewall))$/.test(kindOf(root));
  return noWayOut && root.target === null && root.status === 'fail';
}

/** A broken stub answers nobody; a missing resolver, and questions in vain, show in the name alone. Addresses are reached all the same. */
function explainsNames(root: Check, check: Check): boolean {
  if (kindOf(root) === 'l7.name-service-search')
    return kindOf(check) === 'l7.name' && root.code === 'dns-search-slow' && check.code === 'dns-slow';
  if (root.code === 'dns-stub-down' || root.code === 'dns-stub-no-upstream') {
    const ofResolver = kindOf(check) === 'l7.resolver' && (root.status === 'fail' || check.status === 'warn');
    return ofResolver || (kindOf(check) === 'l7.name' && root.status === 'fail');
  }
  return kindOf(check) === 'l7.name' && root.code === check.code && root.status === 'fail';
}

/** What a full table of the kernel does: packets of what is new are lost, which looks like loss or silence anywhere. */
const LIMITS_DOING: Readonly<Partial<Record<Code, ReadonlySet<Code>>>> = {
  'conntrack-full': new Set<Code>([
    'loss-local',
    'loss-upstream',
    'loss-target',
    'connectivity-intermittent',
    'host-unreachable',
    'port-filtered',
    'tcp-retransmissions',
    'dns-unreachable',
    'dns-intermittent',
    'dns-slow',
  ]),
  'neighbor-table-full': new Set<Code>([
    'neighbor-unresolved',
    'gateway-unreachable',
    'host-unreachable',
    'port-filtered',
    'loss-local',
    'dns-unreachable',
  ]),
  'socket-memory-pressure': new Set<Code>(['socket-buffer-overflow', 'tcp-retransmissions', 'tcp-reset']),
};

const LOST_AND_SENT_AGAIN: readonly Code[] = ['loss-local', 'tcp-retransmissions'];

/**
 * What a link that loses some does where it only warns. A radio that hears badly repeats besides, which makes round trips long and uneven.
 * That nothing passes has another reason.
 */
const WARNINGS_DOING: Readonly<Partial<Record<Code, ReadonlySet<Code>>>> = {
  'wifi-weak': new Set<Code>([...LOST_AND_SENT_AGAIN, 'latency-high', 'jitter-high']),
  'interface-errors': new Set<Code>(LOST_AND_SENT_AGAIN),
  'receive-backlog-overflow': new Set<Code>(LOST_AND_SENT_AGAIN),
};

/** Answers that go to the other holder are lost here, all or some, and what it makes of them is a reset. */
const DUPLICATES_DOING: ReadonlySet<Code> = new Set<Code>([
  'neighbor-unresolved',
  'gateway-unreachable',
  'upstream-unreachable',
  'host-unreachable',
  'port-filtered',
  'dns-unreachable',
  'dns-intermittent',
  'proxy-unreachable',
  'connectivity-intermittent',
  'loss-local',
  'loss-target',
  'loss-upstream',
  'tcp-retransmissions',
  'tcp-reset',
]);

/** What a portal that lets nobody beyond itself does to the rest: it drops, rejects, or answers itself. */
const PORTALS_BARRIERS: ReadonlySet<Code> = new Set<Code>([
  'upstream-unreachable',
  'host-unreachable',
  'route-prohibited',
  'ipv6-broken',
  'ipv4-broken',
  'port-closed',
  'port-filtered',
  'port-rejected',
  'tcp-reset',
  'service-silent',
  'dns-hijacked',
  'dns-inconsistent',
  'dns-plain-blocked',
  'dns-encrypted-blocked',
]);

/** What clients meet in front of a portal (RFC 8952): other certificates, other pages, other addresses, or nothing at all. */
function isPortalsDoing(check: Check): boolean {
  if (check.code === null || (check.status !== 'fail' && check.status !== 'warn')) return false;
  return PORTALS_BARRIERS.has(check.code) || /^(cert-|tls-|http-|websocket-|proxy-)/.test(check.code);
}

/** What a rule of our own about one port does: whatever needs the port fails, and what else fails to connect; other faults stay. */
function isByOwnFirewall(check: Check): boolean {
  if (check.status !== 'fail' || check.code === null) return false;
  if (/^(port-filtered|port-rejected|host-unreachable|route-prohibited)$/.test(check.code)) return true;
  return /^l[67]\./.test(check.id) && BLOCKING_CODES.has(check.code);
}

/** What `netdiag http` finds out through the proxy of a target, when there is one. */
function isByProxy(check: Check): boolean {
  return /^l7\.(http-|websocket|redirects|body|json|security-headers|rate-limit|burst|clock)/.test(kindOf(check));
}
