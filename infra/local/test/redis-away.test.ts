import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, freePort, spawnNode, startRedis } from '@evercall/testing';
import { expect, it } from 'vitest';
import { request, startBalancer } from './support/balancer.ts';

const secret = 'A_SECRET';
/** Longer than any time-out of a master or of the load balancer's checks. */
const awayMs = 6000;

async function startMaster(name: string, redisUrl: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: `${port}`, NODE_NAME: name, REDIS_URL: redisUrl, OPENVIDU_SECRET: secret };
  const entry = join(import.meta.dirname, '../../../apps/master/dist/main.js');
  const node = await spawnNode({ entry, env, readyUrl: `${url}/health/ready` });
  return { ...node, name, host: '127.0.0.1', port };
}

it('a Redis that is away has no master taken out and no connection closed', { timeout: 40_000 }, async () => {
  await using redis = await startRedis();
  await using first = await startMaster('master-1', redis.url);
  await using second = await startMaster('master-2', redis.url);
  await using balancer = await startBalancer([first, second]);
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${balancer.port}${path}`, {
      headers: { authorization: `Basic ${btoa(`OPENVIDUAPP:${secret}`)}` },
    });
  // An answer that ends only with its master, as a client's socket does.
  const watch = await ask('/cluster/peers/watch');
  expect(watch.status).toBe(200);
  let closed = false;
  void watch.text().then(
    () => (closed = true),
    () => (closed = true),
  );
  process.kill(redis.pid, 'SIGSTOP');
  const list = () => ask('/openvidu/api/sessions');
  // A master itself says that it can't, and when to ask again.
  const refused = await list();
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  await sleep(awayMs);
  expect(await request(balancer, '/health/ready')).toMatchObject({ status: 200 });
  expect([balancer.said('master-1'), balancer.said('master-2')]).toEqual([undefined, undefined]);
  process.kill(redis.pid, 'SIGCONT');
  await eventually(async () => expect((await list()).status).toBe(200), { timeoutMs: 15_000 });
  expect([balancer.said('master-1'), balancer.said('master-2')]).toEqual([undefined, undefined]);
  expect(closed).toBe(false);
});
