import { spawn } from 'node:child_process';
import { LaunchError } from './launch-error.ts';

/** How a command is run. */
export interface RunOptions {
  cwd?: string;
  /** Replaces the environment; default the launcher's own. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command and its children are killed. */
  timeoutMs: number;
  /** Called with each line of output as it comes. */
  onLine?: (line: string) => void;
  /** Ends the command early. */
  signal?: AbortSignal;
}

/** How a command ended. */
export interface Finished {
  /** Exit code; null when it was killed, 127 when it could not be started. */
  code: number | null;
  stdout: string;
  /** The last 16 kB of both outputs, in order: what one wants to read after a failure. */
  tail: string;
}

const TAIL_CHARS = 16_000;
const running = new Set<number>();

// A launcher that ends takes the builds it started with it.
process.once('exit', () => {
  for (const pid of running) killGroup(pid);
});

/** Runs a command in its own process group, without a shell and without stdin. Never rejects: look at `code`. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    let stdout = '';
    let tail = '';
    const kill = (): void => {
      if (pid !== undefined) killGroup(pid);
    };
    const timer = setTimeout(kill, options.timeoutMs);
    options.signal?.addEventListener('abort', kill, { once: true });
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      if (pid !== undefined) running.delete(pid);
      resolve({ code, stdout, tail });
    };
    const lines = lineSplitter(options.onLine);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      tail = (tail + chunk.toString()).slice(-TAIL_CHARS);
      lines(chunk.toString());
    });
    child.stderr.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-TAIL_CHARS);
      lines(chunk.toString());
    });
    child.once('error', (error) => {
      tail += error.message;
      finish(127);
    });
    child.once('close', finish);
  });
}

/**
 * As {@link run}, for commands that must succeed.
 *
 * @throws LaunchError `COMMAND_FAILED` with the end of the command's output.
 */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Finished> {
  const finished = await run(command, args, options);
  if (finished.code === 0) return finished;
  throw new LaunchError(
    'COMMAND_FAILED',
    `${command} ${args[0] ?? ''} failed (${finished.code ?? 'killed'}):\n${finished.tail.trim()}`,
  );
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function lineSplitter(onLine: ((line: string) => void) | undefined): (text: string) => void {
  if (onLine === undefined) return () => undefined;
  let rest = '';
  return (text) => {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  };
}
