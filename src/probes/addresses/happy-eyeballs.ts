import { addressFamily } from '../../model/target.js';
import type { IpFamily } from '../../net/port.js';

/** Between the starts of two attempts (RFC 8305 section 5, "Connection Attempt Delay"). */
export const ATTEMPT_DELAY_MS = 250;

/** An address that a client could connect to, and what the kernel would send from; `source` is `null` where there is no way to it. */
export interface Candidate {
  address: string;
  source: string | null;
}

/** What became of a connection attempt, counted from its own start. */
export interface ConnectionAttempt {
  address: string;
  /** `unknown`: it could not be tried to its end. */
  outcome: 'connected' | 'failed' | 'silent' | 'unknown';
  afterMs: number;
}

/**
 * The order in which a client tries the addresses of a name: sorted by RFC 6724 section 6 (what can be reached, then a source of the same
 * kind, then precedence; the order of the answer decides the rest), then one family after the other in turn (RFC 8305 section 4).
 */
export function orderOfAttempts<C extends Candidate>(candidates: readonly C[]): C[] {
  const sorted = [...candidates].sort(
    (a, b) =>
      Number(b.source !== null) - Number(a.source !== null) ||
      labelsAgree(b) - labelsAgree(a) ||
      rowOf(b.address).precedence - rowOf(a.address).precedence,
  );
  const first = sorted[0];
  if (first === undefined) return [];
  const ofFirstFamily = sorted.filter((candidate) => familyOf(candidate.address) === familyOf(first.address));
  const ofOtherFamily = sorted.filter((candidate) => familyOf(candidate.address) !== familyOf(first.address));
  const turns = Math.max(ofFirstFamily.length, ofOtherFamily.length);
  return Array.from({ length: turns }, (_, turn) => [ofFirstFamily[turn], ofOtherFamily[turn]]).flatMap((pair) =>
    pair.filter((candidate) => candidate !== undefined),
  );
}

/**
 * Which connection a client would have used (RFC 8305 section 5): attempts start in the order given, the next one
 * {@link ATTEMPT_DELAY_MS} after the one before, or at once when that one fails; the first that stands wins.
 *
 * @returns the winner, and when its connection stood, counted from the first attempt; `null` where none ever did, or one that is not known
 * could have been sooner
 */
export function raceOf(attempts: readonly ConnectionAttempt[]): { address: string; afterMs: number } | null {
  let startMs = 0;
  let winner: { address: string; afterMs: number } | null = null;
  for (const { address, outcome, afterMs } of attempts) {
    if (winner !== null && startMs >= winner.afterMs) break;
    if (outcome === 'unknown') return null;
    if (outcome === 'connected' && (winner === null || startMs + afterMs < winner.afterMs))
      winner = { address, afterMs: startMs + afterMs };
    startMs += outcome === 'failed' ? Math.min(afterMs, ATTEMPT_DELAY_MS) : ATTEMPT_DELAY_MS;
  }
  return winner;
}

export function familyOf(address: string): IpFamily {
  return addressFamily(address) === 6 ? 6 : 4;
}

/** RFC 6724 section 2.1, the default policy table; an address of IPv4 stands in it as `::ffff:0:0/96`. */
function rowOf(address: string): { precedence: number; label: number } {
  if (!address.includes(':')) return { precedence: 35, label: 4 };
  const text = address.toLowerCase();
  if (text === '::1') return { precedence: 50, label: 0 };
  if (text.startsWith('2002:')) return { precedence: 30, label: 2 };
  if (/^2001:(:|0{1,4}:)/.test(text)) return { precedence: 5, label: 5 };
  if (/^f[cd][0-9a-f]{2}:/.test(text)) return { precedence: 3, label: 13 };
  return { precedence: 40, label: 1 };
}

/** RFC 6724 section 6, rule 5. */
function labelsAgree({ address, source }: Candidate): number {
  return source !== null && rowOf(source).label === rowOf(address).label ? 1 : 0;
}
