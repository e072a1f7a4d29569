import { expect, it } from 'vitest';
import { SingleFile } from '../../src/run/single-file.js';

it('does one after the other, each when the one before it is over, however that ends', async () => {
  const line = new SingleFile();
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    line.run(async () => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const ended = await Promise.allSettled([work('a'), work('b', true), work('c')]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
