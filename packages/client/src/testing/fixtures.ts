import {
  ConnectionId,
  IdFactory,
  MasterId,
  MediaNodeId,
  type MediaSetup,
  type Position,
  protocolVersion,
  type RemoteConnection,
  type Result,
  type Role,
  type ServedBy,
  SessionId,
  type Snapshot,
  StreamId,
  type StreamInfo,
} from '@evercall/protocol';

export const ids = new IdFactory((length) =>
  Uint8Array.from({ length }, () => Math.floor(Math.random() * 256)),
);

export const me = ConnectionId.parse('con_Me00000000');
export const ann = ConnectionId.parse('con_Ann0000000');
export const bob = ConnectionId.parse('con_Bob0000000');

export function streamId(connectionId: ConnectionId, source: 'CAM' | 'SCR' = 'CAM'): StreamId {
  return StreamId.parse(`str_${source}_Abcd_${connectionId}`);
}

export function stream(connectionId: ConnectionId, change: Partial<StreamInfo> = {}): StreamInfo {
  return {
    streamId: streamId(connectionId),
    connectionId,
    createdAt: 2000,
    hasAudio: true,
    audioActive: true,
    hasVideo: true,
    videoActive: true,
    typeOfVideo: 'CAMERA',
    frameRate: 30,
    videoDimensions: { width: 640, height: 480 },
    ...change,
  };
}

export function remote(connectionId: ConnectionId, streams: StreamInfo[] = []): RemoteConnection {
  return { connectionId, createdAt: 1000, data: `data of ${connectionId}`, streams };
}

export function at(sequence: number, epoch = 1): Position {
  return { epoch, sequence };
}

export function snapshot(change: {
  others?: RemoteConnection[];
  own?: StreamInfo[];
  role?: Role;
  position?: Position;
}): Snapshot {
  return {
    sessionId: SessionId.parse('room'),
    life: 1,
    createdAt: 500,
    recovery: 'automatic',
    forcedVideoCodec: 'NONE',
    videoSimulcast: false,
    connection: {
      ...remote(me, change.own ?? []),
      role: change.role ?? 'PUBLISHER',
      record: true,
      iceServers: [],
    },
    connections: change.others ?? [],
    position: change.position ?? at(10),
  };
}

export function servedBy(master = 'master_A0000000'): ServedBy {
  return {
    masterId: MasterId.parse(master),
    masterName: 'master-1',
    mediaNodeId: MediaNodeId.parse('media_A0000000'),
    mediaNodeName: 'media-1',
  };
}

export const policy = { graceMs: 15_000, requestTimeoutMs: 5000 };

export function mediaSetup(change: Partial<MediaSetup> = {}): MediaSetup {
  const transport = (id: string) => ({ id, iceParameters: {}, iceCandidates: [], dtlsParameters: {} });
  return {
    generation: 1,
    mediaNodeId: MediaNodeId.parse('media_A0000000'),
    capabilitiesHash: 'hash-1',
    send: transport('send-1'),
    recv: transport('recv-1'),
    consumers: [],
    ...change,
  };
}

export function joined(change: Partial<Result<'connect'>> = {}): Result<'connect'> {
  return {
    protocol: protocolVersion,
    snapshot: snapshot({}),
    media: mediaSetup(),
    resumeToken: 'resume-1',
    servedBy: servedBy(),
    policy,
    ...change,
  };
}

export function resumed(change: Partial<Result<'resume'>> = {}): Result<'resume'> {
  return {
    protocol: protocolVersion,
    events: [],
    position: at(10),
    republish: [],
    resumeToken: 'resume-2',
    servedBy: servedBy(),
    policy,
    ...change,
  };
}
