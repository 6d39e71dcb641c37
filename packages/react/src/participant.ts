import type { Connection, Stream, StreamManager, TypeOfVideo } from '@evercall/client';
import { keepEqual, shallowEqual } from './same.js';

/** One stream of a participant, with what changes of it. Another object when something changed. */
export interface ParticipantStream {
  streamId: string;
  stream: Stream;
  /** Publisher (own) or Subscriber (others); give it to a VideoTile. */
  manager: StreamManager;
  typeOfVideo: TypeOfVideo | undefined;
  hasAudio: boolean;
  hasVideo: boolean;
  /** `false`: muted by the publisher. */
  audioActive: boolean;
  videoActive: boolean;
}

/** Somebody in the session. Another object when something changed. */
export interface Participant {
  connectionId: string;
  connection: Connection;
  isLocal: boolean;
  /** What the participant said at `connect()`; all there is if only one side said something. */
  clientData: string;
  /** What the application's backend said. */
  serverData: string;
  streams: readonly ParticipantStream[];
}

const separator = '%/%';

/** The two parts of a connection's data. */
export function splitData(data: string): { clientData: string; serverData: string } {
  const at = data.indexOf(separator);
  if (at < 0) return { clientData: data, serverData: '' };
  return { clientData: data.slice(0, at), serverData: data.slice(at + separator.length) };
}

/**
 * A participant as it is now; streams that nobody publishes or receives yet are left out. What says the same as in
 * `before` is the same object.
 */
export function participantOf(connection: Connection, isLocal: boolean, before?: Participant): Participant {
  const streams = connection.streams.flatMap((stream) =>
    stream.streamManager ? [streamOf(stream, stream.streamManager)] : [],
  );
  const now: Participant = {
    connectionId: connection.connectionId,
    connection,
    isLocal,
    ...splitData(connection.data),
    streams: keepEqual(before?.streams ?? [], streams, ({ streamId }) => streamId),
  };
  return before && shallowEqual(before, now) ? before : now;
}

function streamOf(stream: Stream, manager: StreamManager): ParticipantStream {
  const { streamId, typeOfVideo, hasAudio, hasVideo, audioActive, videoActive } = stream;
  return { streamId, stream, manager, typeOfVideo, hasAudio, hasVideo, audioActive, videoActive };
}
