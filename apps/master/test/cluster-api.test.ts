import { eventually } from '@evercall/testing';
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
