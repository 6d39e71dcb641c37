import { EventBuffer } from '@evercall/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSubscriber, EventChannels, EventLog, type LogEntry } from '../src/index.js';
import { connection, draft, joining, startStores } from './fixture.js';

let stores: Awaited<ReturnType<typeof startStores>>;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(async () => stores[Symbol.asyncDispose]());

async function withJoins(id: string, count: number) {
  await stores.a.create(draft(id, stores.masters[0]), { unusedMs: 0 });
  for (let n = 0; n < count; n += 1) {
    const state = await stores.a.read(draft(id, stores.masters[0]).sessionId);
    await stores.a.commit(state!, joining(state!.active, connection(stores.masters[0])));
  }
  return { sessionId: draft(id, stores.masters[0]).sessionId, life: 1 };
}

describe('EventLog', () => {
  it('reads what stands after a position, in order', async () => {
    const life = await withJoins('log', 3);
    const { entries, complete } = await new EventLog(stores.redis).readAfter(life, { epoch: 1, sequence: 1 });
    expect(entries.map(({ position }) => position.sequence)).toEqual([2, 3]);
    expect(complete).toBe(true);
  });

  it('says when it does not reach back to a position', async () => {
    const life = await withJoins('trimmed', 3);
    await stores.redis.xtrim('evercall:session:trimmed:1:log', 'MAXLEN', 1);
    const log = new EventLog(stores.redis);
    expect((await log.readAfter(life, { epoch: 1, sequence: 0 })).complete).toBe(false);
    expect((await log.readAfter(life, { epoch: 1, sequence: 2 })).complete).toBe(true);
    expect((await log.readAfter(life, { epoch: 0, sequence: 3 })).complete).toBe(false);
  });

  it('tells where logs end', async () => {
    const life = await withJoins('heads', 2);
    const heads = await new EventLog(stores.redis).heads([life, { ...life, life: 9 }]);
    expect(heads).toEqual([{ epoch: 1, sequence: 2 }, undefined]);
  });
});

describe('EventChannels', () => {
  it('hears what another master commits, with position and audience', async () => {
    const life = await withJoins('heard', 0);
    const channels = new EventChannels(createSubscriber(stores.url, stores.logger));
    const heard = new EventBuffer<LogEntry>();
    await channels.listen(life, (entry) => heard.push(entry));
    const state = await stores.b.read(life.sessionId);
    const bob = connection(stores.masters[1]);
    await stores.b.commit(state!, joining(0, bob));
    expect(await heard.next(() => true)).toMatchObject({
      position: { epoch: 1, sequence: 1 },
      audience: { to: 'others', than: bob.connectionId },
      event: { type: 'connectionCreated' },
    });
    channels.close();
  });
});
