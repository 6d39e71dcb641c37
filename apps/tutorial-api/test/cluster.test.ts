import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './api.js';
import { ClusterStandIn } from './cluster-stand-in.js';

const secret = 'a-secret-of-this-test';
let cluster: ClusterStandIn;
let api: TestApi;

function useCluster(env: Record<string, string>): void {
  beforeAll(async () => {
    cluster = await ClusterStandIn.start(secret);
    api = await startApi({
      OPENVIDU_URL: cluster.url,
      FLEET_URL: cluster.url,
      OPENVIDU_SECRET: secret,
      ...env,
    });
  });
  afterEach(() => {
    cluster.failure = undefined;
    cluster.requests.length = 0;
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });
}

const actions = [
  'POST /api/cluster/nodes/mst_1/kill',
  'POST /api/cluster/nodes/mst_1/freeze',
  'POST /api/cluster/nodes/mst_1/thaw',
  'POST /api/cluster/nodes/mst_1/drain',
  'POST /api/cluster/nodes/med_1/workers/0/kill',
];
const error = (code: string, field?: string) => ({
  error: { code, message: expect.any(String), ...(field === undefined ? {} : { field }) },
});

describe('the view of the cluster', () => {
  useCluster({});

  it('lists every node, the lost ones with their cause, and says who serves a room', async () => {
    const { status, json } = await api.call('GET /api/cluster?room=team');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      playground: false,
      ageMs: 0,
      nodes: [
        { name: 'master-1', state: 'running', load: { cpu: 0.2 } },
        { name: 'master-2' },
        { id: 'med_1', name: 'media-1', load: { workers: [{ consumers: 6, alive: true }] } },
        { id: 'med_0', name: 'media-1', state: 'lost', lost: { cause: 'refused' } },
      ],
      room: {
        legs: [{ mediaNodeName: 'media-1', generation: 2 }],
        connections: [{ connectionId: 'con_1', masterName: 'master-2' }],
      },
    });
  });

  it('tells no secret, address or process', async () => {
    const text = JSON.stringify((await api.call('GET /api/cluster?room=team')).json);
    for (const hidden of [secret, btoa(`OPENVIDUAPP:${secret}`), '10.0.0.7', '4242', cluster.url]) {
      expect(text).not.toContain(hidden);
    }
  });

  it('is of nobody in particular where nobody is', async () => {
    expect((await api.call('GET /api/cluster?room=empty')).json).toMatchObject({ room: null });
    expect((await api.call('GET /api/cluster')).json).toMatchObject({ room: null });
  });

  it('is read once for all who look at the same moment', async () => {
    await Promise.all(Array.from({ length: 8 }, () => api.call('GET /api/cluster?room=team')));
    expect(cluster.requests.filter((request) => request === 'GET /cluster/api/nodes').length).toBeLessThan(8);
  });

  it('is the last known one, with its age, while no master answers', async () => {
    await api.call('GET /api/cluster');
    cluster.failure = 503;
    await expect
      .poll(async () => (await api.call('GET /api/cluster?room=team')).json)
      .toMatchObject({ ageMs: expect.toSatisfy((ageMs) => ageMs > 0), nodes: expect.any(Array), room: null });
  });

  it('is refused for a name that is none', async () => {
    const answer = await api.call('GET /api/cluster?room=a%20b');
    expect(answer).toMatchObject({ status: 400, json: error('BAD_REQUEST', 'room') });
  });

  it.each(actions)('offers no %s', async (action) => {
    expect(await api.call(action, {})).toMatchObject({ status: 404, json: error('NOT_FOUND') });
    expect(cluster.requests).toEqual([]);
  });
});

describe('the playground', () => {
  useCluster({ EVERCALL_PLAYGROUND: '1' });

  it.each([
    [actions[0], 'POST /playground/nodes/master-1/kill'],
    [actions[1], 'POST /playground/nodes/master-1/freeze'],
    [actions[2], 'POST /playground/nodes/master-1/thaw'],
    [actions[3], 'POST /cluster/api/nodes/mst_1/drain'],
    [actions[4], 'POST /playground/nodes/media-1/workers/0/kill'],
  ])('carries out %s', async (action = '', asked) => {
    expect((await api.call(action, {})).status).toBe(202);
    expect(cluster.requests.filter((request) => !request.startsWith('GET'))).toEqual([asked]);
  });

  it('takes a drain back', async () => {
    expect((await api.call('DELETE /api/cluster/nodes/mst_1/drain')).status).toBe(202);
    expect(cluster.requests).toContain('DELETE /cluster/api/nodes/mst_1/drain');
  });

  it('says that it is there', async () => {
    expect((await api.call('GET /api/cluster')).json).toMatchObject({ playground: true });
  });

  it('spares the replacement of a node that is lost already', async () => {
    const answer = await api.call('POST /api/cluster/nodes/med_0/kill', {});
    expect(answer).toMatchObject({ status: 409, json: error('NODE_LOST') });
    expect(cluster.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  it('knows no other nodes and no other faults', async () => {
    expect(await api.call('POST /api/cluster/nodes/mst_9/kill', {})).toMatchObject({
      status: 404,
      json: error('NODE_NOT_FOUND'),
    });
    for (const [action, field] of [
      ['POST /api/cluster/nodes/mst_1/explode', 'fault'],
      ['POST /api/cluster/nodes/med_1/workers/x/kill', 'index'],
      ['POST /api/cluster/nodes/a%2Fb/kill', 'id'],
    ] as const) {
      expect(await api.call(action, {})).toMatchObject({ status: 400, json: error('BAD_REQUEST', field) });
    }
  });

  it("lets no other site's page press a button", async () => {
    const plain = { 'content-type': 'text/plain' };
    expect((await api.call('POST /api/cluster/nodes/mst_1/kill', 'x', plain)).status).toBe(400);
    expect((await api.call('POST /api/cluster/nodes/mst_1/kill')).status).toBe(400);
    expect(cluster.requests).toEqual([]);
  });

  it('kills once, also when nobody says that it was done', async () => {
    await api.call('GET /api/cluster');
    cluster.failure = 503;
    const answer = await api.call('POST /api/cluster/nodes/mst_1/kill', {});
    expect(answer).toMatchObject({ status: 503, json: error('FLEET_UNAVAILABLE') });
    expect(cluster.requests.filter((request) => request.includes('/playground/'))).toHaveLength(1);
  });
});

describe('with identities by token', () => {
  useCluster({
    EVERCALL_PLAYGROUND: '1',
    TUTORIAL_IDENTITY: 'jwt',
    TUTORIAL_JWT_SECRET: 'a-secret-of-thirty-two-characters',
  });

  it('strangers see and break nothing', async () => {
    for (const request of ['GET /api/cluster', ...actions, 'DELETE /api/cluster/nodes/mst_1/drain']) {
      const body = request.startsWith('POST') ? {} : undefined;
      expect(await api.call(request, body)).toMatchObject({ status: 401, json: error('UNAUTHENTICATED') });
    }
    expect(cluster.requests).toEqual([]);
  });
});
