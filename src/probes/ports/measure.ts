import pLimit from 'p-limit';
import { type Attempt, failed, measured, skipped } from '../../model/attempt.js';
import type { DataOf, PortResult } from '../../model/measurement.js';
import { errnoMessage } from '../../net/errno.js';
import type { ScanSession } from '../../net/port.js';
import { udpPayload } from '../../wire/packets/udp-payload.js';
import type { MeasureContext, Observation } from '../probe.js';
import { firstWord } from './first-word.js';
import { greeting, greetingWaitMs } from './greeting.js';
import { type PaceLimits, TCP_LIMITS, UDP_LIMITS } from './pace.js';
import { GREETINGS_AT_ONCE, MAXIMUM_GREETINGS, type PlannedPort, type PortsPlan, portsBudgetMs } from './plan.js';
import { portResult } from './result.js';
import { type SweepResult, sweep } from './sweep.js';

/** A few ports that must be open are each waited for as long as may be from the start, so that the kernel's own repetition counts. */
const FEW_PORTS = 16;
/** From where the kernel repeats a SYN within one try (RFC 6298), so that two tries are four packets. */
const REPEATED_AFTER_MS = 1000;

export async function measurePorts(plan: PortsPlan, context: MeasureContext): Promise<Observation<'ports'>> {
  const { network, signal } = context;
  const { address, ports, udp } = plan;
  if (signal.aborted) return portsNotTried(address, skipped('interrupted'));
  const opened = network.scanner.open(address, plan.origin);
  if (opened.kind !== 'measured') return portsNotTried(address, opened);
  const session = opened.value;
  try {
    const byTcp = await sweepProtocol('tcp', ports, session, plan, context);
    const ended = byTcp.attempt.kind !== 'measured' && byTcp.attempt.kind !== 'unanswered';
    const byUdp = ended ? null : await sweepProtocol('udp', udp, session, plan, context);
    if (plan.banner && !signal.aborted) await greet(byTcp.results, session, plan, signal);
    const word = signal.aborted ? undefined : await listen(byTcp.results, session, plan, signal);
    const results = [...byTcp.results, ...(byUdp?.results ?? [])];
    const attempt = byTcp.attempt.kind === 'measured' ? (byUdp?.attempt ?? byTcp.attempt) : byTcp.attempt;
    return {
      attempt: signal.aborted && attempt.kind === 'measured' ? skipped('interrupted') : attempt,
      method: methodOf(plan),
      data: { address, ports: results, ...(word === undefined ? {} : { firstWord: word }) },
    };
  } finally {
    session.close();
  }
}

function methodOf({ ports, udp }: PortsPlan): string {
  return udp.length === 0 ? 'tcp' : ports.length === 0 ? 'udp' : 'tcp, udp';
}

async function sweepProtocol(
  protocol: 'tcp' | 'udp',
  ports: readonly PlannedPort[],
  session: ScanSession,
  plan: PortsPlan,
  { network, signal, givenUp }: MeasureContext,
): Promise<{ attempt: Attempt<null>; results: PortResult[] }> {
  if (ports.length === 0) return { attempt: measured(null), results: [] };
  const portOf = (index: number) => ports[index]?.port ?? 0;
  const result = await sweep({
    count: ports.length,
    limits: limitsOf(protocol, ports, Math.min(session.capacity, plan.concurrency), plan.timeoutMs),
    budgetMs: portsBudgetMs(protocol, ports.length, plan.timeoutMs),
    // Silence of UDP means open or filtered in any case; that of TCP is no state before the passes are over.
    enoughTries: protocol === 'udp' ? UDP_LIMITS.fewestPasses : null,
    clock: network.clock,
    signal,
    ...(givenUp === undefined ? {} : { givenUp }),
    ask: (index, timeoutMs, done) => {
      if (protocol === 'tcp') session.connect(portOf(index), timeoutMs, done);
      else session.ask(portOf(index), udpPayload(portOf(index)), timeoutMs, done);
    },
  });
  const results: PortResult[] = [];
  for (const swept of result.swept) {
    const planned = ports[swept.index];
    const made = planned === undefined ? null : portResult(protocol, plan.address, planned, swept);
    if (made !== null) results.push(made);
  }
  return { attempt: attemptOf(result), results };
}

function limitsOf(protocol: 'tcp' | 'udp', ports: readonly PlannedPort[], capacity: number, timeoutMs: number): PaceLimits {
  if (protocol === 'udp') return { ...UDP_LIMITS, capacity, timeoutMs };
  const few = ports.length <= FEW_PORTS && ports.every((port) => port.required);
  const fewestPasses = few && timeoutMs > REPEATED_AFTER_MS ? 1 : TCP_LIMITS.fewestPasses;
  return { ...TCP_LIMITS, fewestPasses, capacity, timeoutMs };
}

function attemptOf({ end }: SweepResult): Attempt<null> {
  if (end === 'complete') return measured(null);
  if (end === 'interrupted') return skipped('interrupted');
  if (end === 'out-of-time') return skipped('the time for this target is up: it answers too slowly for so many ports');
  return failed('connect', end.refusal, errnoMessage(end.refusal));
}

/** Reads the greetings of the open ports, those that must be open first. */
async function greet(results: PortResult[], session: ScanSession, plan: PortsPlan, signal: AbortSignal): Promise<void> {
  const limit = pLimit(GREETINGS_AT_ONCE);
  const open = results.filter((result) => result.state === 'open' && result.reason === 'accepted');
  const chosen = [...open.filter((result) => result.required), ...open.filter((result) => !result.required)].slice(0, MAXIMUM_GREETINGS);
  await Promise.all(
    chosen.map((result) =>
      limit(async () => {
        if (signal.aborted) return;
        const waitMs = greetingWaitMs(result.latencyMs);
        Object.assign(result, await greeting(session, result.port, plan.servername, waitMs, signal));
      }),
    ),
  );
}

/** `undefined`: not looked at. `null`: the port accepts no connection. */
async function listen(
  results: readonly PortResult[],
  session: ScanSession,
  { firstWord: planned }: PortsPlan,
  signal: AbortSignal,
): Promise<DataOf<'ports'>['firstWord']> {
  if (planned == null) return undefined;
  const port = results.find((result) => result.port === planned.port && result.protocol === 'tcp');
  if (port?.state !== 'open' || port.reason !== 'accepted') return null;
  return firstWord(session, planned, port.latencyMs, signal);
}

export function portsNotTried(address: string | null, attempt: Attempt<null>): Observation<'ports'> {
  return { attempt, method: null, data: { address, ports: [] } };
}
