import type { Check } from '../model/report.js';
import type { CodePattern, KindPattern } from './cause.js';

/** `l3.latency` for `l3.latency@example.net:443`. Asked millions of times where a run has a thousand targets: it makes no array. */
export function kindOf({ id }: Pick<Check, 'id'>): string {
  const end = id.indexOf('@');
  return end === -1 ? id : id.slice(0, end);
}

/** Whether a kind or a code is one of those that the patterns name: whole, as `l6.*`, or all by `*`. */
export function isAmong(name: string, patterns: readonly KindPattern[] | readonly CodePattern[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

/**
 * Whether it is about another address than the one that the other checks of its target are about: what is wrong there takes nothing from
 * them, and what is wrong with them takes nothing from it.
 */
export function isBesideTheWay(check: Pick<Check, 'id'>): boolean {
  return /^l[34]\.addresses@/.test(check.id) || /#(ipv[46]|[\da-f.:]+)$/.test(check.id);
}

const OF_THE_KERNEL: readonly KindPattern[] = [
  'l4.kernel-*',
  'l4.conntrack',
  'l4.local-ports',
  'l4.ephemeral-ports',
  'l4.socket-memory',
  'l4.open-files',
  'l4.listen-queue',
  'l4.socket-buffers',
  'l3.ipv6-routes',
  'l2.neighbors',
  'l2.backlog',
  'l2.counters',
];

/** Whether the kernel of this machine says it of its own settings and limits: no broken path can be the reason. */
export function isOfTheKernel(check: Check): boolean {
  return isAmong(kindOf(check), OF_THE_KERNEL);
}

const OF_ONE_LINK = /^(l1\.(carrier|wireless)|l2\.(interface|counters|lease|duplicate|gateway-claims)|l3\.bridge-mtu)@/;

/** Whether it is read off one link or one address of this machine: another one is not why. */
export function isOfOneLink(check: Check): boolean {
  return check.target === null && OF_ONE_LINK.test(check.id);
}

/** Each of them is judged for itself, whatever became of its neighbour: a port that must be open, a proxy. */
const EACH_FOR_ITSELF: readonly KindPattern[] = ['l4.port', 'l7.proxy-settings'];

/** What a load showed of one direction says nothing of the other. */
const UNDER_LOAD: readonly KindPattern[] = ['l3.queueing-*', 'l7.download', 'l7.upload', 'l7.utilisation-*'];

/** Whether two checks are of a kind of which each is judged for itself. */
export function areApart(one: Check, other: Check): boolean {
  const [kind, others] = [kindOf(one), kindOf(other)];
  return (kind === others && isAmong(kind, EACH_FOR_ITSELF)) || (isAmong(kind, UNDER_LOAD) && isAmong(others, UNDER_LOAD));
}

/** What these show is of one part of the way alone: of one resolver, one rule, one proxy. Only effects that name the kind are theirs. */
const OF_ONE_PART: readonly KindPattern[] = [
  'l3.firewall-resolvers',
  'l4.firewall-out',
  'l4.ephemeral-ports',
  'l7.name-service*',
  'l7.proxy',
  'l7.resolver',
  'l7.resolver-tcp',
];

/** Whether what it shows is of one part of the way alone, so that it explains nothing but what is said of that part. */
export function isOfOnePart(check: Check): boolean {
  return isAmong(kindOf(check), OF_ONE_PART);
}

/** These say of another machine, or of nothing but themselves, what they say. */
const NO_STAND_INS: readonly KindPattern[] = [
  'l3.firewall-resolvers',
  'l4.firewall-out',
  'l7.name-service*',
  'l7.resolver',
  'l7.resolver-tcp',
];

/** Whether the same code elsewhere can be a symptom of what this check shows. */
export function standsForItsLike(check: Check): boolean {
  return !isAmong(kindOf(check), NO_STAND_INS);
}
