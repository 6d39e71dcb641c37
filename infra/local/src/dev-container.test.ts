import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildPackages } from '../../mediasoup-worker/build-tools.ts';
import { root } from './system/paths.ts';
import { haproxyProgram, redisProgram } from './system/program.ts';

it('the dev container brings what would else be fetched: its user is not root', () => {
  const words = readFileSync(join(root, '.devcontainer/Dockerfile'), 'utf8').split(/\s+/);
  const wanted = [redisProgram.debianPackage, haproxyProgram.debianPackage, 'chromium', ...buildPackages];
  expect(wanted.filter((name) => !words.includes(name))).toEqual([]);
});
