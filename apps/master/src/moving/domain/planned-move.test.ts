import type { ActiveConnection, Placement, PlacementLeg, SessionState } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { active, ann, bob, stateOf } from '../../../test/support/state.js';
import { endMove, haveAllMoved, longestMoveMs, markMoved, planMove } from './planned-move.js';

const here = MediaNodeId.parse('media_Aaaaaaaa');
const there = MediaNodeId.parse('media_Bbbbbbbb');
const leg = (mediaNodeId: MediaNodeId, generation: number): PlacementLeg => ({
  leg: 0,
  mediaNodeId,
  worker: 0,
  generation,
});
const settled: Placement = { legs: [leg(here, 1)], leaving: [] };
const moving: Placement = { legs: [leg(there, 2)], leaving: [leg(here, 1)] };
const at = (placement: Placement | undefined, connections: ActiveConnection[] = []): SessionState => ({
  ...stateOf(connections),
  placement,
});
const to = { placement: { legs: [leg(there, 2)], leaving: [] }, mediaNodeId: there, reserveMs: 5000 };
const deadline = {
  kind: 'moveEnd' as const,
  sessionId: stateOf([]).record.sessionId,
  life: 1,
  generation: 1,
};

describe('planMove', () => {
  it('goes to the next generation and leaves the one before alive until its time is up', () => {
    const { change, result } = planMove(leg(here, 1), to)(at(settled));
    expect(result).toBe(true);
    expect(change).toMatchObject({
      relies: { placement: true, alive: there },
      placement: { placement: moving },
      schedule: [{ deadline, inMs: longestMoveMs }],
      events: [{ event: { type: 'placementChanged', generation: 2, mediaNodeId: there, planned: true } }],
    });
    expect(change?.unplacedFrom).toBeUndefined();
  });

  it.each([
    ['is on its way already', moving, leg(there, 2)],
    ['went elsewhere meanwhile', settled, leg(there, 1)],
    ['has another generation', settled, leg(here, 3)],
    ['waits for room', { ...settled, waiting: true as const }, leg(here, 1)],
    ['has no place', undefined, leg(here, 1)],
  ])('does nothing to a session that %s', (_, placement, from) => {
    expect(planMove(from, to)(at(placement))).toEqual({ change: undefined, result: false });
  });
});

describe('markMoved', () => {
  it('notes who has followed, relying on that connection only', () => {
    const { change } = markMoved(ann, 2)(at(moving, [active(ann), active(bob)]));
    expect(change?.relies).toEqual({ connections: [ann] });
    expect(change?.connections?.get(ann)).toMatchObject({ movedTo: 2 });
  });

  it.each([
    ['is repeated', at(moving, [active(ann, { movedTo: 2 })]), 2],
    ['is about a generation that is over', at(moving, [active(ann)]), 1],
    ['comes after the move', at({ ...moving, leaving: [] }, [active(ann)]), 2],
    ['comes from somebody who left', at(moving), 2],
  ])('writes nothing when it %s', (_, state, generation) => {
    expect(markMoved(ann, generation)(state).change).toBeUndefined();
  });
});

describe('the end of a move', () => {
  it.each([
    ['everybody followed', [active(ann, { movedTo: 2 }), active(bob, { movedTo: 2 })], true],
    ['one has not', [active(ann, { movedTo: 2 }), active(bob)], false],
    ['one followed an earlier move only', [active(ann, { movedTo: 1 })], false],
    ['the one who has not is away', [active(ann, { movedTo: 2 }), active(bob, { socket: null })], true],
  ])('when %s', (_, connections, isOver) => {
    const state = at(moving, connections);
    expect(haveAllMoved(state)).toBe(isOver);
    expect(endMove()(state).result).toEqual(isOver ? leg(here, 1) : undefined);
  });

  it('takes what was left off its media node, and the deadline away', () => {
    const { change } = endMove()(at(moving, [active(ann, { movedTo: 2 })]));
    expect(change).toMatchObject({
      relies: { placement: true },
      unplacedFrom: [here],
      placement: { placement: { legs: [leg(there, 2)], leaving: [] }, reserveMs: 0 },
      unschedule: [deadline],
    });
  });

  it('comes at the deadline whoever has not followed', () => {
    const { change, result } = endMove(deadline)(at(moving, [active(ann)]));
    expect(result).toEqual(leg(here, 1));
    expect(change?.relies).toEqual({ placement: true, deadline });
  });

  it('only takes the deadline away when the move is over already', () => {
    const { change, result } = endMove(deadline)(at({ ...moving, leaving: [] }));
    expect(result).toBeUndefined();
    expect(change).toEqual({ relies: { deadline } });
  });
});
