import { type Attempt, measured, reasonOf, skipped } from '../../model/attempt.js';
import type { DataOf, HttpRun } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { HttpAnswer, HttpSession } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import { answerFacts } from './answer-facts.js';
import { measureBurst } from './burst.js';
import { type Chain, follow, KEPT_BYTES, phasesOf, shownAddress } from './chain.js';
import { decodeBody, textOf } from './decode-body.js';
import { meetExpectations } from './expectations.js';
import { urlOf } from './place.js';
import type { HttpPlan } from './plan.js';
import { hiderOf } from './secrets.js';

type HttpData = DataOf<'http'>;

/** Exchanges that the report lists one by one. */
const LISTED_RUNS = 1000;
/** With so many failures and nothing else the others are not tried: each may take its whole time-out, and they would say the same. */
const FAILURES_THAT_SETTLE = 2;
const PHASES = ['dnsMs', 'tcpMs', 'proxyMs', 'tlsMs', 'ttfbMs', 'bodyMs', 'totalMs'] as const;

/** What is kept of an exchange: not its body, since there can be very many. */
interface Exchanged {
  chain: Pick<Chain, 'attempt'>;
  run: HttpRun;
  expectations: HttpData['expectations'];
}

/** Exchanges one after the other, their starts an interval apart where they are shorter than that; then the burst, where one was asked for. */
export async function measureHttp(plan: HttpPlan, context: MeasureContext): Promise<Observation<'http'>> {
  const { clock, http } = context.network;
  const session = http.session(plan.keepAlive);
  const ended: Exchanged[] = [];
  /** What the first exchange with each status says, and the first without any. */
  const firsts = new Map<number | null, { attempt: Chain['attempt']; data: HttpData }>();
  try {
    for (let index = 0; index < plan.count && isWorthAnother(ended); index++) {
      const startMs = clock.nowMs();
      const { chain, run } = await exchangeOnce(plan, session, index === 0, context);
      if (chain.attempt.kind === 'skipped' && ended.length > 0) break;
      const data = await dataOf(plan, chain);
      if (!firsts.has(run.status)) firsts.set(run.status, { attempt: chain.attempt, data });
      ended.push({ chain: { attempt: chain.attempt }, run, expectations: data.expectations });
      if (chain.attempt.kind === 'skipped') break;
      if (index + 1 < plan.count && isWorthAnother(ended)) await clock.sleep(plan.intervalMs - (clock.nowMs() - startMs), context.signal);
    }
  } finally {
    session.close();
  }
  const runs = ended.filter(({ chain }) => chain.attempt.kind !== 'skipped').map(({ run }) => run);
  const series = seriesOf(runs);
  // The status that is shown and what is shown with it come from one answer.
  const shown = firsts.get(series.statuses[0]?.status ?? null) ?? [...firsts.values()][0];
  if (shown === undefined) return httpNotTried(plan.address, skipped('interrupted'), shownUrl(plan));
  const burst =
    plan.burst !== null && shown.attempt.kind === 'measured' && !context.signal.aborted
      ? await measureBurst(plan, plan.burst, context)
      : null;
  const expectations = ofAll(shown.data.expectations, ended);
  const data = { ...shown.data, ...series, expectations, burst };
  return { attempt: withoutOurSecrets(shown.attempt, plan), method: 'http', data };
}

/** Pure. What this machine itself refuses, or where the first ones all failed, comes to the same the next time. */
export function isWorthAnother(ended: readonly { chain: Pick<Chain, 'attempt'> }[]): boolean {
  const attempts = ended.map(({ chain }) => chain.attempt);
  if (attempts.some(({ kind }) => kind === 'unavailable' || kind === 'skipped')) return false;
  if (attempts.some((attempt) => attempt.kind === 'failed' && (attempt.step === 'configure' || attempt.step === 'request'))) return false;
  return attempts.length < FAILURES_THAT_SETTLE || attempts.some(({ kind }) => kind === 'measured');
}

/** What is expected is expected of each answer: the first one that misses it is shown. */
function ofAll(shown: HttpData['expectations'], ended: readonly Exchanged[]): HttpData['expectations'] {
  return shown.map((one, index) => {
    const misses = ended.flatMap(({ expectations }) => (expectations[index]?.met === false ? [expectations[index]] : []));
    return { ...(one.met ? (misses[0] ?? one) : one), missed: misses.length };
  });
}

async function exchangeOnce(
  plan: HttpPlan,
  session: HttpSession,
  first: boolean,
  context: MeasureContext,
): Promise<{ chain: Chain; run: HttpRun }> {
  const { clock, names } = context.network;
  const stalledMs = clock.stalledMs();
  let dnsMs = first ? plan.dnsMs : null;
  let failure: Chain['attempt'] | null = null;
  if (!first && plan.lookUpAgain) {
    const lookup = { family: plan.family, timeoutMs: plan.lookupTimeoutMs, signal: context.signal };
    const { outcome } = await names.resolve(plan.request.place.host, lookup);
    // To the same address as before, whatever the answer is now: the numbers are of one way.
    if (outcome.kind === 'measured') dnsMs = outcome.value.elapsedMs;
    else failure = outcome;
  }
  const chain = failure === null ? await follow(plan, session, { address: plan.address, dnsMs }, context) : unresolved(failure);
  const { last, answer, attempt } = chain;
  return {
    chain,
    run: {
      ...(last === null ? NO_PHASES : phasesOf(last, answer)),
      totalMs: attempt.kind === 'measured' ? chain.totalMs : null,
      status: attempt.kind === 'measured' ? (answer?.status ?? null) : null,
      bodyBytes: attempt.kind === 'measured' ? (answer?.body.bytes ?? null) : null,
      reused: last?.exchange.reused ?? false,
      stalledMs: Math.max(0, clock.stalledMs() - stalledMs),
      failure: attempt.kind === 'measured' ? bodyFailure(answer) : reasonOf(withoutOurSecrets(attempt, plan)),
    },
  };
}

const NO_PHASES = { dnsMs: null, tcpMs: null, proxyMs: null, tlsMs: null, ttfbMs: null, bodyMs: null };

function unresolved(attempt: Chain['attempt']): Chain {
  return { attempt, redirects: [], fault: null, downgraded: false, last: null, answer: null, totalMs: 0 };
}

function bodyFailure(answer: HttpAnswer | null): string | null {
  if (answer?.body.ended === 'broken-off') return `the body broke off after ${answer.body.bytes} bytes`;
  return answer?.body.ended === 'timed-out' ? `the body did not end in time, ${answer.body.bytes} bytes came` : null;
}

/** What one exchange says. */
async function dataOf(plan: HttpPlan, chain: Chain): Promise<HttpData> {
  const hide = hiderOf(plan.request, plan.proxies);
  const { last, answer, attempt } = chain;
  const url = shownUrl(plan);
  const empty = httpNotTried(plan.address, attempt, url).data;
  const security = last?.exchange.security ?? null;
  const reached: HttpData = {
    ...empty,
    method: plan.request.method,
    address: last === null ? plan.address : last.address,
    via: last?.via ?? null,
    redirects: chain.redirects,
    redirectFault: chain.fault,
    downgraded: chain.downgraded,
    keepAlive: plan.keepAlive,
    tls:
      security === null
        ? null
        : {
            protocol: security.protocol,
            cipher: security.cipher,
            alpn: security.alpn,
            trusted: security.trustError === null,
            trustError: security.trustError,
            hostnameMatches: security.hostnameMatches,
          },
    compression: { offered: [...plan.offered], used: null },
    securityRequired: plan.securityHeaders,
    authenticated: plan.request.headers.some(({ secret }) => secret),
  };
  if (answer === null || last === null || attempt.kind !== 'measured') return reached;
  const contentType = fieldOf(answer, 'content-type');
  const encoding = fieldOf(answer, 'content-encoding');
  const whole = answer.body.ended === 'complete' && answer.body.bytes === answer.body.kept.length;
  const decoded = encoding === null ? null : await decodeBody(answer.body.kept, encoding, whole, KEPT_BYTES);
  const bytes = decoded?.bytes ?? answer.body.kept;
  const text = textOf(bytes, contentType);
  const judged = { status: answer.status, fields: answer.fields, text, cut: !whole || bytes.length >= KEPT_BYTES };
  const expectations = await meetExpectations(plan.expectations, judged, hide);
  const shownEncoding = encoding === null ? null : hide(encoding).slice(0, LONGEST_TYPE);
  return {
    ...reached,
    ...answerFacts({ ...answer, endedAtMs: last.endedAtMs, secure: last.place.scheme === 'https' }, hide),
    finalUrl: shownAddress(urlOf(last.place), hide),
    status: answer.status,
    httpVersion: answer.httpVersion,
    body: {
      bytes: answer.body.bytes,
      ended: answer.body.ended,
      contentType: contentType === null ? null : hide(contentType).slice(0, LONGEST_TYPE),
      encoding: shownEncoding,
      decodedBytes: decoded === null || decoded.fault !== null ? null : bytes.length,
      decodeFault: decoded?.fault ?? null,
    },
    compression: { offered: [...plan.offered], used: shownEncoding },
    expectations: expectations.map((one) => ({ ...one, missed: one.met ? 0 : 1 })),
  };
}

const LONGEST_TYPE = 200;

function fieldOf(answer: HttpAnswer, name: string): string | null {
  return answer.fields.find(([field]) => field === name)?.[1] ?? null;
}

function shownUrl(plan: HttpPlan): string {
  // Of a path that was typed nothing is a secret but the values of its query.
  return shownAddress(urlOf(plan.request.place), (text) => text);
}

function withoutOurSecrets<T extends Attempt<null>>(attempt: T, plan: HttpPlan): T {
  return attempt.kind === 'failed' ? { ...attempt, message: hiderOf(plan.request, plan.proxies)(attempt.message) } : attempt;
}

/** Medians, spread and list of the exchanges. */
function seriesOf(
  runs: readonly HttpRun[],
): Pick<HttpData, (typeof PHASES)[number] | 'count' | 'completed' | 'distribution' | 'statuses' | 'runs'> & Partial<HttpData> {
  const valuesOf = (phase: (typeof PHASES)[number]) => runs.flatMap((run) => run[phase] ?? []);
  const each = <T>(value: (phase: (typeof PHASES)[number]) => T) =>
    Object.fromEntries(PHASES.map((phase) => [phase, value(phase)])) as Record<(typeof PHASES)[number], T>;
  const counts = new Map<number, number>();
  for (const { status } of runs) if (status !== null) counts.set(status, (counts.get(status) ?? 0) + 1);
  // Of two that came equally often the higher one is the worse.
  const statuses = [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count || b.status - a.status);
  return {
    ...each((phase) => rttStatistics(valuesOf(phase))?.p50 ?? null),
    ...(statuses[0] === undefined ? {} : { status: statuses[0].status }),
    count: runs.length,
    completed: runs.filter(({ failure }) => failure === null).length,
    distribution: runs.length < 2 ? null : each((phase) => (valuesOf(phase).length < 2 ? null : rttStatistics(valuesOf(phase)))),
    statuses,
    runs: runs.slice(0, LISTED_RUNS),
  };
}

/** @param url as it may be shown; where it is not known, the address is all there is */
export function httpNotTried(address: string | null, attempt: Attempt<null>, url: string | null = null): Observation<'http'> {
  return {
    attempt: attempt.kind === 'measured' ? measured(null) : attempt,
    method: null,
    data: {
      url,
      finalUrl: null,
      method: 'GET',
      address,
      via: null,
      status: null,
      httpVersion: null,
      headers: {},
      headersOmitted: null,
      redirects: [],
      redirectFault: null,
      downgraded: false,
      ...NO_PHASES,
      totalMs: null,
      keepAlive: false,
      count: 0,
      completed: 0,
      distribution: null,
      statuses: [],
      runs: [],
      tls: null,
      body: null,
      compression: { offered: [], used: null },
      alternatives: [],
      http3: null,
      server: null,
      cookies: [],
      security: [],
      securityRequired: false,
      clock: null,
      rateLimit: null,
      expectations: [],
      burst: null,
      authenticated: false,
    },
  };
}
