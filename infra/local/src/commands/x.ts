import { spawn } from 'node:child_process';
import { findCachedWorker } from '../../../mediasoup-worker/resolve.ts';
import { LaunchError } from '../system/launch-error.ts';
import { mediasoupDir } from '../system/paths.ts';

/**
 * Runs any command with the pinned toolchain and the programs that a start or a test has brought here (Redis, HAProxy, the
 * media worker), and returns its exit code.
 */
export async function runWithToolchain(command: readonly string[]): Promise<number> {
  const worker = process.env['MEDIASOUP_WORKER_BIN'] || (await findCachedWorker(mediasoupDir()));
  if (worker !== undefined) process.env['MEDIASOUP_WORKER_BIN'] = worker;
  return await spawnAndWait(command);
}

function spawnAndWait([command, ...args]: readonly string[]): Promise<number> {
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
