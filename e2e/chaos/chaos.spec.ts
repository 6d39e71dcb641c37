import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { FaultyCluster } from '../support/cluster/faulty-cluster.ts';
import { Company } from './company.ts';

// One company in one room lives through every fault, one after the other. After one that it doesn't survive, Playwright
// starts a new worker, which gathers another.

let cluster: FaultyCluster;
let company: Company;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  const dir = fileURLToPath(new URL('../../.evercall/chaos', import.meta.url));
  cluster = await FaultyCluster.start({ dir });
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

test('the load balancer is restarted', async () => {
  await Promise.all([cluster.restartBalancer(), company.talk()]);
  await company.notice('reconnected');
  await company.isWell();
});

/** The others go on without it, and those it served are served by another. */
async function leftAlone(victim: string): Promise<void> {
  await company.talk();
  const masters = async () => (await company.servedBy()).map(({ masterName }) => masterName);
  await expect.poll(masters, { timeout: 30_000 }).not.toContain(victim);
  await company.isWell();
}

async function busiestMaster(): Promise<string> {
  const masters = (await company.servedBy()).map(({ masterName }) => masterName);
  const count = (name: string): number => masters.filter((other) => other === name).length;
  return masters.toSorted((a, b) => count(b) - count(a))[0] ?? '';
}
