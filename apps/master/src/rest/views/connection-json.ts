import type { ConnectionRecord, StreamRecord } from '@evercall/cluster';
import { formatToken, type SessionId, type StreamId } from '@evercall/protocol';
import type { SessionView } from '../../sessions/session-view.js';

/** A published stream, with the keys that its tracks give reason for (contract 1.2). */
function publisherJson({ info }: StreamRecord) {
  const {
    hasAudio,
    audioActive = true,
    hasVideo,
    videoActive = true,
    typeOfVideo,
    frameRate,
    videoDimensions,
  } = info;
  return {
    createdAt: info.createdAt,
    streamId: info.streamId,
    mediaOptions: {
      hasAudio,
      ...(hasAudio ? { audioActive } : {}),
      hasVideo,
      ...(hasVideo
        ? { videoActive, typeOfVideo, frameRate, videoDimensions: JSON.stringify(videoDimensions ?? {}) }
        : {}),
      filter: {},
    },
  };
}

function activeParts(
  connection: Extract<ConnectionRecord, { status: 'active' }>,
  { state, subscriptions }: SessionView,
) {
  const { connectionId, activeAt, ip, platform, clientData } = connection;
  const isLive = (streamId: StreamId) => state.streams.get(streamId)?.live === true;
  return {
    activeAt,
    location: 'unknown',
    ip,
    platform,
    clientData,
    publishers: [...state.streams.values()]
      .filter(({ live, info }) => live && info.connectionId === connectionId)
      .map(publisherJson),
    subscribers: [...(subscriptions.get(connectionId) ?? [])]
      .filter(([streamId]) => isLive(streamId))
      .map(([streamId, { createdAt }]) => ({ createdAt, streamId })),
  };
}

/** A connection as REST answers it: one set of keys, whether it is pending or active (contract 1.2). */
export function connectionJson(
  connection: ConnectionRecord,
  context: { sessionId: SessionId; publicUrl: string; view?: SessionView },
) {
  const { connectionId, createdAt, record, role, properties, tokenId, status } = connection;
  const { sessionId, publicUrl, view } = context;
  const active = status === 'active' && view ? activeParts(connection, view) : undefined;
  return {
    id: connectionId,
    object: 'connection',
    status,
    connectionId,
    sessionId,
    createdAt,
    type: 'WEBRTC',
    record,
    role,
    kurentoOptions: properties.kurentoOptions,
    customIceServers: properties.customIceServers,
    rtspUri: null,
    adaptativeBitrate: null,
    onlyPlayWithSubscribers: null,
    networkCache: null,
    serverData: properties.serverData,
    token: formatToken(publicUrl, sessionId, tokenId),
    activeAt: active?.activeAt ?? null,
    location: active?.location ?? null,
    ip: active?.ip ?? null,
    platform: active?.platform ?? null,
    clientData: active?.clientData ?? null,
    publishers: active?.publishers ?? null,
    subscribers: active?.subscribers ?? null,
  };
}
