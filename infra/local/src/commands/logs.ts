import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LineOutput, LineWriter } from '../logs/line-writer.ts';
import { logFileOf, logNames, noSuchLog } from '../logs/log-names.ts';
import { LogReader } from '../logs/log-reader.ts';
import { LaunchError } from '../system/launch-error.ts';

const POLL_MS = 200;

/** What `npm run logs` was asked for. */
export interface LogsOptions {
  /** Folder of the log files. */
  dir: string;
  /** Whether to go on with what is written from now on, also by the next start of the process. */
  follow: boolean;
  output: LineOutput & { isTTY?: boolean };
}

/** The names of everything that has a log in this folder. */
export async function listLogs(dir: string): Promise<string[]> {
  try {
    return logNames(await readdir(dir));
  } catch (error) {
    // Nothing was ever started here.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Prints the log of one process: for people on a terminal, as it is (JSON lines) for a file or another program.
 *
 * @throws LaunchError when there is no such log; it says which there are
 */
export async function showLog(name: string, { dir, follow, output }: LogsOptions): Promise<void> {
  const names = await listLogs(dir);
  if (!names.includes(name)) throw new LaunchError('COMMAND_FAILED', noSuchLog(name, names));
  const reader = new LogReader(join(dir, logFileOf(name)));
  const writer = new LineWriter(output);
  const format = output.isTTY === true ? await prettyLines() : (line: string): string => line;
  for (;;) {
    for await (const line of reader.lines()) {
      if (!(await writer.write(format(line)))) return;
    }
    if (!follow) break;
    await sleep(POLL_MS);
  }
  for (const line of reader.end()) await writer.write(format(line));
}

/** Lines that aren't JSON, such as those of Redis, stay as they are. */
async function prettyLines(): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty');
  return prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' });
}
