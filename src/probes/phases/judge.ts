import { reasonOf, type Step } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { CREDENTIALS_WITHHELD, END_OF_STREAM, RESET_CODES } from '../../model/failure-code.js';
import { formatMs, formatProcessTime } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { type Grade, gradeProcessTime } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';

const SWITCHING_PROTOCOLS = 101;

const CONNECTED_STEPS: ReadonlySet<Step> = new Set<Step>(['connect', 'handshake', 'response']);

/** Ends of a connection on which no answer was begun: closed in good order, or given up by the kernel. */
const WITHOUT_A_WORD: ReadonlySet<string> = new Set([END_OF_STREAM, 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']);

/** `l7.http` for targets that speak HTTP or WebSocket. The phases below it have checks of their own, by other probes. */
export function judgePhases(measurement: MeasurementOf<'phases'>, { policy }: JudgeContext): Check[] {
  // Where nothing was tried there is no method, and the target's id still tells the scheme.
  const scheme = /^(https?|wss?):\/\//.exec(measurement.target ?? '')?.[1];
  if (scheme === undefined) return [];
  const webSocket = scheme.startsWith('ws');
  const secure = scheme.endsWith('s') && scheme !== 'ws';
  const line = { kind: 'l7.http', layer: 7, title: webSocket ? 'WebSocket' : 'HTTP', measurement } as const;
  const expected = `${webSocket ? '101' : 'no error'}, under ${formatMs(policy.firstByteMs.acceptable)}`;
  const { attempt, data } = measurement;

  if (attempt.kind === 'measured') {
    if (data.httpStatus === null || data.ttfbMs === null) return [skippedCheck(line, 'no HTTP was spoken')];
    const { status, code } = judgeAnswer(
      data.httpStatus,
      gradeProcessTime(data.ttfbMs, measurement.stalledMs, policy.firstByteMs),
      webSocket,
    );
    const observed = `status ${data.httpStatus}, first byte after ${formatProcessTime(data.ttfbMs, measurement.stalledMs)}`;
    return [check({ ...line, status, code, observed, expected })];
  }
  if (attempt.kind === 'unanswered' && attempt.step === 'response') {
    // TLS was spoken, so the service is not silent: it is late.
    const code = secure ? (webSocket ? 'websocket-slow' : 'http-slow') : 'service-silent';
    return [check({ ...line, status: 'fail', code, observed: `no answer within ${formatMs(attempt.waitedMs)}`, expected })];
  }
  // Whether a reset is seen by connect(2), in the handshake or only in the answer is a matter of microseconds.
  if (attempt.kind === 'failed' && CONNECTED_STEPS.has(attempt.step) && RESET_CODES.has(attempt.code)) {
    return [check({ ...line, status: 'fail', code: 'tcp-reset', observed: `no valid answer: ${attempt.message}`, expected })];
  }
  if (attempt.kind === 'failed' && attempt.step === 'response') {
    const code = webSocket ? 'websocket-refused' : WITHOUT_A_WORD.has(attempt.code) ? 'service-silent' : 'http-not-spoken';
    return [check({ ...line, status: 'fail', code, observed: `no valid answer: ${attempt.message}`, expected })];
  }
  if (attempt.kind === 'failed' && attempt.code === CREDENTIALS_WITHHELD) return [skippedCheck(line, attempt.message)];
  if ((attempt.kind === 'failed' || attempt.kind === 'unanswered') && attempt.step === 'connect') {
    return [skippedCheck(line, `TCP did not connect: ${reasonOf(attempt)}`)];
  }
  if ((attempt.kind === 'failed' || attempt.kind === 'unanswered') && attempt.step === 'handshake') {
    return [skippedCheck(line, `TLS did not complete: ${reasonOf(attempt)}`)];
  }
  return [skippedCheck(line, reasonOf(attempt))];
}

/** The status first: an error that comes late is still that error. RFC 9110 section 15, RFC 6585 section 4. */
function judgeAnswer(httpStatus: number, status: Grade, webSocket: boolean): { status: 'pass' | 'warn' | 'fail'; code: Code | null } {
  if (webSocket && httpStatus !== SWITCHING_PROTOCOLS) return { status: 'fail', code: 'websocket-refused' };
  if (httpStatus >= 500) return { status: 'fail', code: 'http-status' };
  if (httpStatus === 401 || httpStatus === 407) return { status: 'warn', code: 'http-unauthorized' };
  if (httpStatus === 429) return { status: 'warn', code: 'http-rate-limited' };
  if (httpStatus >= 400) return { status: 'warn', code: 'http-status' };
  return { status, code: status === 'pass' ? null : webSocket ? 'websocket-slow' : 'http-slow' };
}
