import type { Measurement } from '../model/measurement.js';
import type { Check, Diagnosis, Verdict } from '../model/report.js';

/** All that a conclusion is drawn from. */
export interface Outcome {
  /** As reasoned about: what a deeper fault explains is a `skip`. */
  checks: readonly Check[];
  diagnosis: readonly Diagnosis[];
  measurements: readonly Measurement[];
  verdict: Verdict;
  /** Targets of which nothing was found well that was asked, in the order in which they were named. */
  unjudged: readonly string[];
  /** It was interrupted. */
  partial: boolean;
}
