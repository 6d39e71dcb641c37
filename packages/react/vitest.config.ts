import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Examples import the package by its name. */
const own = { '@evercall/react': fileURLToPath(new URL('src/index.ts', import.meta.url)) };
const shared = { include: ['{src,test}/**/*.test.{ts,tsx}'], environment: 'jsdom' };

/** The module of testing-library whose imports can be led elsewhere; what Node loads by itself can't be. */
const testingLibrary = fileURLToPath(
  new URL('node_modules/@testing-library/react/dist/@testing-library/react.esm.js', import.meta.url),
);
const in18 = (name: string) => fileURLToPath(new URL(`react-18/node_modules/${name}`, import.meta.url));
const react18 = {
  react: in18('react'),
  'react-dom': in18('react-dom'),
  '@testing-library/react': testingLibrary,
};

export default defineConfig({
  test: {
    projects: [
      { resolve: { alias: own }, test: { ...shared, name: 'React 19', env: { REACT_MAJOR: '19' } } },
      {
        resolve: { alias: { ...own, ...react18 } },
        test: {
          ...shared,
          include: ['src/**/*.test.tsx', 'test/{examples,react-version}.test.{ts,tsx}'],
          name: 'React 18',
          env: { REACT_MAJOR: '18' },
          server: { deps: { inline: [/@testing-library\/react/] } },
        },
      },
    ],
  },
});
