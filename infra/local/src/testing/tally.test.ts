import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playwrightOutcome, vitestOutcome } from './reports.ts';
import { isSuccess, stepOutcome, summary } from './tally.ts';

describe('summary', () => {
  it('ends with the counts of all parts, a failed step being one failure', () => {
    const outcomes = [stepOutcome('lint', false), { name: 'apps/master', passed: 12, failed: 1 }];
    expect(summary(outcomes).at(-1)).toBe('12 passed, 2 failed');
    expect(isSuccess(outcomes)).toBe(false);
  });

  it('is no success when nothing was tested', () => {
    expect(isSuccess([stepOutcome('build', true), stepOutcome('lint', true)])).toBe(false);
    expect(isSuccess([stepOutcome('build', true), { name: 'e2e', passed: 1, failed: 0 }])).toBe(true);
  });
});

describe('reports', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'evercall-report-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const report = (content: unknown): string => {
    const file = join(dir, 'report.json');
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  it('counts the tests of vitest', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 2, success: false });
    expect(vitestOutcome('x', file)).toEqual({ name: 'x', passed: 5, failed: 2 });
  });

  it('counts a file that cannot be loaded, and a missing report, as a failure', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 0, success: false });
    expect(vitestOutcome('x', file)).toMatchObject({ passed: 5, failed: 1 });
    expect(vitestOutcome('x', join(dir, 'none'))).toMatchObject({ passed: 0, failed: 1 });
    expect(playwrightOutcome('e2e', join(dir, 'none'))).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts the tests of Playwright', () => {
    const stats = { expected: 7, unexpected: 0, flaky: 1, skipped: 0 };
    expect(playwrightOutcome('e2e', report({ stats, errors: [] }))).toMatchObject({ passed: 8, failed: 0 });
    expect(playwrightOutcome('e2e', report({ stats, errors: [{}] }))).toMatchObject({ passed: 8, failed: 1 });
  });
});
