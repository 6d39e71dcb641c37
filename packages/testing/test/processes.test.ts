import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, freePort, spawnNode, startRedis } from '../src/index.js';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'evercall-testing-'));
  folders.push(path);
  return path;
}

function command(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\r\n`));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.once('error', reject);
  });
}

describe('startRedis', () => {
  it('serves until it is stopped', async () => {
    const redis = await startRedis();
    expect(await command(redis.port, 'SET a 1')).toBe('+OK\r\n');
    await redis.stop();
    await expect(command(redis.port, 'PING')).rejects.toThrow('ECONNREFUSED');
  });

  it('keeps data in the folder it is given', async () => {
    const dir = await folder();
    const first = await startRedis({ dir });
    await command(first.port, 'SET a 1');
    await first.stop();
    await using second = await startRedis({ dir });
    expect(await command(second.port, 'GET a')).toBe('$1\r\n1\r\n');
  });

  it('says why it did not start', async () => {
    await using other = await startRedis();
    await expect(startRedis({ port: other.port })).rejects.toThrow(/in use/);
  });
});

describe('spawnNode', () => {
  it('waits for readiness and kills the group when disposed', async () => {
    const entry = join(await folder(), 'app.mjs');
    await writeFile(
      entry,
      `import { createServer } from 'node:http';
       import { spawn } from 'node:child_process';
       const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log('grandchild ' + grandchild.pid);
       setTimeout(() => createServer((_, res) => res.end()).listen(process.env.PORT, '127.0.0.1'), 50);`,
    );
    const port = await freePort();
    const node = await spawnNode({ entry, env: { PORT: `${port}` }, readyUrl: `http://127.0.0.1:${port}/` });
    const grandchild = Number(/grandchild (\d+)/.exec(node.output())?.[1]);
    await node[Symbol.asyncDispose]();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
    await eventually(() => expect(() => process.kill(grandchild, 0)).toThrow('ESRCH'));
  });

  it('reports the output of a process that dies early', async () => {
    const entry = join(await folder(), 'app.mjs');
    await writeFile(entry, `console.error('no database'); process.exit(3);`);
    await expect(spawnNode({ entry, readyUrl: 'http://127.0.0.1:9/' })).rejects.toThrow('no database');
  });
});
