import type { DataOf } from '../../model/measurement.js';

type Data = DataOf<'firewall'>;
export type Place = NonNullable<Data['tooLarge'][number]['place']>;

const RULE_CHARACTERS = 120;

/** Where it was decided, for a line of the checklist: the rule as it stands, or the policy; who reads it escapes it. */
export function placeText(place: Place | null): string {
  if (place === null) return 'no rule';
  const where = `${place.engine === 'iptables-legacy' ? 'iptables-legacy, ' : ''}${place.table} ${place.chain}`;
  if (place.rule === null) return `policy of ${where}`;
  const rule = place.rule.length > RULE_CHARACTERS ? `${place.rule.slice(0, RULE_CHARACTERS - 1)}…` : place.rule;
  return `${where}: ${rule}`;
}

/** `dropped`, `rejected`; for what is surely stopped. */
export function stoppedText(verdict: 'drop' | 'reject'): string {
  return verdict === 'drop' ? 'dropped' : 'rejected';
}

export function isStopped(verdict: Data['tooLarge'][number]['verdict']): verdict is 'drop' | 'reject' {
  return verdict === 'drop' || verdict === 'reject';
}

/** At most `limit` of the texts, and how many more there are. */
export function listed(texts: readonly string[], limit = 6): string {
  const all = [...new Set(texts)];
  const more = all.length - limit;
  return more <= 0 ? all.join(', ') : `${all.slice(0, limit).join(', ')} and ${more} more`;
}
