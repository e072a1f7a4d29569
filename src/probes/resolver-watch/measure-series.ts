import { type Attempt, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { DnsAnswer } from '../../net/port.js';
import { questionNotAsked } from '../dns/measure.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { SeriesPlan } from './plan.js';

type Sample = NonNullable<DataOf<'dns'>['series']>[number];

/** What takes longer may be asked of servers far away. */
const QUICK_MS = 100;

/**
 * Asks again and again, whatever becomes of the questions before. It is over when the last is answered or given up.
 *
 * @param onSilence called where the first question stayed unanswered
 * @param onQuick called where it was answered so soon that nobody can have looked for the answer elsewhere
 */
export async function measureSeries(
  plan: SeriesPlan,
  { network, signal }: MeasureContext,
  onSilence?: () => void,
  onQuick?: () => void,
): Promise<Observation<'dns'>> {
  const { clock, names } = network;
  const { question, count, intervalMs, timeoutMs, label } = plan;
  const startMs = clock.nowMs();
  const asked: Promise<{ answer: DnsAnswer; sample: Sample }>[] = [];
  const ask = async (index: number) => {
    const sentMs = clock.nowMs() - startMs;
    const answer = await names.query({ ...question, timeoutMs, attempts: 1 }, signal);
    const { outcome, observation } = answer;
    if (index === 0 && outcome.kind === 'unanswered') onSilence?.();
    if (index === 0 && observation.queryMs !== null && observation.queryMs <= QUICK_MS) onQuick?.();
    const waitedMs = outcome.kind === 'unanswered' ? outcome.waitedMs : null;
    return { answer, sample: { sentMs, rcode: observation.rcode, queryMs: observation.queryMs, waitedMs } };
  };
  for (let index = 0; index < count && !signal.aborted; index++) {
    asked.push(ask(index));
    const waitMs = startMs + (index + 1) * intervalMs - clock.nowMs();
    if (index + 1 < count && waitMs > 0) await clock.sleep(waitMs, signal);
  }
  const all = await Promise.all(asked);
  // What an interrupt cut off has shown nothing.
  const finished = all.filter(({ answer }) => answer.outcome.kind !== 'skipped');
  const first = finished.find(({ answer }) => answer.outcome.kind === 'measured') ?? finished[0] ?? all[0];
  if (first === undefined) throw new RangeError('a series has one question at least');
  const { outcome, observation } = first.answer;
  return {
    attempt: signal.aborted ? skipped('interrupted') : outcome,
    method: observation.transport,
    data: { ...observation, serverLabel: label, from: 'system', series: finished.map(({ sample }) => sample) },
  };
}

/** A series that was not begun. */
export function seriesNotTried({ question, timeoutMs, label }: SeriesPlan, attempt: Attempt<null>): Observation<'dns'> {
  const plan = { ...question, timeoutMs, attempts: 1, role: 'resolver', from: 'system', ...(label === null ? {} : { label }) } as const;
  return questionNotAsked(plan, attempt);
}
