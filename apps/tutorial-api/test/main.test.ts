import { fileURLToPath } from 'node:url';
import { freePort, spawnNode } from '@evercall/testing';
import { expect, it } from 'vitest';
import { deployByWasmEngine } from '../src/database/wasm-engine.js';
import { createTestDatabase } from './postgres-server.js';

const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url));

it('runs as a process, tells its health and metrics, and leaves on SIGTERM', async () => {
  await using database = await createTestDatabase();
  await deployByWasmEngine(database.url);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await using child = await spawnNode({
    entry,
    env: { DATABASE_URL: database.url, PORT: `${port}`, NODE_NAME: 'tutorial-7', NODE_ENV: 'development' },
    readyUrl: `${url}/health/ready`,
  });
  const live = await fetch(`${url}/health/live`);
  expect(await live.json()).toEqual({
    status: 'ok',
    role: 'tutorial-api',
    name: 'tutorial-7',
    state: 'running',
  });
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('evercall_process_cpu');
  child.kill('SIGTERM');
  await child.exited();
  expect(child.output()).toContain('tutorial-api is running');
});

it('stops the start with a sentence that names the wrong setting', async () => {
  const child = await spawnNode({ entry, env: { DATABASE_URL: undefined, PORT: 'many' } });
  expect(await child.exited()).toMatchObject({ code: 1 });
  expect(child.output()).toMatch(/PORT: .*DATABASE_URL: /s);
});
