import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { ClusterApi } from '../support/cluster/cluster-api.ts';
import { FaultyCluster } from '../support/cluster/faulty-cluster.ts';
import { signal } from '../support/cluster/process-tree.ts';
import { Company } from './company.ts';

// One company in one room lives through every fault, one after the other. After one that it doesn't survive, Playwright
// starts a new worker, which gathers another.

let cluster: FaultyCluster;
let company: Company;
let api: ClusterApi;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  const dir = fileURLToPath(new URL('../../.evercall/chaos', import.meta.url));
  cluster = await FaultyCluster.start({ dir });
  api = new ClusterApi(cluster);
  company = await Company.gather(cluster, browser);
});

test.beforeEach(async () => {
  await company.forget();
});

test.afterEach(async () => {
  await cluster.heal();
});

test.afterAll(async () => {
  await company?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

test.describe('a master', () => {
  test('is killed', async () => {
    const victim = await busiestMaster();
    cluster.kill(victim);
    await leftAlone(victim);
  });

  test('is frozen', async () => {
    const victim = await busiestMaster();
    cluster.freeze(victim);
    await leftAlone(victim);
  });
});

test.describe('a media node', () => {
  test('is killed', async () => movedBy((node) => cluster.kill(node)));
  test('is frozen', async () => movedBy((node) => cluster.freeze(node)));
  test('cannot be controlled any more, but still forwards', async () =>
    movedBy((node) => cluster.freezeControl(node)));
});

test.describe('a worker', () => {
  test('is killed', async () => movedBy((node) => signalWorkers(node, 'SIGKILL')));
  test('is frozen', async () => movedBy((node) => signalWorkers(node, 'SIGSTOP')));
});

test('the load balancer is restarted', async () => {
  await Promise.all([cluster.restartBalancer(), company.talk()]);
  await company.notice('reconnected');
  await company.isWell();
});

test.describe('Redis', () => {
  test('is restarted with its data', async () => redisRestarts({ keepsData: true }));
  test('is restarted without its data', async () => redisRestarts({ keepsData: false }));
});

test.describe('a drain', () => {
  test('of a master', async () => {
    const victim = await busiestMaster();
    cluster.drain(victim);
    await leftAlone(victim);
    await left(victim);
  });

  test('of a media node, by which its sessions move', async () => {
    const victim = await mediaNode();
    cluster.drain(victim);
    await company.talk();
    await left(victim);
    await company.isWell();
  });

  test('of a media node, by which its sessions end there', async () => {
    const victim = await mediaNode();
    await api.drain(victim, 'when-no-sessions');
    await expect.poll(() => api.stateOf(victim)).toBe('waiting-idle-to-terminate');
    await company.isWell();
    await api.cancelDrain(victim);
    await expect.poll(() => api.stateOf(victim)).toBe('running');
    expect(await mediaNode()).toBe(victim);
  });

  test('of a media node, at once', async () => {
    const victim = await mediaNode();
    await api.drain(victim, 'now');
    await company.talk();
    await left(victim);
    await company.isWell();
  });
});

test('a room is moved', async () => {
  const before = await mediaNode();
  await api.moveSession(company.room);
  await company.talk();
  await expect.poll(mediaNode, { timeout: 30_000 }).not.toBe(before);
  await company.isWell();
});

test('every node is exchanged, one after the other', async () => {
  test.setTimeout(120_000);
  for (const name of [...cluster.names('master'), ...cluster.names('media')]) {
    cluster.drain(name);
    await company.talk();
    await left(name);
    await cluster.heal();
  }
  await company.isWell();
});

async function redisRestarts(options: { keepsData: boolean }): Promise<void> {
  await cluster.restartRedis(options);
  // What is said while data is lost may be lost with it.
  await company.isWell();
  await company.talk();
  await company.isWell();
}

/** The process has ended by itself. */
async function left(name: string): Promise<void> {
  await expect.poll(() => cluster.runs(name), { timeout: 30_000 }).toBe(false);
}

/** The others go on without it, and those it served are served by another. */
async function leftAlone(victim: string): Promise<void> {
  await company.talk();
  const masters = async () => (await company.servedBy()).map(({ masterName }) => masterName);
  await expect.poll(masters, { timeout: 30_000 }).not.toContain(victim);
  await company.isWell();
}

/** The room's media is placed anew. */
async function movedBy(fault: (mediaNode: string) => void): Promise<void> {
  const victim = await mediaNode();
  const mark = cluster.logs.mark();
  fault(victim);
  await company.talk();
  const placed = () =>
    cluster.logs.since(mark).some(({ message }) => /^session (placed anew|moves)$/.test(message));
  await expect.poll(placed, { timeout: 30_000, message: 'the session is placed anew' }).toBe(true);
  await company.isWell();
}

function signalWorkers(mediaNode: string, name: NodeJS.Signals): void {
  for (const pid of cluster.workersOf(mediaNode)) signal(pid, name);
}

async function mediaNode(): Promise<string> {
  const [served] = await company.servedBy();
  return served?.mediaNodeName ?? '';
}

async function busiestMaster(): Promise<string> {
  const masters = (await company.servedBy()).map(({ masterName }) => masterName);
  const count = (name: string): number => masters.filter((other) => other === name).length;
  return masters.toSorted((a, b) => count(b) - count(a))[0] ?? '';
}
