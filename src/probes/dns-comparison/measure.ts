import { type Attempt, failed, measured, skipped, unanswered } from '../../model/attempt.js';
import { NO_RESOLVER } from '../../model/failure-code.js';
import type { MeasureContext, Observation } from '../probe.js';
import { askServer } from './ask-server.js';
import { classify, type Observed } from './classify.js';
import { rowNotAsked } from './observed-row.js';
import type { DnsComparisonPlan } from './plan.js';
import { Turns } from './turns.js';

/** The first answer of one server, or that none came, as soon as that is known. */
export interface FirstAnswer {
  name: string;
  type: string;
  row: Observed;
  /** Since the first question of the comparison left. */
  afterMs: number;
}

/** Asks all servers at once. It is over when the slowest is: with a dead server after its time-out, times the attempts. */
export async function measureComparison(
  plan: DnsComparisonPlan,
  context: MeasureContext,
  answered: (answer: FirstAnswer) => void = () => {},
): Promise<Observation<'dns-comparison'>> {
  const { clock } = context.network;
  const turns = new Turns(clock, context.signal);
  const { name, type } = plan;
  const startMs = clock.nowMs();
  let missing = plan.servers.length;
  let settle = () => {};
  const allAnswered = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const rows = await Promise.all(
    plan.servers.map((server) =>
      askServer(server, plan, { ...context, turns, allAnswered }, (row) => {
        answered({ name, type, row, afterMs: clock.nowMs() - startMs });
        if (--missing === 0) settle();
      }),
    ),
  );
  return {
    attempt: attemptOf(rows, clock.nowMs() - startMs, context.signal.aborted),
    method: 'dns',
    data: { name, type, ...classify(rows, type) },
  };
}

function attemptOf(rows: readonly Observed[], waitedMs: number, interrupted: boolean): Attempt<null> {
  if (interrupted) return skipped('interrupted');
  if (rows.length === 0) return failed('resolve', NO_RESOLVER, 'no name server is configured, and none was given');
  if (rows.some(({ rcode }) => rcode !== null)) return measured(null);
  const refused = rows.find(({ failure }) => failure?.kind === 'failed')?.failure;
  if (refused != null) return failed('response', refused.code ?? 'failed', `no server answers; the first that fails: ${refused.reason}`);
  return unanswered('response', waitedMs);
}

/** A comparison that was not made. */
export function comparisonNotMade(plan: DnsComparisonPlan, attempt: Attempt<null>): Observation<'dns-comparison'> {
  const { name, type } = plan;
  return { attempt, method: null, data: { name, type, ...classify(plan.servers.map(rowNotAsked), type) } };
}
