import type { GroupRole } from '@evercall/cluster';
import { describe, expect, it } from 'vitest';
import { type FleetRules, reconcile, type Sight } from './reconcile.js';
import type { SlotMemory, SlotProcess } from './slot-memory.js';

const place = (role: GroupRole) => (n: number) => ({ name: `${role}-${n}`, role });
const rules: FleetRules = {
  places: [...[1, 2, 3].map(place('master')), ...[1, 2, 3].map(place('media'))],
  replace: true,
  startMs: 60_000,
  settleMs: 2000,
  drainMs: 40_000,
};

/** A world in which what is decided happens at once, unless the test says otherwise. */
class World {
  now = 1_000_000;
  pids = 100;
  slots: SlotMemory[] = [];
  processes: SlotProcess[] = [];
  lost: Sight['lost'] = [];
  exits: Sight['exits'] = [];
  states = new Map<number, string>();
  loads = new Map<string, number>();
  groups = [
    { role: 'master' as const, min: 1, max: 3, desired: 2, revision: 0 },
    { role: 'media' as const, min: 0, max: 3, desired: 2, revision: 0 },
  ];
  rules = rules;
  steadySince = 0;

  /** One look; the decided launches and kills are carried out. */
  look(afterMs = 250): string[] {
    this.now += afterMs;
    const { now, steadySince, groups, processes, lost, exits } = this;
    const nodes = processes
      .filter(({ pid }) => this.states.get(pid) !== 'silent')
      .map(({ name, pid }) => ({
        name,
        pid,
        state: this.states.get(pid) ?? 'running',
        load: this.loads.get(name) ?? 0,
      }));
    const sight = { now, steadySince, groups, processes, nodes, lost, exits, jitter: 0 };
    const decision = reconcile(this.rules, this.slots, sight);
    this.slots = decision.slots;
    this.exits = [];
    for (const action of decision.actions) {
      if (action.kind === 'launch') this.#launch(action);
      if (action.kind === 'kill') this.die(action.name);
    }
    return decision.actions.map((action) => `${action.kind} ${action.name}`);
  }

  #launch({ name, revision }: { name: string; revision: number }) {
    this.pids += 1;
    this.processes.push({ name, pid: this.pids, launchedAt: this.now, revision });
  }

  die(name: string, code: number | null = null) {
    const pid = this.pid(name);
    this.exits = [...this.exits, { name, pid, code }];
    this.processes = this.processes.filter((process) => process.name !== name);
  }

  pid(name: string) {
    return this.processes.find((process) => process.name === name)?.pid ?? -1;
  }

  set(role: GroupRole, change: { desired?: number; revision?: number }) {
    this.groups = this.groups.map((group) => (group.role === role ? { ...group, ...change } : group));
  }

  state(name: string) {
    return this.slots.find((slot) => slot.name === name)?.state;
  }

  /** Everything is up for long enough that a death is no loop. */
  static settled() {
    const world = new World();
    world.look();
    world.look();
    world.look(10_000);
    return world;
  }
}

describe('the size of a group', () => {
  it('is reached by launching into the first free places', () => {
    const world = new World();
    expect(world.look()).toEqual(['launch master-1', 'launch master-2', 'launch media-1', 'launch media-2']);
    expect(world.state('master-1')).toBe('starting');
    expect(world.look()).toEqual([]);
    expect(world.state('master-1')).toBe('running');
  });

  it('counts what a predecessor launched', () => {
    const world = World.settled();
    world.slots = [];
    expect(world.look()).toEqual([]);
    expect(world.state('media-2')).toBe('running');
  });

  it('grows', () => {
    const world = World.settled();
    world.set('media', { desired: 3 });
    expect(world.look()).toEqual(['launch media-3']);
  });

  it('shrinks by the least loaded, then by the youngest, once', () => {
    const world = World.settled();
    world.loads = new Map([
      ['media-1', 3],
      ['media-2', 9],
    ]);
    world.set('media', { desired: 1 });
    world.set('master', { desired: 1 });
    world.processes = world.processes.map((one) =>
      one.name === 'master-1' ? { ...one, launchedAt: one.launchedAt + 5000 } : one,
    );
    world.look();
    expect(world.slots.filter(({ ordered }) => ordered).map(({ name }) => name)).toEqual([
      'master-1',
      'media-1',
    ]);
    expect(world.look()).toEqual([]);
    expect(world.state('media-1')).toBe('draining');
    world.die('media-1', 0);
    world.die('master-1', 0);
    expect(world.look()).toEqual([]);
    expect(world.state('media-1')).toBeUndefined();
  });

  it('is kept while a node leaves that somebody else asked to', () => {
    const world = World.settled();
    world.states.set(world.pid('media-1'), 'terminating');
    expect(world.look()).toEqual(['launch media-3']);
    world.die('media-1', 0);
    expect(world.look()).toEqual([]);
  });

  it('is exceeded by nobody when that node is asked to stay after all', () => {
    const world = World.settled();
    world.states.set(world.pid('media-1'), 'waiting-idle-to-terminate');
    world.look();
    world.states.delete(world.pid('media-1'));
    expect(world.look()).toEqual(['drain media-3']);
  });

  it('does not count a node that is killed because it never leaves', () => {
    const world = World.settled();
    world.set('media', { desired: 1 });
    world.look();
    world.look();
    expect(world.look(40_001)).toEqual(['kill media-2']);
    expect(world.look()).toEqual([]);
    expect(world.state('media-2')).toBeUndefined();
  });
});

describe('a node that dies', () => {
  it('is replaced at once, in its place', () => {
    const world = World.settled();
    world.die('media-1');
    expect(world.look()).toEqual(['launch media-1']);
    world.look();
    expect(world.slots.find(({ name }) => name === 'media-1')).toMatchObject({
      state: 'running',
      restarts: 1,
    });
  });

  it('again and again is replaced later and later, and its place stays its own', () => {
    const world = World.settled();
    world.die('media-1');
    world.look();
    world.die('media-1', 1);
    expect(world.look()).toEqual([]);
    expect(world.state('media-1')).toBe('backoff');
    expect(world.look(249)).toEqual([]);
    expect(world.look(1)).toEqual(['launch media-1']);
    world.die('media-1', 1);
    world.look(1);
    expect(world.look(499)).toEqual([]);
    expect(world.look(1)).toEqual(['launch media-1']);
  });

  it('after it has run well is no loop', () => {
    const world = World.settled();
    for (let death = 0; death < 5; death += 1) {
      world.die('media-1');
      expect(world.look()).toEqual(['launch media-1']);
      world.look();
      world.look(5000);
    }
  });

  it('at its very launch counts as well', () => {
    const world = new World();
    world.look();
    world.die('media-1', 0);
    expect(world.look()).toEqual(['launch media-1']);
    world.die('media-1', 0);
    expect(world.look()).toEqual([]);
    expect(world.state('media-1')).toBe('backoff');
  });

  it('stays dead where nothing is replaced', () => {
    const world = World.settled();
    world.rules = { ...rules, replace: false };
    world.die('media-1');
    expect(world.look(60_000)).toEqual([]);
    expect(world.state('media-1')).toBe('dead');
  });
});

describe('a node that does not serve', () => {
  it('is killed once it is lost, and replaced', () => {
    const world = World.settled();
    world.lost = [{ name: 'media-1', pid: world.pid('media-1') }];
    expect(world.look()).toEqual(['kill media-1']);
    expect(world.look()).toEqual(['launch media-1']);
    expect(world.look()).toEqual([]);
  });

  it('is let alone if its predecessor in the place was lost', () => {
    const world = World.settled();
    world.lost = [{ name: 'media-1', pid: 7 }];
    expect(world.look()).toEqual([]);
  });

  it('is killed when it never comes up, but not for the time without shared state', () => {
    const world = new World();
    world.set('master', { desired: 0 });
    world.set('media', { desired: 1 });
    world.look();
    world.states.set(world.pid('media-1'), 'silent');
    world.steadySince = world.now + 30_000;
    expect(world.look(60_001)).toEqual([]);
    expect(world.look(30_000)).toEqual(['kill media-1']);
  });

  it('goes on when the registry forgot it', () => {
    const world = World.settled();
    world.states.set(world.pid('media-1'), 'silent');
    expect(world.look(120_000)).toEqual([]);
    expect(world.state('media-1')).toBe('running');
  });
});

describe('a rolling restart', () => {
  it('has the new node up before an old one leaves, one at a time', () => {
    const world = World.settled();
    world.set('master', { revision: 1 });
    expect(world.look()).toEqual(['launch master-3']);
    world.look();
    expect(world.look(1999)).toEqual([]);
    expect(world.look(1)).toEqual(['drain master-1']);
    expect(world.look()).toEqual([]);
    world.die('master-1', 0);
    expect(world.look()).toEqual(['launch master-1']);
    world.look();
    expect(world.look(2000)).toEqual(['drain master-2']);
    // It had nothing to hand over and was gone before anybody saw it leave.
    world.die('master-2', null);
    expect(world.look()).toEqual([]);
    expect(world.state('master-2')).toBeUndefined();
    expect(world.processes.filter(({ name }) => name.startsWith('master'))).toMatchObject([
      { name: 'master-3', revision: 1 },
      { name: 'master-1', revision: 1 },
    ]);
  });

  it('restarts in place where no place is free', () => {
    const world = World.settled();
    world.set('media', { desired: 3 });
    world.look();
    world.look();
    world.look(2000);
    world.set('media', { revision: 4 });
    expect(world.look()).toEqual(['drain media-1']);
    world.look();
    world.die('media-1', 0);
    expect(world.look()).toEqual(['launch media-1']);
    world.look();
    expect(world.look(2000)).toEqual(['drain media-2']);
  });

  it('waits while a node is missing', () => {
    const world = World.settled();
    world.set('media', { revision: 1 });
    world.look();
    world.look();
    world.look(2000);
    world.die('media-1', 0);
    world.die('media-3');
    expect(world.look()).toEqual(['launch media-3', 'launch media-1']);
    world.states.set(world.pid('media-3'), 'silent');
    expect(world.look(5000)).toEqual([]);
  });
});
