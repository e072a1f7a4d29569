import { describe, expect, it } from 'vitest';
import { QuietLane } from '../../src/run/quiet-lane.js';
import { VirtualClock } from '../fakes/virtual-clock.js';

function laneWith(clock: VirtualClock, signal = new AbortController().signal) {
  const lane = new QuietLane(clock, signal);
  const started: [name: string, atMs: number][] = [];
  const work = (name: string, ms: number) => () => {
    started.push([name, clock.nowMs()]);
    return clock.sleep(ms, new AbortController().signal).then(() => name);
  };
  return { lane, started, work };
}

describe('QuietLane', () => {
  it('starts short work one after the other', async () => {
    const clock = new VirtualClock();
    const { lane, started, work } = laneWith(clock);
    expect(await Promise.all([lane.run(work('a', 5)), lane.run(work('b', 5)), lane.run(work('c', 5))])).toEqual(['a', 'b', 'c']);
    expect(started).toEqual([
      ['a', 0],
      ['b', 5],
      ['c', 10],
    ]);
  });

  it('lets work that waits for the network be overtaken', async () => {
    const clock = new VirtualClock();
    const { lane, started, work } = laneWith(clock);
    await Promise.all([lane.run(work('a', 1000)), lane.run(work('b', 1000)), lane.run(work('c', 5))]);
    expect(started).toEqual([
      ['a', 0],
      ['b', 60],
      ['c', 120],
    ]);
  });

  it('goes on after work that fails', async () => {
    const clock = new VirtualClock();
    const { lane, work } = laneWith(clock);
    const failure = lane.run(() => Promise.reject(new Error('no')));
    await expect(failure).rejects.toThrow('no');
    expect(await lane.run(work('b', 1))).toBe('b');
  });

  it('holds nobody up after an interrupt', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const { lane, started, work } = laneWith(clock, abort.signal);
    const all = Promise.all([lane.run(work('a', 1000)), lane.run(work('b', 1000))]);
    clock.after(10, () => abort.abort());
    await all;
    expect(started).toEqual([
      ['a', 0],
      ['b', 10],
    ]);
  });
});
