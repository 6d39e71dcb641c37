/** What one part of the test run came to. */
export interface Outcome {
  /** What was run, for people: `lint`, `apps/master`, `e2e`. */
  name: string;
  passed: number;
  failed: number;
  /** Why something counts as failed that is no test. */
  note?: string;
  /** Names of the tests that failed. */
  failures?: readonly string[];
  /** Names of the tests that failed at first and passed at a second try: something to look into. */
  secondTry?: readonly string[];
}

/** The outcome of a step that isn't made of tests: it adds nothing when it succeeds and one failure when it doesn't. */
export function stepOutcome(name: string, succeeded: boolean): Outcome {
  return succeeded ? { name, passed: 0, failed: 0 } : { name, passed: 0, failed: 1, note: 'failed' };
}

/** Whether the whole run counts as a success: nothing failed, and something was tested. */
export function isSuccess(outcomes: readonly Outcome[]): boolean {
  return sum(outcomes, 'failed') === 0 && sum(outcomes, 'passed') > 0;
}

/** A line for each part, the names of the tests that failed, at first or for good, and, last, `N passed, N failed`. */
export function summary(outcomes: readonly Outcome[]): string[] {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const lines = outcomes.map(({ name, passed, failed, note }) => {
    const counts = passed + failed > 0 ? `${passed} passed, ${failed} failed` : 'ok';
    return `  ${name.padEnd(width)}  ${counts}${note === undefined ? '' : ` (${note})`}`;
  });
  const named = outcomes.flatMap(({ name, failures = [], secondTry = [] }) => [
    ...secondTry.map((test) => `  passed at a second try: ${name}: ${test}`),
    ...failures.map((test) => `  failed: ${name}: ${test}`),
  ]);
  if (named.length > 0) lines.push('', ...named);
  return ['', ...lines, '', `${sum(outcomes, 'passed')} passed, ${sum(outcomes, 'failed')} failed`];
}

function sum(outcomes: readonly Outcome[], field: 'passed' | 'failed'): number {
  return outcomes.reduce((total, outcome) => total + outcome[field], 0);
}
