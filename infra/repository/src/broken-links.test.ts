import { expect, it } from 'vitest';
import { brokenLinks } from './broken-links.ts';

const pages: Record<string, string> = {
  'README.md': '# Hello\n\n[a](docs/a.md#two-words) [site](https://example.org/none) ![picture](docs/a.png)',
  'docs/a.md': '## Two `words`\n\n[up](../README.md#hello), [here](#two-words), [folder](../docs)',
  'docs/b.md': '[gone](c.md) [wrong](a.md#three) [out](../../x.md)\n\n```md\n[only shown](nowhere.md)\n```',
};
const files = {
  has: (path: string) => path in pages || path === 'docs' || path === 'docs/a.png',
  read: (path: string) => pages[path] ?? '',
};

it('finds files, folders and headings', () => {
  expect(['README.md', 'docs/a.md'].flatMap((page) => brokenLinks(page, files))).toEqual([]);
});

it('tells what is not there, and leaves code alone', () => {
  expect(brokenLinks('docs/b.md', files)).toEqual([
    'docs/b.md: c.md is not there',
    'docs/b.md: docs/a.md has no heading #three',
    'docs/b.md: ../../x.md is not there',
  ]);
});
