import type { Measurement } from '../model/measurement.js';
import { proxyFor } from '../model/proxy-environment.js';
import { phasesProbe } from '../probes/phases/index.js';
import { phasesNotTried } from '../probes/phases/measure.js';
import { type PhasesPlan, planPhases } from '../probes/phases/plan.js';
import type { TargetWork } from './target-outcome.js';

/** So long the exchange that is made anyway is waited for; beside one that takes longer the others begin. */
const LONGEST_FIRST_MS = 500;
/** Behind it, so that they do not come as a burst. */
const BEHIND_FIRST_MS = 100;
/** Nothing begins later: it would hold up the report. */
const LAST_MS = 1060;
/** So long ahead of one of the `knocks` a request begins, so that two of them, and not one, come between it and the next request. */
const AHEAD_OF_KNOCK_MS = 40;
/** With no answer to so many the others are not sent: they would say the same, or nobody speaks HTTP there. */
const FAILURES_THAT_SETTLE = 3;
/** Of more targets the handshakes would keep the processor busy while others are timed. */
const MOST_TARGETS = 10;

const TOO_MANY_REQUESTS = 429;
/** To a request with a login: some services lock it after a few. */
const LOGIN_REFUSED: ReadonlySet<number> = new Set([401, 403, 407]);

/**
 * The same request a few times more, each on a connection of its own, beside everything else: a server that answers at times, or some of
 * several behind one address, shows it only to who asks several times. Judged with all else as a course of time. It is GET, as clients ask,
 * since services treat HEAD otherwise, and the body is not read. Not where a proxy is on the way, and no more where an answer says that it is
 * too often.
 *
 * @param first the exchange that is made anyway
 * @param signal ends it, also since nothing at all answers there
 */
export async function repeatRequest(work: TargetWork, address: string, first: Promise<Measurement>, signal: AbortSignal): Promise<void> {
  const { requests, knocks, http } = work.request;
  const plan = planRequest(work, address);
  if (requests === undefined || plan === null) return;
  const { clock } = work.environment.network;
  const startedMs = clock.nowMs();
  const answers: Measurement[] = [];
  const hear = (made: Measurement): void => void answers.push(made);
  await Promise.race([first.then(hear), clock.sleep(LONGEST_FIRST_MS, signal)]);
  const earliestMs = clock.nowMs() - startedMs + BEHIND_FIRST_MS;
  // Where the page is asked for as a whole besides, that is one of them.
  const count = requests.count - (http === undefined ? 0 : 1);
  let waiting = 0;
  const underWay: Promise<void>[] = [];
  for (const atMs of timesOf(earliestMs, { ...requests, count }, knocks?.intervalMs ?? 0)) {
    await clock.sleep(startedMs + atMs - clock.nowMs(), signal);
    // Of those that hang one shows it.
    if (signal.aborted || waiting > 1 || !mayAskAgain(answers, plan)) break;
    waiting++;
    underWay.push(
      ask(work, plan, signal).then((made) => {
        waiting--;
        hear(made);
      }),
    );
  }
  await Promise.all(underWay);
}

/** `null` where none is sent. */
function planRequest({ target, request }: TargetWork, address: string): PhasesPlan | null {
  const { requests, phases, proxy, tls, origin, targets, targetsAreInstruments = false } = request;
  if (requests === undefined || phases === undefined || targetsAreInstruments || targets.length > MOST_TARGETS) return null;
  if (proxy !== undefined && proxyFor(target, proxy.settings).hop !== null) return null;
  const timeoutMs = Math.min(requests.timeoutMs, phases.timeoutMs);
  const plan = planPhases(target, address, null, { ...phases, count: 1, timeoutMs }, tls ?? null, origin);
  if (plan === null || (plan.kind !== 'http' && plan.frontPageMs === null)) return null;
  return { ...plan, kind: 'http', frontPageMs: null, bodyStallMs: null };
}

/**
 * When they begin, in milliseconds from the first of the knocks. A service that treats every second connection otherwise would show the same
 * face to each of them if always one other connection came between.
 *
 * @param knockMs interval of the knocks; 0: there are none
 */
export function timesOf(earliestMs: number, { count, intervalMs }: { count: number; intervalMs: number }, knockMs: number): number[] {
  const places = knockMs === 0 ? 0 : Math.max(1, Math.ceil((earliestMs + AHEAD_OF_KNOCK_MS) / knockMs));
  const firstMs = knockMs === 0 ? earliestMs : places * knockMs - AHEAD_OF_KNOCK_MS;
  return Array.from({ length: Math.max(0, count) }, (_, index) => firstMs + index * intervalMs).filter((atMs) => atMs <= LAST_MS);
}

/** Pure. */
export function mayAskAgain(answers: readonly Measurement[], { headers }: Pick<PhasesPlan, 'headers'>): boolean {
  const withLogin = Object.keys(headers).some((name) => name === 'authorization' || name === 'cookie');
  const statuses = answers.flatMap((made) => (made.probe === 'phases' ? (made.data.httpStatus ?? []) : []));
  if (statuses.some((status) => status === TOO_MANY_REQUESTS || (withLogin && LOGIN_REFUSED.has(status)))) return false;
  // What this machine itself does not send, it does not send the next time.
  const isOurs = ({ attempt }: Measurement) =>
    attempt.kind === 'skipped' ||
    attempt.kind === 'unavailable' ||
    (attempt.kind === 'failed' && (attempt.step === 'configure' || attempt.step === 'request'));
  if (answers.some(isOurs)) return false;
  return statuses.length > 0 || answers.length < FAILURES_THAT_SETTLE;
}

/** Not in turns with what is timed: its time is of no interest, and its own exchange is over by then. */
function ask({ target, environment, recorder }: TargetWork, plan: PhasesPlan, signal: AbortSignal): Promise<Measurement> {
  const { network } = environment;
  return recorder.record({
    probe: 'phases',
    target: target.id,
    label: `requests to ${target.id}`,
    measure: async () => {
      const observed = await phasesProbe.measure(plan, { network, signal });
      // What it says of the clock, the first one has said.
      const { clock: _, ...data } = observed.data;
      return { ...observed, data };
    },
    notTried: (attempt) => phasesNotTried(plan.address, attempt),
    judge: null,
  });
}
