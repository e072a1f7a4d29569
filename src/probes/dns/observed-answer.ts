import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import { formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';

/** `NOERROR, 2 answers, 12.3 ms`. */
export function describeAnswer({ data, stalledMs }: MeasurementOf<'dns'>): string {
  const answers = data.answers.length === 1 ? '1 answer' : `${data.answers.length} answers`;
  const time = data.queryMs === null ? '' : `, ${formatProcessTime(data.queryMs, stalledMs)}`;
  return `${data.rcode ?? 'no rcode'}, ${answers}${time}${extendedErrors(data)}${oddities(data)}${hostsFile(data)}`;
}

type Data = MeasurementOf<'dns'>['data'];

/** `; Blocked (malware)`: why the server answers so, in its own words (RFC 8914). */
function extendedErrors({ edns }: Data): string {
  return (edns?.extendedErrors ?? [])
    .slice(0, 3)
    .map(({ name, text }) => `; ${name}${text === '' ? '' : ` (${text})`}`)
    .join('');
}

/** What came beside the answer and was none of it. */
function oddities({ ignored }: Data): string {
  if (ignored == null) return '';
  const { wrongId, wrongQuestion, malformed, contradicting } = ignored;
  const strange = wrongId + wrongQuestion + malformed;
  const ignoredText = strange === 0 ? '' : `; ${strange} other ${strange === 1 ? 'datagram was' : 'datagrams were'} no answer to it`;
  return `${ignoredText}${(contradicting ?? 0) > 0 ? `; ${contradicting} further answers said otherwise` : ''}`;
}

/** Programs look there first: what a server answers is then not what they get. */
function hostsFile({ hostsFile: listed }: Data): string {
  return listed == null ? '' : `; programs get ${listed.addresses.join(', ')} from ${listed.path}`;
}

/** Why there is no answer, and how often it was asked for. */
export function describeSilence(attempt: NotMeasured, { attempts }: MeasurementOf<'dns'>['data']): string {
  return `${reasonOf(attempt)}${attempt.kind === 'unanswered' && (attempts ?? 0) > 1 ? `, asked ${attempts} times` : ''}`;
}

/** Why the answer of a server that truncated it was not to be had. */
export function describeTruncation(attempt: NotMeasured): string {
  return `the answer is too long for UDP, and over TCP: ${reasonOf(attempt)}`;
}
