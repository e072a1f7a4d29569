/** Exit status by the signal that ended the run: 128 and the number of the signal. */
const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;
export type InterruptSignal = keyof typeof STATUS;

const KEY = Symbol.for('netdiag.interrupt');

/** The controller that `bin/run.js` made before anything was loaded; one that never aborts where the program was started otherwise. */
export function interruptController(): AbortController {
  const holder = globalThis as { [KEY]?: AbortController };
  holder[KEY] ??= new AbortController();
  return holder[KEY];
}

/** Aborts on SIGINT or SIGTERM. */
export function interruptSignal(): AbortSignal {
  return interruptController().signal;
}

/** 130 or 143 where the program was interrupted, otherwise `null`. */
export function interruptStatus(signal: AbortSignal = interruptSignal()): 130 | 143 | null {
  if (!signal.aborted) return null;
  const reason: unknown = signal.reason;
  return reason instanceof Error && 'signal' in reason && reason.signal === 'SIGTERM' ? STATUS.SIGTERM : STATUS.SIGINT;
}
