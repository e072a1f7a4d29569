import type { DataOf } from '../model/measurement.js';

const WAYS = { 'to-target': 'on the way there', 'from-target': 'on the way back', both: 'in both directions' } as const;

/** In which direction TCP connections showed the loss, or why they do not; nothing where they were not asked. */
export function lossDirectionLines(direction: DataOf<'loss'>['direction']): string[] {
  if (direction === null) return [];
  const { hint, because } = direction;
  return [hint === null ? `in which direction is not known: ${because}` : `lost ${WAYS[hint]}: ${because}`];
}
