import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // Worker processes start slowly on a machine that is busy with other tests.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
