import { eventually } from '@evercall/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readStartTime } from '../src/process/process-identity.js';
import { type RunningFleet, startGround } from './support/start-fleet.js';

const both = { 'master-1': 'running', 'media-1': 'running', 'media-2': 'running' } as const;

let ground: Awaited<ReturnType<typeof startGround>>;
let fleets: RunningFleet[] = [];

async function start(...environments: Parameters<typeof ground.fleet>) {
  const fleet = await ground.fleet(...environments);
  fleets.push(fleet);
  return fleet;
}

/** A fleet whose nodes serve. */
async function startSettled() {
  const fleet = await start();
  await ground.settled(both);
  return fleet;
}

async function end() {
  for (const fleet of fleets) await fleet[Symbol.asyncDispose]();
  fleets = [];
  await ground[Symbol.asyncDispose]();
}

/** Another process than `pid` runs in the place. */
const replaced = (name: string, pid: number) =>
  eventually(() => expect(ground.pids()[name]).not.toBeOneOf([undefined, pid]), { timeoutMs: 10_000 });

describe('a fleet', () => {
  beforeAll(async () => {
    ground = await startGround();
    await startSettled();
  });
  afterAll(end);

  it('replaces a node that was killed, and counts', async () => {
    const before = ground.pids();
    process.kill(before['media-1']!, 'SIGKILL');
    await replaced('media-1', before['media-1']!);
    await eventually(async () => {
      const slots = await ground.settled(both);
      expect(slots.find(({ name }) => name === 'media-1')).toMatchObject({ restarts: 1 });
    });
    expect(ground.pids()).toMatchObject({ 'media-2': before['media-2'] });
  });

  it('kills a frozen node with all that belongs to it once it is lost, and replaces it', async () => {
    const pid = ground.pids()['media-2']!;
    process.kill(-pid, 'SIGSTOP');
    const node = (await ground.registry.list()).find(({ record }) => record.pid === pid);
    await ground.registry.declareLost({ nodeId: node!.record.id, by: 'test', cause: 'silent' });
    await eventually(() => expect(readStartTime(pid)).toBeUndefined());
    await replaced('media-2', pid);
    await ground.settled(both);
  });

  it('grows, and has surplus nodes leave in their own time', async () => {
    await ground.groups.scale('media', 3);
    await ground.settled({ ...both, 'media-3': 'running' });
    await ground.groups.scale('media', 2);
    await ground.settled({ ...both, 'media-3': 'draining' });
    await ground.settled(both);
    expect(Object.keys(ground.pids()).sort()).toEqual(Object.keys(both));
  });

  it('exchanges every node of a group, the new one first', async () => {
    const before = ground.pids();
    await ground.groups.roll('media');
    await eventually(
      () => {
        const now = ground.pids();
        const old = Object.values(before);
        expect(Object.keys(now)).toHaveLength(3);
        for (const name of Object.keys(now)) {
          expect(old.includes(now[name]!)).toBe(name.startsWith('master'));
        }
      },
      { timeoutMs: 25_000 },
    );
  });
});

describe('a node that never stays up', () => {
  beforeAll(async () => {
    ground = await startGround();
  });
  afterAll(end);

  it('is started again later and later', async () => {
    await start({}, { NODE_FAILS: '1' });
    const slots = await eventually(async () => {
      const failing = (await ground.groups.slots()).filter(({ role }) => role === 'media');
      expect(failing.map(({ state }) => state)).toEqual(['backoff', 'backoff']);
      return failing;
    });
    expect(slots.every(({ restarts }) => restarts >= 1)).toBe(true);
  });
});

describe('two fleets', () => {
  beforeEach(async () => {
    ground = await startGround();
  });
  afterEach(end);

  it('act one at a time; when one is killed its nodes run on and the other takes them over', async () => {
    const first = await startSettled();
    const second = await start();
    const before = ground.pids();
    first.kill('SIGKILL');
    await first.exited();
    await eventually(async () => expect(await role(second)).toBe('active'), { timeoutMs: 10_000 });
    await ground.settled(both);
    expect(ground.pids()).toEqual(before);
    process.kill(before['media-2']!, 'SIGKILL');
    await replaced('media-2', before['media-2']!);
    await ground.settled(both);
  });

  it('hand over at once when one is told to leave', async () => {
    const first = await startSettled();
    const second = await start();
    const before = ground.pids();
    process.kill(first.pid, 'SIGTERM');
    await first.exited();
    await eventually(async () => expect(await role(second)).toBe('active'));
    expect(ground.pids()).toEqual(before);
  });

  it('do not both act when one wakes up after the other has taken over', async () => {
    const first = await startSettled();
    const second = await start();
    first.kill('SIGSTOP');
    await eventually(async () => expect(await role(second)).toBe('active'), { timeoutMs: 10_000 });
    const before = ground.pids();
    first.kill('SIGCONT');
    await eventually(async () => expect(await role(first)).toBe('standby'));
    await ground.groups.scale('media', 3);
    await ground.settled({ ...both, 'media-3': 'running' });
    expect(ground.pids()).toMatchObject(before);
  });
});

describe('nothing stops', () => {
  beforeEach(async () => {
    ground = await startGround();
  });
  afterEach(end);

  it('when the shared state is away, and what died meanwhile is replaced afterwards', async () => {
    await startSettled();
    const before = ground.pids();
    process.kill(ground.redis.pid, 'SIGSTOP');
    process.kill(before['media-1']!, 'SIGKILL');
    // Longer than the lease.
    await new Promise((resolve) => {
      setTimeout(resolve, 3500);
    });
    expect(ground.pids()).toEqual({ 'master-1': before['master-1'], 'media-2': before['media-2'] });
    process.kill(ground.redis.pid, 'SIGCONT');
    await eventually(() => expect(ground.pids()['media-1']).toBeDefined(), { timeoutMs: 10_000 });
    expect(ground.pids()).toMatchObject({ 'master-1': before['master-1'], 'media-2': before['media-2'] });
  });

  it('except for SIGINT, which ends the nodes with the fleet', async () => {
    const fleet = await startSettled();
    process.kill(fleet.pid, 'SIGINT');
    expect(await fleet.exited()).toMatchObject({ code: 0 });
    expect(ground.pids()).toEqual({});
  });
});

async function role({ url }: RunningFleet): Promise<unknown> {
  const answer = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(1000) });
  return ((await answer.json()) as { fleet: unknown }).fleet;
}
