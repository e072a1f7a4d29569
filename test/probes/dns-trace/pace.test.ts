import { expect, it } from 'vitest';
import { Pace } from '../../../src/probes/dns-trace/pace.js';

const never = new AbortController().signal;

it('no address is asked twice at once, others side by side, and no more than 24', async () => {
  const pace = new Pace();
  const running = new Map<string, number>();
  let [most, mostOfOne] = [0, 0];
  const work = async (address: string) => {
    running.set(address, (running.get(address) ?? 0) + 1);
    mostOfOne = Math.max(mostOfOne, running.get(address) ?? 0);
    most = Math.max(
      most,
      [...running.values()].reduce((sum, count) => sum + count, 0),
    );
    await new Promise((resolve) => setImmediate(resolve));
    running.set(address, (running.get(address) ?? 0) - 1);
    return address;
  };
  const asked = Array.from({ length: 200 }, (_, index) => `192.0.2.${index % 50}`);
  expect(await Promise.all(asked.map((address) => pace.run(address, never, () => work(address))))).toEqual(asked);
  expect(mostOfOne).toBe(1);
  expect(most).toBe(24);
});

it('what waits is not begun after an abort, and a failure frees its place', async () => {
  const pace = new Pace();
  const stop = new AbortController();
  let begun = 0;
  const first = pace.run('192.0.2.1', stop.signal, async () => {
    begun++;
    stop.abort();
    throw new Error('broken');
  });
  const second = pace.run('192.0.2.1', stop.signal, async () => begun++);
  await expect(first).rejects.toThrow('broken');
  expect(await second).toBeNull();
  expect(begun).toBe(1);
  expect(await pace.run('192.0.2.1', never, async () => 'free')).toBe('free');
});
