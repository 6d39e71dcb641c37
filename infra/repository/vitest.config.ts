import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A renamed copy of the repository is built here, and a cluster runs: not both at once on a small machine.
    fileParallelism: false,
  },
});
