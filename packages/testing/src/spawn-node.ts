import { spawn } from 'node:child_process';
import { hasExited, killGroup, own, stopChild } from './child.js';
import { eventually } from './eventually.js';

/** What {@link spawnNode} starts. */
export interface SpawnNodeOptions {
  /** Path of the script. */
  entry: string;
  /** Added to the test's own environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  /** The process is ready when a GET on this URL answers 2xx. Without it, as soon as it runs. */
  readyUrl?: string;
  /** Milliseconds to wait for readiness. Default 15000. */
  timeoutMs?: number;
  /** Arguments of the script. */
  args?: string[];
  cwd?: string;
}

/** A Node process of its own process group. */
export interface SpawnedNode extends AsyncDisposable {
  readonly pid: number;
  /** What it has written to stdout and stderr so far. */
  output(): string;
  /** Signals the whole process group; doesn't wait. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process has exited. */
  exited(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/**
 * Starts a Node process and waits until it is ready. Disposing it kills its process group.
 *
 * @throws Error when it exits before it is ready or isn't ready in time; its output is in the message.
 */
export async function spawnNode(options: SpawnNodeOptions): Promise<SpawnedNode> {
  const { entry, env = {}, readyUrl, timeoutMs = 15_000, args = [] } = options;
  const child = spawn(process.execPath, ['--enable-source-maps', entry, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  own(child);
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const dispose = (): Promise<void> => stopChild(child, { signal: 'SIGKILL' });
  try {
    if (readyUrl !== undefined) {
      await eventually(async () => hasExited(child) || (await answersOk(readyUrl)), { timeoutMs });
      if (hasExited(child)) throw new Error(`it exited with ${child.exitCode ?? child.signalCode}`);
    }
  } catch (cause) {
    await dispose();
    throw new Error(`${entry} didn't become ready:\n${output}`, { cause });
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => killGroup(child, signal),
    exited: () => exit,
    [Symbol.asyncDispose]: dispose,
  };
}

async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
  await response.arrayBuffer();
  return response.ok;
}
