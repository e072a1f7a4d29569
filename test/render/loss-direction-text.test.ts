import { expect, it } from 'vitest';
import { lossDirectionLines } from '../../src/render/loss-direction-text.js';

const way = { segments: 300, lost: 9, exchanges: 8 };

it.each([
  ['to-target', 'lost on the way there: 8 of 24 …'],
  ['from-target', 'lost on the way back: 8 of 24 …'],
  ['both', 'lost in both directions: 8 of 24 …'],
  [null, 'in which direction is not known: 8 of 24 …'],
] as const)('the direction of a loss is told with what it rests on: %s', (hint, line) => {
  expect(lossDirectionLines({ hint, because: '8 of 24 …', there: way, back: way, exchanges: 24 })).toEqual([line]);
  expect(lossDirectionLines(null)).toEqual([]);
});
