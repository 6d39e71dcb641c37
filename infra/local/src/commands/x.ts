import { spawn } from 'node:child_process';
import { LaunchError } from '../system/launch-error.ts';

/** Runs any command with the pinned toolchain and the cluster's programs on PATH; returns its exit code. */
export function runWithToolchain([command, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    if (command === undefined) {
      reject(
        new LaunchError(
          'COMMAND_FAILED',
          'Say what to run: npm run x -- pnpm --filter @evercall/client test.',
        ),
      );
      return;
    }
    const child = spawn(command, args, { stdio: 'inherit' });
    // Ctrl-C reaches the command from the terminal; this process only waits for it.
    process.on('SIGINT', () => undefined);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', (cause) => {
      reject(new LaunchError('COMMAND_FAILED', `${command} can't be started: ${cause.message}.`, { cause }));
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
