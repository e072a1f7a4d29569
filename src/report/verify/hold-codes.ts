import { CODE_LAYERS } from '../../model/code.js';
import type { Check } from '../../model/report.js';
import { countText, reasonBehind, saidBy } from './check-words.js';
import type { CodeExpectation } from './manifest.js';
import { expectationText, type Found, type Outcome } from './outcome.js';
import { scopeOf } from './scope.js';

/** That a code is absent is known where checks of its layer were judged, at each target that has any. */
export function holdCode(expectation: CodeExpectation, found: Found): Outcome {
  const { code, of, present } = expectation;
  const inScope = scopeOf(of, found);
  const all = found.checks.filter(({ target }) => inScope(target));
  const having = all.filter((check) => check.code === code && (check.status === 'fail' || check.status === 'warn'));
  const ofLayer = all.filter(({ layer }) => layer === CODE_LAYERS[code]);
  const judged = ofLayer.filter(({ status }) => status !== 'skip');
  const outcome = (
    status: 'pass' | 'fail',
    observed: string | null,
    because: string | null,
    looked: readonly Check[],
    offending: readonly Check[] = [],
  ): Outcome => ({ result: { text: expectationText(expectation), status, observed, because }, looked, offending, measurements: [] });

  const [first] = having;
  if (first !== undefined) {
    if (present) return outcome('pass', saidBy(first), null, having);
    return outcome('fail', saidBy(first), `${first.id} says ${code}`, having, having);
  }
  const unknown = ofLayer.find((check) => check.status === 'skip' && !judged.some(({ target }) => target === check.target));
  if (judged.length === 0 || unknown !== undefined) {
    const because =
      unknown === undefined
        ? `the step judged nothing of layer ${CODE_LAYERS[code]}, where that would show`
        : `${unknown.id} was not judged${reasonBehind(unknown)}`;
    return outcome('fail', null, because, ofLayer, unknown === undefined ? [] : [unknown]);
  }
  if (present) return outcome('fail', countText(judged), `no check says ${code}`, judged);
  return outcome('pass', `not found by ${judged.length === 1 ? '1 check' : `${judged.length} checks`}`, null, judged);
}
