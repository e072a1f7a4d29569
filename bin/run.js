#!/usr/bin/env node
// Launches netdiag. An interrupt is listened for before anything is loaded, so that it gives a partial report at any moment.

const STATUS = { SIGINT: 130, SIGTERM: 143 };
/** timeout(1) and some shells deliver one interrupt twice: to the process, then to its group. Only a later one means "now". */
const SAME_INTERRUPT_MS = 1000;

const controller = new AbortController();
let interruptedAt = 0;
globalThis[Symbol.for('netdiag.interrupt')] = controller;
for (const [signal, status] of Object.entries(STATUS)) {
  process.on(signal, () => {
    if (controller.signal.aborted) {
      if (performance.now() - interruptedAt >= SAME_INTERRUPT_MS) process.exit(status);
      return;
    }
    interruptedAt = performance.now();
    controller.abort(Object.assign(new Error(`interrupted by ${signal}`), { name: 'AbortError', signal }));
  });
}

// The command line can hold a password (`--proxy`, `--header`), and oclif's own log has it whole.
delete process.env.DEBUG;

function notStarted(error) {
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND' && String(error.url).endsWith('/program/cli/main.js');
  const reason = missing ? 'it is not built yet: run `npm ci && npm run build` in its folder' : `it cannot be loaded: ${error?.message}`;
  process.stderr.write(`netdiag: ${reason}\n`);
  process.exitCode = 3;
}

import('../program/cli/main.js').then(({ main }) => main(process.argv.slice(2)), notStarted);
