import { reasonOf, type Step } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { CREDENTIALS_WITHHELD, END_OF_STREAM, INCOMPLETE, RESET_CODES } from '../../model/failure-code.js';
import { formatMs, formatProcessTime } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import { type Grade, gradeProcessTime, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { expectedOf, type JudgedTime, judgedTime, processTimeBudget } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { judgeExchanges } from './judge-exchanges.js';

const SWITCHING_PROTOCOLS = 101;

const CONNECTED_STEPS: ReadonlySet<Step> = new Set<Step>(['connect', 'handshake', 'response']);

/** Ends of a connection on which no answer was begun: closed in good order, or given up by the kernel. */
const WITHOUT_A_WORD: ReadonlySet<string> = new Set([END_OF_STREAM, 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']);

/**
 * `l7.http` for targets that speak HTTP or WebSocket, `l4.exchanges` where there were several exchanges. The phases below have checks
 * of their own, by other probes.
 */
export function judgePhases(measurement: MeasurementOf<'phases'>, context: JudgeContext): Check[] {
  return [...judgeExchanges(measurement, context), ...judgeHttp(measurement, context)];
}

function judgeHttp(measurement: MeasurementOf<'phases'>, { policy }: JudgeContext): Check[] {
  // Where nothing was tried there is no method, and the target's id still tells the scheme.
  const scheme = /^(https?|wss?):\/\//.exec(measurement.target ?? '')?.[1];
  if (scheme === undefined) return judgeFrontPage(measurement);
  const webSocket = scheme.startsWith('ws');
  const secure = scheme.endsWith('s') && scheme !== 'ws';
  const line = { kind: 'l7.http', layer: 7, title: webSocket ? 'WebSocket' : 'HTTP', measurement } as const;
  const limit = `under ${formatMs(policy.firstByteMs.acceptable)}`;
  const expected = `${errorless(webSocket)}, ${limit}`;
  const { attempt, data } = measurement;

  if (attempt.kind === 'measured') {
    if (data.httpStatus === null || data.ttfbMs === null) return [skippedCheck(line, 'no HTTP was spoken')];
    const judged = judgedOf(measurement, data.ttfbMs, policy);
    const { percentile, valueMs, ownMs } = judged;
    const time = gradeProcessTime(valueMs, ownMs, policy.firstByteMs);
    const { status, code } = worstAnswer(data, time, webSocket);
    const median = formatProcessTime(data.ttfbMs, percentile === 'p50' ? ownMs : 0);
    const observed = `status ${statusText(data)}, first byte after ${median}${data.count > 1 ? spreadText(data, judged) : ''}`;
    const asked = percentile === 'p50' ? expected : `${errorless(webSocket)}, ${expectedOf(percentile, limit)}`;
    const budget = processTimeBudget('firstByteMs', valueMs, ownMs, policy.firstByteMs);
    return [check({ ...line, status, code, observed, expected: asked, budget })];
  }
  if (attempt.kind === 'unanswered' && attempt.step === 'response') {
    // TLS was spoken, so the service is not silent: it is late.
    const code = secure ? (webSocket ? 'websocket-slow' : 'http-slow') : 'service-silent';
    return [check({ ...line, status: 'fail', code, observed: `no answer within ${formatMs(attempt.waitedMs)}`, expected })];
  }
  if (attempt.kind === 'failed' && attempt.step === 'response' && data.httpStatus !== null) {
    const code = RESET_CODES.has(attempt.code) ? 'tcp-reset' : 'http-body-incomplete';
    return [
      check({
        ...line,
        status: 'fail',
        code,
        observed: `status ${data.httpStatus}, and not the whole answer: ${attempt.message}`,
        expected,
      }),
    ];
  }
  // Whether a reset is seen by connect(2), in the handshake or only in the answer is a matter of microseconds.
  if (attempt.kind === 'failed' && CONNECTED_STEPS.has(attempt.step) && RESET_CODES.has(attempt.code)) {
    return [check({ ...line, status: 'fail', code: 'tcp-reset', observed: `no valid answer: ${attempt.message}`, expected })];
  }
  if (attempt.kind === 'failed' && attempt.step === 'response') {
    // What is no HTTP is turned down at its first wrong byte: what came by then was right.
    const late = attempt.code === INCOMPLETE ? (webSocket ? 'websocket-slow' : 'http-slow') : null;
    const unfit = webSocket ? 'websocket-refused' : WITHOUT_A_WORD.has(attempt.code) ? 'service-silent' : 'http-not-spoken';
    const code = late ?? unfit;
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

/** Of a port that was named alone, without a page: only that the service is in trouble is said. What it thinks of its front page is its own. */
function judgeFrontPage(measurement: MeasurementOf<'phases'>): Check[] {
  const { attempt, data } = measurement;
  if (attempt.kind !== 'measured' || data.httpStatus === null || !/:(80|8?443)$/.test(measurement.target ?? '')) return [];
  const { status, code } = worstAnswer(data, 'pass', false);
  const troubled = code === 'http-rate-limited' || data.statuses.some((answer) => answer.status >= 500);
  const verdict = troubled ? { status, code } : ({ status: 'pass', code: null } as const);
  const observed = `status ${statusText(data)} for its front page`;
  return [check({ kind: 'l7.http', layer: 7, title: 'HTTP', measurement, ...verdict, observed, expected: 'no error of the server' })];
}

/** The usual answer; one that is worse and came at times is a remark at least, whatever the usual one is. */
function worstAnswer(data: DataOf<'phases'>, time: Grade, webSocket: boolean): ReturnType<typeof judgeAnswer> {
  const severity = { pass: 0, warn: 1, fail: 2 };
  const usual = judgeAnswer(data.httpStatus ?? 0, time, webSocket);
  const others = data.statuses
    .filter(({ status }) => status !== data.httpStatus)
    .map(({ status }) => judgeAnswer(status, 'pass', webSocket));
  const worst = [...others].sort((a, b) => severity[b.status] - severity[a.status])[0];
  if (worst === undefined || severity[worst.status] <= severity[usual.status]) return usual;
  return { status: 'warn', code: worst.code };
}

/** `200`, or `200 (503 in 2 of 5)` where it was not always the same. */
function statusText({ httpStatus, statuses, completed }: DataOf<'phases'>): string {
  const others = statuses.filter(({ status }) => status !== httpStatus).map(({ status, count }) => `${status} in ${count} of ${completed}`);
  return others.length === 0 ? `${httpStatus}` : `${httpStatus} (${others.slice(0, 3).join(', ')})`;
}

function errorless(webSocket: boolean): string {
  return webSocket ? '101' : 'no error';
}

/** In place of p95 the percentile that was judged. */
function spreadText({ distribution }: DataOf<'phases'>, { percentile }: JudgedTime): string {
  const spread = distribution?.ttfbMs;
  const tail = percentile === 'p50' ? 'p95' : percentile;
  return spread == null ? '' : ` (${tail} ${formatMs(spread[tail])}, max ${formatMs(spread.max)})`;
}

/** What of the first bytes is held against the policy, and how much of it our own delays can be. */
function judgedOf({ data, stalledMs }: MeasurementOf<'phases'>, ttfbMs: number, { firstByteMs }: Policy): JudgedTime {
  const runs = data.runs.flatMap(({ ttfbMs: ms, stalledMs: late }) => (ms === null ? [] : [{ ms, stalledMs: late }]));
  const spread = data.distribution?.ttfbMs ?? null;
  const judged = judgedTime({ medianMs: ttfbMs, spread, samples: data.completed, runs }, firstByteMs);
  return data.runs.length < 2 || runs.length === 0 ? { ...judged, ownMs: stalledMs } : judged;
}

/** RFC 9110 section 15.5.2, RFC 6585 section 4; every other status is a refusal of the upgrade. */
function refusalCode(status: number): Code {
  if (status === 401) return 'http-unauthorized';
  return status === 429 ? 'http-rate-limited' : 'websocket-refused';
}

const NETWORK_AUTHENTICATION_REQUIRED = 511;

/** The status first: an error that comes late is still that error. RFC 9110 section 15, RFC 6585 section 4. */
function judgeAnswer(httpStatus: number, status: Grade, webSocket: boolean): { status: 'pass' | 'warn' | 'fail'; code: Code | null } {
  if (webSocket && httpStatus !== SWITCHING_PROTOCOLS) return { status: 'fail', code: refusalCode(httpStatus) };
  // RFC 6585 section 6: no server of a site says so, only who stands in front of it.
  if (httpStatus === NETWORK_AUTHENTICATION_REQUIRED) return { status: 'fail', code: 'captive-portal' };
  if (httpStatus >= 500) return { status: 'fail', code: 'http-status' };
  if (httpStatus === 401 || httpStatus === 403 || httpStatus === 407) return { status: 'warn', code: 'http-unauthorized' };
  if (httpStatus === 429) return { status: 'warn', code: 'http-rate-limited' };
  if (httpStatus >= 400) return { status: 'warn', code: 'http-status' };
  return { status, code: status === 'pass' ? null : webSocket ? 'websocket-slow' : 'http-slow' };
}
