import { describe, expect, it } from 'vitest';
import { active, ann, bob, masterA, masterB, stateOf } from '../../../test/support/state.js';
import { detachGhost, GhostWatch, type Whereabouts } from './ghosts.js';

const anns = { connectionId: ann, masterId: masterA, generation: 1 };
const bobs = { connectionId: bob, masterId: masterB, generation: 4 };
const where = (change: Partial<Whereabouts> = {}): Whereabouts => ({
  own: masterA,
  local: new Set([ann]),
  registered: new Set([masterA, masterB]),
  ...change,
});
const alone = where({ registered: new Set([masterA]) });

describe('GhostWatch', () => {
  it('holds nobody for a ghost whose master is there', () => {
    const watch = new GhostWatch(5000);
    for (const now of [0, 9000]) expect(watch.look([anns, bobs], where(), now)).toEqual([]);
  });

  it('finds who hangs on a master that has been away for long', () => {
    const watch = new GhostWatch(5000);
    expect(watch.look([anns, bobs], alone, 0)).toEqual([]);
    expect(watch.look([anns, bobs], alone, 4999)).toEqual([]);
    expect(watch.look([anns, bobs], alone, 5000)).toEqual([bobs]);
  });

  it('begins again when the master, or another socket, was seen in between', () => {
    const watch = new GhostWatch(5000);
    watch.look([bobs], alone, 0);
    watch.look([bobs], where(), 4000);
    expect(watch.look([bobs], alone, 6000)).toEqual([]);
    expect(watch.look([{ ...bobs, generation: 5 }], alone, 12_000)).toEqual([]);
  });

  it('knows nothing of before the shared state was away', () => {
    const watch = new GhostWatch(5000);
    watch.look([bobs], alone, 0);
    watch.reset();
    expect(watch.look([bobs], alone, 6000)).toEqual([]);
  });

  it('finds sockets of this master that it does not have', () => {
    const watch = new GhostWatch(5000);
    const without = where({ local: new Set() });
    watch.look([anns], without, 0);
    expect(watch.look([anns], without, 5000)).toEqual([anns]);
  });
});

describe('detachGhost', () => {
  const options = { own: masterA, graceMs: 15_000 };
  const ofB = active(bob, { socket: { masterId: masterB, generation: 4 }, socketGeneration: 4 });

  it('starts the grace period, if the master still is not registered', () => {
    const { change } = detachGhost(bobs, options)(stateOf([ofB]));
    expect(change?.relies).toEqual({ connections: [bob], unregistered: masterB });
    expect(change?.connections?.get(bob)).toMatchObject({ socket: null });
    expect(change?.schedule).toMatchObject([
      { deadline: { kind: 'grace', socketGeneration: 4 }, inMs: 15_000 },
    ]);
  });

  it('leaves a connection alone that has come back', () => {
    const back = active(bob, { socket: { masterId: masterA, generation: 5 }, socketGeneration: 5 });
    expect(detachGhost(bobs, options)(stateOf([back])).change).toBeUndefined();
  });
});
