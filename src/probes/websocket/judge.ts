import { reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { CREDENTIALS_WITHHELD, INCOMPLETE, PROXY_CODES, RESET_CODES } from '../../model/failure-code.js';
import { formatMs, formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { gradeProcessTime, judgedPercentile } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { expectedOf, processTimeBudget } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import { failureOf } from '../http/judge-failure.js';
import type { JudgeContext } from '../probe.js';
import { judgeTrust } from '../trust-verdict.js';
import { judgeRate } from './judge-rate.js';

type WebSocketMeasurement = MeasurementOf<'websocket'>;

/** Ends of the server's that are in order (RFC 6455 section 7.4.1): normal, and going away. */
const ORDERLY_CODES: ReadonlySet<number> = new Set([1000, 1001]);
/** From this share of pings without an answer on, the connection is more gone than there. */
const SILENT_SHARE = 0.5;

/**
 * `l6.certificate` where TLS was spoken. `l7.websocket`: whether it was opened, and how fast. `l7.websocket-answers`: round trips on it, or what came by itself.
 * `l7.websocket-rate`: how many messages came in a second. `l7.websocket-end`: whether it stayed open until we closed it, by the rules.
 */
export function judgeWebSocket(measurement: WebSocketMeasurement, context: JudgeContext): Check[] {
  const opened = measurement.data.status === 101 && measurement.data.refusal === null;
  const { tls } = measurement.data;
  return [
    ...(tls === null ? [] : [judgeTrust(measurement, tls)]),
    judgeUpgrade(measurement, context),
    ...(opened ? [judgeAnswers(measurement, context), ...judgeRate(measurement, context), ...judgeEnd(measurement)] : []),
  ];
}

function judgeUpgrade(measurement: WebSocketMeasurement, { policy }: JudgeContext): Check {
  const line = { kind: 'l7.websocket', layer: 7, title: 'WebSocket', measurement } as const;
  const expected = `101, under ${formatMs(policy.firstByteMs.acceptable)}`;
  const { attempt, data, stalledMs } = measurement;
  if (data.status === 101 && data.refusal === null && data.upgradeMs !== null) {
    const status = gradeProcessTime(data.upgradeMs, stalledMs, policy.firstByteMs);
    const chosen = data.subprotocol === null ? '' : `, subprotocol ${data.subprotocol}`;
    const observed = `opened in ${formatProcessTime(data.upgradeMs, stalledMs)}${chosen}`;
    const budget = processTimeBudget('firstByteMs', data.upgradeMs, stalledMs, policy.firstByteMs);
    return check({ ...line, status, code: status === 'pass' ? null : 'websocket-slow', observed, expected, budget });
  }
  const failure = (code: Code, observed: string) => check({ ...line, status: 'fail', code, observed, expected });
  if (data.status !== null && data.refusal !== null) return failure(refusalCode(data.status), refusalText(measurement));
  if (attempt.kind === 'unanswered' && attempt.step === 'response') {
    // TLS or a proxy was spoken with, so the service is not silent: it is late.
    const code = data.tls !== null || data.via !== null ? 'websocket-slow' : 'service-silent';
    return failure(code, `no answer to the upgrade within ${formatMs(attempt.waitedMs)}`);
  }
  if (attempt.kind === 'failed' && attempt.step === 'response') {
    const code = RESET_CODES.has(attempt.code) ? 'tcp-reset' : attempt.code === INCOMPLETE ? 'websocket-slow' : 'websocket-refused';
    return failure(code, `no valid answer: ${attempt.message}`);
  }
  if (attempt.kind === 'failed' && attempt.code === CREDENTIALS_WITHHELD) return skippedCheck(line, attempt.message);
  if (attempt.kind === 'failed' && PROXY_CODES.has(attempt.code)) return skippedCheck(line, attempt.message);
  // Nobody else looks at the way to it.
  if ((attempt.kind === 'failed' || attempt.kind === 'unanswered') && (attempt.step === 'connect' || attempt.step === 'handshake')) {
    const found = failureOf(attempt, data.tls !== null || data.via !== null);
    return 'because' in found ? skippedCheck(line, found.because) : failure(found.code, found.observed);
  }
  return skippedCheck(line, attempt.kind === 'measured' ? 'it was not opened' : reasonOf(attempt));
}

/** RFC 9110 section 15.5.2, RFC 6585 section 4; every other status is a refusal of the upgrade. */
function refusalCode(status: number): Code {
  if (status === 401) return 'http-unauthorized';
  return status === 429 ? 'http-rate-limited' : 'websocket-refused';
}

function refusalText({ attempt, data }: WebSocketMeasurement): string {
  const said = attempt.kind === 'failed' ? attempt.message : `status ${data.status}`;
  return data.authentication === null || data.authentication.length === 0 ? said : `${said} (wants ${data.authentication.join(', ')})`;
}

function judgeAnswers(measurement: WebSocketMeasurement, { policy }: JudgeContext): Check {
  const { data, attempt, stalledMs } = measurement;
  const grades = policy.webSocketRttMs;
  const line = { kind: 'l7.websocket-answers', layer: 7, title: 'WebSocket answers', measurement } as const;
  const expected = `${data.kind === 'stream' ? 'messages, ' : ''}round trips under ${formatMs(grades.acceptable)}`;
  const cutOff = data.violation !== null || data.close?.by === 'server';
  if (data.kind === 'stream' && data.listenedMs !== null && data.messages.received === 0) {
    // Its end is what is at fault then.
    if (cutOff) return skippedCheck(line, `it ended after ${formatMs(data.listenedMs)}, before a message came`);
    const observed = `no message in ${formatMs(data.listenedMs)}${data.rttMs === null ? '' : `, pings take ${formatMs(data.rttMs.p50)}`}`;
    return check({ ...line, status: 'fail', code: 'websocket-silent', observed, expected });
  }
  const series = data.rttBy === 'echo' ? data.echoes : data.pings;
  const messages = data.messages.received === 0 ? '' : `${data.messages.received} messages`;
  if (data.rttMs === null || series === null) {
    if (attempt.kind !== 'measured' || data.pings.sent === 0)
      return skippedCheck(line, 'nothing that was sent could have been answered yet');
    if (data.pings.lost === 0 && (data.echoes?.lost ?? 0) === 0)
      return skippedCheck(line, 'it ended before what was sent had to be answered');
    if (data.kind === 'stream')
      return check({ ...line, status: 'warn', code: 'websocket-silent', observed: `${messages}, no ping answered`, expected });
    const tried = data.echoes === null ? `${data.pings.sent} pings` : `${data.pings.sent} pings and ${data.echoes.sent} messages`;
    return check({ ...line, status: 'fail', code: 'websocket-silent', observed: `none of ${tried} answered`, expected });
  }
  const percentile = judgedPercentile(grades, series.answered);
  const valueMs = data.rttMs[percentile];
  const graded = gradeProcessTime(valueMs, stalledMs, grades);
  const budget = processTimeBudget('webSocketRttMs', valueMs, stalledMs, grades);
  const tail = percentile === 'p99' ? `p99 ${formatMs(data.rttMs.p99)}` : `p95 ${formatMs(data.rttMs.p95)}`;
  const times = `${data.rttBy === 'ping' ? 'ping' : 'echo'} ${formatMs(data.rttMs.p50)}${series.answered > 1 ? ` (${tail})` : ''}`;
  const unanswered = unansweredText(measurement);
  const observed = [times, ...unanswered, ...(data.kind === 'stream' && messages !== '' ? [messages] : [])].join(', ');
  // What came late was answered: that is slow, and not silent.
  const lostShare = (series.lost - series.late) / series.sent;
  const isLate = series.late > 0 && lostShare < SILENT_SHARE;
  const status = lostShare >= SILENT_SHARE ? 'fail' : graded === 'pass' && unanswered.length > 0 ? 'warn' : graded;
  const code =
    status === 'pass' ? null : lostShare >= SILENT_SHARE || (graded === 'pass' && !isLate) ? 'websocket-silent' : 'websocket-slow';
  const asked = `${data.kind === 'stream' ? 'messages, ' : ''}${expectedOf(percentile, `round trips under ${formatMs(grades.acceptable)}`)}`;
  return check({ ...line, status, code, observed, expected: asked, budget });
}

/** `2 of 10 pings not answered`. What the server answers none of, it does not answer at all: that is said, and is not a loss. */
function unansweredText({ data }: WebSocketMeasurement): string[] {
  const parts: string[] = [];
  for (const [name, series] of [
    ['pings', data.pings],
    ['messages', data.echoes],
  ] as const) {
    if (series !== null && series.lost > 0) {
      const late = series.late > 0 ? ` in time (${series.late} late)` : '';
      parts.push(
        series.answered === 0 && series.late === 0 ? `no ${name} answered` : `${series.lost} of ${series.sent} ${name} not answered${late}`,
      );
    }
  }
  return parts;
}

function judgeEnd(measurement: WebSocketMeasurement): Check[] {
  const { data } = measurement;
  const line = { kind: 'l7.websocket-end', layer: 7, title: 'WebSocket end', measurement, expected: 'open until closed here' } as const;
  if (data.violation !== null) {
    return [
      check({ ...line, status: 'fail', code: 'websocket-protocol-error', observed: `${data.violation.reason} (${data.violation.code})` }),
    ];
  }
  if (data.close === null) return [];
  const { by, code, name, reason, clean } = data.close;
  const words = `${code}${name === null ? '' : ` ${name}`}${reason === '' ? '' : `: ${reason}`}`;
  if (by === 'server') {
    const status = ORDERLY_CODES.has(code) ? 'warn' : 'fail';
    return [check({ ...line, status, code: 'websocket-closed', observed: `closed by the server (${words})` })];
  }
  // RFC 6455 section 7.1.5 asks for a close frame in return; many servers only end the connection, and nothing is lost by it.
  return [check({ ...line, status: 'pass', observed: clean ? `closed here, answered by ${words}` : 'closed here, without an answer' })];
}
