import type { Code } from '../../model/code.js';
import { formatMs, formatProcessTime, formatSpan } from '../../model/format.js';
import type { DataOf, MeasurementOf, RttStatistics } from '../../model/measurement.js';
import { type Grade, grade, gradeProcessTime } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { rttStatistics } from '../../model/statistics.js';
import { budgetOf, expectedOf, type JudgedTime, judgedTime, processTimeBudget } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { judgeTrust } from '../trust-verdict.js';
import { judgeAnswer } from './judge-answer.js';
import { failureOf, misled } from './judge-failure.js';

type HttpMeasurement = MeasurementOf<'http'>;
type Verdict = { status: Grade; code: Code | null };

/** RFC 9110 section 15.4: those with a Location to follow. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** From so little of a limit on, it is as good as used up. */
const NEARLY_USED_RATIO = 0.05;

/**
 * `l7.http-status` and `l7.http-time` always; `l6.certificate` where TLS was spoken; `l7.http-response` where the policy has grades for the
 * whole answer; then what there is to judge: `l7.redirects`, `l7.body`, `l7.json`, `l7.http-header`, `l7.http-header-forbidden`, `l7.security-headers`, `l7.clock`, `l7.rate-limit`, `l7.burst`.
 */
export function judgeHttp(measurement: HttpMeasurement, context: JudgeContext): Check[] {
  const { data } = measurement;
  const certificate = data.tls === null ? [] : [judgeTrust(measurement, data.tls)];
  if (measurement.attempt.kind !== 'measured' || data.status === null) return [...certificate, judgeFailure(measurement)];
  return [
    ...certificate,
    judgeStatus(measurement),
    judgeTime(measurement, context),
    ...judgeResponse(measurement, context),
    ...judgeRedirects(measurement),
    ...judgeAnswer(measurement),
    ...judgeClock(measurement, context),
    ...judgeRateLimit(measurement),
    ...judgeBurst(measurement),
  ];
}

function statusLine(measurement: HttpMeasurement) {
  return { kind: 'l7.http-status', layer: 7, title: 'HTTP', measurement } as const;
}

function judgeFailure(measurement: HttpMeasurement): Check {
  const { attempt, data } = measurement;
  const spoke = data.tls !== null || data.via !== null || data.redirects.length > 0;
  const failure = attempt.kind === 'measured' ? null : (misled(attempt, data.redirects) ?? failureOf(attempt, spoke));
  if (failure === null) return skippedCheck(statusLine(measurement), 'no answer was read');
  if ('because' in failure) return skippedCheck(statusLine(measurement), failure.because);
  return check({ ...statusLine(measurement), status: 'fail', ...failure, expected: expectedStatus(measurement.data) });
}

function expectedStatus({ expectations }: DataOf<'http'>): string {
  return expectations.find(({ kind }) => kind === 'status')?.expected ?? 'no error';
}

/** The usual status; one that is worse and came at times is a remark at least. */
function judgeStatus(measurement: HttpMeasurement): Check {
  const { data } = measurement;
  const asked = data.expectations.find(({ kind }) => kind === 'status')?.expected.split(', ') ?? null;
  const severity = { pass: 0, warn: 1, fail: 2 };
  const usual = verdictOn(data.status ?? 0, asked, data);
  const worst = data.statuses
    .map(({ status }) => verdictOn(status, asked, data))
    .sort((a, b) => severity[b.status] - severity[a.status])[0];
  const verdict =
    worst === undefined || severity[worst.status] <= severity[usual.status] ? usual : { status: 'warn' as const, code: worst.code };
  const failed = data.count - data.completed;
  const broken: Verdict =
    failed > 0 && verdict.status === 'pass'
      ? { status: failed * 2 >= data.count ? 'fail' : 'warn', code: 'connectivity-intermittent' }
      : verdict;
  // A body that breaks off has a check of its own.
  const onlyBody = data.count === 1 && data.body !== null && data.body.ended !== 'complete';
  return check({
    ...statusLine(measurement),
    ...(onlyBody ? verdict : broken),
    observed: statusText(data),
    expected: expectedStatus(data),
  });
}

function verdictOn(status: number, asked: readonly string[] | null, data: DataOf<'http'>): Verdict {
  const code = codeOf(status, data);
  if (asked !== null) {
    const accepted = asked.some((text) => text === String(status) || (text.endsWith('xx') && text[0] === String(status)[0]));
    return accepted ? { status: 'pass', code: null } : { status: 'fail', code: code ?? 'http-status' };
  }
  if (code === null) return { status: 'pass', code };
  // Without a login, being asked for one is what should be; and a limit is kept to, not broken.
  const asExpected = (code === 'http-unauthorized' && !data.authenticated) || code === 'http-rate-limited';
  return { status: asExpected ? 'warn' : 'fail', code };
}

/** RFC 9110 section 15, RFC 6585 section 4. */
function codeOf(status: number, { via, headers, redirectFault }: DataOf<'http'>): Code | null {
  // A client that is sent on without being told where to shows nothing at all.
  if (REDIRECTS.has(status) && redirectFault === null && headers.location === undefined) return 'http-status';
  if (status === 407 && via !== null) return 'proxy-refused';
  if (status === 401 || status === 403 || status === 407) return 'http-unauthorized';
  if (status === 429) return 'http-rate-limited';
  return status >= 400 ? 'http-status' : null;
}

/** `200, HTTP/2`, `200 (503 in 2 of 5), HTTP/1.1`. */
function statusText({ status, statuses, httpVersion, count, completed, runs, rateLimit }: DataOf<'http'>): string {
  const others = statuses.filter((one) => one.status !== status).map((one) => `${one.status} in ${one.count} of ${count}`);
  const version = httpVersion === null ? '' : `, HTTP/${httpVersion}`;
  const failed = count - completed;
  const why = runs.find(({ failure }) => failure !== null)?.failure;
  const failures = failed === 0 ? '' : `; ${failed} of ${count} failed${why == null ? '' : `: ${why}`}`;
  const limit = status === 429 && rateLimit !== null ? `; ${rateLimitText(rateLimit)}` : '';
  const wait = status === 429 && rateLimit?.retryAfterSeconds != null ? `; again after ${formatSpan(rateLimit.retryAfterSeconds)}` : '';
  return `${status}${others.length === 0 ? '' : ` (${others.slice(0, 3).join(', ')})`}${version}${limit}${wait}${failures}`;
}

function judgeTime(measurement: HttpMeasurement, { policy }: JudgeContext): Check {
  const { data } = measurement;
  const line = { kind: 'l7.http-time', layer: 7, title: 'first byte', measurement } as const;
  if (data.ttfbMs === null) return skippedCheck(line, 'it was not timed');
  const runs = data.runs.flatMap(({ ttfbMs: ms, stalledMs }) => (ms === null ? [] : [{ ms, stalledMs }]));
  const spread = data.distribution?.ttfbMs ?? null;
  const timed = judgedTime({ medianMs: data.ttfbMs, spread, samples: data.completed, runs }, policy.firstByteMs);
  // Where nothing is known of single exchanges, all of the delay can be in any of them.
  const judged = runs.length === 0 ? { ...timed, ownMs: measurement.stalledMs } : timed;
  const status = gradeProcessTime(judged.valueMs, judged.ownMs, policy.firstByteMs);
  const median = formatProcessTime(data.ttfbMs, judged.percentile === 'p50' ? judged.ownMs : 0);
  const whole = data.totalMs === null ? '' : `, whole exchange ${formatMs(data.totalMs)}`;
  return check({
    ...line,
    status,
    code: status === 'pass' ? null : 'http-slow',
    observed: `${median}${rangeText(spread, judged)}${whole}`,
    expected: expectedOf(judged.percentile, `under ${formatMs(policy.firstByteMs.acceptable)}`),
    budget: processTimeBudget('firstByteMs', judged.valueMs, judged.ownMs, policy.firstByteMs),
  });
}

/** ` (p95 120 ms, max 340 ms)`; in place of p95 the percentile that was judged. */
function rangeText(spread: RttStatistics | null, { percentile }: JudgedTime): string {
  if (spread === null) return '';
  const tail = percentile === 'p50' ? 'p95' : percentile;
  return ` (${tail} ${formatMs(spread[tail])}, max ${formatMs(spread.max)})`;
}

/** From the request to the last byte: for services whose answers are short, so that it is they who take the time. */
function judgeResponse({ data, ...measurement }: HttpMeasurement, { policy }: JudgeContext): Check[] {
  const grades = policy.responseMs;
  const runs = data.runs.flatMap(({ ttfbMs, bodyMs, stalledMs }) =>
    ttfbMs === null || bodyMs === null ? [] : [{ ms: ttfbMs + bodyMs, stalledMs }],
  );
  const spread = rttStatistics(runs.map(({ ms }) => ms));
  if (grades === null || spread === null) return [];
  const { percentile, valueMs, ownMs } = judgedTime({ medianMs: spread.p50, spread, samples: runs.length, runs }, grades);
  const status = gradeProcessTime(valueMs, ownMs, grades);
  const time = formatProcessTime(valueMs, ownMs);
  return [
    check({
      kind: 'l7.http-response',
      layer: 7,
      title: 'whole answer',
      measurement,
      status,
      code: status === 'pass' ? null : 'http-slow',
      observed: percentile === 'p50' ? time : `${percentile} ${time}`,
      expected: expectedOf(percentile, `under ${formatMs(grades.acceptable)}`),
      budget: processTimeBudget('responseMs', valueMs, ownMs, grades),
    }),
  ];
}

const REDIRECT_FAULTS = {
  loop: { code: 'http-redirect-loop', text: 'the redirects go in a circle' },
  'too-many': { code: 'http-redirect-loop', text: 'more redirects than are followed' },
  downgrade: { code: 'http-redirect-downgrade', text: 'a redirect leads from https: to http:' },
  invalid: { code: 'http-redirect-invalid', text: 'a redirect leads where no request can go' },
} as const satisfies Record<string, { code: Code; text: string }>;

function judgeRedirects(measurement: HttpMeasurement): Check[] {
  const { redirects, redirectFault, downgraded, finalUrl } = measurement.data;
  if (redirects.length === 0 && redirectFault === null) return [];
  const line = { kind: 'l7.redirects', layer: 7, title: 'redirects', measurement, expected: 'an end, and none to plain text' } as const;
  const many = `${redirects.length} ${redirects.length === 1 ? 'redirect' : 'redirects'}`;
  if (redirectFault !== null) {
    const { code, text } = REDIRECT_FAULTS[redirectFault.kind];
    return [
      check({
        ...line,
        status: 'fail',
        code,
        observed: `${text}: ${redirectFault.location}${redirects.length === 0 ? '' : `, after ${many}`}`,
      }),
    ];
  }
  const observed = `${many}, to ${finalUrl ?? 'nowhere'}`;
  if (downgraded)
    return [check({ ...line, status: 'fail', code: 'http-redirect-downgrade', observed: `from https: to http:; ${observed}` })];
  return [check({ ...line, status: 'pass', observed })];
}

function judgeClock(measurement: HttpMeasurement, { policy }: JudgeContext): Check[] {
  const { clock } = measurement.data;
  if (clock === null) return [];
  const sureMs = Math.max(0, Math.abs(clock.offsetMs) - clock.uncertaintyMs);
  const status = grade(sureMs, policy.clockSkewMs);
  const apart = formatSpan(Math.abs(clock.offsetMs) / 1000);
  const direction = clock.offsetMs > 0 ? 'ahead of' : 'behind';
  return [
    check({
      kind: 'l7.clock',
      layer: 7,
      title: 'clock',
      measurement,
      status,
      code: status === 'pass' ? null : 'clock-skew',
      observed: sureMs === 0 ? `as here, within ${formatMs(clock.uncertaintyMs)}` : `the service is ${apart} ${direction} this machine`,
      expected: `under ${formatMs(policy.clockSkewMs.acceptable)} apart`,
      budget: budgetOf('clockSkewMs', sureMs, policy.clockSkewMs),
    }),
  ];
}

function judgeRateLimit(measurement: HttpMeasurement): Check[] {
  const { rateLimit, status } = measurement.data;
  if (rateLimit === null) return [];
  // Retry-After without anything else belongs to a maintenance (503) or a redirect as well.
  const announced = rateLimit.allowances.length > 0;
  if (!announced) return [];
  const { limit, remaining, retryAfterSeconds } = rateLimit;
  const used = remaining === 0 || (remaining !== null && limit !== null && remaining < limit * NEARLY_USED_RATIO);
  const line = { kind: 'l7.rate-limit', layer: 7, title: 'rate limit', measurement, expected: 'something left' } as const;
  // One fault has one line.
  if (status === 429) return [skippedCheck(line, 'the answer itself is a 429')];
  const wait = retryAfterSeconds === null ? '' : `; again after ${formatSpan(retryAfterSeconds)}`;
  const observed = `${rateLimitText(rateLimit)}${wait}`;
  if (used) return [check({ ...line, status: 'warn', code: 'http-rate-limited', observed })];
  return [check({ ...line, status: 'pass', observed })];
}

/** `57 of 60 left, whole again in 30 s`. */
function rateLimitText({ limit, remaining, used, resetSeconds, windowSeconds }: NonNullable<DataOf<'http'>['rateLimit']>): string {
  const parts = [
    remaining === null
      ? used === null
        ? limit === null
          ? 'limited'
          : `limit ${limit}`
        : `${used}${limit === null ? '' : ` of ${limit}`} used`
      : `${remaining}${limit === null ? '' : ` of ${limit}`} left`,
    windowSeconds === null ? '' : `in ${formatSpan(windowSeconds)}`,
    resetSeconds === null ? '' : `whole again in ${formatSpan(resetSeconds)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** A survey: that a limit begins is what it should show. What failed otherwise is a fault. */
function judgeBurst(measurement: HttpMeasurement): Check[] {
  const { burst } = measurement.data;
  if (burst === null) return [];
  const line = { kind: 'l7.burst', layer: 7, title: 'burst', measurement } as const;
  const rate = burst.perSecond === null ? '' : `, ${Math.round(burst.perSecond)} a second`;
  const limit =
    burst.firstLimited === null ? 'no 429' : `429 from request ${burst.firstLimited} on (${burst.acceptedBefore} accepted before)`;
  const errors = burst.statuses.filter(({ status }) => status >= 500).reduce((sum, { count }) => sum + count, 0);
  const wrong = [burst.failed === 0 ? '' : `${burst.failed} failed`, errors === 0 ? '' : `${errors} with an error status`].filter(
    (part) => part !== '',
  );
  const again = burst.recovered === null ? '' : burst.recovered ? '; accepted again after the wait' : '; still refused after the wait';
  const observed = `${burst.answered} of ${burst.sent} answered${rate}; ${[limit, ...wrong].join(', ')}${again}`;
  const code: Code | null =
    burst.failed > 0 ? 'connectivity-intermittent' : errors > 0 ? 'http-status' : burst.recovered === false ? 'http-rate-limited' : null;
  return [check({ ...line, status: code === null ? 'pass' : 'warn', code, observed, expected: 'an answer to each' })];
}
