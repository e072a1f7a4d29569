import { type NotMeasured, reasonOf } from '../../model/attempt.js';

/** Why a fact could not be had, as the list of absent facts has it. */
export function reasonOfAbsence(attempt: NotMeasured): string {
  return attempt.kind === 'unavailable' ? attempt.reason : reasonOf(attempt);
}
