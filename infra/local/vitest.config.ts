import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Whole clusters and load balancers run here: two at once on a small machine would make each other late.
    fileParallelism: false,
  },
});
