import { describe, expect, it } from 'vitest';
import { platformPlan } from '../platform.mjs';

describe('an operating system', () => {
  it('that is Linux installs what the lock file says', () => {
    expect(platformPlan('linux', () => false)).toEqual({ hints: [], installFlags: ['--frozen-lockfile'] });
  });

  it('that is macOS names what Homebrew must bring, and goes without the lock file', () => {
    const { refusal, hints, installFlags } = platformPlan('darwin', (command) => command === 'valkey-server');
    expect(refusal).toBeUndefined();
    expect(hints.at(-1)).toBe('Homebrew has what is missing: brew install haproxy');
    expect(installFlags).toEqual(['--no-lockfile']);
  });

  it('that is Windows is told where it can run', () => {
    expect(platformPlan('win32', () => true).refusal).toMatch(/WSL 2.*dev container/);
  });
});
