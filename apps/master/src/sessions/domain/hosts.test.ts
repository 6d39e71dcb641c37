import type { SessionState } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { sessionProperties } from '../../../test/support/properties.js';
import { active, ann, bob, masterA, masterB, stateOf } from '../../../test/support/state.js';
import { buryCrashed, doubtfulHost } from './hosts.js';

const media = MediaNodeId.parse('media_Aaaaaaaa');

function hosted(recovery: 'application' | 'automatic', change: Partial<SessionState> = {}): SessionState {
  const state = stateOf([active(ann), active(bob)]);
  return {
    ...state,
    record: { ...state.record, properties: sessionProperties('S', { recovery }) },
    placement: { legs: [{ leg: 0, mediaNodeId: media, worker: 0, generation: 1 }], leaving: [] },
    ...change,
  };
}

describe('doubtfulHost', () => {
  it.each([
    ['the master that hosts it', 'application', masterA, masterA],
    ['the media node that it is on', 'application', media, media],
    ['nothing for another node', 'application', masterB, undefined],
    ['nothing for a session that the platform recovers', 'automatic', masterA, undefined],
  ] as const)('is %s', (_, recovery, doubtful, expected) => {
    expect(doubtfulHost(hosted(recovery), (id) => id === doubtful)).toBe(expected);
  });
});

describe('buryCrashed', () => {
  it('closes a session that went with its node, and tells everybody', () => {
    const { result, change } = buryCrashed(hosted('application', { ended: 'nodeCrashed', crashed: true }));
    expect(result).toEqual({ connectionIds: [ann, bob], sessionEnded: true });
    expect(change).toMatchObject({
      close: 'nodeCrashed',
      events: [{ audience: { to: 'all' }, event: { type: 'sessionClosed', reason: 'nodeCrashed' } }],
    });
  });

  it('leaves a session alone that lives', () => {
    expect(buryCrashed(hosted('application'))).toEqual({ change: undefined, result: undefined });
  });
});
