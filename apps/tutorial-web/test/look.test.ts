/// <reference types="node" />
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { colorSchemeKey } from '../src/shared/color-scheme.js';

const root = join(import.meta.dirname, '..');
/** Text of each source file by its path below `src`; the theme and tests left out. */
let sources: [path: string, text: string][];

beforeAll(async () => {
  const files = await readdir(join(root, 'src'), { recursive: true });
  const own = files.filter((file) => /\.(?:css|tsx?)$/.test(file) && !/\.test\.tsx?$|^theme\.ts$/.test(file));
  sources = await Promise.all(
    own.map(
      async (file): Promise<[string, string]> => [file, await readFile(join(root, 'src', file), 'utf8')],
    ),
  );
});

/** Every match in files of these kinds, with the file's name. */
function findings(kind: RegExp, pattern: RegExp): string[] {
  return sources
    .filter(([path]) => kind.test(path))
    .flatMap(([path, text]) => Array.from(text.matchAll(pattern), ([match]) => `${path}: ${match.trim()}`));
}

const palette = 'dark|gray|red|pink|grape|violet|indigo|blue|cyan|green|lime|yellow|orange|teal|brand';

it('names no colour outside of the theme', () => {
  expect(findings(/./, /(?<=["'`\s(:,])#[\da-f]{3,8}\b/gi)).toEqual([]);
  expect(findings(/./, /\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/g)).toEqual([]);
  expect(findings(/./, new RegExp(`--mantine-color-(?:${palette})\\b`, 'g'))).toEqual([]);
  expect(findings(/tsx$/, new RegExp(`\\b(?:c|bg|color)(?:=|: )["'](?:${palette})\\b`, 'g'))).toEqual([]);
});

it('names no radius and no font outside of the theme', () => {
  expect(findings(/css$/, /border-radius:(?!\s*(?:0|inherit|var\())[^;]*;/g)).toEqual([]);
  expect(findings(/./, /font-family|fontFamily/g)).toEqual([]);
});

it('has no text outside of the messages', () => {
  expect(findings(/tsx$/, /\b(?:aria-label|title|placeholder|label|description|hint|alt)="[^"]+"/g)).toEqual(
    [],
  );
  expect(findings(/tsx$/, />[^<>{}()=;]*\p{L}[^<>{}()=;]*<\//gu)).toEqual([]);
});

it('keeps no text of one language when the page speaks another: messages are read inside of functions', () => {
  expect(findings(/^(?!messages).*tsx?$/, /^(?:export )?const .*\bmessages\b.*$/gm)).toEqual([]);
});

it('reads the chosen colours where they are kept, before anything is drawn', async () => {
  expect(await readFile(join(root, 'index.html'), 'utf8')).toContain(
    `localStorage.getItem('${colorSchemeKey}')`,
  );
});
