import type { SessionState } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { sessionProperties } from '../../../test/support/properties.js';
import { active, ann, bob, pending, stateOf } from '../../../test/support/state.js';
import { sessionJson } from './session-json.js';

const mediaNodeId = MediaNodeId.parse('media_A0000000');
const placement = { legs: [{ leg: 0, mediaNodeId, worker: 0, generation: 1 }], leaving: [] };
const options = { pendingConnections: true, publicUrl: 'http://localhost:4443' };

function json(change: Partial<SessionState>, people = [pending(bob), active(ann)]) {
  const state = { ...stateOf(people), ...change };
  return (pendingConnections: boolean) =>
    sessionJson({ state, subscriptions: new Map() }, { ...options, pendingConnections });
}

function asking(id: string): Partial<SessionState> {
  const { record } = stateOf([]);
  return { record: { ...record, properties: sessionProperties('S', { mediaNodeId: id }) } };
}

describe('a session as REST answers it', () => {
  it('is the text of the contract to the letter, with who recovers it', () => {
    expect(JSON.stringify(json({}, [])(false))).toBe(
      '{"id":"S","object":"session","sessionId":"S","createdAt":0,"recording":false,"broadcasting":false,' +
        '"mediaMode":"ROUTED","recordingMode":"MANUAL","defaultRecordingProperties":{"name":"",' +
        '"hasAudio":true,"hasVideo":true,"outputMode":"COMPOSED","recordingLayout":"BEST_FIT",' +
        '"resolution":"1280x720","frameRate":25,"shmSize":536870912},"customSessionId":"S",' +
        '"forcedVideoCodec":"NONE","allowTranscoding":false,"recovery":"automatic",' +
        '"connections":{"numberOfElements":0,"content":[]}}',
    );
  });

  it.each([
    [false, [ann]],
    [true, [bob, ann]],
  ])('lists its connections, the pending ones if asked: %s', (pendingConnections, shown) => {
    const { connections } = json({})(pendingConnections);
    expect(connections.numberOfElements).toBe(shown.length);
    expect(connections.content.map(({ connectionId }) => connectionId)).toEqual(shown);
  });

  it.each([
    ['nowhere', {}, {}],
    ['somewhere', { placement }, { mediaNode: { id: mediaNodeId }, mediaNodeId }],
    ['nowhere yet, but asked for a node', asking('media_B0000000'), { mediaNode: { id: 'media_B0000000' } }],
  ])('tells where its media is: %s', (_, change, told) => {
    const answer = json(change)(false);
    const { mediaNode, mediaNodeId: id } = answer;
    expect({ ...(mediaNode ? { mediaNode } : {}), ...(id ? { mediaNodeId: id } : {}) }).toEqual(told);
    expect(Object.keys(answer).slice(13)).toEqual(['connections', ...Object.keys(told)]);
  });
});
