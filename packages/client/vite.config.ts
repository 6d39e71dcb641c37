import { defineConfig } from 'vite';

/** The script for pages without a bundler; tsc makes the modules. */
export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: true,
    minify: true,
    target: 'es2022',
    lib: {
      entry: 'src/global.ts',
      formats: ['iife'],
      name: 'EvercallBundle',
      fileName: () => 'evercall.global.js',
    },
  },
});
