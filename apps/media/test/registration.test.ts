import { createRedis, NodeRegistry } from '@evercall/cluster';
import { eventually, startRedis } from '@evercall/testing';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { alice, legOf, publishAlice } from './support/alice.js';
import { TestMaster } from './support/test-master.js';
import { startTestNode } from './support/test-node.js';

const leg = legOf('Registered');

describe('registration', () => {
  it('shows the node with what it carries, and takes it off when it stops', async () => {
    await using redis = await startRedis();
    const client = createRedis(redis.url, pino({ level: 'silent' }));
    const registry = new NodeRegistry(client);
    {
      await using node = await startTestNode({ env: { REDIS_URL: redis.url, NODE_NAME: 'media-7' } });
      await using master = await TestMaster.open(node);
      const rtpCapabilities = await publishAlice(master, leg);
      const [aliceStream] = (await master.inventory()).legs[0]?.streams ?? [];
      await master.command(leg, 'consume', {
        connectionId: (await master.inventory()).legs[0]!.connections[1]!.connectionId,
        streamId: aliceStream!.streamId,
        rtpCapabilities,
      });
      const listed = await eventually(async () => {
        const [only] = await registry.list();
        return only !== undefined && only.load.consumers === 2 && only;
      });
      expect(listed).toMatchObject({
        record: {
          role: 'media',
          id: node.identity.id,
          name: 'media-7',
          url: node.url,
          pid: process.pid,
          state: 'running',
          workers: 1,
          softCapacity: 400,
          hardCapacity: 500,
        },
        load: {
          sessions: 1,
          consumers: 2,
          producers: 2,
          connections: 2,
          workers: [{ consumers: 2, alive: true }],
        },
      });
    }
    await expect(registry.list()).resolves.toEqual([]);
    client.disconnect();
  });

  it('comes back after Redis lost everything; media didn’t notice', async () => {
    await using redis = await startRedis();
    const { port } = redis;
    await using node = await startTestNode({ env: { REDIS_URL: redis.url } });
    await node.log.next(({ msg }) => msg === 'registered');
    await using master = await TestMaster.open(node);
    await publishAlice(master, leg);
    await redis.stop();
    await node.log.next(({ msg }) => msg === 'the shared state is away');
    await master.command(leg, 'restartIce', { connectionId: alice, direction: 'send' });
    expect((await fetch(`${node.url}/health/ready`)).status).toBe(200);
    await using restarted = await startRedis({ port });
    await node.log.next(({ msg }) => msg === 'registered');
    expect(restarted.port).toBe(port);
    expect((await master.inventory()).legs).toHaveLength(1);
  });

  it('ends the node that was declared lost', async () => {
    await using redis = await startRedis();
    const client = createRedis(redis.url, pino({ level: 'silent' }));
    const { promise: lost, resolve } = Promise.withResolvers<void>();
    await using node = await startTestNode({ env: { REDIS_URL: redis.url }, onLost: resolve });
    await node.log.next(({ msg }) => msg === 'registered');
    await client.sadd('evercall:lost', node.identity.id);
    await lost;
    expect((await fetch(`${node.url}/health/ready`)).status).not.toBe(200);
    client.disconnect();
  });
});
