import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fence, FencedError } from './fence.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'evercall-fence-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('Fence', () => {
  it('lets later tokens pass and none before them, whichever process asks', () => {
    const [one, other] = [new Fence(join(dir, 'run')), new Fence(join(dir, 'run'))];
    expect(one.highest).toBe(0);
    one.pass(3);
    one.pass(3);
    other.pass(4);
    expect(() => one.pass(3)).toThrow(FencedError);
    expect(one.highest).toBe(4);
  });
});
