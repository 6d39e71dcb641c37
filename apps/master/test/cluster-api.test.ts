import { createRedis, NodeGroups, type Slot } from '@evercall/cluster';
import { eventually } from '@evercall/testing';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeView } from '../src/cluster-api/node-view.js';
import { SessionPlacement } from '../src/cluster-api/session-placement.js';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ media: 2 });
});
afterAll(async () => cluster[Symbol.asyncDispose]());
const ask = asker(() => cluster);

const nodes = async () => NodeView.array().parse((await ask('GET', '/cluster/api/nodes')).list);
const placement = async (id: string) =>
  SessionPlacement.parse((await ask('GET', `/cluster/api/sessions/${id}`, { master: 1 })).json);

describe('GET /cluster/api/nodes', () => {
  it('tells of every node', async () => {
    const views = await nodes();
    expect(views.map(({ name, role, state }) => `${name} ${role} ${state}`).toSorted()).toEqual([
      'master-1 master running',
      'master-2 master running',
      'media-1 media running',
      'media-2 media running',
    ]);
  });

  it('tells of a lost one why, when and by whom', async () => {
    const victim = await cluster.spawnMaster();
    const { id } = (await nodes()).find(({ name }) => name === 'master-spawned')!;
    victim.kill('SIGKILL');
    const lost = await eventually(async () => {
      const view = (await nodes()).find((node) => node.id === id);
      return view?.state === 'lost' && view;
    });
    expect(lost.lost).toEqual({
      at: expect.any(Number),
      cause: 'refused',
      by: expect.stringMatching(/^master_/),
    });
  });

  it('wants the secret', async () => {
    const response = await fetch(`${cluster.master(0).url}/cluster/api/nodes`);
    expect(response.status).toBe(401);
  });
});

describe('POST /cluster/api/sessions/:id/move', () => {
  it('moves a session to the media node that is named', async () => {
    await cluster.createSession('moved');
    const ann = await TestClient.join(cluster.master(0).url, await cluster.token('moved'));
    const { streamId } = await ann.publish();
    const there = (await nodes()).find(
      ({ role, name }) => role === 'media' && name !== ann.joined.servedBy.mediaNodeName,
    )!;
    const body = { mediaNodeId: there.id };
    const answer = await ask('POST', '/cluster/api/sessions/moved/move', { body });
    expect(answer).toMatchObject({
      status: 202,
      json: { legs: [{ mediaNodeId: there.id, generation: 2 }, { leaving: true }] },
    });
    expect(await ask('POST', '/cluster/api/sessions/moved/move')).toMatchObject({
      status: 409,
      json: { field: 'id' },
    });
    await ann.follow();
    await ann.arrive();
    expect(await placement('moved')).toMatchObject({
      legs: [{ mediaNodeId: there.id, mediaNodeName: there.name, generation: 2, leaving: false }],
      connections: [
        {
          connectionId: ann.connectionId,
          masterName: 'master-1',
          attached: true,
          movedTo: 2,
          streams: [{ streamId, generation: 2, live: true }],
        },
      ],
    });
    expect((await ask('POST', '/cluster/api/sessions/moved/move', { body })).status).toBe(202);
    expect(ann.moved.all()).toHaveLength(1);
    ann.close();
    await eventually(async () =>
      expect((await placement('moved')).connections).toMatchObject([{ attached: false }]),
    );
  });
});

describe('a wrong request is refused, names what is wrong, and changes nothing', () => {
  it.each([
    ['POST', 'nodes/NODE/drain', { strategy: 'soon' }, 400, 'strategy'],
    ['POST', 'nodes/NODE/drain', { deadlineMs: -1 }, 400, 'deadlineMs'],
    ['POST', 'nodes/media_Nobody00/drain', {}, 404, 'id'],
    ['DELETE', 'nodes/media_Nobody00/drain', undefined, 404, 'id'],
    ['POST', 'sessions/nothing/move', {}, 404, 'id'],
    ['POST', 'sessions/SESSION/move', { mediaNodeId: 7 }, 400, 'mediaNodeId'],
    ['POST', 'sessions/SESSION/move', { mediaNodeId: 'media_Nobody00' }, 404, 'mediaNodeId'],
    ['GET', 'sessions/nothing', undefined, 404, 'id'],
  ])('%s %s %j → %d %s', async (method, path, body, status, field) => {
    const [first] = (await nodes()).filter(({ role }) => role === 'media');
    await cluster.createSession(`wrong-${field}`);
    const ann = await TestClient.join(cluster.master(0).url, await cluster.token(`wrong-${field}`));
    const full = path.replace('NODE', first!.id).replace('SESSION', `wrong-${field}`);
    const answer = await ask(method, `/cluster/api/${full}`, body === undefined ? {} : { body });
    expect(answer).toMatchObject({ status, json: { field } });
    expect(answer.json.message).toContain(field);
    expect((await nodes()).filter(({ drain }) => drain)).toEqual([]);
    expect((await placement(`wrong-${field}`)).legs).toMatchObject([{ generation: 1 }]);
    await ann.ask('leave', {});
    ann.close();
  });
});

describe('/cluster/api/groups', () => {
  it('has none where no fleet runs', async () => {
    expect((await ask('GET', '/cluster/api/groups')).list).toEqual([]);
    expect(await ask('PATCH', '/cluster/api/groups/media', { body: { desired: 3 } })).toMatchObject({
      status: 404,
      json: { field: 'role' },
    });
  });

  describe('with the groups of a fleet', () => {
    const slot: Slot = {
      name: 'media-1',
      role: 'media',
      state: 'running',
      pid: 1,
      since: 5,
      restarts: 2,
      revision: 0,
    };
    let groups: NodeGroups;
    let redis: ReturnType<typeof createRedis>;
    beforeAll(async () => {
      redis = createRedis(cluster.redis.url, pino({ level: 'silent' }));
      groups = new NodeGroups(redis);
      await eventually(() => redis.ping());
      await groups.offer('plan', [{ role: 'media', min: 0, max: 4, desired: 2 }]);
      await groups.report([slot]);
    });
    afterAll(() => redis.disconnect());

    it('shows what is wanted and what there is', async () => {
      expect((await ask('GET', '/cluster/api/groups', { master: 1 })).list).toEqual([
        { role: 'media', min: 0, max: 4, desired: 2, revision: 0, running: 1, outdated: 0, slots: [slot] },
      ]);
    });

    it('changes the size', async () => {
      expect(await ask('PATCH', '/cluster/api/groups/media', { body: { desired: 4 } })).toMatchObject({
        status: 200,
        json: { desired: 4 },
      });
      expect(await groups.list()).toMatchObject([{ desired: 4 }]);
    });

    it.each([{ desired: 5 }, { desired: -1 }, { desired: 1.5 }, { desired: 'many' }, {}])(
      'refuses %j, names the field and changes nothing',
      async (body) => {
        const before = await groups.list();
        expect(await ask('PATCH', '/cluster/api/groups/media', { body })).toMatchObject({
          status: 400,
          json: { field: 'desired' },
        });
        expect(await groups.list()).toEqual(before);
      },
    );

    it('orders a rolling restart', async () => {
      expect(await ask('POST', '/cluster/api/groups/media/roll')).toMatchObject({
        status: 202,
        json: { revision: 1, outdated: 1 },
      });
    });

    it.each(['master', 'console'])('knows no group %s', async (role) => {
      expect(await ask('POST', `/cluster/api/groups/${role}/roll`)).toMatchObject({
        status: 404,
        json: { field: 'role' },
      });
    });
  });
});
