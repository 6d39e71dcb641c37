// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as everything from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const folder = new URL('../examples/', import.meta.url);
const examples = readdirSync(folder).toSorted((a, b) => a.localeCompare(b));

/** Code of the page by the file that the line above names. */
const shown = new Map(
  [...readme.matchAll(/\(examples\/(?<file>[\w-]+\.tsx)\)\n\n```tsx\n(?<code>.*?)```/gs)].map(
    ({ groups }) => [groups?.['file'], groups?.['code']],
  ),
);

it.each(examples)('shows %s as it is', (file) => {
  expect(shown.get(file)).toBe(readFileSync(new URL(file, folder), 'utf8'));
});

it('shows no other code', () => {
  expect(new Set(shown.keys())).toEqual(new Set(examples));
  expect([...readme.matchAll(/^```tsx?$/gm)]).toHaveLength(examples.length);
});

const names = Object.keys(everything);

it.each(names)('says what %s is', (name) => {
  expect(readme).toMatch(new RegExp(`\`${name}[\`({]`));
});

// For those who write hooks of their own.
it.each(names.filter((name) => name !== 'pageOpenVidu'))('shows %s in an example', (name) => {
  expect([...shown.values()].join('\n')).toMatch(new RegExp(`\\b${name}\\b`));
});
