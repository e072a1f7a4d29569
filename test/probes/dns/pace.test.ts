import { expect, test } from 'vitest';
import { FIRST_PACE, nextPace, type Pace } from '../../../src/probes/dns/pace.js';

function after(durationMs: number, stalledMs: number | null): Pace {
  let pace = FIRST_PACE;
  for (let count = 0; count < 100; count++) pace = nextPace(pace, durationMs, stalledMs);
  return pace;
}

test('begins in the middle', () => {
  expect(FIRST_PACE.window).toBe(16);
});

test.each([
  ['a quick server', 0.3, 0, 8],
  ['one that waits for this machine', 30, 29, 8],
  ['one 10 ms away', 10, null, 20],
  ['one 50 ms away', 50, 0, 64],
  ['the same from a machine that is busy with other things', 90, 40, 64],
  ['silence', 4000, 3, 64],
  ['a lateness that is more than all of it', 1, 5, 8],
])('%s', (_, durationMs, stalledMs, window) => {
  expect(after(durationMs, stalledMs).window).toBe(window);
});

test('one late answer changes little', () => {
  expect(nextPace(after(10, 0), 100, 0).window).toBeLessThan(45);
});
