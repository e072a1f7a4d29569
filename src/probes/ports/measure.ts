import pLimit from 'p-limit';
import { type Attempt, measured, skipped } from '../../model/attempt.js';
import { RESET_CODES } from '../../model/failure-code.js';
import type { PortResult } from '../../model/measurement.js';
import type { TcpConnected } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { PortsPlan } from './plan.js';
import { serviceName } from './services.js';

/** A SYN that met silence is sent anew this often, so that one lost packet does not make an open port "filtered". */
const TRIES = 2;

/** What ICMP errors and routes that refuse become (Linux, icmp_err_convert and icmpv6_err_convert). */
const REJECTIONS: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ENOPROTOOPT', 'EACCES', 'EHOSTDOWN']);

export async function measurePorts(plan: PortsPlan, context: MeasureContext): Promise<Observation<'ports'>> {
  const limit = pLimit(plan.concurrency);
  let refusal: Attempt<null> | null = null;
  const results = await Promise.all(
    plan.ports.map((entry) =>
      limit(async () => {
        if (refusal !== null || context.signal.aborted) return null;
        const { connected, tries } = await connectWithRetry(plan, entry.port, context);
        if (connected.kind === 'skipped') return null;
        const result = portResult(entry, connected, tries);
        // What is left are limits of this machine: they say nothing about the port, so no state is made of them.
        if (result === null && connected.kind !== 'measured') refusal = connected;
        return result;
      }),
    ),
  );
  const ports = results.filter((result) => result !== null);
  const complete = ports.length === plan.ports.length;
  return {
    attempt: refusal ?? (complete ? measured(null) : skipped('interrupted')),
    method: 'tcp',
    data: { address: plan.address, ports },
  };
}

async function connectWithRetry(
  plan: PortsPlan,
  port: number,
  { network, signal }: MeasureContext,
): Promise<{ connected: Attempt<TcpConnected>; tries: number }> {
  let connected: Attempt<TcpConnected> = skipped('interrupted');
  for (let tries = 1; tries <= TRIES; tries++) {
    connected = await network.tcp.connect({ address: plan.address, port, timeoutMs: plan.timeoutMs, signal, ...plan.origin });
    if (connected.kind !== 'unanswered') return { connected, tries };
  }
  return { connected, tries: TRIES };
}

/** `null` where the outcome tells nothing about the port. */
function portResult(entry: { port: number; required: boolean }, connected: Attempt<TcpConnected>, tries: number): PortResult | null {
  const { port, required } = entry;
  const result = { port, protocol: 'tcp', service: serviceName(port), required, latencyMs: null, retransmissions: null } as const;
  if (connected.kind === 'measured') {
    // The kernel's round trip of SYN and SYN-ACK, where it tells: the process clock also measures how busy we are. Where the SYN was sent
    // anew, the time that a client really waited is the whole.
    const { kernel, connectMs } = connected.value;
    return {
      ...result,
      state: 'open',
      latencyMs: kernel === null || kernel.retransmissions > 0 ? connectMs : kernel.rttMs,
      retransmissions: kernel?.retransmissions ?? null,
      reason: 'accepted',
    };
  }
  if (connected.kind === 'unanswered') return { ...result, state: 'filtered', reason: `silence (${tries} tries)` };
  if (connected.kind !== 'failed' || connected.step !== 'connect') return null;
  const { code } = connected;
  if (code === 'ECONNREFUSED') return { ...result, state: 'closed', reason: 'refused' };
  // A refused SYN is ECONNREFUSED, so this reset came to a connection that stood.
  if (RESET_CODES.has(code)) return { ...result, state: 'open', reason: code };
  return REJECTIONS.has(code) ? { ...result, state: 'rejected', reason: code } : null;
}

export function portsNotTried(address: string | null, attempt: Attempt<null>): Observation<'ports'> {
  return { attempt, method: null, data: { address, ports: [] } };
}
