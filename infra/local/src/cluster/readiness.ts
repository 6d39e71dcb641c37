import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaunchedProcess, ProcessProvider } from '@evercall/fleet/process';
import { LaunchError } from '../system/launch-error.ts';
import { readSlots } from './fleet-client.ts';

const POLL_MS = 50;
const TIMEOUT_MS = 60_000;
/** A node that ran a moment ago is back in about a second, or has a mistake in it. */
const RENEWAL_TIMEOUT_MS = 15_000;
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

/** What {@link whenNodesServe} waits for. */
export interface NodesWait {
  fleetUrl: string;
  secret: string;
  /** How many nodes of each role. */
  wanted: { master: number; media: number };
  /** The nodes that run. */
  nodes: () => readonly Pick<LaunchedProcess, 'name' | 'labels'>[];
  logsDir: string;
}

/**
 * Waits until the fleet has brought up so many nodes and each says that it is ready.
 *
 * @throws LaunchError `PROCESS_EXITED` or `NOT_READY`, with the end of a node's log.
 */
export async function whenNodesServe({ fleetUrl, secret, wanted, nodes, logsDir }: NodesWait): Promise<void> {
  const until = performance.now() + TIMEOUT_MS;
  for (;;) {
    const slots = (await readSlots(fleetUrl, secret)) ?? [];
    const log = (name: string): string => logEnd({ logFile: join(logsDir, `${name}.log`) });
    const failed = slots.find(
      ({ state, restarts }) => restarts > 0 || state === 'backoff' || state === 'dead',
    );
    if (failed) {
      throw new LaunchError('PROCESS_EXITED', `${failed.name} didn't start:\n${log(failed.name)}`);
    }
    const running = slots.filter(({ state }) => state === 'running');
    const isUp = (role: 'master' | 'media'): boolean =>
      running.filter((slot) => slot.role === role).length >= wanted[role];
    const ready = nodes().map(({ labels }) => answersOk(labels['ready'] ?? ''));
    if (isUp('master') && isUp('media') && (await Promise.all(ready)).every(Boolean)) return;
    if (performance.now() > until) {
      const late = slots.find(({ state }) => state !== 'running')?.name ?? 'fleet';
      throw new LaunchError('NOT_READY', `${late} isn't ready after a minute:\n${log(late)}`);
    }
    await sleep(POLL_MS);
  }
}

/**
 * Waits until another process has the name of a node that ended, and says that it is ready.
 *
 * @throws LaunchError `NOT_READY`, with the end of its log
 */
export async function whenRenewed(
  before: LaunchedProcess,
  nodes: () => readonly Pick<LaunchedProcess, 'name' | 'pid' | 'labels'>[],
): Promise<void> {
  const until = performance.now() + RENEWAL_TIMEOUT_MS;
  for (;;) {
    const now = nodes().find(({ name, pid }) => name === before.name && pid !== before.pid);
    if (now && (await answersOk(now.labels['ready'] ?? ''))) return;
    if (performance.now() > until) {
      throw new LaunchError('NOT_READY', `${before.name} doesn't come back:\n${logEnd(before)}`);
    }
    await sleep(POLL_MS);
  }
}

function logEnd({ logFile }: Pick<LaunchedProcess, 'logFile'>): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8);
  return [...lines.map((line) => `  ${line.slice(0, 400)}`), `  (${logFile})`].join('\n');
}
