import type { Code } from '../model/code.js';
import type { Layer } from '../model/layer.js';
import type { Measurement } from '../model/measurement.js';
import type { Budget, Check, CheckStatus } from '../model/report.js';

export interface CheckParts {
  /** What is checked, without the target: `l6.certificate`. */
  kind: string;
  /** Layer in which the check stands; that of its `code` can be lower, where the fault lies deeper. */
  layer: Layer;
  title: string;
  /** The measurement judged: gives the target and the evidence. */
  measurement: Pick<Measurement, 'id' | 'target'>;
  status: CheckStatus;
  code?: Code | null;
  observed?: string | null;
  expected?: string | null;
  /** Why it was not judged; for a `skip` only. */
  because?: string | null;
  /** How the trouble is known, where the code alone does not say it. */
  basis?: Check['basis'] | undefined;
  /** When it was there, of a fault that came and went during the run. */
  when?: Check['when'] | undefined;
  /** The number that was judged, and the grades that it was held against. */
  budget?: Budget | undefined;
}

/** A line of the checklist. Its id is `kind@target`, or `kind` alone where the machine itself is judged. The report adds the remedy. */
export function check(parts: CheckParts): Check {
  const { kind, layer, title, measurement, status, basis, when, budget } = parts;
  return {
    id: measurement.target === null ? kind : `${kind}@${measurement.target}`,
    layer,
    title,
    target: measurement.target,
    status,
    code: parts.code ?? null,
    observed: parts.observed ?? null,
    expected: parts.expected ?? null,
    remedy: null,
    because: parts.because ?? null,
    measurements: [measurement.id],
    ...(basis === undefined ? {} : { basis }),
    ...(when === undefined ? {} : { when }),
    ...(budget === undefined ? {} : { budget }),
  };
}

/**
 * The line of a series that went to the other family of a target than all else did. A target's id has no fragment, so that none can be
 * taken for such a line.
 */
export function ofOtherFamily(line: Check, family: 4 | 6): Check {
  return { ...line, id: `${line.id}#ipv${family}`, title: `${line.title}, IPv${family}` };
}

/** A line that could not be judged, with the reason. */
export function skippedCheck(line: Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>, because: string): Check {
  return check({ ...line, status: 'skip', because });
}
