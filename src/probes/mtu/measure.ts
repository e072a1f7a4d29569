import { type Attempt, measured, skipped, unanswered } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { EchoSession, TcpFacts } from '../../net/port.js';
import { ICMP_HEADER_BYTES, IPV4_HEADER_BYTES, IPV6_HEADER_BYTES } from '../../wire/icmp.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { MtuPlan } from './plan.js';
import { learn, type MtuSearch, nextSizes, type SizeOutcome, startMtuSearch } from './search.js';

/** Of Ethernet: what the search starts from where the interface's own MTU is not known. */
const ETHERNET_MTU_BYTES = 1500;

/** Each size is sent this often in a round, so that a lost packet is not taken for one that is too large. */
const COPIES = 3;
const COPY_INTERVAL_MS = 15;

/** A reply that takes longer than this many of the slowest round trips seen counts as none. */
const PATIENCE = 4;
const MINIMUM_WAIT_MS = 200;

/** Ends a search that a lying network would keep going: 8 sizes a round find any size below 65,576 in 6 rounds. */
const MAXIMUM_ROUNDS = 12;

export async function measureMtu(plan: MtuPlan, context: MeasureContext): Promise<Observation<'mtu'>> {
  const [echo, kernel] = await Promise.all([searchByEcho(plan, context), askTcp(plan, context)]);
  const data: DataOf<'mtu'> = {
    address: plan.address,
    pathMtuBytes: null,
    localMtuBytes: plan.localMtuBytes,
    tcpMssBytes: kernel?.sendMssBytes ?? null,
    blackhole: null,
    limitedBy: null,
    smallestFailedBytes: null,
    sent: echo.sent,
  };
  if (echo.outcome.kind !== 'measured') return { attempt: echo.outcome, method: null, data };
  const { passed, failed, announced, silent } = echo.outcome.value;
  const local = plan.localMtuBytes !== null && passed === echo.outcome.value.ceiling;
  return {
    attempt: measured(null),
    method: 'icmp',
    data: {
      ...data,
      pathMtuBytes: passed,
      blackhole: failed !== null && silent,
      limitedBy: announced !== null && announced.mtuBytes === passed ? announced.from : local ? 'local' : null,
      smallestFailedBytes: failed,
    },
  };
}

async function searchByEcho(plan: MtuPlan, { network, signal }: MeasureContext): Promise<{ outcome: Attempt<MtuSearch>; sent: number }> {
  const opened = network.echo.open(plan.family, plan.origin);
  if (opened.kind !== 'measured') return { outcome: opened, sent: 0 };
  const session = opened.value;
  let search = startMtuSearch(plan.family, plan.localMtuBytes ?? ETHERNET_MTU_BYTES);
  let sent = 0;
  let slowestMs: number | null = null;
  try {
    for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
      const sizes = nextSizes(search);
      if (sizes.length === 0) break;
      const waitMs: number =
        slowestMs === null ? plan.timeoutMs : Math.min(plan.timeoutMs, Math.max(MINIMUM_WAIT_MS, slowestMs * PATIENCE));
      const tried = await tryRound(session, plan, sizes, waitMs, { network, signal });
      sent += tried.sent;
      if (tried.slowestMs !== null) slowestMs = Math.max(slowestMs ?? 0, tried.slowestMs);
      if (signal.aborted) return { outcome: skipped('interrupted'), sent };
      search = learn(search, tried.outcomes);
    }
  } finally {
    session.close();
  }
  return { outcome: search.passed === null ? unanswered('response', plan.timeoutMs) : measured(search), sent };
}

/** Sends every size of a round, some copies each, and waits until all are settled or the time is over. */
async function tryRound(
  session: EchoSession,
  plan: MtuPlan,
  sizes: readonly number[],
  waitMs: number,
  { network, signal }: MeasureContext,
): Promise<{ outcomes: SizeOutcome[]; sent: number; slowestMs: number | null }> {
  const headers = (plan.family === 4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES) + ICMP_HEADER_BYTES;
  const settled = new Map<number, SizeOutcome>();
  const allSettled = new AbortController();
  const stop = AbortSignal.any([signal, allSettled.signal]);
  let sent = 0;
  let slowestMs: number | null = null;
  const settle = (outcome: SizeOutcome) => {
    if (settled.get(outcome.size)?.kind !== 'passed') settled.set(outcome.size, outcome);
    if (settled.size === sizes.length) allSettled.abort();
  };
  for (let copy = 0; copy < COPIES && !stop.aborted; copy++) {
    for (const size of sizes) {
      if (settled.has(size)) continue;
      sent++;
      session.send({ address: plan.address, payloadBytes: size - headers, ttl: null, dontFragment: true }, (event) => {
        if (event.kind === 'reply') {
          slowestMs = Math.max(slowestMs ?? 0, event.rttMs);
          settle({ size, kind: 'passed' });
        } else if (event.kind === 'icmp-error' && event.meaning === 'packet-too-big') {
          settle({ size, kind: 'too-big', from: event.from, mtuBytes: event.mtuBytes });
        } else if (event.kind === 'send-failed' && event.code === 'EMSGSIZE') {
          settle({ size, kind: 'too-big', from: 'local', mtuBytes: event.mtuBytes });
        }
      });
    }
    await network.clock.sleep(copy + 1 < COPIES ? COPY_INTERVAL_MS : waitMs, stop);
  }
  return { outcomes: sizes.map((size) => settled.get(size) ?? { size, kind: 'silence' }), sent, slowestMs };
}

/** The segment size that the kernel settled on with the target, from one connection that carries no data. */
async function askTcp(plan: MtuPlan, { network, signal }: MeasureContext): Promise<TcpFacts | null> {
  if (plan.port === null) return null;
  const { address, port, timeoutMs, origin } = plan;
  const attempt = await network.tcp.connect({ address, port, timeoutMs, signal, ...origin });
  return attempt.kind === 'measured' ? attempt.value.kernel : null;
}

export function mtuNotTried(address: string | null, attempt: Attempt<null>): Observation<'mtu'> {
  return {
    attempt,
    method: null,
    data: {
      address,
      pathMtuBytes: null,
      localMtuBytes: null,
      tcpMssBytes: null,
      blackhole: null,
      limitedBy: null,
      smallestFailedBytes: null,
      sent: 0,
    },
  };
}
