import { describe, expect, it } from 'vitest';
import { alice, legOf, publishAlice } from './support/alice.js';
import { TestMaster } from './support/test-master.js';
import { nextWorkerPid, startTestNode } from './support/test-node.js';

const send = { connectionId: alice, direction: 'send', renew: false } as const;
const [dying, living] = [legOf('Dying'), legOf('Living')];

describe('a worker', () => {
  it.each([
    ['SIGKILL', 'exited'],
    // It doesn't answer any more.
    ['SIGSTOP', 'frozen'],
  ] as const)('that gets %s costs its own legs only, and is replaced', async (signal, cause) => {
    await using node = await startTestNode({ env: { MEDIA_WORKERS: '2' } });
    await using master = await TestMaster.open(node);
    await using other = await TestMaster.open(node);
    const pid = await nextWorkerPid(node, 1);
    await master.command(dying, 'openSession', { worker: 1 });
    await master.command(living, 'openSession', { worker: 0 });
    const { id } = await master.command(living, 'openTransport', send);

    process.kill(pid, signal);
    await expect(master.legsLost.next()).resolves.toEqual({ legs: [dying], cause: 'workerDied' });
    await expect(other.legsLost.next()).resolves.toEqual({ legs: [dying], cause: 'workerDied' });
    await node.log.next(({ msg, cause: logged }) => msg === 'worker died' && logged === cause);
    expect(await nextWorkerPid(node, 1)).not.toBe(pid);

    await expect(master.command(living, 'openTransport', send)).resolves.toMatchObject({ id });
    await expect(master.refusal(dying, 'openTransport', send)).resolves.toBe('LEG_CLOSED');
    await expect(master.refusal(dying, 'openSession', {})).resolves.toBe('LEG_CLOSED');
    const { legs, lost } = await master.inventory();
    expect(legs.map(({ leg }) => leg)).toEqual([living]);
    // Who comes later hears of it as well, until a master has ended it.
    expect(lost).toEqual([dying]);
    await master.command(dying, 'closeSession', {});
    expect((await master.inventory()).lost).toEqual([]);

    const next = { ...dying, generation: 2 };
    await expect(master.command(next, 'openSession', { worker: 1 })).resolves.toMatchObject({ worker: 1 });
    await publishAlice(master, next);
    const metrics = await (await fetch(`${node.url}/metrics`)).text();
    expect(metrics).toContain(`evercall_media_worker_deaths_total{cause="${cause}"} 1`);
  });

  it('that is frozen makes its commands fail, and only its own', async () => {
    await using node = await startTestNode({ env: { MEDIA_WORKERS: '2' } });
    await using master = await TestMaster.open(node);
    const pid = await nextWorkerPid(node, 1);
    await master.command(dying, 'openSession', { worker: 1 });
    await master.command(living, 'openSession', { worker: 0 });
    process.kill(pid, 'SIGSTOP');
    const stuck = master.refusal(dying, 'openTransport', send);
    await master.command(living, 'openTransport', send);
    await expect(stuck).resolves.toBe('WORKER_UNAVAILABLE');
  });

  it('all gone: the node isn’t ready until one is back', async () => {
    await using node = await startTestNode();
    const status = async (): Promise<number> => (await fetch(`${node.url}/health/ready`)).status;
    expect(await status()).toBe(200);
    process.kill(await nextWorkerPid(node, 0), 'SIGKILL');
    await node.log.next(({ msg }) => msg === 'worker died');
    expect((await fetch(`${node.url}/health/live`)).status).toBe(200);
    await nextWorkerPid(node, 0);
    expect(await status()).toBe(200);
  });

  it('gives every session of a burst its share of workers', async () => {
    await using node = await startTestNode({ env: { MEDIA_WORKERS: '2' } });
    await using master = await TestMaster.open(node);
    const workers: number[] = [];
    for (const id of ['A', 'B', 'C', 'D']) {
      workers.push((await master.command(legOf(id), 'openSession', {})).worker);
    }
    expect(workers.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 1]);
  });
});
