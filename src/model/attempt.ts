/**
 * What became of one attempt to learn something. Silence, "could not try" and a measured 0 are different things, so there is no number
 * without `measured`.
 */
export type Attempt<T> = Measured<T> | NotMeasured;

export interface Measured<T> {
  kind: 'measured';
  value: T;
}

export type NotMeasured =
  /** It was sent, and nothing came back for so long: silence is data. */
  | { kind: 'unanswered'; step: Step; waitedMs: number }
  /** Somebody said no: `code` is an errno (`ECONNREFUSED`), a TLS alert or error name, a DNS rcode. */
  | { kind: 'failed'; step: Step; code: string; message: string }
  /** It needs a capability that this machine or user lacks: our limit, not the target's. */
  | { kind: 'unavailable'; capability: string; reason: string }
  /** It was not tried. */
  | { kind: 'skipped'; because: string };

/** Where on the way an attempt ended. */
export type Step = 'configure' | 'resolve' | 'route' | 'send' | 'connect' | 'handshake' | 'request' | 'response';

export function measured<T>(value: T): Measured<T> {
  return { kind: 'measured', value };
}

export function unanswered(step: Step, waitedMs: number): NotMeasured {
  return { kind: 'unanswered', step, waitedMs };
}

export function failed(step: Step, code: string, message: string): NotMeasured {
  return { kind: 'failed', step, code, message };
}

export function unavailable(capability: string, reason: string): NotMeasured {
  return { kind: 'unavailable', capability, reason };
}

export function skipped(because: string): NotMeasured {
  return { kind: 'skipped', because };
}

/** Why there is no value, in words for people. */
export function reasonOf(attempt: NotMeasured): string {
  switch (attempt.kind) {
    case 'unanswered':
      return `no answer within ${Math.round(attempt.waitedMs)} ms`;
    case 'failed':
      return attempt.message;
    case 'unavailable':
      return `not available: ${attempt.reason}`;
    case 'skipped':
      return attempt.because;
  }
}
