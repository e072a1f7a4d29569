import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Timing tests share two cores with everything else: few workers keep them honest.
    maxWorkers: 2,
  },
});
