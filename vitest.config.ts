import { defineConfig } from 'vitest/config';

/** Rooms whose tests leave nothing behind: many small files share one loaded program, which halves their time. */
const SHARING = ['wire', 'model', 'words', 'probes', 'diagnosis', 'report', 'render', 'run', 'cli', 'lab', 'schemas', 'scoreboard'].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'sharing', include: SHARING, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: SHARING } },
    ],
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
