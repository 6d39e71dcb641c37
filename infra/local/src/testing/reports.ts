import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Outcome } from './tally.ts';

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
});

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** The counts in the report of vitest's `json` reporter. A missing report is a failure: the tests never came to an end. */
export function vitestOutcome(name: string, file: string): Outcome {
  const report = vitestSchema.safeParse(readJson(file)).data;
  if (report === undefined) return { name, passed: 0, failed: 1, note: 'the tests did not run to their end' };
  const { numPassedTests: passed, numFailedTests, success } = report;
  // A file that can't even be loaded has no test that could fail.
  const brokenFile = numFailedTests === 0 && !success;
  if (brokenFile) return { name, passed, failed: 1, note: 'a test file could not be run' };
  return { name, passed, failed: numFailedTests };
}

/** The counts in the report of Playwright's `json` reporter. */
export function playwrightOutcome(name: string, file: string): Outcome {
  const report = playwrightSchema.safeParse(readJson(file)).data;
  if (report === undefined) return { name, passed: 0, failed: 1, note: 'the tests did not run to their end' };
  const { expected, flaky, unexpected } = report.stats;
  const outcome = { name, passed: expected + flaky, failed: unexpected };
  const brokenFile = report.errors.length > 0 && unexpected === 0;
  if (brokenFile) return { ...outcome, failed: 1, note: 'a test file could not be run' };
  return flaky > 0 ? { ...outcome, note: `${flaky} of them only at a second try` } : outcome;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Absent or cut off: either way there is no report.
    return undefined;
  }
}
