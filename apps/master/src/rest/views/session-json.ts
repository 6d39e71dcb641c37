import type { SessionView } from '../../sessions/session-view.js';
import { connectionJson } from './connection-json.js';

/** How a list is answered. */
export function listJson<T>(content: T[]) {
  return { numberOfElements: content.length, content };
}

/** A session as REST answers it (contract 1.1). */
export function sessionJson(view: SessionView, options: { pendingConnections: boolean; publicUrl: string }) {
  const { record, placement, connections } = view.state;
  const { sessionId, createdAt, properties } = record;
  const { mediaNodeId, ...rest } = properties;
  const placedOn = placement?.legs[0]?.mediaNodeId ?? mediaNodeId;
  const shown = [...connections.values()].filter(
    ({ status }) => status === 'active' || options.pendingConnections,
  );
  return {
    id: sessionId,
    object: 'session',
    sessionId,
    createdAt,
    recording: false,
    broadcasting: false,
    mediaMode: rest.mediaMode,
    recordingMode: rest.recordingMode,
    defaultRecordingProperties: rest.defaultRecordingProperties,
    customSessionId: rest.customSessionId,
    forcedVideoCodec: rest.forcedVideoCodec,
    allowTranscoding: rest.allowTranscoding,
    recovery: rest.recovery,
    connections: listJson(
      shown.map((connection) =>
        connectionJson(connection, { sessionId, publicUrl: options.publicUrl, view }),
      ),
    ),
    ...(placedOn ? { mediaNode: { id: placedOn } } : {}),
    ...(placement ? { mediaNodeId: placedOn } : {}),
  };
}
