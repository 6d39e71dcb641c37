import type { SubscriptionRecord } from '@evercall/cluster';
import type { StreamId } from '@evercall/protocol';
import { type Caller, callerOf } from './caller.js';
import { change, type Rule, refuse, unchanged } from './decision.js';

/** The wish to receive a stream, by kind. */
export interface Subscribe {
  streamId: StreamId;
  audio: boolean;
  video: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

export function subscribe(caller: Caller, { streamId, audio, video, now }: Subscribe): Rule<void> {
  const { connectionId } = caller;
  return (state) => {
    callerOf(state, caller);
    const stream = state.streams.get(streamId);
    if (!stream?.live || stream.info.connectionId === connectionId) {
      return refuse('STREAM_NOT_FOUND', `${streamId} is not a stream of another connection`, {
        field: 'streamId',
      });
    }
    return change(undefined, {
      relies: { connections: [connectionId], streams: [streamId] },
      subscriptions: [{ connectionId, streamId, record: { createdAt: now, audio, video } }],
    });
  };
}

export function unsubscribe(caller: Caller, streamId: StreamId): Rule<void> {
  const { connectionId } = caller;
  return (state) => {
    callerOf(state, caller);
    return change(undefined, {
      relies: { connections: [connectionId] },
      subscriptions: [{ connectionId, streamId, record: null }],
    });
  };
}

/** Makes a connection's subscriptions what the client says they are. */
export function wish(
  caller: Caller,
  options: {
    wanted: Omit<Subscribe, 'now'>[];
    known: ReadonlyMap<StreamId, SubscriptionRecord>;
    now: number;
  },
): Rule<void> {
  const { connectionId } = caller;
  const { wanted, known, now } = options;
  return (state) => {
    callerOf(state, caller);
    const missing = wanted.filter(({ streamId, audio, video }) => {
      const record = known.get(streamId);
      return state.streams.get(streamId)?.live && (record?.audio !== audio || record.video !== video);
    });
    const dropped = [...known.keys()].filter((id) => !wanted.some(({ streamId }) => streamId === id));
    if (missing.length + dropped.length === 0) return unchanged(undefined);
    return change(undefined, {
      relies: { connections: [connectionId] },
      subscriptions: [
        ...missing.map(({ streamId, audio, video }) => ({
          connectionId,
          streamId,
          record: { createdAt: now, audio, video },
        })),
        ...dropped.map((streamId) => ({ connectionId, streamId, record: null })),
      ],
    });
  };
}
