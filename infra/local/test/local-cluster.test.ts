import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords } from '@evercall/fleet/process';
import { eventually } from '@evercall/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseFreePorts } from '../src/cluster/choose-ports.ts';
import { ClusterApi } from '../src/cluster/cluster-api.ts';
import { readSlots } from '../src/cluster/fleet-client.ts';
import { type ClusterAddresses, LocalCluster } from '../src/cluster/local-cluster.ts';
import { answersOk } from '../src/cluster/readiness.ts';
import { parseSettings } from '../src/settings.ts';

const { MEDIASOUP_WORKER_BIN: mediasoupWorker = '' } = process.env;
const settings = parseSettings({ OPENVIDU_SECRET: 'LOCAL_SECRET', MASTERS: '1', MEDIA_NODES: '1' });
const dir = mkdtempSync(join(tmpdir(), 'evercall-local-'));
const said: string[] = [];
let cluster: LocalCluster;
let addresses: ClusterAddresses;

beforeAll(async () => {
  cluster = new LocalCluster({
    settings,
    programs: { redis: 'redis-server', haproxy: 'haproxy', mediasoupWorker },
    ports: await chooseFreePorts(settings),
    addresses: ['127.0.0.1'],
    dir,
    durable: false,
    onUnexpectedExit: (sentence) => said.push(sentence),
  });
  addresses = await cluster.start();
}, 90_000);
afterAll(async () => {
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
}, 30_000);

const find = (name: string) => cluster.list().find((process) => process.name === name);
const idOf = async (url = '') => ((await (await fetch(`${url}/health/live`)).json()) as { id: string }).id;
/** Whether there is such a process. Who was orphaned may stay in the table for a while after its end. */
const runs = (pid: number): boolean => {
  const file = `/proc/${pid}/status`;
  return existsSync(file) && !/^State:\s+Z/m.test(readFileSync(file, 'utf8'));
};
const patient = { timeoutMs: 30_000, everyMs: 100 };

/** Another process has the name, and serves. */
const replaced = (name: string, pid: number) =>
  eventually(async () => {
    const now = find(name);
    return now !== undefined && now.pid !== pid && (await answersOk(now.labels['ready'] ?? '')) && now;
  }, patient);

it('runs everything, and serves through the load balancer', async () => {
  const names = cluster.list().map(({ name }) => name);
  expect(names.sort()).toEqual([
    'fleet',
    'haproxy',
    'master-1',
    'media-1',
    'postgres',
    'redis',
    'tutorial-api',
    'tutorial-web',
  ]);
  expect(await answersOk(`${addresses.loadBalancer}/health/ready`)).toBe(true);
  expect(await answersOk(addresses.tutorial)).toBe(true);
});

it('has a killed node back on the same address under a new id', { timeout: 40_000 }, async () => {
  const before = find('media-1')!;
  const id = await idOf(before.labels['address']);
  process.kill(-before.pid, 'SIGKILL');
  const after = await replaced('media-1', before.pid);
  expect(after.labels['address']).toBe(before.labels['address']);
  expect(await idOf(after.labels['address'])).not.toBe(id);
});

it('exchanges the nodes of a role in their places', { timeout: 40_000 }, async () => {
  const before = find('master-1')!;
  await cluster.renew('master');
  const after = find('master-1')!;
  expect(after.pid).not.toBe(before.pid);
  expect(after.labels['address']).toBe(before.labels['address']);
  await eventually(
    async () => expect(await answersOk(`${addresses.loadBalancer}/health/ready`)).toBe(true),
    patient,
  );
  // It was no crash.
  const slots = await readSlots(addresses.fleet, settings.OPENVIDU_SECRET);
  expect(slots?.find(({ name }) => name === 'master-1')?.restarts).toBe(0);
});

it('grows behind the same load balancer', { timeout: 40_000 }, async () => {
  const api = new ClusterApi({ url: addresses.loadBalancer, secret: settings.OPENVIDU_SECRET });
  await api.scale('master', 2);
  await eventually(() => find('master-2') !== undefined, patient);
  const asked = async () => {
    const response = await fetch(`${addresses.loadBalancer}/health/live`);
    return ((await response.json()) as { name: string }).name;
  };
  await eventually(async () => (await asked()) === 'master-2', patient);
  await expect(api.scale('master', 9)).rejects.toThrow('desired');
});

it('starts its services again, and keeps its nodes when the fleet goes', { timeout: 60_000 }, async () => {
  const nodes = ['master-1', 'media-1'].map((name) => find(name)!.pid);
  const [fleet, balancer] = [find('fleet')!, find('haproxy')!];
  process.kill(fleet.pid, 'SIGKILL');
  process.kill(balancer.pid, 'SIGKILL');
  await replaced('fleet', fleet.pid);
  await replaced('haproxy', balancer.pid);
  expect(said.join()).toMatch(/fleet exited .* started again/);
  const media = find('media-1')!;
  expect(['master-1', 'media-1'].map((name) => find(name)!.pid)).toEqual(nodes);
  process.kill(media.pid, 'SIGKILL');
  await replaced('media-1', media.pid);
});

it('goes on with a Redis that comes back empty', { timeout: 60_000 }, async () => {
  const before = find('master-2')!.pid;
  await cluster.restart('redis', { signal: 'SIGKILL', empty: true });
  const api = new ClusterApi({ url: addresses.loadBalancer, secret: settings.OPENVIDU_SECRET });
  await eventually(async () => {
    const groups = await api.list();
    expect(groups).toMatchObject([
      { desired: 2, running: 2 },
      { desired: 1, running: 1 },
    ]);
  }, patient);
  expect(find('master-2')!.pid).toBe(before);
});

it('leaves no process when it stops', { timeout: 30_000 }, async () => {
  const pids = cluster.list().map(({ pid }) => pid);
  expect(pids.length).toBeGreaterThan(8);
  await cluster.stop();
  expect(cluster.list()).toEqual([]);
  expect(readRecords(join(dir, 'run'))).toEqual([]);
  expect(pids.filter(runs)).toEqual([]);
});
