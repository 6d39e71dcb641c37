import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { brokenLinks } from '../src/broken-links.ts';
import { commandProblem, commandsOf } from '../src/documented-commands.ts';
import { readMarkdown } from '../src/markdown.ts';
import { missingTests, readPromises } from '../src/promises.ts';
import { root, trackedFiles } from '../src/tracked-files.ts';

const manifest = z.object({ name: z.string(), scripts: z.record(z.string(), z.string()).default({}) });
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

describe('the commands in shell blocks', () => {
  const manifests = tracked
    .filter((file) => posix.basename(file) === 'package.json')
    .map((file) => manifest.parse(JSON.parse(read(file))));
  const packages = new Map(manifests.map(({ name, scripts }) => [name, new Set(Object.keys(scripts))]));
  const scripts = packages.get('evercall') ?? new Set<string>();
  const shell = (page: string) =>
    readMarkdown(read(page))
      .code.filter(({ language }) => ['sh', 'bash', 'shell'].includes(language))
      .flatMap(({ text }) => commandsOf(text));

  it('of the README are there to be checked', () => expect(shell('README.md').length).toBeGreaterThan(5));

  it.each(pages)('of %s name scripts and packages that there are', (page) => {
    const problems = shell(page).map((command) => commandProblem(command, { scripts, packages }));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
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
