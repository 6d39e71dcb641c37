import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { CreateConnection, SendSignal, sessionProperties } from './bodies.js';
import { parseBody } from './parse.js';
import { RestError } from './rest-error.js';

const config = readConfig({});

/** What a body is refused with. */
function refusal(parse: () => unknown): { status: number; message: string; field: string | undefined } {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { status: error.status, message: error.message, field: error.details.field };
  }
  throw new Error('it was accepted');
}

const recordingDefaults = {
  name: '',
  hasAudio: true,
  hasVideo: true,
  outputMode: 'COMPOSED',
  recordingLayout: 'BEST_FIT',
  resolution: '1280x720',
  frameRate: 25,
  shmSize: 536_870_912,
};
const sessionDefaults = {
  mediaMode: 'ROUTED',
  recordingMode: 'MANUAL',
  customSessionId: '',
  defaultRecordingProperties: recordingDefaults,
  forcedVideoCodec: 'NONE',
  allowTranscoding: false,
  recovery: 'automatic',
};

describe('the parameters of a session', () => {
  it.each([
    ['no body', undefined, {}],
    ['an empty object', {}, {}],
    ['unknown fields', { unknown: 1 }, {}],
    ['nulls', Object.fromEntries(Object.keys(sessionDefaults).map((key) => [key, null])), {}],
    ['no media node', { mediaNode: null }, {}],
    ['a media node of no id', { mediaNode: { id: null } }, {}],
    ['a media node', { mediaNode: { id: 'media_A' } }, { mediaNodeId: 'media_A' }],
    ['an id', { customSessionId: 'My-room_1' }, { customSessionId: 'My-room_1' }],
    ['an empty id', { customSessionId: '' }, {}],
    ['the best codec', { forcedVideoCodec: 'MEDIA_SERVER_PREFERRED' }, {}],
    ['a codec', { forcedVideoCodec: 'H264' }, { forcedVideoCodec: 'H264' }],
    ['who recovers it', { recovery: 'application' }, { recovery: 'application' }],
    [
      'half of the recording properties',
      { defaultRecordingProperties: { name: 'talk', frameRate: null, resolution: '1999x100' } },
      { defaultRecordingProperties: { ...recordingDefaults, name: 'talk', resolution: '1999x100' } },
    ],
  ])('can be %s', (_, body, change) => {
    expect(sessionProperties(body, config)).toEqual({ ...sessionDefaults, ...change });
  });

  it('take their defaults from the settings', () => {
    const settings = readConfig({
      EVERCALL_RECOVERY: 'application',
      OPENVIDU_STREAMS_FORCED_VIDEO_CODEC: 'VP8',
    });
    expect(sessionProperties({}, settings)).toMatchObject({
      recovery: 'application',
      forcedVideoCodec: 'VP8',
    });
  });

  it.each([
    [{ mediaMode: 1 }, 'mediaMode'],
    [{ recordingMode: false }, 'recordingMode'],
    [{ customSessionId: 999 }, 'customSessionId'],
    [{ customSessionId: 'ä' }, 'customSessionId'],
    [{ customSessionId: 'x'.repeat(257) }, 'customSessionId'],
    [{ forcedVideoCodec: 'vp8' }, 'forcedVideoCodec'],
    [{ allowTranscoding: 'yes' }, 'allowTranscoding'],
    [{ mediaNode: 'media_A' }, 'mediaNode'],
    [{ mediaNode: { id: 1 } }, 'mediaNode.id'],
    [{ recovery: '' }, 'recovery'],
    [{ defaultRecordingProperties: [] }, 'defaultRecordingProperties'],
    [{ defaultRecordingProperties: { name: 'a b' } }, 'defaultRecordingProperties.name'],
    [{ defaultRecordingProperties: { hasAudio: 1 } }, 'defaultRecordingProperties.hasAudio'],
    [
      { defaultRecordingProperties: { hasAudio: false, hasVideo: false } },
      'defaultRecordingProperties.hasVideo',
    ],
    [{ defaultRecordingProperties: { outputMode: 'ALL' } }, 'defaultRecordingProperties.outputMode'],
    [
      { defaultRecordingProperties: { recordingLayout: 'ROW' } },
      'defaultRecordingProperties.recordingLayout',
    ],
    [{ defaultRecordingProperties: { resolution: '99x100' } }, 'defaultRecordingProperties.resolution'],
    [{ defaultRecordingProperties: { resolution: '2000x100' } }, 'defaultRecordingProperties.resolution'],
    [{ defaultRecordingProperties: { frameRate: 0 } }, 'defaultRecordingProperties.frameRate'],
    [{ defaultRecordingProperties: { frameRate: 121 } }, 'defaultRecordingProperties.frameRate'],
    [{ defaultRecordingProperties: { shmSize: 134_217_727 } }, 'defaultRecordingProperties.shmSize'],
    [[], 'body'],
    ['text', 'body'],
  ])('can not be %j', (body, field) => {
    const refused = refusal(() => sessionProperties(body, config));
    expect(refused).toMatchObject({ status: 400, field });
    expect(refused.message).toContain(field);
  });

  it('of another type are told from those of a wrong value', () => {
    expect(refusal(() => sessionProperties({ customSessionId: 9 }, config)).message).toMatch(
      /^Type error in some parameter: customSessionId: /,
    );
    expect(refusal(() => sessionProperties({ customSessionId: '/' }, config)).message).toMatch(
      /^Wrong value of some parameter: customSessionId: /,
    );
  });
});

describe('the parameters of a connection', () => {
  const defaults = {
    type: 'WEBRTC',
    data: '',
    record: true,
    role: 'PUBLISHER',
    kurentoOptions: null,
    customIceServers: [],
  };

  it.each([
    ['no body', undefined, {}],
    [
      'what the stock client sends when nothing is set',
      {
        type: null,
        data: null,
        record: null,
        role: null,
        kurentoOptions: null,
        customIceServers: null,
        rtspUri: null,
        adaptativeBitrate: null,
        onlyPlayWithSubscribers: null,
        networkCache: null,
      },
      {},
    ],
    ['any data', { data: '{"a":1}' }, { data: '{"a":1}' }],
    ['a role', { role: 'SUBSCRIBER', record: false }, { role: 'SUBSCRIBER', record: false }],
    [
      'Kurento options, some of them unset',
      {
        kurentoOptions: {
          allowedFilters: ['f'],
          videoMaxRecvBandwidth: null,
          videoMaxSendBandwidth: 7,
          x: 1,
        },
      },
      { kurentoOptions: { videoMaxSendBandwidth: 7, allowedFilters: ['f'] } },
    ],
  ])('can be %s', (_, body, change) => {
    expect(parseBody(CreateConnection, body)).toEqual({ ...defaults, ...change });
  });

  it.each([
    [{ type: 'IPCAM' }, 'type'],
    [{ data: true }, 'data'],
    [{ data: 'x'.repeat(64 * 1024 + 1) }, 'data'],
    [{ record: 'no' }, 'record'],
    [{ role: 123 }, 'role'],
    [{ role: 'publisher' }, 'role'],
    [{ kurentoOptions: 'none' }, 'kurentoOptions'],
    [{ kurentoOptions: { videoMaxRecvBandwidth: '7' } }, 'kurentoOptions.videoMaxRecvBandwidth'],
    [{ kurentoOptions: { allowedFilters: [1] } }, 'kurentoOptions.allowedFilters.0'],
    [{ customIceServers: {} }, 'customIceServers'],
  ])('can not be %j', (body, field) => {
    expect(refusal(() => parseBody(CreateConnection, body))).toMatchObject({ status: 400, field });
  });
});

describe('the parameters of a signal', () => {
  it('are a session, and defaults', () => {
    expect(parseBody(SendSignal, { session: 'S', to: null, type: null })).toEqual({
      session: 'S',
      to: [],
      type: '',
      data: '',
    });
  });

  it.each([
    [{}, 'session'],
    [{ session: null }, 'session'],
    [{ session: 'S', to: 'con_A' }, 'to'],
    [{ session: 'S', to: [1] }, 'to.0'],
    [{ session: 'S', type: {} }, 'type'],
    [{ session: 'S', data: 1 }, 'data'],
  ])('can not be %j', (body, field) => {
    expect(refusal(() => parseBody(SendSignal, body))).toMatchObject({ status: 400, field });
  });
});
