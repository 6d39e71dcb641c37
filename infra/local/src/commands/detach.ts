import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from '../system/launch-error.ts';
import { logsDir } from '../system/paths.ts';
import type { StopRequest } from '../system/stop-request.ts';

/** What the launcher in the background sends when the cluster is ready. */
export interface ReadyMessage {
  ready: string[];
}

/**
 * Starts a launcher of its own in the background and waits until its cluster is ready.
 *
 * @returns The lines to print.
 * @throws LaunchError `NOT_READY` with what the launcher wrote.
 */
export async function startInBackground(args: readonly string[], stop: StopRequest): Promise<string[]> {
  mkdirSync(logsDir, { recursive: true });
  const logFile = join(logsDir, 'launcher.log');
  const log = openSync(logFile, 'w');
  const main = process.argv[1] ?? '';
  const child = spawn(process.execPath, [...process.execArgv, main, 'start', '--background', ...args], {
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  const ready = new Promise<string[]>((resolve, reject) => {
    child.once('message', (message: ReadyMessage) => resolve(message.ready));
    child.once('exit', () => {
      reject(
        new LaunchError('NOT_READY', `The cluster didn't start:\n${readFileSync(logFile, 'utf8').trimEnd()}`),
      );
    });
  });
  try {
    const lines = await stop.unless(ready);
    child.disconnect();
    child.unref();
    return lines;
  } catch (error) {
    if (child.connected) child.kill('SIGTERM');
    throw error;
  }
}
