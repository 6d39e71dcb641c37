import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterSecondTry, failedFiles, playwrightOutcome, vitestOutcome } from './reports.ts';
import { isSuccess, stepOutcome, summary } from './tally.ts';

describe('summary', () => {
  it('ends with the counts of all parts, a failed step being one failure', () => {
    const outcomes = [stepOutcome('lint', false), { name: 'apps/master', passed: 12, failed: 1 }];
    expect(summary(outcomes).at(-1)).toBe('12 passed, 2 failed');
    expect(isSuccess(outcomes)).toBe(false);
  });

  it('names the tests that failed, at first or for good', () => {
    const outcomes = [{ name: 'e2e', passed: 1, failed: 1, failures: ['a'], secondTry: ['b'] }];
    const lines = summary(outcomes);
    expect(lines).toContain('  failed: e2e: a');
    expect(lines).toContain('  passed at a second try: e2e: b');
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

  const test = (fullName: string, status: string) => ({ fullName, status });
  const file = (name: string, ...assertionResults: { fullName: string; status: string }[]) => ({
    name,
    status: assertionResults.every(({ status }) => status === 'passed') ? 'passed' : 'failed',
    assertionResults,
  });

  it('counts and names the tests of vitest', () => {
    const testResults = [
      file('/a.test.ts', test('one', 'passed'), test('two', 'failed')),
      file('/b.test.ts'),
    ];
    const path = report({ numPassedTests: 5, numFailedTests: 1, success: false, testResults });
    expect(vitestOutcome('x', path)).toEqual({ name: 'x', passed: 5, failed: 1, failures: ['two'] });
    expect(failedFiles(path)).toEqual(['/a.test.ts']);
  });

  it('counts a file that cannot be loaded, and a missing report, as a failure', () => {
    const path = report({ numPassedTests: 5, numFailedTests: 0, success: false, testResults: [] });
    expect(vitestOutcome('x', path)).toMatchObject({ passed: 5, failed: 1 });
    expect(vitestOutcome('x', join(dir, 'none'))).toMatchObject({ passed: 0, failed: 1 });
    expect(playwrightOutcome('e2e', join(dir, 'none'))).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a test that passes at a second try, and one that fails twice', () => {
    const first = { name: 'x', passed: 5, failed: 2, failures: ['one', 'two'] };
    const second = { name: 'x', passed: 2, failed: 1, failures: ['two'] };
    const expected = { passed: 6, failed: 1, failures: ['two'], secondTry: ['one'] };
    expect(afterSecondTry(first, second)).toMatchObject(expected);
    const broken = { name: 'x', passed: 0, failed: 1, note: 'a test file could not be run' };
    expect(afterSecondTry(first, broken)).toMatchObject({ passed: 6, failed: 1 });
    const whole = { name: 'x', passed: 7, failed: 0 };
    expect(afterSecondTry(broken, whole)).toEqual({ ...whole, secondTry: [broken.note] });
  });

  it('counts and names the tests of Playwright', () => {
    const stats = { expected: 7, unexpected: 0, flaky: 1, skipped: 0 };
    const specs = [{ title: 'a', file: 'x.spec.ts', tests: [{ status: 'flaky' }] }];
    const suites = [{ specs: [], suites: [{ specs }] }];
    expect(playwrightOutcome('e2e', report({ stats, errors: [], suites }))).toMatchObject({
      passed: 8,
      failed: 0,
      secondTry: ['x.spec.ts › a'],
    });
    expect(playwrightOutcome('e2e', report({ stats, errors: [{}], suites }))).toMatchObject({
      passed: 8,
      failed: 1,
    });
  });
});
