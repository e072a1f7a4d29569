import type { DataOf } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import { parseRetryAfter } from '../../wire/http/rate-limit.js';
import type { MeasureContext } from '../probe.js';
import { type Chain, follow } from './chain.js';
import { type HttpPlan, LONGEST_BURST_MS, LONGEST_RETRY_WAIT_MS } from './plan.js';

type Burst = NonNullable<DataOf<'http'>['burst']>;

/** One request of a burst: `number` from 1, in the order in which they were sent. */
export interface BurstAnswer {
  number: number;
  /** `null`: no answer came. */
  status: number | null;
  ttfbMs: number | null;
}

const LIMITED = 429;
/** Nothing but failures: the others would say the same. */
const FAILURES_THAT_SETTLE = 10;

/**
 * Many requests at once, over `concurrency` connections that are kept. It ends with the first 429: those under way are waited for, and no
 * more are sent, since going on may lengthen a block. Then it waits as long as Retry-After says, and asks once more. Redirects are not followed.
 */
export async function measureBurst(plan: HttpPlan, asked: { count: number; concurrency: number }, context: MeasureContext): Promise<Burst> {
  const { clock } = context.network;
  const single: HttpPlan = { ...plan, maximumRedirects: 0 };
  const answers: BurstAnswer[] = [];
  let sent = 0;
  let limited = false;
  let retryAfterSeconds: number | null = null;
  const startMs = clock.nowMs();

  const worker = async () => {
    const session = context.network.http.session(true);
    try {
      const goesOn = () => sent < asked.count && !limited && !isHopeless(answers) && clock.nowMs() - startMs < LONGEST_BURST_MS;
      while (goesOn() && !context.signal.aborted) {
        const number = ++sent;
        const chain = await follow(single, session, { address: plan.address, dnsMs: null }, context);
        if (chain.attempt.kind === 'skipped') return;
        const status = chain.answer?.status ?? null;
        answers.push({ number, status, ttfbMs: chain.answer?.ttfbMs ?? null });
        if (status !== LIMITED) continue;
        limited = true;
        retryAfterSeconds ??= retryAfterOf(chain);
      }
    } finally {
      session.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(asked.concurrency, asked.count) }, worker));
  const durationMs = clock.nowMs() - startMs;
  const recovered = retryAfterSeconds === null ? null : await hasRecovered(single, retryAfterSeconds, context);
  return { ...summarize(answers, asked, sent, durationMs), retryAfterSeconds, recovered };
}

function isHopeless(answers: readonly BurstAnswer[]): boolean {
  return answers.length >= FAILURES_THAT_SETTLE && answers.every(({ status }) => status === null);
}

function retryAfterOf({ answer, last }: Chain): number | null {
  const value = answer?.fields.find(([name]) => name === 'retry-after')?.[1];
  return value === undefined || last === null ? null : parseRetryAfter(value.trim(), last.endedAtMs / 1000);
}

async function hasRecovered(plan: HttpPlan, seconds: number, context: MeasureContext): Promise<boolean | null> {
  if (seconds * 1000 > LONGEST_RETRY_WAIT_MS || context.signal.aborted) return null;
  await context.network.clock.sleep(seconds * 1000, context.signal);
  if (context.signal.aborted) return null;
  const session = context.network.http.session(false);
  const { answer } = await follow(plan, session, { address: plan.address, dnsMs: null }, context);
  session.close();
  return answer === null ? null : answer.status !== LIMITED;
}

/** Pure. */
export function summarize(
  answers: readonly BurstAnswer[],
  asked: { count: number; concurrency: number },
  sent: number,
  durationMs: number,
): Omit<Burst, 'retryAfterSeconds' | 'recovered'> {
  const counts = new Map<number, number>();
  for (const { status } of answers) if (status !== null) counts.set(status, (counts.get(status) ?? 0) + 1);
  const limited = answers.filter(({ status }) => status === LIMITED).map(({ number }) => number);
  const firstLimited = limited.length === 0 ? null : Math.min(...limited);
  const answered = answers.filter(({ status }) => status !== null).length;
  return {
    asked: asked.count,
    concurrency: asked.concurrency,
    sent,
    answered,
    failed: answers.length - answered,
    limited: limited.length,
    statuses: [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count || b.status - a.status),
    durationMs,
    perSecond: answered === 0 || durationMs <= 0 ? null : (answered * 1000) / durationMs,
    firstLimited,
    acceptedBefore: answers.filter(({ status, number }) => status !== null && status !== LIMITED && number < (firstLimited ?? Infinity))
      .length,
    ttfbMs: rttStatistics(answers.flatMap(({ ttfbMs }) => ttfbMs ?? [])),
  };
}
