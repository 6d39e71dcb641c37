import { afterEach, expect, it, vi } from 'vitest';
import { asker } from '../support/asker.js';
import { asking, heard, hears, say } from '../support/asking.js';
import { TestCluster } from '../support/cluster.js';
import { TestClient } from '../support/test-client.js';

// Whole clusters start, and Redis is waited for: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

const ask = asker(() => cluster);

it('a request that is asked again after Redis was restarted is answered, not done, again', async () => {
  cluster = await TestCluster.start({ durable: true });
  await cluster.createSession('again');
  const ann = await TestClient.join(cluster.master(0).url, await cluster.token('again'));
  const bob = await TestClient.join(cluster.master(1).url, await cluster.token('again'));
  const signal = { type: 'n', data: 'once', to: [] };
  const id = ann.mutationId();
  await ann.ask('signal', signal, id);
  const path = '/openvidu/api/sessions/again/connection';
  const headers = { 'Idempotency-Key': 'the-same' };
  const made = await ask('POST', path, { body: {}, headers });
  await cluster.redis.kill();
  await cluster.redis.startAgain();
  await asking(async () => ann.ask('signal', signal, id));
  const again = await asking(async () => {
    const answer = await ask('POST', path, { body: {}, headers });
    if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
    return answer;
  });
  expect(again.json).toEqual(made.json);
  await say(bob, 'end');
  await hears(ann, 'end');
  expect(heard(ann)).toEqual(['once', 'end']);
  for (const client of [ann, bob]) client.close();
});

it('a request whose outcome nobody knew, because Redis froze, is done once', async () => {
  cluster = await TestCluster.start();
  await cluster.createSession('unknown');
  const ann = await TestClient.join(cluster.master(0).url, await cluster.token('unknown'));
  const id = ann.mutationId();
  const signal = { type: 'n', data: 'once', to: [] };
  process.kill(cluster.redis.pid, 'SIGSTOP');
  await expect(ann.ask('signal', signal, id)).rejects.toMatchObject({
    error: { code: 'STATE_UNAVAILABLE' },
  });
  process.kill(cluster.redis.pid, 'SIGCONT');
  await asking(async () => ann.ask('signal', signal, id));
  await asking(async () => ann.ask('signal', signal, id));
  await say(ann, 'end');
  await hears(ann, 'end');
  expect(heard(ann)).toEqual(['once', 'end']);
  ann.close();
});
