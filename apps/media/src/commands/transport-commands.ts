import type { CommandParams, CommandResult } from '@evercall/media-protocol';
import type { ConnectionId, Direction } from '@evercall/protocol';
import { MediaError } from '../errors/media-error.js';
import type { LegMedia } from '../legs/leg-media.js';
import type { TransportMedia } from '../legs/transport-media.js';
import { callWorker } from '../mediasoup/call-worker.js';
import { readParameters, toJson } from '../mediasoup/read-parameters.js';
import { DtlsParametersSchema } from '../mediasoup/rtp-schemas.js';
import type { Clock } from '../tokens.js';

/** @throws MediaError TRANSPORT_UNKNOWN */
export function requireTransport(
  media: LegMedia,
  connectionId: ConnectionId,
  direction: Direction,
): TransportMedia {
  const transport = media.connection(connectionId)?.transports.get(direction);
  if (transport !== undefined) return transport;
  throw new MediaError('TRANSPORT_UNKNOWN', `${connectionId} has no ${direction} transport here`);
}

export async function openTransport(
  media: LegMedia,
  { connectionId, direction, renew }: CommandParams<'openTransport'>,
  clock: Clock,
): Promise<CommandResult<'openTransport'>> {
  const existing = media.connection(connectionId)?.transports.get(direction);
  if (existing !== undefined && !renew) return existing.info();
  const appData = { connectionId, direction };
  const transport = await media.worker.createTransport(media.router, appData);
  return media.setTransport({ connectionId, direction }, transport, clock()).info();
}

export async function connectTransport(
  media: LegMedia,
  { connectionId, direction, dtlsParameters: given }: CommandParams<'connectTransport'>,
): Promise<CommandResult<'connectTransport'>> {
  const entry = requireTransport(media, connectionId, direction);
  if (entry.connected) return {};
  const dtlsParameters = readParameters(DtlsParametersSchema, given, 'dtlsParameters');
  const connected = (): void => {
    entry.connected = true;
  };
  await callWorker({
    what: 'connect the transport',
    refusedAs: 'PARAMETERS_REFUSED',
    call: () => entry.transport.connect({ dtlsParameters }),
    onLate: connected,
  });
  connected();
  return {};
}

export async function restartIce(
  media: LegMedia,
  { connectionId, direction }: CommandParams<'restartIce'>,
): Promise<CommandResult<'restartIce'>> {
  const { transport } = requireTransport(media, connectionId, direction);
  const iceParameters = await callWorker({
    what: 'restart ICE',
    refusedAs: 'TRANSPORT_UNKNOWN',
    call: () => transport.restartIce(),
  });
  return { iceParameters: toJson(iceParameters) };
}

export async function closeConnection(
  media: LegMedia,
  { connectionId }: CommandParams<'closeConnection'>,
): Promise<CommandResult<'closeConnection'>> {
  media.closeConnection(connectionId);
  return {};
}
