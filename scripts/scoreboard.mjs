// `npm run scoreboard`: breaks networks in known ways, and counts how often netdiag names what was broken. See scoreboard/README.md.

import { compiled } from '../scoreboard/compiled.mjs';

try {
  const { main } = await import(await compiled('main'));
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
