import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeStateService } from '../src/node/node-state.js';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { ids, TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
});
afterAll(async () => cluster[Symbol.asyncDispose]());

const ask = asker(() => cluster);
const api = '/openvidu/api';

describe('sessions', () => {
  it('are answered with exactly the keys of the contract, and the defaults', async () => {
    const { status, json } = await ask('POST', `${api}/sessions`, { body: { customSessionId: 'keys' } });
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual([
      'id',
      'object',
      'sessionId',
      'createdAt',
      'recording',
      'broadcasting',
      'mediaMode',
      'recordingMode',
      'defaultRecordingProperties',
      'customSessionId',
      'forcedVideoCodec',
      'allowTranscoding',
      'recovery',
      'connections',
    ]);
    expect(json).toMatchObject({
      id: 'keys',
      object: 'session',
      recording: false,
      mediaMode: 'ROUTED',
      recordingMode: 'MANUAL',
      forcedVideoCodec: 'NONE',
      allowTranscoding: false,
      recovery: 'automatic',
      connections: { numberOfElements: 0, content: [] },
    });
    expect(JSON.stringify(json.defaultRecordingProperties)).toBe(
      '{"name":"","hasAudio":true,"hasVideo":true,"outputMode":"COMPOSED","recordingLayout":"BEST_FIT","resolution":"1280x720","frameRate":25,"shmSize":536870912}',
    );
  });

  it('need no body, take nulls for defaults, and get a random id', async () => {
    for (const body of [undefined, {}, { customSessionId: null, mediaMode: null }, { customSessionId: '' }]) {
      const { status, json } = await ask('POST', `${api}/sessions`, { body });
      expect(status).toBe(200);
      expect(json).toMatchObject({
        id: expect.stringMatching(/^ses_[A-Z][A-Za-z0-9]{9}$/),
        customSessionId: '',
      });
    }
  });

  it('with an id in use are refused without a body, whichever master is asked', async () => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'used' } });
    expect(
      await ask('POST', `${api}/sessions`, { body: { customSessionId: 'used' }, master: 1 }),
    ).toMatchObject({ status: 409, text: '' });
    expect((await ask('GET', `${api}/sessions/used`, { master: 1 })).status).toBe(200);
  });

  it.each([
    [{ customSessionId: 999 }, 'customSessionId'],
    [{ customSessionId: 'with blank' }, 'customSessionId'],
    [{ recordingMode: false }, 'recordingMode'],
    [{ mediaMode: 'OTHER' }, 'mediaMode'],
    [{ forcedVideoCodec: 'VP7' }, 'forcedVideoCodec'],
    [{ recovery: 'never' }, 'recovery'],
    [{ defaultRecordingProperties: { frameRate: 'x' } }, 'defaultRecordingProperties.frameRate'],
  ])('with wrong parameters get 400 that names the field: %j', async (body, field) => {
    const { status, json } = await ask('POST', `${api}/sessions`, { body });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      status: 400,
      error: 'Bad Request',
      path: '/sessions',
      message: expect.stringContaining(field),
    });
  });

  it('are closed with 204, and then are 404 without a body', async () => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'gone' } });
    expect(await ask('DELETE', `${api}/sessions/gone`, { master: 1 })).toMatchObject({
      status: 204,
      text: '',
    });
    for (const method of ['DELETE', 'GET']) {
      expect(await ask(method, `${api}/sessions/gone`)).toMatchObject({ status: 404, text: '' });
    }
    expect(await ask('GET', `${api}/sessions/never%20was`)).toMatchObject({ status: 404, text: '' });
  });

  it('are made once by a repeated request, and refused for another body under its key', async () => {
    const headers = { 'idempotency-key': ids.mutationId() };
    const body = { customSessionId: 'once', defaultRecordingProperties: { name: 'a', frameRate: 5 } };
    const first = await ask('POST', `${api}/sessions`, { body, headers });
    const written = '{"defaultRecordingProperties":{"frameRate":5,"name":"a"}, "customSessionId":"once"}';
    expect(await ask('POST', `${api}/sessions`, { body: written, headers, master: 1 })).toMatchObject({
      status: 200,
      json: first.json,
    });
    expect(await ask('POST', `${api}/sessions`, { body: {}, headers })).toMatchObject({
      status: 409,
      json: { status: 409, error: 'Conflict', path: '/sessions', code: 'MUTATION_MISMATCH' },
    });
    expect(await ask('POST', `${api}/sessions`, { body, headers: { 'idempotency-key': '!' } })).toMatchObject(
      { status: 400, json: { field: 'Idempotency-Key' } },
    );
  });
});

describe('connections', () => {
  it('are pending with a token first, then active', async () => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'people' } });
    const made = await ask('POST', `${api}/sessions/people/connection`, {
      body: { data: 'srv', role: 'MODERATOR', record: null },
    });
    expect(made.status).toBe(200);
    expect(Object.keys(made.json)).toEqual([
      'id',
      'object',
      'status',
      'connectionId',
      'sessionId',
      'createdAt',
      'type',
      'record',
      'role',
      'kurentoOptions',
      'customIceServers',
      'rtspUri',
      'adaptativeBitrate',
      'onlyPlayWithSubscribers',
      'networkCache',
      'serverData',
      'token',
      'activeAt',
      'location',
      'ip',
      'platform',
      'clientData',
      'publishers',
      'subscribers',
    ]);
    expect(made.json).toMatchObject({
      status: 'pending',
      role: 'MODERATOR',
      record: true,
      serverData: 'srv',
      activeAt: null,
      publishers: null,
    });
    expect(made.json.token).toMatch(/^ws:\/\/localhost:4443\?sessionId=people&token=tok_/);
    expect((await ask('GET', `${api}/sessions/people`)).json.connections.numberOfElements).toBe(0);
    expect(
      (await ask('GET', `${api}/sessions/people?pendingConnections=true`)).json.connections.numberOfElements,
    ).toBe(1);

    const ann = await TestClient.join(cluster.master(0).url, made.json.token);
    const bob = await TestClient.join(cluster.master(1).url, await cluster.token('people'));
    const stream = await ann.publish();
    await bob.event('streamCreated');
    await bob.subscribe(stream.streamId);
    const { json } = await ask('GET', `${api}/sessions/people/connection/${made.json.id}`, { master: 1 });
    expect(json).toMatchObject({
      status: 'active',
      location: 'unknown',
      ip: '127.0.0.1',
      platform: 'node',
      clientData: 'test',
      token: made.json.token,
      publishers: [
        {
          streamId: stream.streamId,
          mediaOptions: {
            hasAudio: true,
            audioActive: true,
            hasVideo: true,
            videoActive: true,
            typeOfVideo: 'CAMERA',
            frameRate: 30,
            filter: {},
          },
        },
      ],
      subscribers: [],
    });
    const others = await ask('GET', `${api}/sessions/people/connection/${bob.connectionId}`);
    expect(others.json.subscribers).toMatchObject([{ streamId: stream.streamId }]);
    const session = await ask('GET', `${api}/sessions/people`);
    expect(session.json).toMatchObject({
      mediaNodeId: expect.stringMatching(/^media_/),
      connections: { numberOfElements: 2 },
    });

    expect((await ask('DELETE', `${api}/sessions/people/stream/${stream.streamId}`)).status).toBe(204);
    expect(await bob.event('streamDestroyed')).toMatchObject({ reason: 'forceUnpublishByServer' });
    expect((await ask('DELETE', `${api}/sessions/people/connection/${ann.connectionId}`)).status).toBe(204);
    expect(await ann.ended.next()).toEqual({ reason: 'forceDisconnectByServer' });
    bob.close();
  });

  it.each([
    ['POST', '/sessions/nobody/connection', 404],
    ['GET', '/sessions/nobody/connection', 404],
    ['GET', '/sessions/nobody/connection/con_A000000000', 400],
    ['DELETE', '/sessions/nobody/connection/con_A000000000', 400],
    ['DELETE', '/sessions/nobody/stream/str_CAM_A000_con_A000000000', 400],
    ['GET', '/sessions/some/connection/con_A000000000', 404],
    ['DELETE', '/sessions/some/connection/nonsense', 404],
    ['DELETE', '/sessions/some/stream/str_CAM_A000_con_A000000000', 404],
  ])('that are not there: %s %s is %i without a body', async (method, path, status) => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'some' } });
    expect(await ask(method, `${api}${path}`)).toMatchObject({ status, text: '' });
  });

  it.each([
    [{ role: 123 }, 'role'],
    [{ data: true }, 'data'],
    [{ type: 'OTHER' }, 'type'],
    [{ customIceServers: [{ url: 'http://x' }] }, 'customIceServers.0.url'],
    [{ customIceServers: [{ url: 'stun:x?transport=udp' }] }, 'customIceServers.0.url'],
    [{ customIceServers: [{ url: 'turn:x:99999', staticAuthSecret: 's' }] }, 'customIceServers.0.url'],
    [{ customIceServers: [{ url: 'turn:x', username: 'u' }] }, 'customIceServers.0.username'],
  ])('with wrong parameters get 400 that names the field: %j', async (body, field) => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'some' } });
    const { status, json } = await ask('POST', `${api}/sessions/some/connection`, { body });
    expect(status).toBe(400);
    expect(json.message).toContain(field);
  });

  it('of no session are 404, whatever the parameters are', async () => {
    const answer = await ask('POST', `${api}/sessions/nobody/connection`, { body: { role: 1 } });
    expect(answer).toMatchObject({ status: 404, text: '' });
  });

  it('are made once by a repeated request, and by another under its key not at all', async () => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'again' } });
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'other' } });
    const headers = { 'idempotency-key': ids.mutationId() };
    const body = { data: 'x' };
    const first = await ask('POST', `${api}/sessions/again/connection`, { body, headers });
    const second = await ask('POST', `${api}/sessions/again/connection`, { body, headers, master: 1 });
    expect(second).toMatchObject({ status: 200, json: first.json });
    expect(await ask('POST', `${api}/sessions/other/connection`, { body, headers })).toMatchObject({
      status: 409,
      json: { code: 'MUTATION_MISMATCH' },
    });
    expect((await ask('GET', `${api}/sessions/again/connection`)).json.numberOfElements).toBe(1);
    expect((await ask('GET', `${api}/sessions/other/connection`)).json.numberOfElements).toBe(0);
  });

  it('can be asked for as tokens, the deprecated way', async () => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'old' } });
    const { status, json } = await ask('POST', `${api}/tokens`, {
      body: { session: 'old', role: 'SUBSCRIBER', data: 'x' },
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      id: json.token,
      token: expect.stringMatching(/^ws:\/\/localhost:4443\?sessionId=old&token=tok_/),
      connectionId: expect.stringMatching(/^con_/),
      createdAt: expect.any(Number),
      session: 'old',
      data: 'x',
      role: 'SUBSCRIBER',
      record: true,
    });
    expect((await ask('GET', `${api}/sessions/old/connection/${json.connectionId}`)).json.token).toBe(
      json.token,
    );
    expect((await ask('POST', `${api}/tokens`, { body: { session: 'absent' } })).status).toBe(404);
    expect((await ask('POST', `${api}/tokens`, { body: {} })).json.field).toBe('session');
  });

  it('get TURN credentials made from a static secret', async () => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'some' } });
    const body = {
      customIceServers: [{ url: 'turn:turn.example:3478?transport=tcp', staticAuthSecret: 's' }],
    };
    const { json } = await ask('POST', `${api}/sessions/some/connection`, { body });
    expect(json.customIceServers).toEqual([
      {
        url: body.customIceServers[0]!.url,
        username: expect.stringMatching(/^\d+:\w{8}$/),
        credential: expect.any(String),
      },
    ]);
  });
});

describe('signals from a backend', () => {
  it('reach the people they are for', async () => {
    await cluster.createSession('told');
    const ann = await TestClient.join(cluster.master(1).url, await cluster.token('told'));
    expect(
      await ask('POST', `${api}/signal`, { body: { session: 'told', type: 'foo', data: 'bar' } }),
    ).toMatchObject({ status: 200, text: '' });
    const event = await ann.event('signal');
    expect(event).toEqual({ type: 'signal', signalType: 'signal:foo', data: 'bar' });
    ann.close();
  });

  it.each([
    [{}, 400],
    [{ session: 'absent' }, 404],
    [{ session: 'empty' }, 406],
    [{ session: 'empty', to: 'x' }, 400],
  ])('%j get %i', async (body, status) => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: 'empty' } });
    expect((await ask('POST', `${api}/signal`, { body })).status).toBe(status);
  });
});

const unsupported = {
  status: 415,
  json: { error: 'Unsupported Media Type', message: expect.stringContaining('Content-Type') },
};

describe('the border', () => {
  it.each([
    ['nothing', ''],
    ['another secret', `Basic ${Buffer.from('OPENVIDUAPP:x').toString('base64')}`],
    ['nonsense', 'Bearer x'],
  ])('refuses %s', async (_, authorization) => {
    const answer = await ask('GET', `${api}/sessions`, { headers: { authorization } });
    expect(answer).toMatchObject({ status: 401, json: { status: 401, error: 'Unauthorized' } });
    expect(answer.headers.get('www-authenticate')).toContain('Basic');
  });

  it.each([
    ['GET', ''],
    ['DELETE', '/sessions'],
    ['POST', '/recordings/stop'],
    ['GET', '/nothing/here'],
    ['PATCH', '/sessions/a/connection/b'],
  ])('answers 403 to what is not mapped: %s %s', async (method, path) =>
    expect((await ask(method, `${api}${path}`)).status).toBe(403),
  );

  it('answers broken and oversized JSON with an error, and goes on', async () => {
    expect(await ask('POST', `${api}/sessions`, { body: '{"customSessionId":' })).toMatchObject({
      status: 400,
      json: { status: 400 },
    });
    const huge = JSON.stringify({ customSessionId: 'x'.repeat(1_100_000) });
    expect(await ask('POST', `${api}/sessions`, { body: huge })).toMatchObject({
      status: 413,
      json: { status: 413, error: 'Payload Too Large', path: '/sessions' },
    });
    expect((await ask('GET', `${api}/sessions`)).status).toBe(200);
  });

  it.each([
    ['application/x-www-form-urlencoded', '', { status: 200, json: { customSessionId: '' } }],
    ['application/json; charset=utf-8', '{"customSessionId":"utf8"}', { status: 200, json: { id: 'utf8' } }],
    ['application/x-www-form-urlencoded', '{"customSessionId":"form"}', unsupported],
    ['text/plain', '{"customSessionId":"text"}', unsupported],
  ])('answers a body of type %s: %j', async (type, body, answer) => {
    const headers = { 'content-type': type };
    expect(await ask('POST', `${api}/sessions`, { body, headers })).toMatchObject(answer);
  });

  it('tells its address and health without a secret', async () => {
    const headers = { authorization: '' };
    expect((await ask('GET', `${api}/config/openvidu-publicurl`, { headers })).text).toBe(
      'http://localhost:4443/',
    );
    expect((await ask('GET', '/openvidu/health', { headers })).status).toBe(200);
    expect((await ask('GET', '/health/ready', { headers })).status).toBe(200);
    expect((await ask('GET', '/health/live', { headers })).json).toMatchObject({
      role: 'master',
      state: 'running',
      name: 'master-1',
    });
    expect((await ask('GET', '/metrics', { headers })).status).toBe(401);
    const { text } = await ask('GET', '/metrics');
    expect(text).toContain('evercall_client_sockets');
    expect(text).toContain('evercall_process_cpu_seconds_total');
    expect(text).toMatch(
      /evercall_http_request_seconds_count{method="GET",route="\/openvidu\/health",status="200"} \d/,
    );
  });

  it.each([
    ['launching', 503],
    ['terminating', 404],
    ['running', 200],
  ] as const)('is, for a load balancer, while it is %s: %i', async (state, status) => {
    cluster.master(0).app.get(NodeStateService).become(state);
    expect((await ask('GET', '/health/ready')).status).toBe(status);
    expect(await ask('GET', '/health/live')).toMatchObject({ status: 200, json: { state } });
  });

  it('tells the health of the cluster', async () => {
    const { status, json } = await ask('GET', `${api}/health`);
    expect(status).toBe(200);
    expect(json.clusterStatus).toBe('UP');
    expect(Object.keys(json.nodes)).toHaveLength(2);
  });
});
