import { describe, expect, it } from 'vitest';
import { scopeProblem, withScope } from './rename-scope.ts';

const change = { from: '@old', to: '@new.corp' };

describe('another scope', () => {
  it.each([
    ["import { a } from '@old/protocol';", "import { a } from '@new.corp/protocol';"],
    ['"group": ["@old/*", "!@old/client"]', '"group": ["@new.corp/*", "!@new.corp/client"]'],
    ["--filter '@old/master...'", "--filter '@new.corp/master...'"],
    ['the packages of @old.', 'the packages of @new.corp.'],
  ])('stands in place of the old one: %s', (before, after) => {
    expect(withScope(before, change)).toBe(after);
  });

  it.each(['@older/x', '@old-school/x', 'me@old.example', 'old/x'])('leaves %s alone', (text) => {
    expect(withScope(text, change)).toBe(text);
  });

  it.each(['acme', '@', '@Acme', '@a/b', '@-a', ''])('can not be %j', (scope) => {
    expect(scopeProblem(scope)).toContain('is no npm scope');
  });

  it.each(['@acme', '@acme-video', '@a.b_c'])('can be %s', (scope) => {
    expect(scopeProblem(scope)).toBeUndefined();
  });
});
