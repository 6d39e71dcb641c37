import { SessionId } from '@evercall/protocol';
import { eventually, type SpawnedNode } from '@evercall/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

const api = '/openvidu/api';
const ask = asker(() => cluster);
let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ media: 1, environment: { EVERCALL_RECOVERY: 'application' } });
});
afterAll(async () => cluster[Symbol.asyncDispose]());

let host: SpawnedNode & { url: string };
let id: string;
let count = 0;

/** Opens the next session on a master of its own, which is to die. */
beforeEach(async () => {
  host = await cluster.spawnMaster();
  count += 1;
  id = `hosted-${count}`;
  await ask('POST', `${api}/sessions`, { url: host.url, body: { customSessionId: id } });
});

/** The statuses of a request that is repeated until one of them is `last`, each once. */
async function statusesUntil(last: number, method: string, path: string, body?: object): Promise<number[]> {
  const seen: number[] = [];
  await eventually(
    async () => {
      const { status } = await ask(method, path, body ? { body } : {});
      if (seen.at(-1) !== status) seen.push(status);
      return status === last;
    },
    { timeoutMs: 15_000 },
  );
  return seen;
}

describe('a session whose host is killed', () => {
  it('ends with nodeCrashed for everybody on whichever master, and for who comes back', async () => {
    expect((await ask('GET', `${api}/sessions/${id}`)).json).toMatchObject({ id, recovery: 'application' });
    const ann = await TestClient.join(host.url, await cluster.token(id));
    const clients = [
      await TestClient.join(cluster.master(0).url, await cluster.token(id)),
      await TestClient.join(cluster.master(1).url, await cluster.token(id)),
    ];
    host.kill('SIGKILL');
    for (const client of clients) expect(await client.ended.next()).toEqual({ reason: 'nodeCrashed' });
    await expect(ann.resume(cluster.master(1).url)).rejects.toMatchObject({
      error: { code: 'CONNECTION_ENDED', reason: 'nodeCrashed' },
    });
    expect((await ask('GET', `${api}/sessions`)).json.content).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    for (const client of [ann, ...clients]) client.close();
  });

  it('is built again at once by one of many backends, and all the others find it', async () => {
    host.kill('SIGKILL');
    // As openvidu-node-client and the tutorial do it: 409 means look, 404 and 50X mean again.
    const build = async (master: number) => {
      const posts: number[] = [];
      const found = await eventually(async () => {
        const made = await ask('POST', `${api}/sessions`, { body: { customSessionId: id }, master });
        if (made.status === 200) posts.push(made.status);
        const session = made.status === 409 ? await ask('GET', `${api}/sessions/${id}`, { master }) : made;
        expect([200, 404, 409, 503]).toContain(session.status);
        const { sessions } = cluster.master(master);
        const view = session.status === 200 && (await sessions.get(SessionId.parse(id)));
        return view && view.state.record.life > 1 ? session.json.createdAt : false;
      });
      return { posts, found };
    };
    const built = await Promise.all(Array.from({ length: 8 }, async (_, n) => build(n % 2)));
    expect(built.flatMap(({ posts }) => posts)).toEqual([200]);
    expect(new Set(built.map(({ found }) => found)).size).toBe(1);
    const again = await TestClient.join(cluster.master(0).url, await cluster.token(id));
    expect(again.joined.snapshot.life).toBe(2);
    again.close();
  });

  it('makes its tokens useless, and leaves the rest of the API alone', async () => {
    const token = await cluster.token(id);
    host.kill('SIGKILL');
    await statusesUntil(404, 'GET', `${api}/sessions/${id}`);
    await expect(TestClient.join(cluster.master(0).url, token)).rejects.toMatchObject({
      error: { code: expect.stringMatching(/^(TOKEN_INVALID|CONNECTION_ENDED)$/) },
    });
    expect((await ask('POST', `${api}/sessions/${id}/connection`, { body: {} })).status).toBe(404);
    expect((await ask('DELETE', `${api}/sessions/${id}`)).status).toBe(404);
    const health = await ask('GET', `${api}/health`);
    expect(health.status).toBe(200);
    expect(Object.values(health.json.nodes)).toHaveLength(2);
  });

  it('gives a repeated creation the next life, not an answer about the one that is gone', async () => {
    const made = { body: { customSessionId: `${id}-keyed` }, headers: { 'idempotency-key': `key-${id}` } };
    expect((await ask('POST', `${api}/sessions`, { ...made, url: host.url })).status).toBe(200);
    host.kill('SIGKILL');
    await statusesUntil(404, 'GET', `${api}/sessions/${id}-keyed`);
    const again = await ask('POST', `${api}/sessions`, made);
    expect(again.status).toBe(200);
    expect((await ask('POST', `${api}/sessions`, made)).json).toEqual(again.json);
    const view = await cluster.master(0).sessions.get(SessionId.parse(`${id}-keyed`));
    expect(view?.state.record.life).toBe(2);
  });
});

describe('a session whose host does not answer and is not declared lost', () => {
  it('is answered with 503 until that is known: never with 404 or 409, which would be a guess', async () => {
    const client = await TestClient.join(cluster.master(0).url, await cluster.token(id));
    host.kill('SIGSTOP');
    // 200, 409, 204: nobody has noticed yet.
    const [got, connections] = await Promise.all([
      statusesUntil(404, 'GET', `${api}/sessions/${id}`),
      statusesUntil(404, 'POST', `${api}/sessions/${id}/connection`, {}),
    ]);
    expect(got).toEqual([200, 503, 404]);
    expect(connections).toEqual([200, 503, 404]);
    expect(await client.ended.next()).toEqual({ reason: 'nodeCrashed' });
    client.close();
  });

  it('is built again as soon as it is known, and never before', async () => {
    host.kill('SIGSTOP');
    const posted = await statusesUntil(200, 'POST', `${api}/sessions`, { customSessionId: id });
    expect(posted).toEqual([409, 503, 200]);
    host.kill('SIGCONT');
    expect(await host.exited()).toMatchObject({ code: 1 });
    const view = await cluster.master(0).sessions.get(SessionId.parse(id));
    expect(view?.state.record.life).toBe(2);
  });

  it('can be ended by nobody in the meantime', async () => {
    host.kill('SIGSTOP');
    await statusesUntil(503, 'GET', `${api}/sessions/${id}`);
    expect(await statusesUntil(404, 'DELETE', `${api}/sessions/${id}`)).toEqual([503, 404]);
    expect((await ask('GET', `${api}/sessions`)).status).toBe(200);
  });
});
