import { type Attempt, measured, reasonOf } from '../../model/attempt.js';
import type { DataOf, PhasesRun } from '../../model/measurement.js';
import type { MeasureContext } from '../probe.js';
import { serverClockOf } from '../server-clock.js';
import type { PhasesPlan } from './plan.js';

/** What was reached behind the name: phases after a failure stay `null`. */
type Reached = Pick<PhasesRun, 'tcpMs' | 'tlsMs' | 'ttfbMs' | 'httpStatus' | 'tcpClock'>;

type ServerClock = DataOf<'http'>['clock'];

const NOTHING: Reached = { tcpMs: null, tlsMs: null, ttfbMs: null, httpStatus: null, tcpClock: null };

export interface Exchange {
  attempt: Attempt<null>;
  run: PhasesRun;
  /** By the Date field of the answer. */
  serverClock: ServerClock;
}

/**
 * One exchange on a connection of its own, as far as the target's scheme goes. Phases that completed before a failure keep their times.
 *
 * @param first uses what looking the name up took for the whole run; behind it the name is asked for again where the plan says so
 */
export async function exchange(plan: PhasesPlan, first: boolean, context: MeasureContext): Promise<Exchange> {
  const { clock } = context.network;
  const stalledMs = clock.stalledMs();
  const { attempt, dnsMs, reached, serverClock = null } = await lookUpAndConnect(plan, first, context);
  const phases = [dnsMs, reached.tcpMs, reached.tlsMs, reached.ttfbMs];
  const totalMs = attempt.kind === 'measured' ? phases.reduce<number>((sum, phase) => sum + (phase ?? 0), 0) : null;
  const failure = attempt.kind === 'measured' ? null : reasonOf(attempt);
  return { attempt, serverClock, run: { dnsMs, ...reached, totalMs, stalledMs: Math.max(0, clock.stalledMs() - stalledMs), failure } };
}

async function lookUpAndConnect(
  plan: PhasesPlan,
  first: boolean,
  context: MeasureContext,
): Promise<{ attempt: Attempt<null>; dnsMs: number | null; reached: Reached; serverClock?: ServerClock }> {
  if (first || plan.lookup === null) {
    // Without another lookup there is no second time to show.
    const dnsMs = first ? plan.dnsMs : null;
    return { dnsMs, ...(await connect(plan, context)) };
  }
  const { host, family, timeoutMs } = plan.lookup;
  const { outcome } = await context.network.names.resolve(host, { family, timeoutMs, signal: context.signal });
  if (outcome.kind !== 'measured') return { attempt: outcome, dnsMs: null, reached: NOTHING };
  // To the same address as before, whatever the answer is now: the numbers are of one way.
  return { dnsMs: outcome.value.elapsedMs, ...(await connect(plan, context)) };
}

async function connect(
  plan: PhasesPlan,
  { network, signal }: MeasureContext,
): Promise<{ attempt: Attempt<null>; reached: Reached; serverClock?: ServerClock }> {
  const { address, port, timeoutMs, servername, ca, cert, key } = plan;
  const where = { address, port, timeoutMs, signal, ...plan.origin };
  switch (plan.kind) {
    case 'tcp': {
      const outcome = await network.tcp.connect(where);
      if (outcome.kind !== 'measured') return { attempt: outcome, reached: NOTHING };
      const { connectMs, kernel } = outcome.value;
      return withFrontPage(plan, { network, signal }, { ...NOTHING, ...tcpTime(connectMs, kernel) });
    }
    case 'tls': {
      const { reached: _reached, tcpMs, ...outcome } = await network.tls.handshake({ ...where, servername, ca, cert, key, alpn: [] });
      if (outcome.kind !== 'measured') return { attempt: outcome, reached: { ...NOTHING, ...tcpTime(tcpMs ?? null, null) } };
      const { handshakeMs, kernel } = outcome.value;
      return withFrontPage(plan, { network, signal }, { ...NOTHING, ...tcpTime(outcome.value.tcpMs, kernel), tlsMs: handshakeMs });
    }
    case 'http':
    case 'websocket': {
      const { secure, host, path, headers } = plan;
      const webSocket = plan.kind === 'websocket';
      const watched = plan.bodyStallMs === null ? {} : { bodyStallMs: plan.bodyStallMs };
      const options = { ...where, ...watched, servername, ca, cert, key, secure, host, path, headers, webSocket };
      const { outcome, reached } = await network.http.firstByte(options);
      if (outcome.kind !== 'measured')
        return { attempt: outcome, reached: { ...NOTHING, ...tcpTime(reached.tcpMs, reached.kernel), tlsMs: reached.tlsMs } };
      const { tcpMs, tlsMs, ttfbMs, status, kernel, dated, bodyFault } = outcome.value;
      const serverClock = dated === undefined ? null : serverClockOf({ ...dated, sentMs: dated.atMs - dated.headMs, spanMs: dated.headMs });
      const attempt = bodyFault ?? measured(null);
      return { attempt, serverClock, reached: { ...tcpTime(tcpMs, kernel), tlsMs, ttfbMs, httpStatus: status } };
    }
  }
}

/**
 * Asks for the front page on a connection of its own, where the port lets one expect HTTP. That nothing answers there, or no HTTP, says
 * nothing: nobody said that it does.
 */
async function withFrontPage(
  plan: PhasesPlan,
  { network, signal }: MeasureContext,
  reached: Reached,
): Promise<{ attempt: Attempt<null>; reached: Reached; serverClock?: ServerClock }> {
  const alone = { attempt: measured(null), reached };
  if (plan.frontPageMs === null || signal.aborted) return alone;
  const { address, port, servername, ca, cert, key, secure, host, path, headers, origin } = plan;
  const connectedMs = (reached.tcpMs ?? 0) + (reached.tlsMs ?? 0);
  // The way there and back is known by now to take no longer; and both connections together have the time of one exchange.
  const timeoutMs = Math.min(plan.timeoutMs - connectedMs, plan.frontPageMs + 2 * connectedMs);
  if (timeoutMs <= connectedMs) return alone;
  const { outcome } = await network.http.firstByte({
    ...origin,
    ...{ address, port, servername, ca, cert, key, secure, host, path, headers, signal },
    webSocket: false,
    timeoutMs,
  });
  if (outcome.kind !== 'measured') return alone;
  const { status, dated } = outcome.value;
  const serverClock = dated === undefined ? null : serverClockOf({ ...dated, sentMs: dated.atMs - dated.headMs, spanMs: dated.headMs });
  return { attempt: measured(null), serverClock, reached: { ...reached, httpStatus: status } };
}

/** The kernel's round trip of SYN and SYN-ACK; where one of them was sent anew, or it does not tell, the time of connect(2). */
function tcpTime(
  connectMs: number | null,
  kernel: { rttMs: number; retransmissions: number } | null | undefined,
): Pick<PhasesRun, 'tcpMs' | 'tcpClock'> {
  if (connectMs === null) return { tcpMs: null, tcpClock: null };
  if (kernel == null || kernel.retransmissions > 0) return { tcpMs: connectMs, tcpClock: 'user' };
  return { tcpMs: kernel.rttMs, tcpClock: 'kernel' };
}
