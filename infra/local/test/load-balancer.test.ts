import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@evercall/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Balancer,
  Load,
  type Outcome,
  openSocket,
  request,
  type StandIn,
  startBalancer,
  startStandIn,
} from './support/balancer.ts';

let masters: StandIn[];
let balancer: Balancer;
beforeEach(async () => {
  masters = await Promise.all(['master-1', 'master-2', 'master-3'].map(startStandIn));
  balancer = await startBalancer(masters);
});
afterEach(async () => {
  await balancer[Symbol.asyncDispose]();
  for (const master of masters) await master[Symbol.asyncDispose]();
});

const failures = (outcomes: readonly Outcome[]) =>
  outcomes.filter((outcome) => outcome === 'broken' || outcome.status !== 200);
/** Neither what a client tries again after, nor a success. */
const isUnexpected = (outcome: Outcome) => outcome !== 'broken' && ![502, 503, 504].includes(outcome.status);
const answeredBy = (outcomes: readonly Outcome[]) =>
  [...new Set(outcomes.map((outcome) => (outcome === 'broken' ? 'nobody' : outcome.by)))].sort();

/** Sockets, at least one on each master. */
async function openSockets() {
  const sockets = await Promise.all(Array.from({ length: 12 }, () => openSocket(balancer)));
  const on = (name: string) => sockets.filter(({ by }) => by === name);
  expect(masters.every(({ name }) => on(name).length > 0)).toBe(true);
  return { on, end: () => sockets.forEach((socket) => socket.end()) };
}

describe('a master that is killed', () => {
  it('costs only 50X and closed connections, and nothing at all once it is out', async () => {
    const [victim] = masters;
    const sockets = await openSockets();
    const load = new Load(balancer, { clients: 20, path: '/?ms=20' });
    await eventually(() => load.outcomes.length > 100);
    victim!.kill('SIGKILL');
    await Promise.all(sockets.on('master-1').map(({ closed }) => closed));
    await eventually(() => expect(balancer.said('master-1')).toBe('DOWN'));
    expect(failures(await load.end()).filter(isUnexpected)).toEqual([]);
    const after = await Promise.all(Array.from({ length: 60 }, () => request(balancer)));
    expect(failures(after)).toEqual([]);
    expect(answeredBy(after)).toEqual(['master-2', 'master-3']);
    sockets.end();
  });

  it('does not have its survivors taken out, however busy they are with its clients', async () => {
    const [victim, ...survivors] = masters;
    victim!.kill('SIGKILL');
    const load = new Load(balancer, { clients: 20, path: '/' });
    for (let stall = 0; stall < 4; stall += 1) {
      await Promise.all(
        survivors.map(({ port }) => fetch(`http://127.0.0.1:${port}/stall?ms=500`).then((r) => r.text())),
      );
      await Promise.all(Array.from({ length: 100 }, () => openSocket(balancer).then((s) => s.end())));
    }
    await load.end();
    expect(balancer.said('master-1')).toBe('DOWN');
    expect(survivors.map(({ name }) => balancer.said(name))).toEqual([undefined, undefined]);
    const statuses = balancer.requests().map(({ status }) => status);
    expect(statuses.length).toBeGreaterThan(100);
    // Nothing waits for a survivor until the load balancer gives up. 101 are sockets, -1 clients that went away themselves.
    expect(statuses.filter((status) => ![-1, 101, 200, 502, 503].includes(status))).toEqual([]);
  });
});

describe('a master that freezes', () => {
  it('has its sockets closed and its requests answered with 50X, and the others notice nothing', async () => {
    const [victim] = masters;
    const sockets = await openSockets();
    let closedElsewhere = 0;
    for (const { closed } of [...sockets.on('master-2'), ...sockets.on('master-3')]) {
      void closed.then(() => (closedElsewhere += 1));
    }
    const waiting = Array.from({ length: 30 }, () => request(balancer, '/?ms=300'));
    await eventually(async () => expect((await request(balancer)) !== 'broken').toBe(true));
    victim!.kill('SIGSTOP');
    await Promise.all(sockets.on('master-1').map(({ closed }) => closed));
    expect(failures(await Promise.all(waiting)).filter(isUnexpected)).toEqual([]);
    const after = await Promise.all(Array.from({ length: 30 }, () => request(balancer)));
    expect(failures(after)).toEqual([]);
    expect(answeredBy(after)).toEqual(['master-2', 'master-3']);
    expect(closedElsewhere).toBe(0);
    sockets.end();
  });

  it('is used again when it thaws', async () => {
    const [victim] = masters;
    victim!.kill('SIGSTOP');
    await eventually(() => expect(balancer.said('master-1')).toBe('DOWN'));
    victim!.kill('SIGCONT');
    await eventually(() => expect(balancer.said('master-1')).toBe('UP'));
    await eventually(async () => {
      const outcomes = await Promise.all(Array.from({ length: 12 }, () => request(balancer)));
      expect(answeredBy(outcomes)).toContain('master-1');
    });
  });
});

describe('a master that drains', () => {
  it('gets nothing new, and nothing of what it has fails', async () => {
    const [leaving] = masters;
    const sockets = await openSockets();
    let closed = 0;
    for (const socket of sockets.on('master-1')) void socket.closed.then(() => (closed += 1));
    const load = new Load(balancer, { clients: 20, path: '/?ms=200' });
    await eventually(() => load.outcomes.length > 40);
    leaving!.kill('SIGTERM');
    await eventually(async () => {
      const outcomes = await Promise.all(Array.from({ length: 12 }, () => request(balancer)));
      expect(answeredBy(outcomes)).toEqual(['master-2', 'master-3']);
    });
    expect(failures(await load.end())).toEqual([]);
    expect(closed).toBe(0);
    sockets.end();
  });
});

describe('the load balancer itself', () => {
  it('finds out in its first moment that most places for masters are empty', async () => {
    await using another = await startBalancer(masters.slice(0, 2), 8);
    // A request that was on its way to an empty place when that was found out is cut, and may be made again.
    const first = await Promise.all(Array.from({ length: 40 }, () => request(another)));
    expect(failures(first).filter(isUnexpected)).toEqual([]);
    await eventually(() => {
      for (let n = 1; n <= 6; n += 1) expect(another.said(`empty-${n}`)).toBe('DOWN');
    });
    const after = await Promise.all(Array.from({ length: 40 }, () => request(another)));
    expect(failures(after)).toEqual([]);
  });

  it('can be restarted: connections break, then all is well', async () => {
    const load = new Load(balancer, { clients: 10, path: '/?ms=20' });
    await eventually(() => load.outcomes.length > 20);
    await balancer[Symbol.asyncDispose]();
    await sleep(100);
    expect(new Set(failures(await load.end()))).toEqual(new Set(['broken']));
    balancer = await startBalancer(masters);
    const after = await Promise.all(Array.from({ length: 30 }, () => request(balancer)));
    expect(failures(after)).toEqual([]);
  });
});
