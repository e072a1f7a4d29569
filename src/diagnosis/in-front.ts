import { CODE_LAYERS, type Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import { parseTarget } from '../model/target.js';
import { type Causes, explains, type Ways } from './explains.js';
import { isAmong, kindOf } from './kinds.js';
import type { Root, Trouble } from './roots.js';

/** Faults that something in front of all services makes, where it is at every one of them, whoever they belong to. */
const OF_WHOEVER_IS_BETWEEN = ['port-filtered', 'port-rejected', 'tcp-reset', 'quic-blocked', 'tls-intercepted'];

/** Who shows what, and of whom it was looked at: made once, since it is asked of each of many. */
export interface Sharing {
  /** By code and kind: the targets that show it. */
  shows: ReadonlyMap<string, ReadonlySet<string | null>>;
  /** By kind: the targets of which it was looked at. */
  looked: ReadonlyMap<string, ReadonlySet<string | null>>;
}

export function sharingOf(roots: readonly Root[], judged: readonly Check[]): Sharing {
  const shows = new Map<string, Set<string | null>>();
  const looked = new Map<string, Set<string | null>>();
  // One target can have several checks of a kind, such as those of several name servers.
  for (const { check } of roots) addTo(shows, showing(check), check.target);
  for (const check of judged) if (check.status !== 'skip') addTo(looked, kindOf(check), check.target);
  return { shows, looked };
}

function addTo(sets: Map<string, Set<string | null>>, key: string, target: string | null): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([target]));
  else known.add(target);
}

function showing(check: Trouble): string {
  return `${check.code} ${kindOf(check)}`;
}

/**
 * Whether the same is at every target. Faults of the way are then one cause in front of them all; so is what filters or breaks in on
 * connections to several hosts. A closed port or an expired certificate belongs to its own service, however many of them there are.
 */
export function isShared(check: Trouble, sharing: Sharing): boolean {
  const sharers = sharersOf(check, sharing);
  if (sharers.size < 2) return false;
  if (CODE_LAYERS[check.code] <= 3 || /^(dns|proxy)-/.test(check.code)) return true;
  return isAmong(check.code, OF_WHOEVER_IS_BETWEEN) && new Set([...sharers].map(hostOf)).size > 1;
}

const NOBODY: ReadonlySet<string | null> = new Set();

/** The targets that show the same, where those are all that were looked at; else none. */
function sharersOf(check: Trouble, { shows, looked }: Sharing): ReadonlySet<string | null> {
  const sharers = shows.get(showing(check)) ?? NOBODY;
  return check.target !== null && sharers.size === (looked.get(kindOf(check))?.size ?? 0) ? sharers : NOBODY;
}

/** What stands between here and the target, by its name: whatever else is asked goes that way as well, as far as anybody knows. */
const BEFORE_THE_TARGET: readonly Code[] = ['loss-upstream', 'routing-loop', 'route-prohibited'];

/** Whether it is in front of what else is asked, though there be one target alone to show it. */
function isInFront(check: Trouble, sharing: Sharing): boolean {
  return isShared(check, sharing) || (BEFORE_THE_TARGET.includes(check.code) && sharersOf(check, sharing).size > 0);
}

function hostOf(target: string | null): string | null {
  const parsed = target === null ? null : parseTarget(target);
  return parsed?.ok === true ? parsed.target.host : target;
}

/** What is in front of all targets is in front of what else this machine asks, too: that is a symptom of it as well. */
export function absorb(roots: readonly Root[], judged: readonly Check[], causes: Causes, ways: Ways): Root[] {
  const sharing = sharingOf(roots, judged);
  const inFront = roots.filter(({ check }) => isInFront(check, sharing));
  const absorbed = new Map<Root, Root>();
  for (const root of roots) {
    if (root.check.target !== null) continue;
    const by = inFront.find(({ check }) => explains({ ...check, target: null }, root.check, causes, ways));
    if (by !== undefined) absorbed.set(root, by);
  }
  return roots.flatMap((root) => {
    if (absorbed.has(root)) return [];
    const more = [...absorbed].filter(([, by]) => by === root).flatMap(([{ check, explained }]) => [check, ...explained]);
    return [more.length === 0 ? root : { ...root, explained: [...root.explained, ...more] }];
  });
}
