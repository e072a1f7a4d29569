import type { Report } from '../../model/report.js';

/** Whether something of this target, or with `null` of the machine, can be compared: both reports are about it. */
export type IsCommon = (target: string | null) => boolean;

export function commonTargets(
  before: Report,
  after: Report,
): { isCommon: IsCommon; both: string[]; onlyBefore: string[]; onlyAfter: string[] } {
  const [earlier, later] = [idsOf(before), idsOf(after)];
  return {
    isCommon: (target) => target === null || (earlier.has(target) && later.has(target)),
    both: [...later].filter((id) => earlier.has(id)),
    onlyBefore: [...earlier].filter((id) => !later.has(id)),
    onlyAfter: [...later].filter((id) => !earlier.has(id)),
  };
}

/** Measurements and checks can be of names that were only asked about. */
function idsOf({ targets, checks, measurements }: Report): Set<string> {
  const named = [...checks, ...measurements].flatMap(({ target }) => target ?? []);
  return new Set([...targets.map(({ id }) => id), ...named]);
}
