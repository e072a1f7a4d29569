import { describe, expect, it } from 'vitest';
import type { NativeSockets } from '../../../src/native/index.js';
import type { Clock, TcpSegmentFacts } from '../../../src/net/port.js';
import { HoleWatch } from '../../../src/net/tcp/hole-watch.js';

/** A connection at the given moments: what has been read in order, and the memory that the kernel still holds for what has not. */
function watch() {
  let [nowMs, stalledMs, held] = [0, 0, 0];
  const clock = { nowMs: () => nowMs, stalledMs: () => stalledMs } as Clock;
  const memory = (): Uint8Array | number => {
    const bytes = new Uint8Array(36);
    new DataView(bytes.buffer).setUint32(0, held, true);
    return held < 0 ? -92 : bytes;
  };
  const holes = new HoleWatch({ getOption: memory } as unknown as NativeSockets, 3, clock);
  return (ms: number, seen: { held: number; read?: number; outOfOrder?: number | null; stalled?: number }) => {
    [nowMs, stalledMs, held] = [ms, seen.stalled ?? stalledMs, seen.held];
    const outOfOrder = seen.outOfOrder === undefined ? 1 : seen.outOfOrder;
    const counters = outOfOrder === null ? null : { sent: 0, needless: 0, reorderings: 0, received: 0, outOfOrder, selective: true };
    return holes.look({ counters } as TcpSegmentFacts, seen.read ?? 0);
  };
}

describe('HoleWatch', () => {
  it('tells how long segments wait behind a hole, also of one that is still open', () => {
    const look = watch();
    expect(look(0, { held: 0, outOfOrder: 0 })).toEqual([]);
    expect(look(10, { held: 1000 })).toEqual([0]);
    expect(look(35, { held: 1000 })).toEqual([25]);
    expect(look(50, { held: 0, read: 3000 })).toEqual([40]);
    expect(look(90, { held: 0, read: 3000 })).toEqual([40]);
  });

  it('begins anew where the bytes in order go on, and another hole is behind', () => {
    const look = watch();
    look(0, { held: 1000 });
    expect(look(40, { held: 500, read: 1000 })).toEqual([40, 0]);
    expect(look(43, { held: 0, read: 2000 })).toEqual([40, 3]);
  });

  it('takes what merely waits to be read for no hole', () => {
    const look = watch();
    expect(look(0, { held: 5000, outOfOrder: 0 })).toEqual([]);
    expect(look(50, { held: 5000, outOfOrder: 0 })).toEqual([]);
  });

  it('takes off the time by which this process was late', () => {
    const look = watch();
    look(0, { held: 1000, stalled: 5 });
    expect(look(40, { held: 0, read: 1000, stalled: 35 })).toEqual([10]);
  });

  it('keeps no more than so many', () => {
    const look = watch();
    for (let hole = 0; hole < 100; hole++) {
      look(2 * hole, { held: 1000, read: hole });
      look(2 * hole + 1, { held: 0, read: hole + 1 });
    }
    expect(look(500, { held: 1000, read: 200 })).toHaveLength(64);
  });

  it('knows nothing where the kernel does not tell', () => {
    expect(watch()(0, { held: -1 })).toBeNull();
    expect(watch()(0, { held: 1000, outOfOrder: null })).toBeNull();
  });
});
