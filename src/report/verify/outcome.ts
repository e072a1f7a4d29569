import type { Budget, Check, Report, VerifiedExpectation } from '../../model/report.js';
import { conditionText } from './conditions.js';
import type { Expectation } from './manifest.js';
import { unitOf } from './units.js';

/** What a step found, as far as expectations look at it. */
export type Found = Pick<Report, 'checks' | 'measurements' | 'targets'>;

/** What became of one expectation, and of what that is known. */
export interface Outcome {
  result: VerifiedExpectation;
  /** Checks that were looked at. */
  looked: readonly Check[];
  /** Those of them by which it is not fulfilled. */
  offending: readonly Check[];
  /** Ids of measurements whose values were looked at. */
  measurements: readonly string[];
  /** The value that was held against grades: of several the worst. */
  budget?: Budget;
}

/** An expectation in words. */
export function expectationText(expectation: Expectation): string {
  const of = expectation.of === null ? '' : ` of ${expectation.of}`;
  switch (expectation.kind) {
    case 'check':
      return `${expectation.glob}${of}: ${expectation.is.join(' or ')}`;
    case 'code':
      return expectation.present ? `${expectation.code}${of} is found` : `${expectation.code}${of} is not found`;
    case 'value': {
      const unit = unitOf(expectation.way);
      return `${expectation.way.written}${of} ${expectation.conditions.map((one) => conditionText(one, unit)).join(', ')}`;
    }
  }
}
