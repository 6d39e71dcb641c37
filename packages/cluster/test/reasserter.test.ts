import type { ConnectionId, SessionId } from '@evercall/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog, type LifeMemory, LifeReader, type LogEntry, Reasserter } from '../src/index.js';
import { connection, draft, ids, joining, retention, startStores } from './fixture.js';

let stores: Awaited<ReturnType<typeof startStores>>;
beforeEach(async () => {
  stores = await startStores();
});
afterEach(async () => stores[Symbol.asyncDispose]());

const options = { graceMs: 15_000, tokenTtlMs: 60_000, moveMs: 5000, retention };

/** As two masters tell what they remember. */
function reasserters() {
  return stores.clients.map((client, index) => new Reasserter(client, stores.masters[index]!, options));
}

async function create(id: string): Promise<SessionId> {
  await stores.a.create(draft(id, stores.masters[0]), { unusedMs: 0 });
  return draft(id, stores.masters[0]).sessionId;
}

async function join(sessionId: SessionId, master = 0): Promise<ConnectionId> {
  const state = await stores.a.read(sessionId);
  const record = connection(stores.masters[master]!);
  await stores.a.commit(state!, joining(state!.active, record));
  return record.connectionId;
}

async function memory(sessionId: SessionId, tail: LogEntry[] = []): Promise<LifeMemory> {
  const copy = await new LifeReader(stores.redis).read({ sessionId, life: 1 });
  return { copy: copy!, ended: new Map(), tail, subscriptions: new Map() };
}

/** Loses everything, and waits until both have noticed; what they then do comes before anybody else's decisions. */
async function lose(tell: () => Promise<unknown>): Promise<void> {
  await stores.redis.flushall();
  for (const client of stores.clients) client.greetAgain();
  await Promise.all(
    stores.clients.map(async (client) => client.reach('greeted', async () => undefined, { unsettled: true })),
  );
  await tell();
  await Promise.all(stores.clients.map(async (client) => client.reach('settled', async () => undefined)));
}

describe('a lost session', () => {
  it.each([
    ['first', [0, 1]],
    ['last', [1, 0]],
  ])('comes back as that master has it that remembers most, told %s', async (_, order) => {
    const [a, b] = reasserters();
    const sessionId = await create('race');
    const ann = await join(sessionId);
    const less = await memory(sessionId);
    const bob = await join(sessionId, 1);
    const more = await memory(sessionId);
    const tellers = [() => b!.assert(more, 0), () => a!.assert(less, 0)];
    await lose(async () => {
      for (const index of order) await tellers[index]!();
    });
    const state = await stores.a.read(sessionId);
    expect(new Set(state!.connections.keys())).toEqual(new Set([ann, bob]));
    expect(state!.head).toEqual({ epoch: 2, sequence: 2 });
    const attached = await stores.redis.smembers(`evercall:node:${stores.masters[1]}`);
    expect(attached).toEqual([`${sessionId}/1/${bob}`]);
  });

  it('comes back whole when two masters tell it in the same moment', async () => {
    const tellers = reasserters();
    const sessionId = await create('moment');
    await join(sessionId);
    const less = await memory(sessionId);
    await join(sessionId);
    const more = await memory(sessionId);
    await lose(async () =>
      Promise.all([less, more, less, more].map(async (told, index) => tellers[index % 2]!.assert(told, 0))),
    );
    expect((await stores.b.read(sessionId))?.connections.size).toBe(2);
  });

  it('is as it went on when somebody remembers more only after others have decided', async () => {
    const [a, b] = reasserters();
    const sessionId = await create('late');
    await join(sessionId);
    const less = await memory(sessionId);
    await join(sessionId);
    const more = await memory(sessionId);
    await lose(async () => a!.assert(less, 0));
    await join(sessionId);
    const went = await stores.a.read(sessionId);
    expect(await b!.assert(more, 0)).toBe('keep');
    expect((await stores.a.read(sessionId))?.connections).toEqual(went!.connections);
  });

  it('is dead if one master saw it end', async () => {
    const [a, b] = reasserters();
    const sessionId = await create('buried');
    await join(sessionId);
    const alive = await memory(sessionId);
    await stores.a.commit((await stores.a.read(sessionId))!, { close: 'sessionClosedByServer' });
    const tombstone = await memory(sessionId);
    await lose(async () => {
      await a!.assert(alive, 0);
      await b!.assert(tombstone, 0);
      expect(await a!.assert(alive, 0)).toBe('keep');
    });
    expect((await stores.a.read(sessionId))?.ended).toBe('sessionClosedByServer');
    const again = await stores.a.create(draft('buried', stores.masters[0]), { unusedMs: 0 });
    expect(again).toMatchObject({ status: 'created', record: { life: 1_000_001 } });
  });

  it('has its latest events back, and its detached connections their time to return', async () => {
    const [a] = reasserters();
    const sessionId = await create('tail');
    const ann = await join(sessionId);
    await join(sessionId);
    const { entries } = await new EventLog(stores.redis).readAfter(
      { sessionId, life: 1 },
      { epoch: 1, sequence: 0 },
    );
    const state = await stores.a.read(sessionId);
    const detached = { ...state!.connections.get(ann)!, socket: null } as never;
    await stores.a.commit(state!, { connections: new Map([[ann, detached]]) });
    const told = await memory(sessionId, entries);
    await lose(async () => a!.assert(told, 0));
    const log = await new EventLog(stores.redis).readAfter({ sessionId, life: 1 }, { epoch: 1, sequence: 1 });
    expect([log.complete, log.entries]).toEqual([true, entries.slice(1)]);
    const [deadline] = await stores.redis.zrange('evercall:deadlines', '0', '-1');
    expect(JSON.parse(deadline!)).toMatchObject({ kind: 'grace', connectionId: ann });
    expect(await stores.a.due(10, 0)).toEqual([]);
  });

  it('has what its connections want to receive back from the masters that have their sockets', async () => {
    const [a, b] = reasserters();
    const sessionId = await create('wishes');
    const ann = await join(sessionId, 1);
    const wanted = {
      [ids.streamId('CAM', ann)]: JSON.stringify({ createdAt: 1, audio: true, video: false }),
    };
    const told = { ...(await memory(sessionId)), subscriptions: new Map([[ann, wanted]]) };
    await lose(async () => {
      await a!.assert({ ...told, subscriptions: new Map() }, 0);
      expect(await b!.assertSubscriptions(told)).toBe(1);
    });
    expect(await stores.redis.hgetall(`evercall:session:${sessionId}:1:subscriptions:${ann}`)).toEqual(
      wanted,
    );
  });
});

describe('while the cluster settles', () => {
  it('nobody decides anything, not even who did not notice the loss', async () => {
    const sessionId = await create('settling');
    await join(sessionId);
    const state = await stores.b.read(sessionId);
    const copy = await memory(sessionId);
    await stores.redis.flushall();
    stores.redis.greetAgain();
    await stores.redis.reach('greeted', async () => undefined, { unsettled: true });
    await reasserters()[0]!.assert(copy, 0);
    await expect(stores.b.commit(state!, { active: 7 })).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(await stores.b.commit(state!, { active: 7 })).toMatchObject({ status: 'applied' });
  });
});
