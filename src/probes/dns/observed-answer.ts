import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import { formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';

/** `NOERROR, 2 answers, 12.3 ms`. */
export function describeAnswer({ data, stalledMs }: MeasurementOf<'dns'>): string {
  const answers = data.answers.length === 1 ? '1 answer' : `${data.answers.length} answers`;
  const time = data.queryMs === null ? '' : `, ${formatProcessTime(data.queryMs, stalledMs)}`;
  return `${data.rcode ?? 'no rcode'}, ${answers}${time}`;
}

/** Why there is no answer, and how often it was asked for. */
export function describeSilence(attempt: NotMeasured, { attempts }: MeasurementOf<'dns'>['data']): string {
  return `${reasonOf(attempt)}${attempt.kind === 'unanswered' && (attempts ?? 0) > 1 ? `, asked ${attempts} times` : ''}`;
}

/** Why the answer of a server that truncated it was not to be had. */
export function describeTruncation(attempt: NotMeasured): string {
  return `the answer is too long for UDP, and over TCP: ${reasonOf(attempt)}`;
}
