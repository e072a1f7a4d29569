import type { PortResult } from '../../model/measurement.js';
import type { PlannedPort } from './plan.js';
import { serviceName } from './services.js';
import type { Swept } from './sweep.js';

/**
 * What came of a port, as a state. "Port unreachable" from the target itself is a closed UDP port (RFC 1122, 4.1.3.1). A closed TCP port answers
 * with a reset (RFC 9293, 3.10.7.1), so that for TCP it is a filter that refuses, as every other ICMP error is. `null` where the outcome tells
 * nothing about the port.
 */
export function portResult(protocol: 'tcp' | 'udp', address: string, { port, required }: PlannedPort, swept: Swept): PortResult | null {
  const { outcome, tries, waitedMs, repeated: repeatedBefore } = swept;
  const settled = (state: PortResult['state'], reason: string, rejectedBy: string | null = null): PortResult => ({
    port,
    protocol,
    state,
    service: serviceName(port, protocol),
    latencyMs: null,
    retransmissions: null,
    required,
    reason,
    rejectedBy,
    tries,
    banner: null,
    tls: null,
  });
  switch (outcome.kind) {
    case 'open': {
      if (protocol === 'udp') return { ...settled('open', 'answered'), latencyMs: outcome.rttMs };
      if (outcome.reset !== undefined) return settled('open', outcome.reset);
      // A try that was given up is a SYN that was sent anew, and the wait for it is part of what a client would have waited.
      const { retransmissions } = outcome;
      const repeated = retransmissions === null ? null : retransmissions + tries - 1 + repeatedBefore;
      return { ...settled('open', 'accepted'), latencyMs: waitedMs + outcome.rttMs, retransmissions: repeated };
    }
    case 'closed':
      return settled('closed', 'refused');
    case 'rejected': {
      const { from, meaning, code } = outcome;
      const own = protocol === 'udp' && meaning === 'port-unreachable' && (from === null || sameAddress(from, address));
      return own ? settled('closed', meaning, from) : settled('rejected', from === null ? code : meaning, from);
    }
    case 'silent':
      return settled('filtered', silence(protocol, tries));
    case 'not-sent':
      return null;
  }
}

function silence(protocol: 'tcp' | 'udp', tries: number): string {
  const times = `silence (${tries === 1 ? '1 try' : `${tries} tries`})`;
  return protocol === 'tcp' ? times : `${times}: open and filtered cannot be told apart`;
}

function sameAddress(from: string, address: string): boolean {
  return from === address.replace(/%.*$/, '').toLowerCase();
}
