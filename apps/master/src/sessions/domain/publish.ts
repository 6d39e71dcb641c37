import { type SessionState, type StreamRecord, streamsOf } from '@evercall/cluster';
import {
  limits,
  type MediaKind,
  type MediaOptions,
  type StreamChangeReason,
  type StreamEndReason,
  type StreamId,
  type StreamInfo,
  type VideoDimensions,
} from '@evercall/protocol';
import { type Caller, callerOf, mustBeAllowed } from './caller.js';
import { change, type Rule, refuse, unchanged } from './decision.js';

/** Somebody wants to send a stream. */
export interface Publish {
  streamId: StreamId;
  options: MediaOptions;
  /** Generation of the media that its tracks are for. */
  generation: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** First step: the stream is intended. Nobody else knows of it yet. */
export function intendStream(
  caller: Caller,
  { streamId, options, generation, now }: Publish,
): Rule<StreamRecord> {
  return (state) => {
    const connection = callerOf(state, caller);
    mustBeAllowed(connection, 'publish');
    const { connectionId } = caller;
    if (!streamId.endsWith(`_${connectionId}`)) {
      return refuse('BAD_REQUEST', 'streamId must end with the own connection id', { field: 'streamId' });
    }
    const known = state.streams.get(streamId);
    // Known: a repetition, or the same stream again after its media has moved; the second step tells.
    if (known) return unchanged(known);
    if (streamsOf(state, connectionId).length >= limits.streamsPerConnection) {
      return refuse(
        'BAD_REQUEST',
        `a connection may publish ${limits.streamsPerConnection} streams at a time`,
        {
          field: 'streamId',
        },
      );
    }
    const info = { ...options, streamId, connectionId, createdAt: now };
    const stream: StreamRecord = { schema: 1, live: false, generation, info };
    return change(stream, {
      relies: { connections: [connectionId], streams: [streamId] },
      streams: new Map([[streamId, stream]]),
    });
  };
}

/**
 * Second step: the media node has it; the others are told that it is there, or there again: on another media node, or
 * with new producers after its publisher lost its transports. A repetition of the same request doesn't get here.
 */
export function announceStream(streamId: StreamId, generation: number): Rule<StreamInfo> {
  return (state) => {
    const stream = existing(state, streamId);
    if (stream.live && stream.generation > generation) return unchanged(stream.info);
    const { connectionId } = stream.info;
    return change(stream.info, {
      relies: { streams: [streamId] },
      streams: new Map([[streamId, { ...stream, live: true, generation }]]),
      events: [
        {
          audience: { to: 'others', than: connectionId },
          event: stream.live
            ? { type: 'streamMoved', streamId, connectionId, generation }
            : { type: 'streamCreated', stream: stream.info },
        },
      ],
    });
  };
}

/** Instead of the second step: the media node refused it. */
export function abandonStream(streamId: StreamId): Rule<void> {
  return (state) => {
    const stream = state.streams.get(streamId);
    if (!stream || stream.live) return unchanged(undefined);
    return change(undefined, { relies: { streams: [streamId] }, streams: new Map([[streamId, null]]) });
  };
}

function ending(stream: StreamRecord, reason: StreamEndReason) {
  const { streamId, connectionId } = stream.info;
  return change(undefined, {
    relies: { streams: [streamId] },
    streams: new Map([[streamId, null]]),
    events: stream.live
      ? [
          {
            // The publisher's own wish needs no event to itself; anybody else's does.
            audience: reason === 'unpublish' ? { to: 'others', than: connectionId } : { to: 'all' },
            event: { type: 'streamDestroyed', streamId, connectionId, reason },
          },
        ]
      : [],
  });
}

export function unpublish(caller: Caller, streamId: StreamId): Rule<void> {
  return (state) => {
    callerOf(state, caller);
    return ending(own(state, caller, streamId), 'unpublish');
  };
}

/** A moderator ends another's stream. */
export function forceUnpublish(caller: Caller, streamId: StreamId): Rule<void> {
  return (state) => {
    mustBeAllowed(callerOf(state, caller), 'forceUnpublish');
    return ending(existing(state, streamId), 'forceUnpublishByUser');
  };
}

/** A backend ends a stream. Answers `false` if there is none. */
export function endStream(streamId: StreamId): Rule<boolean> {
  return (state) => {
    const stream = state.streams.get(streamId);
    if (!stream?.live) return unchanged(false);
    return { ...ending(stream, 'forceUnpublishByServer'), result: true };
  };
}

/** A track is muted or unmuted for everybody. */
export function setTrackActive(
  caller: Caller,
  {
    streamId,
    kind,
    active,
    reason,
  }: { streamId: StreamId; kind: MediaKind; active: boolean; reason: StreamChangeReason },
): Rule<void> {
  return (state) => {
    callerOf(state, caller);
    const stream = own(state, caller, streamId);
    const property = kind === 'audio' ? 'audioActive' : 'videoActive';
    if (!stream.info[kind === 'audio' ? 'hasAudio' : 'hasVideo']) {
      return refuse('BAD_REQUEST', `the stream has no ${kind}`, { field: 'kind' });
    }
    return withProperty(stream, { property, value: active, reason });
  };
}

/** The published picture has another size. */
export function setVideoDimensions(
  caller: Caller,
  {
    streamId,
    dimensions,
    reason,
  }: { streamId: StreamId; dimensions: VideoDimensions; reason: StreamChangeReason },
): Rule<void> {
  return (state) => {
    callerOf(state, caller);
    const stream = own(state, caller, streamId);
    return withProperty(stream, { property: 'videoDimensions', value: dimensions, reason });
  };
}

function withProperty(
  stream: StreamRecord,
  next: {
    property: 'audioActive' | 'videoActive' | 'videoDimensions';
    value: boolean | VideoDimensions;
    reason: StreamChangeReason;
  },
) {
  const { property, value, reason } = next;
  if (JSON.stringify(stream.info[property]) === JSON.stringify(value)) return unchanged(undefined);
  const { streamId, connectionId } = stream.info;
  return change(undefined, {
    relies: { streams: [streamId] },
    streams: new Map([[streamId, { ...stream, info: { ...stream.info, [property]: value } }]]),
    events: stream.live
      ? [
          {
            audience: { to: 'others', than: connectionId },
            event: {
              type: 'streamPropertyChanged',
              streamId,
              connectionId,
              changedProperty: property,
              newValue: value,
              reason,
            },
          },
        ]
      : [],
  });
}

function existing(state: SessionState, streamId: StreamId): StreamRecord {
  const stream = state.streams.get(streamId);
  return stream ?? refuse('STREAM_NOT_FOUND', `${streamId} is not published`, { field: 'streamId' });
}

function own(state: SessionState, caller: Caller, streamId: StreamId): StreamRecord {
  const stream = existing(state, streamId);
  if (stream.info.connectionId !== caller.connectionId) {
    refuse('PERMISSION_DENIED', `${streamId} belongs to another connection`, { field: 'streamId' });
  }
  return stream;
}
