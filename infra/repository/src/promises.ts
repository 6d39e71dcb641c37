import { posix } from 'node:path';

/** A test that docs/promises.md names. */
export interface NamedTest {
  /** Relative to the root of the repository. */
  file: string;
  /** Its title, as the source has it. */
  title: string;
}

/** One promise of docs/promises.md, with the tests that break it on purpose. */
export interface WrittenPromise {
  number: number;
  /** Tests of the plain rule. */
  rule: NamedTest[];
  /** Tests on real processes. */
  processes: NamedTest[];
}

const heading = /^## (\d+)\. /;
const entry = /^- (Rule|Processes): \[[^\]]*\]\(([^)]+)\): (.+)$/;

/**
 * Reads docs/promises.md: a heading with a number for each promise, and below it lines like
 * `- Rule: [name](path of the test): "title", "another title"`.
 */
export function readPromises(markdown: string): WrittenPromise[] {
  const promises: WrittenPromise[] = [];
  for (const line of markdown.split('\n')) {
    const [, number] = heading.exec(line) ?? [];
    if (number !== undefined) promises.push({ number: Number(number), rule: [], processes: [] });
    const [, kind, path = '', titles = ''] = entry.exec(line) ?? [];
    const tests = [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({
      file: posix.join('docs', path),
      title,
    }));
    if (kind === 'Rule') promises.at(-1)?.rule.push(...tests);
    if (kind === 'Processes') promises.at(-1)?.processes.push(...tests);
  }
  return promises;
}

/**
 * Which of these tests there are not.
 *
 * @param read the text of a file; undefined if there is none
 */
export function missingTests(
  tests: readonly NamedTest[],
  read: (path: string) => string | undefined,
): string[] {
  return tests.flatMap(({ file, title }) => {
    const source = read(file);
    if (source === undefined) return [`${file} is not there`];
    const quoted = ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
    return quoted ? [] : [`${file} has no test "${title}"`];
  });
}
