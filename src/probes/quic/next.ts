import type { DataOf } from '../../model/measurement.js';
import type { ScanOutcome } from '../../net/port.js';
import { isReservedVersion, parseVersionNegotiation, quicVersionName } from '../../wire/quic/version-negotiation.js';

/** The first packet had so long for its answer when others follow: longer than most ways take, and it is still waited for. */
export const SECOND_AFTER_MS = 350;
/** And the last ones, after those. */
export const THIRD_AFTER_MS = 250;

export type QuicResult = Pick<DataOf<'quic'>, 'outcome' | 'rttMs' | 'versions' | 'refusedBy' | 'refusedByTarget' | 'reason'>;

/** What one packet came to. */
export function quicResult(outcome: ScanOutcome, ids: { destination: Uint8Array; source: Uint8Array }, address: string): QuicResult {
  const none = { rttMs: null, versions: null, refusedBy: null, refusedByTarget: null, reason: null };
  switch (outcome.kind) {
    case 'open': {
      const answer = parseVersionNegotiation(outcome.reply ?? new Uint8Array(0), ids);
      const { rttMs } = outcome;
      if (!answer.ok) return { ...none, outcome: 'other', rttMs, reason: answer.refusal };
      const versions = answer.value.filter((version) => !isReservedVersion(version)).map(quicVersionName);
      return { ...none, outcome: 'answered', rttMs, versions };
    }
    // Without the error queue nobody is named; "port unreachable" is the target's own then.
    case 'closed':
      return { ...none, outcome: 'refused', rttMs: outcome.rttMs, refusedByTarget: true, reason: 'port-unreachable' };
    case 'rejected': {
      const { from, meaning, rttMs } = outcome;
      return { ...none, outcome: 'refused', rttMs, refusedBy: from, refusedByTarget: from === withoutZone(address), reason: meaning };
    }
    case 'silent':
      return { ...none, outcome: 'silent' };
    case 'not-sent':
      return { ...none, outcome: 'not-sent', reason: outcome.code };
  }
}

/**
 * What to look at once the first packet came to `result`, or is not answered (`null`).
 *
 * `again`: to the port and to one that nobody listens at, since either may be lost, and one without the other says that the port is singled
 * out. `beside`: to that other port alone, since whoever turned the packet back may do so with all of UDP. `offer`: what TCP says of QUIC
 * there.
 */
export function next(result: QuicResult | null): { again: boolean; beside: boolean; offer: boolean } {
  if (result === null) return { again: true, beside: false, offer: true };
  const turnedBack = result.outcome === 'not-sent' || (result.outcome === 'refused' && result.refusedByTarget !== true);
  // The usual answer of a server without QUIC; whether it says that it has it is to be known all the same.
  return { again: false, beside: turnedBack, offer: result.outcome !== 'answered' };
}

/** The best of what the packets to the port came to. */
export function best(results: readonly QuicResult[]): QuicResult | null {
  const order = ['answered', 'other', 'refused', 'not-sent', 'silent'] as const;
  for (const outcome of order) {
    const found = results.find((result) => result.outcome === outcome);
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether a packet to another port got to the host and its answer back. */
export function cameBack(outcome: ScanOutcome, address: string): boolean {
  if (outcome.kind === 'open' || outcome.kind === 'closed') return true;
  return outcome.kind === 'rejected' && outcome.meaning === 'port-unreachable' && outcome.from === withoutZone(address);
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '').toLowerCase();
}
