import { type Attempt, measured } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { PhasesPlan } from './plan.js';

/** What was reached: phases behind a failure stay `null`. */
type Reached = Pick<DataOf<'phases'>, 'tcpMs' | 'tlsMs' | 'ttfbMs' | 'httpStatus'>;

const NOTHING: Reached = { tcpMs: null, tlsMs: null, ttfbMs: null, httpStatus: null };

/** One connection, as far as the target's scheme goes. Phases that completed before a failure keep their times. */
export async function measurePhases(plan: PhasesPlan, context: MeasureContext): Promise<Observation<'phases'>> {
  const { attempt, reached } = await measureByKind(plan, context);
  const { address, dnsMs } = plan;
  const phases = [dnsMs, reached.tcpMs, reached.tlsMs, reached.ttfbMs];
  const totalMs = attempt.kind === 'measured' ? phases.reduce<number>((sum, phase) => sum + (phase ?? 0), 0) : null;
  return { attempt, method: plan.method, data: { address, dnsMs, ...reached, totalMs } };
}

export function phasesNotTried(address: string | null, attempt: Attempt<null>): Observation<'phases'> {
  return { attempt, method: null, data: { address, dnsMs: null, ...NOTHING, totalMs: null } };
}

async function measureByKind(plan: PhasesPlan, { network, signal }: MeasureContext): Promise<{ attempt: Attempt<null>; reached: Reached }> {
  const { address, port, timeoutMs, servername, ca, cert, key } = plan;
  const where = { address, port, timeoutMs, signal, ...plan.origin };
  switch (plan.kind) {
    case 'tcp': {
      const outcome = await network.tcp.connect(where);
      if (outcome.kind !== 'measured') return { attempt: outcome, reached: NOTHING };
      return { attempt: measured(null), reached: { ...NOTHING, tcpMs: outcome.value.connectMs } };
    }
    case 'tls': {
      const { reached: _reached, tcpMs, ...outcome } = await network.tls.handshake({ ...where, servername, ca, cert, key, alpn: [] });
      if (outcome.kind !== 'measured') return { attempt: outcome, reached: { ...NOTHING, tcpMs: tcpMs ?? null } };
      return { attempt: measured(null), reached: { ...NOTHING, tcpMs: outcome.value.tcpMs, tlsMs: outcome.value.handshakeMs } };
    }
    case 'http':
    case 'websocket': {
      const { secure, host, path, headers } = plan;
      const webSocket = plan.kind === 'websocket';
      const options = { ...where, servername, ca, cert, key, secure, host, path, headers, webSocket };
      const { outcome, reached } = await network.http.firstByte(options);
      if (outcome.kind !== 'measured') return { attempt: outcome, reached: { ...NOTHING, ...reached } };
      const { tcpMs, tlsMs, ttfbMs, status } = outcome.value;
      return { attempt: measured(null), reached: { tcpMs, tlsMs, ttfbMs, httpStatus: status } };
    }
  }
}
