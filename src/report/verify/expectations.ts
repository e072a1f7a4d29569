import { holdCheck } from './hold-checks.js';
import { holdCode } from './hold-codes.js';
import { holdValue } from './hold-values.js';
import type { Expectation } from './manifest.js';
import type { Found, Outcome } from './outcome.js';
import { asItIs, type Hide } from './units.js';

/** Holds what a step found against one expectation. What was not measured is not fulfilled. Pure where `hide` is. */
export function holdExpectation(expectation: Expectation, found: Found, hide: Hide = asItIs): Outcome {
  switch (expectation.kind) {
    case 'check':
      return holdCheck(expectation, found);
    case 'code':
      return holdCode(expectation, found);
    case 'value':
      return holdValue(expectation, found, hide);
  }
}
