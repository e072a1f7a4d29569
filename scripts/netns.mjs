// `npm run netns -- --delay 20 --loss 1`: a network with a bad link in it, by hand. See docs/lab-network.md, or --help.

import { compiled } from '../test/netns/compiled.mjs';

try {
  const { byHand } = await import(compiled('by-hand'));
  process.exitCode = await byHand(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
