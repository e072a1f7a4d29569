import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { boundedWait } from '../../src/net/bounded-wait.js';

function wait(signal: AbortSignal, timeoutMs: number, begin: (settle: (value: string) => void) => void) {
  const cleanUp = vi.fn();
  const outcome = boundedWait<string>(
    { timeoutMs, signal },
    {
      begin(settle) {
        begin(settle);
        return cleanUp;
      },
      timedOut: () => 'timed out',
      interrupted: () => 'interrupted',
    },
  );
  return { outcome, cleanUp };
}

describe('a bounded wait', () => {
  it.each([
    ['at once', (settle: (value: string) => void) => settle('settled')],
    ['later, and only the first time', (settle: (value: string) => void) => setImmediate(() => ['settled', 'again'].forEach(settle))],
  ])('ends by what is waited for: %s', async (_, begin) => {
    const { signal } = new AbortController();
    const { outcome, cleanUp } = wait(signal, 5000, begin);
    expect(await outcome).toBe('settled');
    expect(cleanUp).toHaveBeenCalledTimes(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends by time', async () => {
    const { signal } = new AbortController();
    const { outcome, cleanUp } = wait(signal, 5, () => {});
    expect(await outcome).toBe('timed out');
    expect(cleanUp).toHaveBeenCalledTimes(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends by an abort', async () => {
    const abort = new AbortController();
    const { outcome, cleanUp } = wait(abort.signal, 2 ** 40, () => setImmediate(() => abort.abort()));
    expect(await outcome).toBe('interrupted');
    expect(cleanUp).toHaveBeenCalledTimes(1);
  });

  it('begins nothing after an abort', async () => {
    const begin = vi.fn();
    expect(await wait(AbortSignal.abort(), 5000, begin).outcome).toBe('interrupted');
    expect(begin).not.toHaveBeenCalled();
  });

  it('still takes what arrived while the event loop was busy', async () => {
    const { outcome } = wait(new AbortController().signal, 5, (settle) => {
      setImmediate(() => settle('settled'));
      const untilMs = performance.now() + 20;
      while (performance.now() < untilMs);
    });
    expect(await outcome).toBe('settled');
  });
});
