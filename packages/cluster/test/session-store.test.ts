import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionState } from '../src/index.js';
import { connection, draft, ids, joining, startStores } from './fixture.js';

let stores: Awaited<ReturnType<typeof startStores>>;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(async () => stores[Symbol.asyncDispose]());

const options = { unusedMs: 3_600_000 };

async function open(id: string): Promise<SessionState> {
  await stores.a.create(draft(id, stores.masters[0]), options);
  const state = await stores.a.read(draft(id, stores.masters[0]).sessionId);
  if (!state) throw new Error(`${id} was not created`);
  return state;
}

describe('creating a session', () => {
  it('lets one of two masters win', async () => {
    const results = await Promise.all(
      [stores.a, stores.b].map((store, index) =>
        store.create(draft('race', stores.masters[index]!), options),
      ),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['created', 'exists']);
  });

  it('starts the next life after the end of the last', async () => {
    const first = await open('again');
    await stores.a.commit(first, { close: 'sessionClosedByServer' });
    const second = await stores.b.create(draft('again', stores.masters[1]), options);
    expect(second).toMatchObject({ status: 'created', record: { life: 2 } });
    expect(await stores.a.read(first.record.sessionId, 1)).toMatchObject({ ended: 'sessionClosedByServer' });
  });

  it('answers a repeated request without doing it twice', async () => {
    const mutation = { id: ids.mutationId(), bodyHash: 'h', result: '{}' };
    const create = async () => stores.a.create(draft('twice', stores.masters[0]), { ...options, mutation });
    expect((await create()).status).toBe('created');
    const state = await stores.a.read(draft('twice', stores.masters[0]).sessionId);
    await stores.a.commit(state!, { close: 'sessionClosedByServer' });
    expect((await create()).status).toBe('replayed');
  });
});

describe('committing', () => {
  it('applies state, event and position together', async () => {
    const state = await open('together');
    const ann = connection(stores.masters[0]);
    const outcome = await stores.a.commit(state, joining(state.active, ann));
    expect(outcome).toMatchObject({ status: 'applied', position: { epoch: 1, sequence: 1 } });
    const read = await stores.b.read(state.record.sessionId);
    expect(read).toMatchObject({ active: 1, head: { epoch: 1, sequence: 1 } });
    expect(read?.connections.get(ann.connectionId)).toEqual(ann);
  });

  it('refuses a decision that another master overtook, and changes nothing', async () => {
    const state = await open('overtaken');
    await stores.b.commit(state, joining(state.active, connection(stores.masters[1])));
    const late = connection(stores.masters[0]);
    expect(await stores.a.commit(state, joining(state.active, late))).toEqual({ status: 'conflict' });
    const read = await stores.a.read(state.record.sessionId);
    expect(read?.connections.has(late.connectionId)).toBe(false);
    expect(read?.head.sequence).toBe(1);
  });

  it('lets two masters write side by side what does not touch', async () => {
    const state = await open('apart');
    const [ann, bob] = [connection(stores.masters[0]), connection(stores.masters[1])];
    const put = (record: typeof ann) => ({
      relies: { connections: [record.connectionId] },
      connections: new Map([[record.connectionId, record]]),
    });
    const outcomes = await Promise.all([stores.a.commit(state, put(ann)), stores.b.commit(state, put(bob))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
  });

  it('loses no one of many who join at once through two masters', async () => {
    const { record } = await open('crowd');
    const people = Array.from({ length: 20 }, (_, index) => connection(stores.masters[index % 2]!));
    await Promise.all(
      people.map(async (person, index) => {
        const store = index % 2 ? stores.b : stores.a;
        for (;;) {
          const state = await store.read(record.sessionId);
          const outcome = await store.commit(state!, joining(state!.active, person));
          if (outcome.status === 'applied') return;
        }
      }),
    );
    const state = await stores.a.read(record.sessionId);
    expect(state).toMatchObject({ active: 20, head: { sequence: 20 } });
    expect(state?.connections.size).toBe(20);
  });

  it('carries a request out once and answers it again', async () => {
    const state = await open('replay');
    const mutation = { id: ids.mutationId(), bodyHash: 'one', result: '{"n":1}' };
    const change = { ...joining(state.active, connection(stores.masters[0])), relies: {} };
    await stores.a.commit(state, change, mutation);
    expect(await stores.b.commit(state, change, mutation)).toEqual({ status: 'replayed', result: '{"n":1}' });
    expect(await stores.b.recall(mutation)).toBe('{"n":1}');
    await expect(stores.b.commit(state, change, { ...mutation, bodyHash: 'two' })).rejects.toMatchObject({
      code: 'MUTATION_MISMATCH',
    });
    expect((await stores.a.read(state.record.sessionId))?.head.sequence).toBe(1);
  });

  it('is refused after the end of the session, and for another life', async () => {
    const state = await open('over');
    await stores.a.commit(state, { close: 'sessionClosedByServer' });
    expect(await stores.a.commit(state, { active: 5 })).toEqual({ status: 'conflict' });
    await stores.a.create(draft('over', stores.masters[0]), options);
    expect(await stores.a.commit(state, { active: 5 })).toEqual({ status: 'conflict' });
  });

  it('is refused for a node that was declared lost', async () => {
    const state = await open('fenced');
    await stores.redis.sadd('evercall:lost', stores.masters[1]);
    await expect(stores.b.commit(state, { active: 1 })).rejects.toMatchObject({ code: 'NODE_LOST' });
    await stores.redis.srem('evercall:lost', stores.masters[1]);
  });
});

describe('a session that its application recovers', () => {
  it('is over in the instant its host is lost: only that can still be put down', async () => {
    const hostId = ids.masterId();
    const before = draft('hosted', hostId);
    const { properties } = before;
    const hosted = { ...before, properties: { ...properties, recovery: 'application' as const } };
    await stores.a.create(hosted, { unusedMs: 0 });
    const state = (await stores.b.read(hosted.sessionId))!;
    expect(state).toMatchObject({ ended: undefined });
    await stores.redis.sadd('evercall:lost', hostId);
    expect(await stores.b.read(hosted.sessionId)).toMatchObject({ ended: 'nodeCrashed', crashed: true });
    expect((await stores.b.list()).map(({ record }) => record.sessionId)).not.toContain('hosted');
    expect(await stores.b.commit(state, { active: 1 })).toEqual({ status: 'conflict' });
    expect(await stores.b.commit(state, { close: 'nodeCrashed' })).toMatchObject({ status: 'applied' });
    expect(await stores.a.create(hosted, { unusedMs: 0 })).toMatchObject({
      status: 'created',
      record: { life: 2 },
    });
  });
});

describe('tokens and deadlines', () => {
  it('finds the connection of a token until it is used', async () => {
    const state = await open('token');
    const [tokenId, connectionId] = [ids.tokenId(), ids.connectionId()];
    await stores.a.commit(state, { tokens: [{ tokenId, connectionId, ttlMs: 60_000 }] });
    expect(await stores.b.token(tokenId)).toEqual({ sessionId: 'token', life: 1, connectionId });
    await stores.b.commit(state, { usedTokens: [tokenId] });
    expect(await stores.a.token(tokenId)).toBeUndefined();
  });

  it('gives a passed deadline to one worker only', async () => {
    const state = await open('deadline');
    const deadline = {
      kind: 'grace' as const,
      sessionId: state.record.sessionId,
      life: 1,
      connectionId: ids.connectionId(),
      socketGeneration: 1,
    };
    await stores.a.commit(state, { schedule: [{ deadline, inMs: 0 }] });
    expect(await stores.b.due(100, 0)).toContainEqual(deadline);
    const outcomes = await Promise.all(
      [stores.a, stores.b].map((store) => store.commit(state, { relies: { deadline } })),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'conflict']);
  });

  it('remembers why a connection ended', async () => {
    const state = await open('reasons');
    const connectionId = ids.connectionId();
    await stores.a.commit(state, { ended: [{ connectionId, reason: 'forceDisconnectByServer' }] });
    expect(await stores.b.endReason(state.record.sessionId, 1, connectionId)).toBe('forceDisconnectByServer');
  });
});
