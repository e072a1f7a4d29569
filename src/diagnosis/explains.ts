import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import { parseHostOrUrl } from '../model/target.js';
import type { Cause, Effect } from './cause.js';
import { areApart, isAmong, isBesideTheWay, isOfOneLink, isOfOnePart, isOfTheKernel, kindOf, standsForItsLike } from './kinds.js';
import { depthOf } from './order.js';
import { partOf, withoutZone } from './part.js';

/** The kernel's way to the address of a target: what is not on it cannot break it. */
export interface Way {
  /** Where they go to; absent: not told. */
  address?: string | null;
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

export type Causes = Readonly<Record<Code, Cause>>;

/** Whether the fault that `root` shows suffices to explain `check`. */
export function explains(root: Check, check: Check, causes: Causes, ways: Ways): boolean {
  if (root.code === null || check.code === null || root === check) return false;
  const sameScope = root.target === null || root.target === check.target;
  if (!sameScope || isOffTheWay(root, check, ways) || areApart(root, check) || isOfAnotherPort(root, check)) return false;
  const effects = (causes[root.code].explains ?? []).filter((effect) => isShown(effect, root) && isSymptom(effect, check, root));
  if (effects.some(({ answersToo }) => answersToo === true)) return true;
  const likewise = isSameCause(root, check) && standsForItsLike(root) && depthOf(root) <= depthOf(check);
  if (isOfOneLink(check)) return false;
  if (isOfTheKernel(check)) return likewise;
  const { answered } = causes[check.code];
  if (answered === 'but-for-itself') return likewise;
  if (answered === true || (answered === 'where-it-warns' && check.status === 'warn')) return false;
  if (root.target !== null && (isBesideTheWay(root) || isBesideTheWay(check)))
    return likewise || effects.some(({ kinds }) => !kinds.includes('*'));
  // The way to a proxy is not that to the target.
  if (check.code.startsWith('proxy-') && root.target !== null) return likewise;
  return likewise || effects.length > 0;
}

/** Whether `root` is a port that its target was not named for: what is behind the one that it was named for is no matter of it. */
function isOfAnotherPort(root: Check, check: Check): boolean {
  if (check.layer < 4 || root.target === null || kindOf(root) !== 'l4.port') return false;
  const [, protocol, number] = /^(TCP|UDP) (\d+)/.exec(root.title) ?? [];
  const named = parseHostOrUrl(root.target);
  if (number === undefined || !named.ok || named.target.port === null) return false;
  return protocol === 'UDP' || named.target.port !== Number(number);
}

/** The same cause seen twice, by two probes of one target or at the gateway first, is one; a warning does not stand for a failure. */
export function isSameCause(root: Check, check: Check): boolean {
  return root.code === check.code && !isGraver(check, root);
}

function isGraver(check: Check, root: Check): boolean {
  return check.status === 'fail' && root.status !== 'fail';
}

/** Whether what `root` shows has the effect at all. */
function isShown({ shownByKinds, shownBy = 'fail', shownIf }: Effect, root: Check): boolean {
  const byKind = shownByKinds === undefined ? !isOfOnePart(root) : isAmong(kindOf(root), shownByKinds);
  const byStatus = shownBy === 'either' || shownBy === 'as-grave' || root.status === shownBy;
  return byKind && byStatus && (shownIf === undefined || shownIf(root.observed));
}

/** Whether `check` looks as the effect makes things look. */
function isSymptom(effect: Effect, check: Check & { code: Code | null }, root: Check): boolean {
  const { kinds, exceptKinds = [], codes = ['*'], exceptCodes = [], statuses, says, shownBy, belowToo } = effect;
  if (check.code === null || !isAmong(kindOf(check), kinds) || isAmong(kindOf(check), exceptKinds)) return false;
  if (!isAmong(check.code, codes) || isAmong(check.code, exceptCodes)) return false;
  if (statuses !== undefined && !statuses.some((status) => status === check.status)) return false;
  if (says !== undefined && !says.test(check.observed ?? '')) return false;
  if (shownBy === 'as-grave' && isGraver(check, root)) return false;
  return belowToo === true || depthOf(root) <= depthOf(check);
}

/** What the names of targets and proxies need is not on the way to the target. */
const BY_OTHER_WAYS = /^l7\.(name|proxy)$/;

/** Whether `root` is of a part of this machine or its network that the packets to what `check` is about do not pass. */
export function isOffTheWay(root: Check, check: Check, { wayOf, linkOf }: Ways): boolean {
  if (root.target !== null || BY_OTHER_WAYS.test(kindOf(check))) return false;
  const isOfFamily = kindOf(root) === 'l3.family';
  if (check.target === null) {
    if (isOfFamily && root.code !== check.code) return true;
    const [own, other] = [linkOf(root), linkOf(check)];
    return /^l[12]\./.test(root.id) && own !== null && other !== null && own !== other;
  }
  const way = wayOf(check.target);
  if (way === null || !/^l[123]\./.test(root.id) || kindOf(root).startsWith('l3.firewall')) return false;
  // That the kernel knows a way shows that it needs no default route.
  if (way.loopback || root.code === 'no-default-route') return true;
  if (kindOf(root) === 'l3.upstream') return way.gateway === null;
  // The other family gets through.
  if (isOfFamily && way.source !== null) return way.source.includes(':') !== (root.code === 'ipv6-broken');
  const part = partOf(root);
  if (part?.address !== undefined) return way.source !== null && way.source !== part.address;
  // The gateway itself can be the target: what its link loses, that target does not get.
  const passes = way.gateway ?? way.address ?? null;
  if (part?.gateway !== undefined && (passes === null || withoutZone(passes) !== part.gateway)) return true;
  return part?.interface !== undefined && way.interface !== null && part.interface !== way.interface;
}
