import { StreamId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { active, ann, annsStream, bob, moderator, stateOf, stream } from '../../../test/support/state.js';
import {
  abandonStream,
  announceStream,
  forceUnpublish,
  intendStream,
  setTrackActive,
  unpublish,
} from './publish.js';

const asAnn = { connectionId: ann, socketGeneration: 1 };
const options = { hasAudio: true, hasVideo: false };
const intent = (streamId = annsStream) => intendStream(asAnn, { streamId, options, generation: 1, now: 9 });
const refused = (code: string) => expect.objectContaining({ code });

describe('publishing', () => {
  it('is a wish first, of which nobody is told', () => {
    const { change } = intent()(stateOf([active(ann)]));
    expect(change?.events).toBeUndefined();
    expect(change?.streams?.get(annsStream)).toMatchObject({ live: false, info: { createdAt: 9 } });
  });

  it('is announced to the others once the media node has it', () => {
    const { change } = announceStream(
      annsStream,
      1,
    )(stateOf([active(ann)], [stream(annsStream, { live: false })]));
    expect(change?.events).toMatchObject([
      { audience: { to: 'others', than: ann }, event: { type: 'streamCreated' } },
    ]);
  });

  it('is no new wish when it comes again', () => {
    expect(intent()(stateOf([active(ann)], [stream(annsStream)])).change).toBeUndefined();
  });

  it.each([
    ['on another media node', 2],
    ['with new producers, because its publisher lost its transports', 1],
  ])('is announced as moved when it comes again %s', (_, generation) => {
    const { change } = announceStream(annsStream, generation)(stateOf([active(ann)], [stream(annsStream)]));
    expect(change?.events).toMatchObject([
      { event: { type: 'streamMoved', streamId: annsStream, generation } },
    ]);
    expect(change?.streams?.get(annsStream)).toMatchObject({ live: true, generation });
  });

  it('is not announced on a generation that it has left', () => {
    const moved = stateOf([active(ann)], [stream(annsStream, { generation: 2 })]);
    expect(announceStream(annsStream, 1)(moved).change).toBeUndefined();
  });

  it('can be given up only before it was announced', () => {
    expect(abandonStream(annsStream)(stateOf([active(ann)], [stream(annsStream)])).change).toBeUndefined();
    const given = abandonStream(annsStream)(stateOf([active(ann)], [stream(annsStream, { live: false })]));
    expect(given.change?.streams).toEqual(new Map([[annsStream, null]]));
  });

  it.each([
    ['a subscriber', active(ann, { role: 'SUBSCRIBER' }), annsStream, 'PERMISSION_DENIED'],
    ['who names a stream of another', active(ann), StreamId.parse(`str_CAM_Aaaa_${bob}`), 'BAD_REQUEST'],
  ])('is refused to %s', (_, connection, streamId, code) => {
    expect(() => intent(streamId)(stateOf([connection]))).toThrow(refused(code));
  });

  it('is refused for one stream too many', () => {
    const streams = ['A', 'B', 'C', 'D'].map((n) => stream(StreamId.parse(`str_CAM_${n}aaa_${ann}`)));
    const fifth = StreamId.parse(`str_CAM_Eaaa_${ann}`);
    expect(() => intent(fifth)(stateOf([active(ann)], streams))).toThrow(refused('BAD_REQUEST'));
  });
});

describe('the end of a stream', () => {
  const state = stateOf([moderator(ann), active(bob)], [stream(annsStream)]);

  it('is told to the others by its publisher, to all by a moderator', () => {
    expect(unpublish(asAnn, annsStream)(state).change?.events).toMatchObject([
      { audience: { to: 'others', than: ann } },
    ]);
    expect(forceUnpublish(asAnn, annsStream)(state).change?.events).toMatchObject([
      { audience: { to: 'all' }, event: { reason: 'forceUnpublishByUser' } },
    ]);
  });

  it('is refused for the stream of another', () => {
    const asBob = { connectionId: bob, socketGeneration: 1 };
    expect(() => unpublish(asBob, annsStream)(state)).toThrow(refused('PERMISSION_DENIED'));
    expect(() => forceUnpublish(asBob, annsStream)(state)).toThrow(refused('PERMISSION_DENIED'));
  });
});

describe('a mute', () => {
  const mute = (kind: 'audio' | 'video', active_: boolean) =>
    setTrackActive(asAnn, { streamId: annsStream, kind, active: active_, reason: 'publishAudio' });

  it('is told once', () => {
    const state = stateOf([active(ann)], [stream(annsStream)]);
    expect(mute('audio', false)(state).change?.events).toMatchObject([
      { event: { changedProperty: 'audioActive', newValue: false } },
    ]);
    expect(mute('audio', true)(state).change).toBeUndefined();
  });

  it('is refused for a track that there is not', () => {
    const silent = stream(annsStream);
    silent.info.hasAudio = false;
    expect(() => mute('audio', false)(stateOf([active(ann)], [silent]))).toThrow(refused('BAD_REQUEST'));
  });
});
