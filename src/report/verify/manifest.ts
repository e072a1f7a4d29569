import type { Code } from '../../model/code.js';
import type { Budget } from '../../model/grades.js';
import type { ProbeName } from '../../model/measurement.js';
import type { CheckStatus } from '../../model/report.js';
import type { DataWay } from './data-way.js';

/** What a manifest asks for, read and checked, variables in their places: requirements, the test cases of each, the checks of each case. */
export interface VerifiedManifest {
  /** `null`: it has none. */
  title: string | null;
  /** Names of the files that it was read from, without their folders; the one that was named first. */
  files: readonly string[];
  requirements: readonly Requirement[];
}

export interface Requirement {
  id: string;
  text: string | null;
  cases: readonly TestCase[];
}

export interface TestCase {
  id: string;
  text: string | null;
  /** Ids of cases that must not fail before it is looked at. */
  needs: readonly string[];
  checks: readonly ManifestCheck[];
}

export interface ManifestCheck {
  /** Unique in the manifest: that of its case, or behind a full stop what tells it from its neighbours. */
  id: string;
  /** Words about it; `null`: it has none. */
  text: string | null;
  /** Its command line as the file has it, without what may be secret. */
  run: string;
  /** Where it has to be made, in the words of the manifest; `null`: anywhere. */
  from: string | null;
  /** Which run it rests on: the same for command lines that are the same. */
  step: number;
  /** Empty: none of its checks may fail. */
  expectations: readonly Expectation[];
}

export type Expectation = CheckExpectation | CodeExpectation | ValueExpectation;

/** Checks whose ids fit a pattern have one of these statuses. */
export interface CheckExpectation {
  kind: 'check';
  /** With `*` for any characters and `?` for one; of the id without its target, unless it has an `@`. */
  glob: string;
  of: string | null;
  is: readonly CheckStatus[];
}

/** No check has this code, or one has. */
export interface CodeExpectation {
  kind: 'code';
  code: Code;
  of: string | null;
  present: boolean;
}

/** A measured value, or each of several, fulfils all of these. */
export interface ValueExpectation {
  kind: 'value';
  way: DataWay & { probe: ProbeName };
  of: string | null;
  conditions: readonly Condition[];
}

export type Scalar = string | number | boolean;

export type Relation = 'under' | 'over' | 'atLeast' | 'atMost';

/** A number must lie so. */
export interface Bound {
  relation: Relation | 'is';
  limit: number;
}

export type Condition =
  | { kind: 'bound'; relation: Relation; limit: number }
  | { kind: 'is'; values: readonly Scalar[] }
  | { kind: 'isNot'; values: readonly Scalar[] }
  | { kind: 'matches'; pattern: string; flags: string }
  | { kind: 'contains'; values: readonly Scalar[] }
  | { kind: 'count'; bounds: readonly Bound[] }
  | { kind: 'present'; present: boolean }
  | { kind: 'grades'; grades: Budget };
