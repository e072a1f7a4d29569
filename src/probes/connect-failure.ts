import type { NotMeasured } from '../model/attempt.js';
import type { Code } from '../model/code.js';

/** What an errno of connect(2) says of the way to the service; others are about this machine. */
export const CONNECT_CODES: Readonly<Record<string, Code>> = {
  ECONNREFUSED: 'port-closed',
  EHOSTUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENETUNREACH: 'route-prohibited',
  EACCES: 'route-prohibited',
};

/** Why no connection came about, as a code; `null` where it came about, or that says nothing of the service. */
export function connectFailure(attempt: NotMeasured): Code | null {
  if (attempt.kind === 'unanswered') return attempt.step === 'connect' ? 'port-filtered' : null;
  return attempt.kind === 'failed' && attempt.step === 'connect' ? (CONNECT_CODES[attempt.code] ?? null) : null;
}
