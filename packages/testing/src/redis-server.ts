import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killGroup, own, stopChild } from './child.js';
import { freePort } from './free-port.js';

/** What {@link startRedis} can be told. */
export interface StartRedisOptions {
  /** Port to listen on; default a free one. */
  port?: number;
  /** Folder to keep data in, as an append-only file synced at every write. Without it nothing is kept. */
  dir?: string;
  /** Keeps data in a folder of its own, so that it can come back with it, or with an older copy. */
  durable?: boolean;
}

/** A running Redis server that belongs to the test. */
export interface RedisServer extends AsyncDisposable {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Stops it as kill -9 does. */
  kill(): Promise<void>;
  /**
   * Starts it again on the same port, after {@link kill} or {@link stop}.
   *
   * @param data what it comes back with: everything, nothing, or what a {@link copyData} found. Default: everything
   */
  startAgain(data?: 'everything' | 'nothing' | RedisCopy): Promise<void>;
  /** Copies what it has now; only if it is durable. */
  copyData(): Promise<RedisCopy>;
  /** Ends the server and waits until it is gone. May be called again. */
  stop(): Promise<void>;
}

/** What a server had once. */
export interface RedisCopy {
  readonly dir: string;
}

/** Where Redis keeps its append-only files. */
const appendOnlyDir = 'appendonlydir';

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
      const port = options.port ?? (await freePort());
      const isOwnDir = options.dir === undefined;
      const server = new Server(port, {
        dir: options.dir ?? (await mkdtemp(join(tmpdir(), 'evercall-redis-'))),
        isOwnDir,
        isDurable: options.durable ?? !isOwnDir,
      });
      await server.start();
      return server;
    } catch (error) {
      // Someone took the port between the kernel's answer and the start.
      const portTaken = error instanceof Error && error.message.includes('Address already in use');
      if (!portTaken || attempt >= tries) throw error;
    }
  }
}

class Server implements RedisServer {
  readonly port: number;
  readonly url: string;
  readonly #place: { dir: string; isOwnDir: boolean; isDurable: boolean };
  readonly #copies: string[] = [];
  #child: ChildProcess | undefined;

  constructor(port: number, place: { dir: string; isOwnDir: boolean; isDurable: boolean }) {
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.#place = place;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const { dir, isDurable } = this.#place;
    const where = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', dir];
    const appendOnly = isDurable ? ['yes', '--appendfsync', 'always'] : ['no'];
    const child = spawn('redis-server', [...where, '--save', '', '--appendonly', ...appendOnly], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    own(child);
    this.#child = child;
    try {
      await waitUntilReady(child);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    killGroup(child, 'SIGKILL');
    await stopChild(child);
  }

  async startAgain(data: 'everything' | 'nothing' | RedisCopy = 'everything'): Promise<void> {
    const kept = join(this.#place.dir, appendOnlyDir);
    if (data !== 'everything') await rm(kept, { recursive: true, force: true });
    if (typeof data === 'object') await cp(data.dir, kept, { recursive: true });
    await this.start();
  }

  async copyData(): Promise<RedisCopy> {
    const dir = await mkdtemp(join(tmpdir(), 'evercall-redis-copy-'));
    this.#copies.push(dir);
    await cp(join(this.#place.dir, appendOnlyDir), dir, { recursive: true });
    return { dir };
  }

  async stop(): Promise<void> {
    if (this.#child) await stopChild(this.#child);
    const dirs = [
      ...this.#copies,
      ...(this.#place.isOwnDir && !this.#place.isDurable ? [this.#place.dir] : []),
    ];
    await Promise.all(dirs.map(async (dir) => rm(dir, { recursive: true, force: true })));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    if (this.#place.isOwnDir) await rm(this.#place.dir, { recursive: true, force: true });
  }
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
