import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Outcome } from './tally.ts';

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.string() })),
});

interface PlaywrightSuite {
  specs: z.infer<typeof playwrightSpec>[];
  suites?: PlaywrightSuite[] | undefined;
}

const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec), suites: z.array(playwrightSuite).optional() }),
);

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
  suites: z.array(playwrightSuite),
});

/** Paths of the test files of which something failed, in the report of vitest's `json` reporter. */
export function failedFiles(file: string): string[] {
  const report = vitestSchema.safeParse(readJson(file)).data;
  return (report?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** The counts in the report of vitest's `json` reporter. A missing report is a failure: the tests never came to an end. */
export function vitestOutcome(name: string, file: string): Outcome {
  const report = vitestSchema.safeParse(readJson(file)).data;
  if (report === undefined) return { name, passed: 0, failed: 1, note: 'the tests did not run to their end' };
  const { numPassedTests: passed, numFailedTests, success, testResults } = report;
  // A file that can't even be loaded has no test that could fail.
  const brokenFile = numFailedTests === 0 && !success;
  if (brokenFile) return { name, passed, failed: 1, note: 'a test file could not be run' };
  const failures = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName);
  return { name, passed, failed: numFailedTests, ...(failures.length > 0 ? { failures } : {}) };
}

/** What a part came to whose failed test files were run a second time. */
export function afterSecondTry(first: Outcome, second: Outcome): Outcome {
  const { name, passed, failed, failures = [] } = first;
  // Files that could not be run counted for nothing the first time.
  if (first.note !== undefined && second.failed === 0) {
    return { ...second, passed: passed + second.passed, secondTry: [first.note] };
  }
  const secondTry = failures.filter((test) => second.failures?.includes(test) !== true);
  const total = failures.length === failed ? passed + failed : passed;
  return { ...second, name, passed: Math.max(passed, total - second.failed), secondTry };
}

/** The counts in the report of Playwright's `json` reporter. */
export function playwrightOutcome(name: string, file: string): Outcome {
  const report = playwrightSchema.safeParse(readJson(file)).data;
  if (report === undefined) return { name, passed: 0, failed: 1, note: 'the tests did not run to their end' };
  const { expected, flaky, unexpected } = report.stats;
  const outcome = {
    name,
    passed: expected + flaky,
    failed: unexpected,
    ...(unexpected > 0 ? { failures: titles(report.suites, 'unexpected') } : {}),
    ...(flaky > 0 ? { secondTry: titles(report.suites, 'flaky') } : {}),
  };
  const brokenFile = report.errors.length > 0 && unexpected === 0;
  if (brokenFile) return { ...outcome, failed: 1, note: 'a test file could not be run' };
  return outcome;
}

function titles(suites: readonly PlaywrightSuite[], status: string): string[] {
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some((test) => test.status === status))
      .map(({ file, title }) => `${file} › ${title}`),
    ...titles(inner, status),
  ]);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Absent or cut off: either way there is no report.
    return undefined;
  }
}
