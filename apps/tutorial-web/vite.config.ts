import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The page and its backend share one address, so the browser needs no CORS and cookies just work. */
const server = {
  host: process.env['HOST'] ?? '127.0.0.1',
  port: 5080,
  strictPort: true,
  /** Names under which the page may be asked for, besides localhost and addresses. */
  allowedHosts: process.env['TUTORIAL_WEB_HOSTS']?.split(',') ?? [],
  proxy: { '/api': { target: process.env['TUTORIAL_API_URL'] ?? 'http://127.0.0.1:5081', xfwd: true } },
};

export default defineConfig({
  plugins: [react()],
  server,
  preview: server,
  // Mantine and mediasoup-client are most of it; both are needed for the first picture.
  build: { target: 'es2023', sourcemap: true, chunkSizeWarningLimit: 1500 },
  test: { include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'] },
});
