import { createServer } from 'node:net';
import { eventually, spawnNode } from '@evercall/testing';
import { describe, expect, it } from 'vitest';
import { testEnv } from './support/test-node.js';

const entry = new URL('../dist/main.js', import.meta.url).pathname;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH is the answer.
    return false;
  }
}

async function start(env: Record<string, string> = {}) {
  const full = await testEnv({ MEDIA_WORKERS: '2', ...env });
  return spawnNode({ entry, env: full, readyUrl: `http://127.0.0.1:${full.PORT}/health/ready` });
}

const workerPids = (output: string): number[] =>
  [...output.matchAll(/"workerPid":(\d+),"msg":"worker started"/g)].map(([, pid]) => Number(pid));

describe('the process', () => {
  it('stops at SIGTERM and takes its workers with it', async () => {
    await using node = await start();
    const pids = workerPids(node.output());
    expect(pids).toHaveLength(2);
    process.kill(node.pid, 'SIGTERM');
    await expect(node.exited()).resolves.toEqual({ code: 0, signal: null });
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('stops at SIGTERM also when a worker is frozen', async () => {
    await using node = await start();
    const [pid = 0] = workerPids(node.output());
    process.kill(pid, 'SIGSTOP');
    process.kill(node.pid, 'SIGTERM');
    await expect(node.exited()).resolves.toEqual({ code: 0, signal: null });
    expect(isAlive(pid)).toBe(false);
  });

  it('leaves no worker behind when it is killed', async () => {
    await using node = await start();
    const pids = workerPids(node.output());
    process.kill(node.pid, 'SIGKILL');
    await expect(node.exited()).resolves.toEqual({ code: null, signal: 'SIGKILL' });
    await eventually(() => pids.every((pid) => !isAlive(pid)));
  });

  it('says what is wrong when it can’t start', async () => {
    await expect(start({ MEDIA_PORT_BASE: 'many' })).rejects.toThrow(/MEDIA_PORT_BASE is wrong/);
    await expect(start({ NODE_ENV: 'production', OPENVIDU_SECRET: 'MY_SECRET' })).rejects.toThrow(
      /OPENVIDU_SECRET must be set/,
    );
    await expect(start({ MEDIASOUP_WORKER_BIN: '/nowhere/mediasoup-worker' })).rejects.toThrow(
      /MEDIASOUP_WORKER_BIN.*\/nowhere\/mediasoup-worker/,
    );
  });

  it('names the port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? `${address?.port}` : '';
    await expect(start({ MEDIA_PORT_BASE: port, MEDIA_WORKERS: '1' })).rejects.toThrow(
      new RegExp(`can't start:.*port ${port}`),
    );
    await expect(start({ PORT: port })).rejects.toThrow(/EADDRINUSE/);
    server.close();
  });
});
