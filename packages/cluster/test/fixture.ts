import { randomBytes } from 'node:crypto';
import {
  ConnectionId,
  IdFactory,
  type MasterId,
  type SessionId,
  SessionId as SessionIdSchema,
} from '@evercall/protocol';
import { startRedis } from '@evercall/testing';
import pino from 'pino';
import {
  type ActiveConnection,
  createRedis,
  type SessionChange,
  type SessionRecord,
  SessionStore,
} from '../src/index.js';

export const ids = new IdFactory((length) => randomBytes(length));
export const retention = { mutationMs: 600_000, logMs: 30_000, endedMs: 60_000, counterMs: 3_600_000 };

/** Two stores, as of two masters, on one real Redis. */
export async function startStores() {
  const server = await startRedis();
  const logger = pino({ level: 'silent' });
  const clients = [createRedis(server.url, logger), createRedis(server.url, logger)] as const;
  await Promise.all(clients.map(async (client) => client.reach('greeting', async () => undefined)));
  const masters: [MasterId, MasterId] = [ids.masterId(), ids.masterId()];
  return {
    server,
    redis: clients[0],
    clients,
    url: server.url,
    logger,
    masters,
    a: new SessionStore(clients[0], masters[0], retention),
    b: new SessionStore(clients[1], masters[1], retention),
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.disconnect();
      await server.stop();
    },
  };
}

export function draft(id: string, hostId: MasterId): Omit<SessionRecord, 'life'> & { sessionId: SessionId } {
  return {
    schema: 1,
    sessionId: SessionIdSchema.parse(id),
    createdAt: 1_700_000_000_000,
    hostId,
    properties: {
      mediaMode: 'ROUTED',
      recordingMode: 'MANUAL',
      defaultRecordingProperties: {
        name: '',
        hasAudio: true,
        hasVideo: true,
        outputMode: 'COMPOSED',
        recordingLayout: 'BEST_FIT',
        resolution: '1280x720',
        frameRate: 25,
        shmSize: 536_870_912,
      },
      customSessionId: id,
      forcedVideoCodec: 'NONE',
      allowTranscoding: false,
      recovery: 'automatic',
    },
  };
}

export function connection(
  masterId: MasterId,
  connectionId: ConnectionId = ids.connectionId(),
): ActiveConnection {
  return {
    schema: 1,
    status: 'active',
    connectionId,
    createdAt: 1,
    activeAt: 1,
    tokenId: ids.tokenId(),
    properties: { serverData: '', kurentoOptions: null, customIceServers: [] },
    role: 'PUBLISHER',
    record: true,
    clientData: '',
    platform: '',
    ip: '127.0.0.1',
    leg: 0,
    socket: { masterId, generation: 1 },
    socketGeneration: 1,
  };
}

/** A change by which somebody joins who wasn't there. */
export function joining(active: number, record: ActiveConnection): SessionChange {
  const { connectionId } = record;
  return {
    relies: { connections: [connectionId], active: true },
    active: active + 1,
    connections: new Map([[connectionId, record]]),
    events: [
      {
        audience: { to: 'others', than: connectionId },
        event: { type: 'connectionCreated', connection: { connectionId, createdAt: 1, data: '' } },
      },
    ],
  };
}
