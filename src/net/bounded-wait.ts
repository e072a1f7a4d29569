/** Node fires longer timers at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface WaitLimits {
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Wait<T> {
  /**
   * Starts what is waited for, and returns what takes its listeners away again: that is called exactly once, whichever way the wait ends.
   * Not called at all where the signal was aborted before.
   */
  begin(settle: (value: T) => void): () => void;
  timedOut(): T;
  interrupted(): T;
}

/** Waits until `settle` is called, the time is up or the signal aborts, whichever comes first. No timer or listener stays behind. */
export function boundedWait<T>(limits: WaitLimits, wait: Wait<T>): Promise<T> {
  return new Promise((resolve) => {
    if (limits.signal.aborted) {
      resolve(wait.interrupted());
      return;
    }
    let settled = false;
    let cleanUp: (() => void) | null = null;
    let lastChance: NodeJS.Immediate | undefined;
    const settle = (value: T) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      clearImmediate(lastChance);
      limits.signal.removeEventListener('abort', onAbort);
      cleanUp?.();
      resolve(value);
    };
    const onAbort = () => settle(wait.interrupted());
    const timer = setTimeout(
      () => {
        // Timers run before arrivals: what came while the event loop was busy is still looked at, so that our own delay is no silence.
        lastChance = setImmediate(() => settle(wait.timedOut()));
      },
      Math.min(limits.timeoutMs, LONGEST_TIMER_MS),
    );
    limits.signal.addEventListener('abort', onAbort, { once: true });
    const stop = wait.begin(settle);
    if (settled) stop();
    else cleanUp = stop;
  });
}
