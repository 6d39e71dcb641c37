import { Response } from '@evercall/protocol';
import { afterEach, expect, it } from 'vitest';
import { asker } from '../support/asker.js';
import { TestCluster } from '../support/cluster.js';
import { TestClient } from '../support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

const ask = asker(() => cluster);
const session = '/openvidu/api/sessions/careful';

it('a wrong parameter is named, by REST and on a socket, and the session stays as it is', async () => {
  cluster = await TestCluster.start();
  await cluster.createSession('careful');
  const ann = await TestClient.join(cluster.master(0).url, await cluster.token('careful'));
  const stream = await ann.publish();
  const before = (await ask('GET', session)).json;

  const bodies: [string, object, string][] = [
    ['/openvidu/api/sessions', { mediaMode: 'BOTH' }, 'mediaMode'],
    ['/openvidu/api/sessions', { customSessionId: 'not a name' }, 'customSessionId'],
    [`${session}/connection`, { role: 'KING' }, 'role'],
    ['/openvidu/api/signal', { session: 7 }, 'session'],
    ['/cluster/api/sessions/careful/move', { mediaNodeId: 7 }, 'mediaNodeId'],
  ];
  for (const [path, body, field] of bodies) {
    const { status, json } = await ask('POST', path, { body });
    expect([path, status, json.field]).toEqual([path, 400, field]);
  }
  const requests: [string, object, string][] = [
    ['publish', { streamId: 'mine', options: {}, tracks: [], generation: 1 }, 'streamId'],
    [
      'setTrackActive',
      { streamId: stream.streamId, kind: 'smell', active: true, reason: 'publishAudio' },
      'kind',
    ],
    ['signal', { type: 't', data: 7, to: [] }, 'data'],
    ['forceDisconnect', { connectionId: 'everybody' }, 'connectionId'],
    ['moveDone', { generation: -1 }, 'generation'],
  ];
  for (const [method, params, field] of requests) {
    const answer = Response.parse(await ann.raw({ id: ann.mutationId(), method, params }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST', field } });
  }

  expect((await ask('GET', session)).json).toEqual(before);
  ann.close();
});
