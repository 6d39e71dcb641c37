import type { Placement, SessionState } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { active, ann, bob, stateOf } from '../../../test/support/state.js';
import { awaitRoom, crash, type LostMedia, replace } from './lost-media.js';

const [here, there, before] = ['Aaaaaaaa', 'Bbbbbbbb', 'Cccccccc'].map((name) =>
  MediaNodeId.parse(`media_${name}`),
) as [MediaNodeId, MediaNodeId, MediaNodeId];
const leg = (mediaNodeId: MediaNodeId, generation: number) => ({
  leg: 0,
  mediaNodeId,
  worker: 0,
  generation,
});
const lost: LostMedia = { mediaNodeId: here, generation: 2 };
const at = (placement?: Placement): SessionState => ({
  ...stateOf([active(ann), active(bob)]),
  placement,
});
const settled: Placement = { legs: [leg(here, 2)], leaving: [] };
const moving: Placement = { legs: [leg(here, 2)], leaving: [leg(before, 1)] };
const waiting: Placement = { ...settled, waiting: true };
const next = { placement: { legs: [leg(there, 3)], leaving: [] }, mediaNodeId: there, reserveMs: 5000 };
const elsewhere: [string, Placement | undefined][] = [
  ['has moved on since', { legs: [leg(there, 3)], leaving: [] }],
  ['came back to the node with another generation', { legs: [leg(here, 4)], leaving: [] }],
  ['has no place', undefined],
];

describe('replace', () => {
  it.each([
    ['settled', settled, [here]],
    ['on its way here from another node', moving, [here, before]],
    ['waiting for room', waiting, [here]],
  ])('places a session anew that was %s', (_, placement, unplacedFrom) => {
    const { result, change } = replace(lost, next)(at(placement));
    expect(result).toBe(true);
    expect(change).toMatchObject({
      relies: { placement: true, alive: there },
      unplacedFrom,
      placement: { placement: next.placement },
      events: [{ event: { type: 'placementChanged', generation: 3, mediaNodeId: there } }],
    });
  });

  it.each(elsewhere)('leaves a session alone that %s', (_, placement) => {
    expect(replace(lost, next)(at(placement))).toEqual({ change: undefined, result: false });
  });
});

describe('awaitRoom', () => {
  it('tells everybody that there is no media, and keeps the place on record', () => {
    const { result, change } = awaitRoom(lost)(at(moving));
    expect(result).toBe(true);
    expect(change).toMatchObject({
      relies: { placement: true },
      unplacedFrom: [before],
      placement: { placement: { legs: [leg(here, 2)], leaving: [], waiting: true } },
    });
    expect(change?.events).toEqual([
      {
        audience: { to: 'all' },
        event: { type: 'placementChanged', generation: 2, planned: false },
      },
    ]);
  });

  it.each([...elsewhere, ['waits already', waiting] as const])(
    'tells nothing when the session %s',
    (_, at_) => {
      expect(awaitRoom(lost)(at(at_))).toEqual({ change: undefined, result: false });
    },
  );
});

describe('crash', () => {
  it('ends the session with its media', () => {
    expect(crash(lost)(at(settled))).toMatchObject({
      result: { connectionIds: [ann, bob], sessionEnded: true },
      change: { close: 'nodeCrashed' },
    });
  });

  it.each(elsewhere)('leaves a session alone that %s', (_, placement) => {
    expect(crash(lost)(at(placement))).toEqual({ change: undefined, result: undefined });
  });
});
