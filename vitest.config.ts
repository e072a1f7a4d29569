import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Timing tests share two cores with everything else: few workers keep them honest.
    maxWorkers: 2,
    // Of one file, where its tests say that they may run side by side: those that wait more than they work.
    maxConcurrency: 3,
    // Where everything that the tests need is installed, none may skip.
    reporters: process.env['NETDIAG_NO_SKIP'] === '1' ? ['default', './test/no-skip-reporter.ts'] : ['default'],
  },
});
