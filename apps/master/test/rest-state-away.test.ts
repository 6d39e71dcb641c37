import { eventually, startRedis } from '@evercall/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ masters: 1, media: 0 });
});
afterAll(async () => cluster[Symbol.asyncDispose]());

const ask = asker(() => cluster);
const sessions = '/openvidu/api/sessions';

const questions = [
  ['POST', sessions],
  ['GET', sessions],
  ['GET', `${sessions}/any`],
  ['DELETE', `${sessions}/any`],
  ['POST', `${sessions}/any/connection`],
  ['GET', '/openvidu/api/health'],
] as const;

describe('a master whose shared state is away', () => {
  it('says so with 503, stays ready, and works again when the state is back', async () => {
    const { port } = cluster.redis;
    await cluster.redis.stop();
    const answers = await Promise.all(
      questions.map(async ([method, path]) => {
        const { status, headers, json } = await ask(method, path);
        return { method, path, status, retryAfter: headers.get('retry-after'), json };
      }),
    );
    expect(answers).toMatchObject(
      questions.map(([method, path]) => ({
        method,
        path,
        status: 503,
        retryAfter: '1',
        json: {
          status: 503,
          error: 'Service Unavailable',
          path: path.replace('/openvidu/api', ''),
          code: 'STATE_UNAVAILABLE',
        },
      })),
    );
    expect((await ask('GET', '/health/ready')).status).toBe(200);
    expect((await ask('GET', '/health/live')).status).toBe(200);
    // What is wrong with a request can be told without the state.
    expect((await ask('POST', sessions, { body: { mediaMode: 1 } })).status).toBe(400);

    await using redis = await startRedis({ port });
    expect(redis.port).toBe(port);
    await eventually(async () => (await ask('POST', sessions)).status === 200, { timeoutMs: 10_000 });
  });
});
