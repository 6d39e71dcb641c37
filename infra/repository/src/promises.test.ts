import { expect, it } from 'vitest';
import { missingTests, readPromises } from './promises.ts';

const page = `## 1. Something holds

Words.

- Rule: [a](../a/a.test.ts): "is so", "is not so"
- Processes: [b](../b.test.ts): "stays so when it is killed"
`;

it('is read with its tests', () => {
  expect(readPromises(page)).toEqual([
    {
      number: 1,
      rule: [
        { file: 'a/a.test.ts', title: 'is so' },
        { file: 'a/a.test.ts', title: 'is not so' },
      ],
      processes: [{ file: 'b.test.ts', title: 'stays so when it is killed' }],
    },
  ]);
});

it('misses a test that was renamed or removed', () => {
  const tests = readPromises(page).flatMap(({ rule, processes }) => [...rule, ...processes]);
  const sources: Record<string, string> = { 'a/a.test.ts': "it('is so', () => {});" };
  expect(missingTests(tests, (path) => sources[path])).toEqual([
    'a/a.test.ts has no test "is not so"',
    'b.test.ts is not there',
  ]);
});
