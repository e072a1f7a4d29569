import { CODE_LAYERS, type Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import { parseTarget } from '../model/target.js';
import { type Causes, explains, type Ways } from './explains.js';
import { isAmong, kindOf } from './kinds.js';
import type { Root, Trouble } from './roots.js';

/** Faults that something in front of all services makes, where it is at every one of them, whoever they belong to. */
const OF_WHOEVER_IS_BETWEEN = ['port-filtered', 'port-rejected', 'tcp-reset', 'quic-blocked', 'tls-intercepted'];

/**
 * Whether the same is at every target. Faults of the way are then one cause in front of them all; so is what filters or breaks in on
 * connections to several hosts. A closed port or an expired certificate belongs to its own service, however many of them there are.
 */
export function isShared(check: Trouble, roots: readonly Root[], judged: readonly Check[]): boolean {
  const sharing = sharersOf(check, roots, judged);
  if (sharing.size < 2) return false;
  if (CODE_LAYERS[check.code] <= 3 || /^(dns|proxy)-/.test(check.code)) return true;
  return isAmong(check.code, OF_WHOEVER_IS_BETWEEN) && new Set([...sharing].map(hostOf)).size > 1;
}

/** The targets that show the same, where those are all that were looked at; else none. */
function sharersOf(check: Trouble, roots: readonly Root[], judged: readonly Check[]): ReadonlySet<string | null> {
  const kind = kindOf(check);
  const looked = new Set(judged.filter((other) => kindOf(other) === kind && other.status !== 'skip').map(({ target }) => target));
  // One target can have several checks of a kind, such as those of several name servers.
  const sharing = new Set(
    roots.filter((other) => other.check.code === check.code && kindOf(other.check) === kind).map((other) => other.check.target),
  );
  return check.target !== null && sharing.size === looked.size ? sharing : new Set();
}

/** What stands between here and the target, by its name: whatever else is asked goes that way as well, as far as anybody knows. */
const BEFORE_THE_TARGET: readonly Code[] = ['loss-upstream', 'routing-loop', 'route-prohibited'];

/** Whether it is in front of what else is asked, though there be one target alone to show it. */
function isInFront(check: Trouble, roots: readonly Root[], judged: readonly Check[]): boolean {
  return isShared(check, roots, judged) || (BEFORE_THE_TARGET.includes(check.code) && sharersOf(check, roots, judged).size > 0);
}

function hostOf(target: string | null): string | null {
  const parsed = target === null ? null : parseTarget(target);
  return parsed?.ok === true ? parsed.target.host : target;
}

/** What is in front of all targets is in front of what else this machine asks, too: that is a symptom of it as well. */
export function absorb(roots: readonly Root[], judged: readonly Check[], causes: Causes, ways: Ways): Root[] {
  const inFront = roots.filter(({ check }) => isInFront(check, roots, judged));
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
