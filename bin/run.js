#!/usr/bin/env node
// Launches netdiag. An interrupt is listened for before anything is loaded, so that it gives a partial report at any moment.

const STATUS = { SIGINT: 130, SIGTERM: 143 };

const controller = new AbortController();
globalThis[Symbol.for('netdiag.interrupt')] = controller;
for (const [signal, status] of Object.entries(STATUS)) {
  process.on(signal, () => {
    if (controller.signal.aborted) process.exit(status);
    controller.abort(Object.assign(new Error(`interrupted by ${signal}`), { name: 'AbortError', signal }));
  });
}

function notStarted(error) {
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND' && String(error.url).endsWith('/dist/cli/main.js');
  const reason = missing ? 'it is not built yet: run `npm ci && npm run build` in its folder' : `it cannot be loaded: ${error?.message}`;
  process.stderr.write(`netdiag: ${reason}\n`);
  process.exitCode = 3;
}

import('../dist/cli/main.js').then(({ main }) => main(process.argv.slice(2)), notStarted);
