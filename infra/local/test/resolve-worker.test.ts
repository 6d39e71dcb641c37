import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveWorker } from '../../mediasoup-worker/resolve.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'evercall-worker-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const progress = { step: () => undefined, compiled: () => undefined };
const resolve = (path: string) =>
  resolveWorker({ mediasoupDir: dir, env: { MEDIASOUP_WORKER_BIN: path }, progress });

describe('resolveWorker', () => {
  it('takes the worker it is given', async () => {
    const path = join(dir, 'worker');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    await expect(resolve(path)).resolves.toEqual({ path, origin: 'given' });
  });

  it('says so when that is no program, instead of quietly getting another', async () => {
    const path = join(dir, 'worker');
    await expect(resolve(path)).rejects.toMatchObject({ code: 'WORKER_UNUSABLE' });
    writeFileSync(path, 'text');
    await expect(resolve(path)).rejects.toThrow('MEDIASOUP_WORKER_BIN');
  });
});
