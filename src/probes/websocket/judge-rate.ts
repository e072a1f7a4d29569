import { formatMs, formatRate } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import { gradeAtLeast } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';

type WebSocketMeasurement = MeasurementOf<'websocket'>;
type Throughput = NonNullable<DataOf<'websocket'>['throughput']>;

/** A shorter look says nothing of a rate. */
const LEAST_LISTENED_MS = 1000;

/** `l7.websocket-rate`: messages in a second, of a stream or of those that were sent as fast as they come back. */
export function judgeRate(measurement: WebSocketMeasurement, context: JudgeContext): Check[] {
  const { throughput } = measurement.data;
  return throughput === undefined ? judgeStream(measurement, context) : [judgeThroughput(measurement, throughput, context)];
}

/** It never fails: what has little to say sends little. That nothing came at all is judged by itself. */
function judgeStream(measurement: WebSocketMeasurement, { policy }: JudgeContext): Check[] {
  const { kind, listenedMs, messages } = measurement.data;
  const grades = policy.messagesPerSecond;
  if (grades === null || kind !== 'stream' || listenedMs === null || listenedMs < LEAST_LISTENED_MS || messages.received === 0) return [];
  const perSecond = messages.received / (listenedMs / 1000);
  const slow = gradeAtLeast(perSecond, grades) !== 'pass';
  return [
    check({
      ...lineOf(measurement),
      status: slow ? 'warn' : 'pass',
      code: slow ? 'websocket-slow' : null,
      observed: `${formatRate(perSecond)} (${messages.received} in ${formatMs(listenedMs)})`,
      expected: `${formatRate(grades.acceptable)} or more`,
      budget: budgetOf('messagesPerSecond', perSecond, grades),
    }),
  ];
}

/** What was sent was there to be carried: here a low rate is the fault of the way or of the service, by the grades where there are some. */
function judgeThroughput(measurement: WebSocketMeasurement, throughput: Throughput, { policy }: JudgeContext): Check {
  const { asked, sent, answered, late, lost, perSecond, durationMs } = throughput;
  const grades = policy.messagesPerSecond;
  const line = { ...lineOf(measurement), expected: grades === null ? 'all come back' : `${formatRate(grades.acceptable)} or more` };
  if (answered + late === 0) {
    if (lost === 0) return skippedCheck(line, 'it ended before a message came back');
    return check({ ...line, status: 'fail', code: 'websocket-silent', observed: `none of ${sent} messages came back` });
  }
  if (perSecond === null || durationMs === null) return skippedCheck(line, 'they came back too fast to be timed');
  const graded = grades === null ? 'pass' : gradeAtLeast(perSecond, grades);
  // What ended it early is told by its own line; what was sent and did not come back is told here.
  const missing = lost - late;
  const status = graded === 'pass' && missing > 0 ? 'warn' : graded;
  const rate = `${formatRate(perSecond)} (${answered + late} of ${asked} messages and back in ${formatMs(durationMs)})`;
  return check({
    ...line,
    status,
    code: status === 'pass' ? null : graded === 'pass' ? 'websocket-silent' : 'websocket-slow',
    observed: missing > 0 ? `${rate}, ${missing} did not come back` : rate,
    ...(grades === null ? {} : { budget: budgetOf('messagesPerSecond', perSecond, grades) }),
  });
}

function lineOf(measurement: WebSocketMeasurement) {
  return { kind: 'l7.websocket-rate', layer: 7, title: 'WebSocket messages', measurement } as const;
}
