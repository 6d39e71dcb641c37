import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaunchedProcess, ProcessProvider } from '@evercall/fleet/process';
import { LaunchError } from '../system/launch-error.ts';

const POLL_MS = 50;
const TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 2000;

/**
 * Waits until a process says that it is ready: by a GET on the URL in its label `ready`.
 *
 * @throws LaunchError `PROCESS_EXITED` or `NOT_READY`, with the end of its log.
 */
export function whenReady(provider: ProcessProvider, launched: LaunchedProcess): Promise<void> {
  const url = launched.labels['ready'] ?? '';
  return poll(provider, launched, () => answersOk(url));
}

/** As {@link whenReady}, for programs that say so in their log. */
export function whenLogged(
  provider: ProcessProvider,
  launched: LaunchedProcess,
  text: string,
): Promise<void> {
  return poll(provider, launched, () => readFileSync(launched.logFile, 'utf8').includes(text));
}

async function poll(
  provider: ProcessProvider,
  launched: LaunchedProcess,
  isReady: () => boolean | Promise<boolean>,
): Promise<void> {
  const until = performance.now() + TIMEOUT_MS;
  while (!(await isReady())) {
    const runs = provider.list().some(({ pid }) => pid === launched.pid);
    if (!runs) throw new LaunchError('PROCESS_EXITED', `${launched.name} didn't start:\n${logEnd(launched)}`);
    if (performance.now() > until) {
      throw new LaunchError('NOT_READY', `${launched.name} isn't ready after a minute:\n${logEnd(launched)}`);
    }
    await sleep(POLL_MS);
  }
}

/** Whether a GET is answered with 2xx. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet, or busy starting.
    return false;
  }
}

function logEnd({ logFile }: LaunchedProcess): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8);
  return [...lines.map((line) => `  ${line.slice(0, 400)}`), `  (${logFile})`].join('\n');
}
