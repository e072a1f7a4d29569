import type { Clock, DnsAnswer, DnsQuestion } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import type { Observed } from './classify.js';
import { NONEXISTENT_TYPE } from './nonexistence.js';
import { firstRow, wholeRow } from './observed-row.js';
import type { DnsComparisonPlan, PlannedServer } from './plan.js';
import type { Turns } from './turns.js';

/** How long a second answer to one datagram is listened for: an answer forged on the way comes first, and the true one a round trip later at most. */
const LISTEN_MS = 300;

/** A question is not waited for longer than this before the next one starts. */
const PACE_MS = 200;

/** A question that could not be waited for so long any more, or as long as any other, is not asked: its silence would say nothing. */
const SHORTEST_WAIT_MS = 250;

/** Nor is one that could not be waited for so many times as long as the first answer took: a server that is slow is not one that loses. */
const WAIT_PER_FIRST_ANSWER = 2;

/** Part of all the time there is that may go into listening. */
const LISTENING_SHARE = 0.25;

/** How long the warm questions wait for the first answers of all the other servers; so long is listened anyway. */
const SETTLE_MS = 300;

/**
 * Puts all questions to one server: the one compared, with as many attempts as were asked for; and where it answers, the same again to see whether a second,
 * contradicting answer comes, those names that do not exist, and the warm ones. All of it ends `timeoutMs` times `attempts` after the beginning, so that a
 * server that loses much takes no longer than a dead one.
 *
 * @param answered called once, with what the first question gave
 * @param allAnswered resolves when every server of the comparison has come so far
 */
export async function askServer(
  server: PlannedServer,
  plan: DnsComparisonPlan,
  { network, signal, turns, allAnswered }: MeasureContext & { turns: Turns; allAnswered: Promise<void> },
  answered: (row: Observed) => void,
): Promise<Observed> {
  const { clock, names } = network;
  const allMs = plan.timeoutMs * plan.attempts;
  await turns.take();
  const endMs = clock.nowMs() + allMs;
  const listenedMs = Math.min(LISTEN_MS, allMs * LISTENING_SHARE);
  // Each datagram shall leave from a port of its own; a connection is what makes the second question over it warm.
  const session = server.transport === 'udp' ? null : names.session();
  const question = (name: string, type: string): DnsQuestion => ({
    server: server.address,
    port: server.port,
    transport: server.transport,
    name,
    type,
    timeoutMs: plan.timeoutMs,
    attempts: plan.attempts,
    edns: plan.edns,
    recursionDesired: plan.recursionDesired,
    checkingDisabled: plan.checkingDisabled,
    ...(server.security === null ? {} : { security: server.security }),
    ...(server.path === null ? {} : { path: server.path }),
  });
  const ask = (asked: DnsQuestion): Promise<DnsAnswer> => (session ?? names).query(asked, signal);
  let neededMs = SHORTEST_WAIT_MS;
  /** Once more, by one datagram; `null` where there is no time left for it. */
  const askOnce = async (name: string, type: string, extra: { lingerMs?: number } = {}): Promise<DnsAnswer | null> => {
    await turns.take();
    const leftMs = endMs - clock.nowMs() - (extra.lingerMs ?? 0);
    if (signal.aborted || leftMs < Math.min(neededMs, plan.timeoutMs)) return null;
    return ask({ ...question(name, type), timeoutMs: Math.min(plan.timeoutMs, leftMs), attempts: 1, ...extra });
  };

  try {
    const first = await ask(question(plan.name, plan.type));
    const row = firstRow(server, plan.type, first);
    answered(row);
    // Who does not want to serve this machine is not asked more.
    if (row.rcode === null || row.rcode === 'REFUSED') return row;
    neededMs = Math.max(SHORTEST_WAIT_MS, WAIT_PER_FIRST_ANSWER * (row.coldMs ?? 0));

    const beside = [
      server.transport === 'udp'
        ? // An interrupt cuts the listening short: it has not shown that nothing more came.
          askOnce(plan.name, plan.type, { lingerMs: listenedMs }).then((answer) => (signal.aborted ? null : answer))
        : Promise.resolve(null),
      ...plan.nonexistentNames.map((name) => askOnce(name, NONEXISTENT_TYPE)),
    ] as const;
    // The warm times shall not be those of a server busy with the others.
    const pace = (work: Promise<unknown>) => waitAtMost(work, PACE_MS, clock, signal);
    await pace(Promise.all(beside.slice(1)));
    // Nor those of a process that is busy with the handshakes of others.
    const settleMs = Math.min(SETTLE_MS, allMs * LISTENING_SHARE) - (clock.nowMs() - (endMs - allMs));
    if (settleMs > 0) await waitAtMost(allAnswered, settleMs, clock, signal);
    const warm = await askWarm(plan.warmCount, () => askOnce(plan.name, plan.type), pace);
    const [listened = null, ...nonexistent] = await Promise.all(beside);
    return wholeRow(row, plan, { listened, listenedMs, nonexistent, warm });
  } finally {
    session?.close();
  }
}

async function askWarm(
  count: number,
  ask: () => Promise<DnsAnswer | null>,
  pace: (work: Promise<unknown>) => Promise<void>,
): Promise<(DnsAnswer | null)[]> {
  const asked: Promise<DnsAnswer | null>[] = [];
  for (let index = 0; index < count; index++) {
    const question = ask();
    asked.push(question);
    await pace(question);
  }
  return Promise.all(asked);
}

/** Until the work is done, or so long at the most; no timer is left behind. */
async function waitAtMost(work: Promise<unknown>, ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const finished = new AbortController();
  const done = () => finished.abort();
  work.then(done, done);
  await clock.sleep(ms, AbortSignal.any([finished.signal, signal]));
}
