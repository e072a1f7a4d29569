import type { Check } from '../../model/report.js';
import { countText, reasonBehind, saidBy } from './check-words.js';
import { fitsGlob } from './glob.js';
import type { CheckExpectation } from './manifest.js';
import { expectationText, type Found, type Outcome } from './outcome.js';
import { type InScope, scopeOf } from './scope.js';

/** Holds the checks whose ids fit a pattern against the statuses that they may have. */
export function holdCheck(expectation: CheckExpectation, found: Found): Outcome {
  const { glob, of, is } = expectation;
  const inScope = scopeOf(of, found);
  const looked = found.checks.filter((check) => inScope(check.target) && fitsGlob(glob, glob.includes('@') ? check.id : kindOf(check)));
  const offending = looked.filter(({ status }) => !is.includes(status));
  const [first] = offending;
  const result = (
    status: 'pass' | 'warn' | 'fail',
    observed: string | null,
    because: string | null,
    troubling: readonly Check[] = offending,
  ): Outcome => ({
    result: { text: expectationText(expectation), status, observed, because },
    looked,
    offending: troubling,
    measurements: [],
  });
  if (looked.length === 0) return result('fail', null, nothingFits(found, inScope, of));
  // What would have been better is fulfilled, and worth a remark.
  const warned = is.includes('pass') ? looked.filter(({ status }) => status === 'warn') : [];
  const [remark] = warned;
  if (first === undefined && remark !== undefined) return result('warn', saidBy(remark), `${remark.id} warns`, warned);
  if (first === undefined) return result('pass', looked.length === 1 ? saidBy(looked[0]) : countText(looked), null);
  const more = offending.length - 1;
  return result('fail', saidBy(first), `${first.id} is ${first.status}${reasonBehind(first)}${more > 0 ? `, and ${more} more` : ''}`);
}

function nothingFits({ checks }: Found, inScope: InScope, of: string | null): string {
  const kinds = [...new Set(checks.filter(({ target }) => inScope(target)).map(kindOf))];
  if (kinds.length === 0) return of === null ? 'the step has no checks at all' : `the step has no check of ${of}`;
  const more = kinds.length - SHOWN_KINDS;
  return `the step has no such check; it has ${kinds.slice(0, SHOWN_KINDS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const SHOWN_KINDS = 8;

/** `l3.latency` of `l3.latency@TARGET`. */
function kindOf({ id }: Check): string {
  const end = id.indexOf('@');
  return end < 0 ? id : id.slice(0, end);
}
