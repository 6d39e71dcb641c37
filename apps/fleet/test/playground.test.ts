import { readFileSync } from 'node:fs';
import { eventually } from '@evercall/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf } from '../src/process/process-identity.js';
import { authorization, type RunningFleet, startGround } from './support/start-fleet.js';

const up = { 'master-1': 'running', 'media-1': 'running', 'media-2': 'running' } as const;

let ground: Awaited<ReturnType<typeof startGround>>;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(async () => ground[Symbol.asyncDispose]());

function press({ url }: RunningFleet, path: string, headers: Record<string, string> = { authorization }) {
  return fetch(`${url}/playground/nodes/${path}`, { method: 'POST', headers });
}

const stateOf = (pid: number) => /State:\s+(\S)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

describe('the playground', () => {
  it('is not there unless somebody says so', async () => {
    await using fleet = await ground.fleet();
    await ground.settled(up);
    const before = ground.pids();
    for (const path of ['media-1/kill', 'media-1/freeze', 'media-1/thaw', 'media-1/workers/0/kill']) {
      expect((await press(fleet, path)).status).toBe(404);
    }
    expect(ground.pids()).toEqual(before);
  });

  describe('with EVERCALL_PLAYGROUND=1', () => {
    let fleet: RunningFleet;
    beforeAll(async () => {
      fleet = await ground.fleet({ EVERCALL_PLAYGROUND: '1' });
      await ground.settled(up);
    });
    afterAll(async () => fleet[Symbol.asyncDispose]());

    it('asks for the secret', async () => {
      const before = ground.pids();
      const wrong = { authorization: `Basic ${btoa('OPENVIDUAPP:WRONG')}` };
      for (const headers of [{}, wrong]) {
        expect((await press(fleet, 'media-1/kill', headers)).status).toBe(401);
        expect((await press(fleet, 'media-1/workers/0/kill', headers)).status).toBe(401);
      }
      expect(ground.pids()).toEqual(before);
    });

    it('kills a node, which comes back', async () => {
      const pid = ground.pids()['media-1'];
      const answer = await press(fleet, 'media-1/kill');
      expect([answer.status, await answer.json()]).toEqual([202, { name: 'media-1', pid }]);
      await eventually(() => expect(ground.pids()['media-1']).not.toBeOneOf([undefined, pid]));
      await ground.settled(up);
    });

    it('freezes a node with its workers, and thaws it', async () => {
      const pid = ground.pids()['media-2']!;
      const worker = childrenOf(pid)[0]!.pid;
      await press(fleet, 'media-2/freeze');
      await eventually(() => expect([stateOf(pid), stateOf(worker)]).toEqual(['T', 'T']));
      await press(fleet, 'media-2/thaw');
      await eventually(() => expect(stateOf(pid)).not.toBe('T'));
    });

    it('kills one worker and leaves its node alone', async () => {
      const pid = ground.pids()['media-2']!;
      const [worker] = childrenOf(pid);
      const answer = await press(fleet, 'media-2/workers/0/kill');
      expect(await answer.json()).toEqual({ name: 'media-2', pid: worker!.pid });
      await eventually(() => expect(childrenOf(pid)).toEqual([]));
      expect(ground.pids()['media-2']).toBe(pid);
    });

    it.each(['media-9/kill', 'fleet/kill', 'media-1/workers/9/kill'])('has nothing at %s', async (path) => {
      expect((await press(fleet, path)).status).toBe(404);
    });

    it('refuses a worker that is no number', async () => {
      expect((await press(fleet, 'media-1/workers/first/kill')).status).toBe(400);
    });
  });
});
