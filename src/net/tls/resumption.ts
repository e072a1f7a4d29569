import type { DataOf } from '../../model/measurement.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock, TlsOptions } from '../port.js';
import type { ReadTcpFacts } from '../tcp/tcp-facts.js';
import { closeTls, connectTls, type TlsConnection } from './connect.js';
import type { TrustStore } from './trust-store.js';

type Resumption = NonNullable<DataOf<'tls'>['resumption']>;

/** Tickets of TLS 1.3 come right behind the handshake, or not at all: no more than the larger of this and twice the time so far. */
const TICKET_WAIT_MS = 250;

/**
 * Whether a second connection goes on with the session of `first`, which stands open and is closed ahead of it: by a ticket or by the server's memory (RFC 5077, RFC
 * 5246), in TLS 1.3 by a pre-shared key. `null` where the second connection did not come about.
 */
export async function resumeSession(
  clock: Clock,
  trust: TrustStore,
  first: TlsConnection,
  options: TlsOptions,
  facts: ReadTcpFacts,
): Promise<Resumption | null> {
  const startedMs = clock.nowMs();
  if ((first.session ?? null) === null) {
    await new Promise(setImmediate);
    const timeoutMs = Math.min(options.timeoutMs, Math.max(TICKET_WAIT_MS, 2 * (first.tcpMs + first.handshakeMs)));
    await ticket(first, { timeoutMs, signal: options.signal });
  }
  if (options.signal.aborted) return null;
  const { session } = first;
  if (session == null) return { resumed: false, method: null, handshakeMs: null };
  const ticketed = first.socket.getTLSTicket() !== undefined;
  // In good order, or the session may not be resumed (RFC 5246 section 7.2.1); and some servers serve one client after the other.
  await closeTls(first.socket);
  const left = { ...options, timeoutMs: Math.max(0, options.timeoutMs - (clock.nowMs() - startedMs)), session };
  const { outcome } = await connectTls(clock, trust, left, { settleTrust: false, awaitClientVerdict: false }, facts);
  if (outcome.kind !== 'measured') return null;
  const { resumed = false, handshakeMs, protocol, socket } = outcome.value;
  await closeTls(socket);
  const method = protocol === 'TLSv1.3' ? 'psk' : ticketed ? 'ticket' : 'session-id';
  return { resumed, method: resumed ? method : null, handshakeMs };
}

async function ticket({ socket }: TlsConnection, limits: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
  await boundedWait<void>(limits, {
    begin(settle) {
      const done = () => settle();
      const events = ['session', 'end', 'close'] as const;
      if (socket.destroyed) settle();
      for (const event of events) socket.once(event, done);
      return () => {
        for (const event of events) socket.off(event, done);
      };
    },
    timedOut: () => undefined,
    interrupted: () => undefined,
  });
}
