import { type Attempt, skipped } from '../../model/attempt.js';
import type { DataOf, PhasesRun } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { MeasureContext, Observation } from '../probe.js';
import { type Exchange, exchange } from './exchange.js';
import type { PhasesPlan } from './plan.js';

/** Exchanges that the report lists one by one. */
const LISTED_RUNS = 1000;

/** With so many failures and nothing else the others are not tried: each may take its whole time-out, and they would say the same. */
const FAILURES_THAT_SETTLE = 2;

const PHASES = ['dnsMs', 'tcpMs', 'tlsMs', 'ttfbMs', 'totalMs'] as const;

/** Exchanges one after the other, each on a new connection, their starts an interval apart where they are shorter than that. */
export async function measurePhases(plan: PhasesPlan, context: MeasureContext): Promise<Observation<'phases'>> {
  const { clock: ownClock } = context.network;
  const ended: Exchange[] = [];
  for (let begun = 0; begun < plan.count && isWorthAnother(ended); begun++) {
    const startMs = ownClock.nowMs();
    const made = await exchange(plan, begun === 0, context);
    if (made.attempt.kind === 'skipped') {
      // What an interrupted one had reached is shown where there is nothing else.
      if (ended.length === 0) return observation(plan, made.attempt, [], made.run);
      break;
    }
    ended.push(made);
    if (begun + 1 < plan.count && isWorthAnother(ended))
      await ownClock.sleep(plan.intervalMs - (ownClock.nowMs() - startMs), context.signal);
  }
  const representative = ended.find(({ attempt }) => attempt.kind === 'measured') ?? ended[0];
  const runs = ended.map(({ run }) => run);
  const made = observation(plan, representative?.attempt ?? skipped('interrupted'), runs, null);
  if (plan.kind !== 'http' && plan.kind !== 'websocket' && plan.frontPageMs === null) return made;
  const clock = ended.find(({ serverClock }) => serverClock !== null)?.serverClock ?? null;
  return { ...made, data: { ...made.data, clock } };
}

/** Pure. What this machine itself refuses, or where the first ones all failed, comes to the same the next time. */
export function isWorthAnother(ended: readonly Pick<Exchange, 'attempt'>[]): boolean {
  if (ended.some(({ attempt }) => attempt.kind === 'unavailable')) return false;
  if (ended.some(({ attempt }) => attempt.kind === 'failed' && (attempt.step === 'configure' || attempt.step === 'request'))) return false;
  return ended.length < FAILURES_THAT_SETTLE || ended.some(({ attempt }) => attempt.kind === 'measured');
}

/**
 * Turns exchanges into the numbers of the report. Pure.
 *
 * @param alone what an exchange that was cut off had reached, where it is the only one
 */
function observation(plan: PhasesPlan, attempt: Attempt<null>, runs: readonly PhasesRun[], alone: PhasesRun | null): Observation<'phases'> {
  const shown = alone === null ? runs : [alone];
  const valuesOf = (phase: (typeof PHASES)[number]) => shown.flatMap((run) => run[phase] ?? []);
  const median = (phase: (typeof PHASES)[number]) => rttStatistics(valuesOf(phase))?.p50 ?? null;
  const spread = (phase: (typeof PHASES)[number]) => {
    const values = valuesOf(phase);
    return values.length < 2 ? null : rttStatistics(values);
  };
  const statuses = statusesOf(shown);
  const clocks = new Set(shown.flatMap(({ tcpClock }) => tcpClock ?? []));
  const data: DataOf<'phases'> = {
    address: plan.address,
    dnsMs: median('dnsMs'),
    tcpMs: median('tcpMs'),
    tlsMs: median('tlsMs'),
    ttfbMs: median('ttfbMs'),
    totalMs: median('totalMs'),
    httpStatus: statuses[0]?.status ?? null,
    tcpClock: clocks.size === 0 ? null : clocks.has('user') ? 'user' : 'kernel',
    count: runs.length,
    completed: runs.filter(({ failure }) => failure === null).length,
    distribution:
      runs.length < 2
        ? null
        : {
            dnsMs: spread('dnsMs'),
            tcpMs: spread('tcpMs'),
            tlsMs: spread('tlsMs'),
            ttfbMs: spread('ttfbMs'),
            totalMs: spread('totalMs'),
          },
    statuses,
    runs: runs.slice(0, LISTED_RUNS),
  };
  return { attempt, method: plan.method, data };
}

function statusesOf(runs: readonly PhasesRun[]): DataOf<'phases'>['statuses'] {
  const counts = new Map<number, number>();
  for (const { httpStatus } of runs) if (httpStatus !== null) counts.set(httpStatus, (counts.get(httpStatus) ?? 0) + 1);
  // Of two that came equally often the higher one is the worse.
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count || b.status - a.status);
}

export function phasesNotTried(address: string | null, attempt: Attempt<null>): Observation<'phases'> {
  return {
    attempt,
    method: null,
    data: {
      address,
      dnsMs: null,
      tcpMs: null,
      tlsMs: null,
      ttfbMs: null,
      totalMs: null,
      httpStatus: null,
      tcpClock: null,
      count: 0,
      completed: 0,
      distribution: null,
      statuses: [],
      runs: [],
    },
  };
}
