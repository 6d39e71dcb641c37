import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedProcess } from '@evercall/fleet/process';
import { ClusterApi, type Group } from '../cluster/cluster-api.ts';
import { answersOk } from '../cluster/readiness.ts';
import { Progress } from '../console/progress.ts';
import { loadFleet } from '../load-fleet.ts';
import { parseSettings } from '../settings.ts';
import { LaunchError } from '../system/launch-error.ts';
import { runDir } from '../system/paths.ts';

const POLL_MS = 250;
/** Long enough for one node after the other to hand over. */
const TIMEOUT_MS = 10 * 60_000;
const tutorial = ['tutorial-api', 'tutorial-web'];

/**
 * Changes the number of nodes of the running cluster and waits until it has them.
 *
 * @throws LaunchError when nothing runs, the cluster refuses, or it takes too long
 */
export async function scale(wanted: {
  masters: number | undefined;
  media: number | undefined;
}): Promise<void> {
  const { masters, media } = wanted;
  if (masters === undefined && media === undefined) {
    throw new LaunchError('COMMAND_FAILED', 'Say how many: npm run scale -- --masters 3 --media 4.');
  }
  const { api, progress } = await connect();
  await progress.step('scaling', async ({ detail }) => {
    if (masters !== undefined) await api.scale('master', masters);
    if (media !== undefined) await api.scale('media', media);
    await whenSettled(api, detail);
  });
}

/**
 * Exchanges every master and media node of the running cluster for a fresh one, one at a time.
 *
 * @param options.tutorial Restarts the tutorial's backend and page as well; they are away for a moment.
 * @throws LaunchError when nothing runs or it takes too long
 */
export async function roll(options: { tutorial: boolean }): Promise<void> {
  const { api, progress, processes } = await connect();
  for (const role of ['master', 'media'] as const) {
    await progress.step(`exchanging each ${role} node`, async ({ detail }) => {
      await api.roll(role);
      await whenSettled(api, detail);
    });
  }
  for (const name of options.tutorial ? tutorial : []) {
    await progress.step(`restarting ${name}`, () => restartByLauncher(processes, name));
  }
}

/** Until every group has its size, nothing old, and nobody who is still leaving. */
async function whenSettled(api: ClusterApi, detail: (text: string) => void): Promise<void> {
  const until = performance.now() + TIMEOUT_MS;
  let shown = '';
  for (;;) {
    const groups = await api.list();
    if (groups.every(isSettled)) return;
    if (performance.now() > until) {
      throw new LaunchError('NOT_READY', `It isn't done after ten minutes: ${describe(groups)}.`);
    }
    const text = describe(groups);
    if (text !== shown) detail(text);
    shown = text;
    await sleep(POLL_MS);
  }
}

/** Whether a group is what it should be. */
export function isSettled({ desired, running, outdated, slots }: Group): boolean {
  return running === desired && outdated === 0 && slots.length === desired;
}

/** The groups in a few words. */
export function describe(groups: readonly Group[]): string {
  return groups
    .map(({ role, running, desired, slots }) => {
      const others = slots.filter(({ state }) => state !== 'running');
      const rest = others.map(({ name, state }) => `${name} ${state}`);
      return [`${running} of ${desired} ${role} nodes run`, ...rest].join(', ');
    })
    .join('; ');
}

/** The launcher starts again what ends. */
async function restartByLauncher(processes: () => RecordedProcess[], name: string): Promise<void> {
  const find = (): RecordedProcess | undefined =>
    processes().find((record) => record.name === name && record.alive);
  const before = find();
  if (!before) return;
  process.kill(before.pid, 'SIGTERM');
  const until = performance.now() + TIMEOUT_MS;
  const isBack = async (): Promise<boolean> => {
    const now = find();
    return now !== undefined && now.pid !== before.pid && (await answersOk(now.labels['ready'] ?? ''));
  };
  while (!(await isBack())) {
    if (performance.now() > until) throw new LaunchError('NOT_READY', `${name} doesn't come back.`);
    await sleep(POLL_MS);
  }
}

async function connect() {
  const fleet = await loadFleet();
  const processes = (): RecordedProcess[] => fleet?.readRecords(runDir) ?? [];
  const balancer = processes().find(({ name, alive }) => name === 'haproxy' && alive);
  const url = balancer?.labels['address'];
  if (url === undefined) {
    throw new LaunchError('NOT_READY', 'The cluster of this checkout does not run: npm start.');
  }
  const api = new ClusterApi({ url, secret: parseSettings(process.env).OPENVIDU_SECRET });
  return { api, processes, progress: new Progress(process.stderr) };
}
