import type { Report } from '../../model/report.js';
import { parseHostOrUrl } from '../../model/target.js';

/** Whether something of this target, `null` for the machine, is meant. */
export type InScope = (target: string | null) => boolean;

/**
 * What `of` means in what a step found: a target by its id or name, or as a command line has it; a host alone means each of its ports where there is
 * no target of that name itself. `null` means everything.
 */
export function scopeOf(of: string | null, { targets, measurements }: Pick<Report, 'targets' | 'measurements'>): InScope {
  if (of === null) return () => true;
  const outcome = parseHostOrUrl(of);
  const written = outcome.ok ? outcome.target : null;
  const named = targets.filter(({ id, name }) => id === of || name === of || id === written?.id);
  const ofHost = written?.port === null ? targets.filter(({ host }) => host === written.host) : [];
  const ids = new Set((named.length > 0 ? named : ofHost).map(({ id }) => id));
  if (ids.size === 0) for (const { target } of measurements) if (target === of) ids.add(target);
  return (target) => target !== null && ids.has(target);
}
