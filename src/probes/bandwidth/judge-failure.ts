import type { NotMeasured } from '../../model/attempt.js';
import { HTTP_STATUS } from '../../model/failure-code.js';
import type { Check } from '../../model/report.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { failureOf } from '../http/judge-failure.js';
import type { Direction } from './data-parts.js';

type Line = Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>;

/** Answers that came, and that are none to measure a line by. */
const UNSUITABLE: ReadonlySet<string> = new Set([HTTP_STATUS, 'redirect', 'empty']);

/** Why there is no rate. What was not measured is never as much as was expected. */
export function judgeFailure(line: Line, failure: Direction['failure'], expected: string | null): Check {
  if (failure === null) return skippedCheck(line, 'nothing was measured');
  if (UNSUITABLE.has(failure.code)) return check({ ...line, status: 'fail', code: 'http-status', observed: failure.message, expected });
  const found = failureOf(attemptOf(failure), false);
  return 'because' in found
    ? skippedCheck(line, found.because)
    : check({ ...line, status: 'fail', code: found.code, observed: found.observed, expected });
}

function attemptOf({ kind, step, code, message, waitedMs }: NonNullable<Direction['failure']>): NotMeasured {
  const at = (step ?? 'response') as 'response';
  if (kind === 'failed') return { kind, step: at, code, message };
  if (kind === 'unanswered') return { kind, step: at, waitedMs: waitedMs ?? 0 };
  return { kind: 'skipped', because: message };
}
