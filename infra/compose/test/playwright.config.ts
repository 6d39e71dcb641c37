import { defineConfig } from '@playwright/test';
import { chromiumFlags } from '../../../e2e/support/chromium-flags.js';
import { environment } from '../../../e2e/support/environment.js';

export default defineConfig({
  testDir: 'specs',
  workers: 1,
  // A container that was killed takes seconds until it is healthy again.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../../.evercall/test-results/compose',
  use: {
    baseURL: environment.webUrl,
    launchOptions: { executablePath: environment.chrome, args: chromiumFlags },
    viewport: { width: 800, height: 600 },
    screenshot: 'only-on-failure',
  },
});
