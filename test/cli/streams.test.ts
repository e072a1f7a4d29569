import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/streams.js';

/** Takes nothing until `read` is called. */
function slowReader(): { stream: Writable; read: () => void; texts: string[] } {
  let taken = (): void => {};
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, callback) {
      texts.push(String(chunk));
      taken = callback;
    },
  });
  return { stream, read: () => taken(), texts };
}

const settledWithin = (promise: Promise<void>, ms: number) =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms))]);

describe('writeWhole', () => {
  afterEach(() => {
    process.exitCode = undefined;
  });

  it('waits for a slow reader as long as nobody asks for the end', async () => {
    const { stream, read } = slowReader();
    const written = writeWhole(stream, 'report', new AbortController().signal);
    expect(await settledWithin(written, 900)).toBe(false);
    read();
    expect(await settledWithin(written, 2_000)).toBe(true);
    expect(process.exitCode).toBeUndefined();
  });

  it('gives the reader up soon after an interrupt, with the status of the signal, and writes no more to it', async () => {
    const { stream, texts } = slowReader();
    const controller = new AbortController();
    const written = writeWhole(stream, 'report', controller.signal);
    controller.abort(Object.assign(new Error('interrupted'), { signal: 'SIGTERM' }));
    expect(await settledWithin(written, 3_000)).toBe(true);
    expect(process.exitCode).toBe(143);
    await writeWhole(stream, 'more', controller.signal);
    expect(texts).toEqual(['report']);
  });

  it('still writes whole after an interrupt where the reader reads', async () => {
    const { stream, read, texts } = slowReader();
    const controller = new AbortController();
    controller.abort(new Error('interrupted'));
    const written = writeWhole(stream, 'partial report', controller.signal);
    setTimeout(read, 50);
    expect(await settledWithin(written, 3_000)).toBe(true);
    expect(texts).toEqual(['partial report']);
    expect(process.exitCode).toBeUndefined();
  });
});
