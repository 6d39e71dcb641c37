import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

/** The same request on one master after the other, as after a 502 that came too late. */
async function twice(method: string, path: string, question: { body?: object } = {}) {
  const options = { ...question, ...keyed(ids.mutationId()) };
  const first = await ask(method, `${api}${path}`, { ...options, master: 0 });
  return [first.status, (await ask(method, `${api}${path}`, { ...options, master: 1 })).status];
}

const join = async (session: string) => {
  await cluster.createSession(session);
  return TestClient.join(cluster.master(0).url, await cluster.token(session));
};

describe('a request that is repeated with its key', () => {
  it('closes a session once: the one that was opened since stays', async () => {
    await cluster.createSession('closed');
    const key = keyed(ids.mutationId());
    expect((await ask('DELETE', `${api}/sessions/closed`, key)).status).toBe(204);
    expect((await ask('DELETE', `${api}/sessions/closed`, { ...key, master: 1 })).status).toBe(204);
    await cluster.createSession('closed');
    expect((await ask('DELETE', `${api}/sessions/closed`, { ...key, master: 1 })).status).toBe(204);
    expect((await ask('GET', `${api}/sessions/closed`)).status).toBe(200);
  });

  it('puts a participant out once, also when the session ends with it', async () => {
    const ann = await join('alone');
    expect(await twice('DELETE', `/sessions/alone/connection/${ann.connectionId}`)).toEqual([204, 204]);
    expect((await ann.ended.next()).reason).toBe('forceDisconnectByServer');
  });

  it('ends a stream once', async () => {
    const ann = await join('streaming');
    const { streamId } = await ann.publish();
    expect(await twice('DELETE', `/sessions/streaming/stream/${streamId}`)).toEqual([204, 204]);
    ann.close();
  });

  it('sends a signal once, also when nobody is there any more', async () => {
    const ann = await join('signalled');
    const key = keyed(ids.mutationId());
    const send = (data: string, master = 0) =>
      ask('POST', `${api}/signal`, { body: { session: 'signalled', data }, ...key, master });
    expect((await send('hello')).status).toBe(200);
    expect((await send('hello', 1)).status).toBe(200);
    expect((await ask('POST', `${api}/signal`, { body: { session: 'signalled', data: 'end' } })).status).toBe(
      200,
    );
    await ann.events.next(({ event }) => event.type === 'signal' && event.data === 'end');
    const heard = ann.events.all().flatMap(({ event }) => (event.type === 'signal' ? [event.data] : []));
    expect(heard).toEqual(['hello', 'end']);
    await ask('DELETE', `${api}/sessions/signalled`);
    expect((await send('hello', 1)).status).toBe(200);
    expect((await send('something else', 1)).status).toBe(409);
  });

  it('is answered alike everywhere when all of them come at once', async () => {
    await cluster.createSession('crowd');
    const key = keyed(ids.mutationId());
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => ask('DELETE', `${api}/sessions/crowd`, { ...key, master: n % 2 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
  });
});

describe('what was not there', () => {
  it.each(['/sessions/none', '/sessions/none/connection/con_Xnxg19tonh'])(
    'is refused again when it is repeated: %s',
    async (path) => {
      const [first, second] = await twice('DELETE', path);
      expect(first).toBeGreaterThanOrEqual(400);
      expect(second).toBe(first);
    },
  );
});
