import { eventually, startRedis } from '@evercall/testing';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRedis, Lease, NodeGroups, type Slot } from '../src/index.js';

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: ReturnType<typeof createRedis>;
beforeAll(async () => {
  server = await startRedis();
  redis = createRedis(server.url, pino({ level: 'silent' }));
  await eventually(() => redis.ping());
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});
beforeEach(async () => redis.flushall());

const lease = (holder: string, clock?: () => number) =>
  new Lease(redis, { name: 'fleet', holder, ttlMs: 60_000 }, clock);

describe('Lease', () => {
  it('is held by one at a time, and passes on with a higher token', async () => {
    const [first, second] = [lease('a'), lease('b')];
    expect(await first.hold()).toBe(1);
    expect(await second.hold()).toBeUndefined();
    expect(await first.hold()).toBe(1);
    await first.release();
    expect(first.token).toBeUndefined();
    expect(await second.hold()).toBe(2);
  });

  it('is not given up by somebody who does not hold it', async () => {
    const [first, second] = [lease('a'), lease('b')];
    await first.hold();
    await second.release();
    expect(await second.hold()).toBeUndefined();
  });

  it('is void for a holder that slept, before another can have it', async () => {
    let now = 0;
    const first = lease('a', () => now);
    await first.hold();
    now = 53_000;
    expect(first.token).toBe(1);
    now = 54_000;
    expect(first.token).toBeUndefined();
  });

  it('gives growing tokens although the counter was lost', async () => {
    await redis.flushall();
    expect(await lease('a').hold(7)).toBe(8);
    await redis.flushall();
    expect(await lease('b').hold(8)).toBe(9);
  });
});

describe('NodeGroups', () => {
  const offers = [
    { role: 'master', min: 1, max: 8, desired: 2 },
    { role: 'media', min: 0, max: 4, desired: 3 },
  ] as const;

  it('has the groups of the plan, and what was asked for since', async () => {
    const groups = new NodeGroups(redis);
    expect(await groups.list()).toEqual([]);
    await groups.offer('plan-1', offers);
    await groups.scale('media', 4);
    expect(await groups.roll('master')).toBe(1);
    await groups.offer('plan-1', offers);
    expect(await groups.list()).toEqual([
      { role: 'master', min: 1, max: 8, desired: 2, revision: 1 },
      { role: 'media', min: 0, max: 4, desired: 4, revision: 0 },
    ]);
  });

  it('starts over with a new plan, except for revisions, which only grow', async () => {
    const groups = new NodeGroups(redis);
    await groups.offer('plan-1', offers);
    await groups.scale('media', 4);
    await groups.roll('media');
    await groups.offer('plan-2', offers);
    expect(await groups.list()).toMatchObject([{ desired: 2 }, { desired: 3, revision: 1 }]);
  });

  it('shows the places as last reported, without those that are empty now', async () => {
    const groups = new NodeGroups(redis);
    const slot = (name: string): Slot => ({
      name,
      role: 'media',
      state: 'running',
      pid: 1,
      since: 5,
      restarts: 0,
      revision: 0,
    });
    await groups.report([slot('media-10'), slot('media-2')]);
    expect((await groups.slots()).map(({ name }) => name)).toEqual(['media-2', 'media-10']);
    await groups.report([slot('media-2')]);
    expect(await groups.slots()).toEqual([slot('media-2')]);
    await groups.report([]);
    expect(await groups.slots()).toEqual([]);
  });
});
