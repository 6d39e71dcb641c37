import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from '../src/broken-links.ts';
import { missingTests, readPromises } from '../src/promises.ts';
import { root, trackedFiles } from '../src/tracked-files.ts';

const tracked = trackedFiles();
const pages = tracked.filter((file) => file.endsWith('.md'));
const paths = new Set(tracked.flatMap((file) => [file, ...foldersOf(file)]));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function foldersOf(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' ? [folder] : [folder, ...foldersOf(folder)];
}

describe('the documentation', () => {
  it.each(pages)('%s links to what is there', (page) => {
    expect(brokenLinks(page, { has: (path) => paths.has(path.replace(/\/$/, '')), read })).toEqual([]);
  });

  it('has its index name every page of docs', () => {
    const index = read('docs/README.md');
    const unnamed = pages
      .filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
      .filter((page) => !index.includes(`(${page.slice('docs/'.length)}`));
    expect(unnamed).toEqual([]);
  });
});

describe('docs/promises.md', () => {
  const promises = readPromises(read('docs/promises.md'));

  it('names a test of the rule and one on processes for each of the seven promises', () => {
    const named = promises.map(({ number, rule, processes }) => [
      number,
      rule.length > 0,
      processes.length > 0,
    ]);
    expect(named).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => [number, true, true]));
  });

  it('names only tests that there are', () => {
    const all = promises.flatMap(({ rule, processes }) => [...rule, ...processes]);
    expect(missingTests(all, (path) => (paths.has(path) ? read(path) : undefined))).toEqual([]);
  });

  it('leaves out none of the tests that were written to break a promise', () => {
    const named = new Set(promises.flatMap(({ processes }) => processes.map(({ file }) => file)));
    const written = tracked.filter((file) => file.startsWith('apps/master/test/promises/'));
    expect(written.filter((file) => !named.has(file))).toEqual([]);
  });
});
