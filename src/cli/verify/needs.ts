import type { TestCase } from '../../report/verify/manifest.js';

type Needing = Pick<TestCase, 'id' | 'needs'>;

/** How a case comes back to itself, as `a, b, a`; `null` where none does. */
export function cycleOfNeeds(cases: readonly Needing[]): string[] | null {
  const needsOf = new Map(cases.map(({ id, needs }) => [id, needs]));
  const done = new Set<string>();
  for (const { id } of cases) {
    // Without recursion: a chain of needs can be as long as there are cases.
    const trail: { id: string; left: string[] }[] = [{ id, left: [...(needsOf.get(id) ?? [])] }];
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const next = top.left.shift();
      if (next === undefined || done.has(top.id)) {
        done.add(top.id);
        trail.pop();
        continue;
      }
      const known = trail.findIndex((entry) => entry.id === next);
      if (known >= 0) return [...trail.slice(known).map((entry) => entry.id), next];
      trail.push({ id: next, left: [...(needsOf.get(next) ?? [])] });
    }
  }
  return null;
}

/** In the order of the manifest, but each behind those that it needs. There is no cycle. */
export function inOrderOfNeeds<T extends Needing>(cases: readonly T[]): T[] {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const ordered = new Set<T>();
  for (const one of cases) {
    const waiting = [one];
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      const missing = top.needs.flatMap((id) => byId.get(id) ?? []).find((need) => !ordered.has(need));
      if (missing !== undefined) waiting.push(missing);
      else {
        ordered.add(top);
        waiting.pop();
      }
    }
  }
  return [...ordered];
}
