import type { Code } from '../model/code.js';
import type { Diagnosis } from '../model/report.js';
import type { Cause } from './cause.js';
import { CAUSES } from './causes/index.js';
import { isOpen } from './confidence.js';
import type { Inquired, Inquiry, Question } from './inquiry.js';
import type { Reasoned } from './reason.js';
import { tellingInquiries } from './weigh.js';

/** What this run can look at only for one target at a time. */
const OF_ONE_TARGET: ReadonlySet<Inquiry> = new Set<Inquiry>(['segments', 'handshake-variants', 'loss-by-hop']);

/** For how many targets the same is looked at in a run: where many fail, the most urgent tell, and nobody waits for a thousand. */
export const MOST_PLACES = 4;

/**
 * What is worth a closer look, given what is known: for each cause that is not sure, or has rivals that nothing speaks against, the
 * inquiries that would tell, once for each of a few targets, the most urgent cause first. Where nothing is wrong, or the cause was read off, nothing.
 * A fault that all targets share is looked at on the way to the first of them; `target` is `null` where the machine or its network is
 * concerned.
 *
 * @param inquired what has been looked at already, with or without success: it is not asked for again
 */
export function openQuestions(
  reasoned: Reasoned,
  inquired: readonly Inquired[],
  causes: Readonly<Record<Code, Cause>> = CAUSES,
): Question[] {
  const questions = new Map<string, { inquiry: Inquiry; target: string | null; about: Code[] }>();
  const made = new Set(inquired.map(keyOf));
  const places = new Map<Inquiry, number>();
  for (const { inquiry } of inquired) places.set(inquiry, (places.get(inquiry) ?? 0) + 1);
  for (const diagnosis of reasoned.diagnosis.filter(isOpen)) {
    const target = placeOf(diagnosis, reasoned);
    for (const inquiry of tellingInquiries(causes[diagnosis.code], diagnosis.alternatives)) {
      const key = keyOf({ inquiry, target });
      if (made.has(key) || (target === null && OF_ONE_TARGET.has(inquiry))) continue;
      const begun = questions.get(key);
      const before = places.get(inquiry) ?? 0;
      if (begun === undefined && before >= MOST_PLACES) continue;
      if (begun === undefined) places.set(inquiry, before + 1);
      const known = begun ?? { inquiry, target, about: [] };
      known.about = [...new Set([...known.about, diagnosis.code, ...diagnosis.alternatives.map(({ code }) => code)])];
      questions.set(key, known);
    }
  }
  return [...questions.values()];
}

function keyOf({ inquiry, target }: Pick<Inquired, 'inquiry' | 'target'>): string {
  return `${inquiry} ${target ?? ''}`;
}

/** Where to look: at the target, or at the first of those that share the fault. */
function placeOf({ target, evidence }: Diagnosis, { checks }: Reasoned): string | null {
  if (target !== null) return target;
  return checks.find(({ id }) => id === evidence[0])?.target ?? null;
}
