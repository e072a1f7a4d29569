import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import { type Causes, explains, isSameCause, type Ways } from './explains.js';
import { kindOf } from './kinds.js';
import { depthOf } from './order.js';

/** A check that did not go well, and says why. */
export type Trouble = Check & { code: Code };

/** What nothing else explains, and all that it explains. */
export interface Root {
  /** As it is to be told: a failure, where it explains one. */
  check: Trouble;
  /** As it was judged. */
  judged: Trouble;
  explained: Trouble[];
}

export function isTrouble(check: Check): check is Trouble {
  return (check.status === 'fail' || check.status === 'warn') && check.code !== null;
}

/** Rules that somebody wrote down are answered one by one, whatever breaks them. */
export function isRule(check: Check): boolean {
  return /^(l6\.policy-|l4\.kernel-)/.test(kindOf(check));
}

/** Whether `root` takes the place of the check in the list: the check is then not judged. */
export function standsFor(root: Check, check: Check): boolean {
  return !(isRule(check) && isSameCause(root, check));
}

/**
 * The fewest causes from which everything else follows, the deepest first. What is a symptom of a symptom is one of the cause of both. Of
 * two that would explain each other, the deeper one is the cause.
 */
export function findRoots(judged: readonly Check[], causes: Causes, ways: Ways): Root[] {
  const troubles = judged
    .map((check, index) => ({ check, index }))
    .sort((a, b) => depthOf(a.check) - depthOf(b.check) || a.index - b.index)
    .flatMap(({ check }) => (isTrouble(check) ? [check] : []));
  const explainers = troubles.map((check, place) =>
    troubles.flatMap((other, at) =>
      at !== place && explains(other, check, causes, ways) && !(place < at && explains(check, other, causes, ways)) ? [at] : [],
    ),
  );
  const rootOf = troubles.map((_, place) => follow(place, explainers));
  return troubles.flatMap((check, place) => {
    if (rootOf[place] !== place) return [];
    const explained = troubles.filter((_, other) => other !== place && rootOf[other] === place);
    return [{ check: asGrave(check, explained), judged: check, explained }];
  });
}

/** What breaks something is no mere warning, whatever it looked like where it was found. */
function asGrave(check: Trouble, explained: readonly Trouble[]): Trouble {
  return explained.some(({ status }) => status === 'fail') ? { ...check, status: 'fail' } : check;
}

/** From a symptom to its cause: at once where a cause explains it itself, else by what explains it. A circle ends at its deepest place. */
function follow(from: number, explainers: readonly (readonly number[])[]): number {
  const seen = new Set<number>();
  let place = from;
  while (!seen.has(place)) {
    seen.add(place);
    const above = explainers[place] ?? [];
    const next = above.find((other) => explainers[other]?.length === 0) ?? above[0];
    if (next === undefined) return place;
    place = next;
  }
  return circleFrom(place, explainers);
}

/** The deepest place of the circle that `place` is on. */
function circleFrom(place: number, explainers: readonly (readonly number[])[]): number {
  const members = new Set<number>();
  for (let at = place; !members.has(at); ) {
    members.add(at);
    const above = explainers[at] ?? [];
    at = above.find((other) => explainers[other]?.length === 0) ?? above[0] ?? at;
  }
  return Math.min(...members);
}
