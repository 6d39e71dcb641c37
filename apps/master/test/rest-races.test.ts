import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { ids } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ media: 0 });
});
afterAll(async () => cluster[Symbol.asyncDispose]());

const ask = asker(() => cluster);
const api = '/openvidu/api';

/** Posts the same eight times at one moment, in turns to the two masters. */
async function atOnce(path: string, { body = {}, key }: { body?: object; key?: string }) {
  const headers = key ? { 'idempotency-key': key } : {};
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => ask('POST', `${api}${path}`, { body, headers, master: n % 2 })),
  );
  return answers.map(({ status, json }) => ({ status, json }));
}

/** How many a list has, as the master says that wasn't asked first. */
async function count(path: string): Promise<number> {
  return (await ask('GET', `${api}${path}`, { master: 1 })).json.numberOfElements;
}

const rounds = Array.from({ length: 10 }, (_, n) => n);

describe('requests that meet on two masters', () => {
  it.each(rounds)('make a session of one id once, and both masters show it (round %i)', async (n) => {
    const answers = await atOnce('/sessions', { body: { customSessionId: `race-${n}` } });
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    const winner = answers.find(({ status }) => status === 200);
    for (const master of [0, 1]) {
      expect(await ask('GET', `${api}/sessions/race-${n}`, { master })).toMatchObject({
        status: 200,
        json: winner?.json,
      });
    }
  });

  it.each(rounds)('make one session under one key, and all of them get it (round %i)', async (n) => {
    const named = await atOnce('/sessions', {
      body: { customSessionId: `named-${n}` },
      key: ids.mutationId(),
    });
    expect(named).toEqual(Array.from({ length: 8 }, () => ({ status: 200, json: named[0]?.json })));
    const before = await count('/sessions');
    const unnamed = await atOnce('/sessions', { key: ids.mutationId() });
    expect(unnamed).toEqual(Array.from({ length: 8 }, () => ({ status: 200, json: unnamed[0]?.json })));
    expect(await count('/sessions')).toBe(before + 1);
  });

  it.each(rounds)('make one connection under one key, and all of them get it (round %i)', async (n) => {
    await ask('POST', `${api}/sessions`, { body: { customSessionId: `people-${n}` } });
    const path = `/sessions/people-${n}/connection`;
    const answers = await atOnce(path, { body: { data: 'srv' }, key: ids.mutationId() });
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ status: 200, json: answers[0]?.json })));
    expect(await count(path)).toBe(1);
  });
});
