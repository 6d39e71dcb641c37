import type {
  AppEvent,
  ConnectionEndReason,
  ConnectionId,
  ConnectionInfo,
  Role,
  StreamChangeReason,
  StreamEndReason,
  StreamId,
  StreamInfo,
  VideoDimensions,
} from '@evercall/protocol';

/** What happened in a session, in the order in which an application must hear of it. */
export type SessionChange =
  | { type: 'connectionCreated'; connection: ConnectionInfo }
  | { type: 'connectionDestroyed'; connectionId: ConnectionId; reason: ConnectionEndReason }
  | { type: 'streamCreated'; stream: StreamInfo }
  | { type: 'streamDestroyed'; streamId: StreamId; connectionId: ConnectionId; reason: StreamEndReason }
  | {
      type: 'streamPropertyChanged';
      streamId: StreamId;
      connectionId: ConnectionId;
      changedProperty: StreamProperty;
      newValue: boolean | VideoDimensions;
      oldValue: boolean | VideoDimensions | undefined;
      reason: StreamChangeReason;
    }
  | {
      type: 'connectionPropertyChanged';
      changedProperty: 'role' | 'record';
      newValue: Role | boolean;
      oldValue: Role | boolean;
    }
  | { type: 'signal'; signalType: string; data: string; from: ConnectionId | undefined }
  | ({ type: 'app'; from: ConnectionId } & AppEvent)
  | { type: 'streamMoved'; streamId: StreamId; connectionId: ConnectionId; generation: number }
  | { type: 'sessionClosed'; reason: ConnectionEndReason };

export type StreamProperty = 'audioActive' | 'videoActive' | 'videoDimensions';
