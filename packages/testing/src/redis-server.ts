import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { own, stopChild } from './child.js';
import { freePort } from './free-port.js';

/** What {@link startRedis} can be told. */
export interface StartRedisOptions {
  /** Port to listen on; default a free one. */
  port?: number;
  /** Folder to keep data in, as an append-only file synced at every write. Without it nothing is kept. */
  dir?: string;
}

/** A running Redis server that belongs to the test. */
export interface RedisServer extends AsyncDisposable {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends the server and waits until it is gone. May be called again. */
  stop(): Promise<void>;
}

const TRIES = 5;
const START_TIMEOUT_MS = 10_000;

/**
 * Starts the `redis-server` on PATH for this test alone, on 127.0.0.1, and waits until it answers.
 *
 * @throws Error when there is no `redis-server` on PATH, or when it doesn't answer within 10 s; its output is in
 * the message.
 */
export async function startRedis(options: StartRedisOptions = {}): Promise<RedisServer> {
  const tries = options.port === undefined ? TRIES : 1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(options.port ?? (await freePort()), options.dir);
    } catch (error) {
      // Someone took the port between the kernel's answer and the start.
      const portTaken = error instanceof Error && error.message.includes('Address already in use');
      if (!portTaken || attempt >= tries) throw error;
    }
  }
}

async function startOn(port: number, persistentDir: string | undefined): Promise<RedisServer> {
  const dir = persistentDir ?? (await mkdtemp(join(tmpdir(), 'evercall-redis-')));
  const persistence = persistentDir === undefined ? ['no'] : ['yes', '--appendfsync', 'always'];
  const child = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', ...persistence],
    { stdio: ['ignore', 'pipe', 'ignore'], detached: true },
  );
  own(child);
  const stop = async (): Promise<void> => {
    await stopChild(child);
    if (persistentDir === undefined) await rm(dir, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(child);
  } catch (error) {
    await stop();
    throw error;
  }
  const { pid = 0 } = child;
  return { url: `redis://127.0.0.1:${port}`, port, pid, stop, [Symbol.asyncDispose]: stop };
}

/** Goes by the server's own words: a ping could be answered by another server that holds the port. */
function waitUntilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(
      () => reject(new Error(`redis-server isn't ready:\n${output}`)),
      START_TIMEOUT_MS,
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
      if (!output.includes('Ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
    child.once('error', (cause) => {
      clearTimeout(timer);
      reject(new Error(`redis-server can't be started: is it on PATH? (${cause.message})`, { cause }));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`redis-server exited with ${code}:\n${output}`));
    });
  });
}
