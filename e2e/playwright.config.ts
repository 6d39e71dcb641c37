import { defineConfig } from '@playwright/test';
import { chromiumFlags } from './support/chromium-flags.js';
import { environment } from './support/environment.js';

export default defineConfig({
  projects: [
    { name: 'rooms', testDir: 'tests' },
    { name: 'chaos', testDir: 'chaos' },
  ],
  // Two cores carry one browser with a few participants; more at once would measure the machine.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: environment.webUrl,
    launchOptions: { executablePath: environment.chrome, args: chromiumFlags },
    // Small, because pictures are drawn without a graphics card.
    viewport: { width: 800, height: 600 },
    screenshot: 'only-on-failure',
    // Only where nobody watches, and only of what failed once: recording takes time from what is measured.
    trace: process.env['CI'] ? { mode: 'on-first-retry', screenshots: false } : 'off',
  },
});
