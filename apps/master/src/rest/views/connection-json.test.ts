import { SessionId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { active, ann, annsStream, bob, pending, stateOf, stream } from '../../../test/support/state.js';
import { connectionJson } from './connection-json.js';

const sessionId = SessionId.parse('S');
const context = { sessionId, publicUrl: 'https://video.example:4443/' };

const pendingText =
  '{"id":"con_Ann0000000","object":"connection","status":"pending","connectionId":"con_Ann0000000",' +
  '"sessionId":"S","createdAt":1,"type":"WEBRTC","record":true,"role":"PUBLISHER","kurentoOptions":null,' +
  '"customIceServers":[],"rtspUri":null,"adaptativeBitrate":null,"onlyPlayWithSubscribers":null,' +
  '"networkCache":null,"serverData":"srv",' +
  '"token":"wss://video.example:4443?sessionId=S&token=tok_A000000000000000","activeAt":null,' +
  '"location":null,"ip":null,"platform":null,"clientData":null,"publishers":null,"subscribers":null}';

describe('a connection as REST answers it', () => {
  it('is, while pending, the text of the contract to the letter', () => {
    expect(JSON.stringify(connectionJson(pending(ann), context))).toBe(pendingText);
  });

  it('has the same keys in the same order when it is active', () => {
    const person = active(ann, { platform: 'Chrome 156 on Linux', ip: '192.0.2.7' });
    const view = { state: stateOf([person]), subscriptions: new Map() };
    const json = connectionJson(person, { ...context, view });
    expect(Object.keys(json)).toEqual(Object.keys(JSON.parse(pendingText)));
    expect(json).toMatchObject({
      status: 'active',
      activeAt: 2,
      location: 'unknown',
      ip: '192.0.2.7',
      platform: 'Chrome 156 on Linux',
      clientData: 'cli',
      token: 'wss://video.example:4443?sessionId=S&token=tok_A000000000000000',
      publishers: [],
      subscribers: [],
    });
  });

  it.each([
    [
      'audio and video',
      {
        hasAudio: true,
        audioActive: true,
        hasVideo: true,
        videoActive: false,
        typeOfVideo: 'CAMERA' as const,
        frameRate: 30,
        videoDimensions: { width: 640, height: 480 },
      },
      '{"hasAudio":true,"audioActive":true,"hasVideo":true,"videoActive":false,"typeOfVideo":"CAMERA",' +
        '"frameRate":30,"videoDimensions":"{\\"width\\":640,\\"height\\":480}","filter":{}}',
    ],
    [
      'audio alone',
      { hasAudio: true, audioActive: false, hasVideo: false },
      '{"hasAudio":true,"audioActive":false,"hasVideo":false,"filter":{}}',
    ],
    [
      'video alone',
      {
        hasAudio: false,
        hasVideo: true,
        videoActive: true,
        typeOfVideo: 'SCREEN' as const,
        videoDimensions: { width: 1, height: 1 },
      },
      '{"hasAudio":false,"hasVideo":true,"videoActive":true,"typeOfVideo":"SCREEN",' +
        '"videoDimensions":"{\\"width\\":1,\\"height\\":1}","filter":{}}',
    ],
  ])('tells of a publisher of %s what its tracks give reason for', (_, options, text) => {
    const person = active(ann);
    const info = { streamId: annsStream, connectionId: ann, createdAt: 3, ...options };
    const view = {
      state: stateOf([person], [stream(annsStream, { info })]),
      subscriptions: new Map(),
    };
    const { publishers } = connectionJson(person, { ...context, view });
    expect(JSON.stringify(publishers)).toBe(
      `[{"createdAt":3,"streamId":"${annsStream}","mediaOptions":${text}}]`,
    );
  });

  it.each([
    ['a stream that is live', true, [{ createdAt: 9, streamId: annsStream }]],
    ['a stream that the others were not told of yet', false, []],
    ['a stream that is gone', undefined, []],
  ])('lists what it receives of %s', (_, live, subscribers) => {
    const viewer = active(bob);
    const streams = live === undefined ? [] : [stream(annsStream, { live })];
    const wanted = new Map([[annsStream, { createdAt: 9, audio: true, video: true }]]);
    const view = { state: stateOf([active(ann), viewer], streams), subscriptions: new Map([[bob, wanted]]) };
    expect(connectionJson(viewer, { ...context, view }).subscribers).toEqual(subscribers);
    expect(connectionJson(active(ann), { ...context, view }).publishers).toHaveLength(live ? 1 : 0);
  });
});
