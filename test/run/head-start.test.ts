import { expect, it } from 'vitest';
import { HeadStart } from '../../src/run/head-start.js';
import type { RunEnvironment } from '../../src/run/request.js';
import { VirtualClock } from '../fakes/virtual-clock.js';

function headStart(targets: number, signal = new AbortController().signal) {
  const clock = new VirtualClock();
  const environment = { network: { clock }, signal } as unknown as RunEnvironment;
  return { clock, start: new HeadStart(targets, environment) };
}

it('holds back what nobody needs until the first packets to all targets are out', async () => {
  const { clock, start } = headStart(2);
  start.known();
  const over = start.over();
  void clock.sleep(40, new AbortController().signal).then(() => start.known());
  await over;
  expect(clock.nowMs()).toBeGreaterThanOrEqual(140);
  expect(clock.nowMs()).toBeLessThan(200);
});

it('waits for no name that takes long, for no target that is not there, and for nothing after an abort', async () => {
  const slow = headStart(1);
  await slow.start.over();
  expect(slow.clock.nowMs()).toBe(350);
  const nobody = headStart(0);
  await nobody.start.over();
  expect(nobody.clock.nowMs()).toBe(0);
  const aborted = headStart(1, AbortSignal.abort());
  await aborted.start.over();
  expect(aborted.clock.nowMs()).toBe(0);
});
