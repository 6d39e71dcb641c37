import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadDotenv } from './dotenv.ts';

it('adds what the environment does not have, and minds no missing file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'evercall-env-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, '.env'), '# a comment\nMASTERS=3\nLOG_LEVEL="debug"\n');
  const env: NodeJS.ProcessEnv = { MASTERS: '4' };
  loadDotenv(join(dir, '.env'), env);
  loadDotenv(join(dir, 'none'), env);
  expect(env).toEqual({ MASTERS: '4', LOG_LEVEL: 'debug' });
});
