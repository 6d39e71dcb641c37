import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Fleets and nodes are processes, which start slowly on a machine that is busy with other tests.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
