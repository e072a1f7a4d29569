import type { Code } from '../model/code.js';
import type { Check } from '../model/report.js';
import type { Cause } from './cause.js';
import { isAmong, kindOf } from './kinds.js';
import type { Candidate } from './merge.js';

/**
 * The codes that a diagnosis gets: that by which callers know the fault, and, where that is broader than what is known, the particular one
 * as `form`.
 *
 * @param judged all checks, as they were judged
 */
export function namesOf(cause: Cause, { evidence }: Pick<Candidate, 'evidence'>, judged: readonly Check[]): { code: Code; form?: Code } {
  const { code, formOf } = cause;
  if (formOf === undefined) return { code };
  if (typeof formOf === 'string') return { code: formOf, form: code };
  const shown = judged.filter(({ id }) => evidence.includes(id));
  const { codes, whereFailed = [] } = formOf;
  const more = whereFailed.find(({ kinds }) => shown.some((check) => check.status === 'fail' && isAmong(kindOf(check), kinds)));
  const broader = more ?? codes.find((one) => shown.some((check) => check.code === one.code || isAmong(kindOf(check), one.kinds ?? [])));
  return broader === undefined ? { code } : { code: broader.code, form: code };
}
