import type { CommandParams, CommandResult } from '@evercall/media-protocol';
import type { ConnectionId, ConsumerInfo, MediaKind, StreamId } from '@evercall/protocol';
import type { types } from 'mediasoup';
import { MediaError } from '../errors/media-error.js';
import type { ConnectionMedia } from '../legs/connection-media.js';
import type { LegMedia } from '../legs/leg-media.js';
import { callWorker } from '../mediasoup/call-worker.js';
import { readParameters, toJson } from '../mediasoup/read-parameters.js';
import { RtpCapabilitiesSchema } from '../mediasoup/rtp-schemas.js';
import { requireTransport } from './transport-commands.js';

const kinds: MediaKind[] = ['audio', 'video'];

/** Who receives what, and over which transport. */
interface Reception {
  connectionId: ConnectionId;
  streamId: StreamId;
  transport: types.WebRtcTransport;
  rtpCapabilities: types.RtpCapabilities;
}

export async function consume(
  media: LegMedia,
  params: CommandParams<'consume'>,
): Promise<CommandResult<'consume'>> {
  const { connectionId, streamId } = params;
  const { transport } = requireTransport(media, connectionId, 'recv');
  const rtpCapabilities = readParameters(RtpCapabilitiesSchema, params.rtpCapabilities, 'rtpCapabilities');
  const stream = media.stream(streamId);
  if (stream === undefined) throw new MediaError('STREAM_UNKNOWN', `${streamId} isn't published here`);
  const reception = { connectionId, streamId, transport, rtpCapabilities };
  const producers = kinds
    .flatMap((kind) => stream.producers.get(kind) ?? [])
    .filter((producer) => media.router.canConsume({ producerId: producer.id, rtpCapabilities }));
  const made = await Promise.allSettled(
    producers.map((producer) => consumeTrack(media, producer, reception)),
  );
  // What was made stays: asked again, the command answers with it.
  const failed = made.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const consumers =
    media.connection(connectionId)?.consumersOf(streamId) ?? new Map<MediaKind, types.Consumer>();
  return { consumers: [...consumers.values()].map((consumer) => infoOf(consumer, streamId)) };
}

async function consumeTrack(media: LegMedia, producer: types.Producer, reception: Reception): Promise<void> {
  const { connectionId, streamId, transport, rtpCapabilities } = reception;
  if (media.connection(connectionId)?.consumersOf(streamId).has(producer.kind) === true) return;
  const consumer = await callWorker({
    what: `send the ${producer.kind} track`,
    refusedAs: 'PARAMETERS_REFUSED',
    call: () =>
      transport.consume({
        producerId: producer.id,
        rtpCapabilities,
        // The browser says when it is ready; before that the first key frame would be lost.
        paused: true,
        appData: { connectionId, streamId },
      }),
    onLate: (late) => late.close(),
  });
  // The publisher's commands run beside the receiver's: the stream may have ended while the worker answered.
  if (media.stream(streamId)?.producers.get(producer.kind) !== producer) {
    consumer.close();
    throw new MediaError('STREAM_UNKNOWN', `${streamId} ended`);
  }
  requireConnection(media, connectionId).addConsumer(streamId, consumer);
}

export async function setConsumersPaused(
  media: LegMedia,
  { connectionId, streamId, audio, video }: CommandParams<'setConsumersPaused'>,
): Promise<CommandResult<'setConsumersPaused'>> {
  const consumers = media.connection(connectionId)?.consumersOf(streamId);
  if (consumers === undefined || consumers.size === 0) {
    throw new MediaError('CONSUMER_UNKNOWN', `${connectionId} doesn't receive ${streamId} here`);
  }
  const wanted = { audio, video };
  await Promise.all([...consumers.values()].map((consumer) => setPaused(consumer, wanted[consumer.kind])));
  return {};
}

/** mediasoup asks the publisher for a key frame when a video consumer resumes. */
async function setPaused(consumer: types.Consumer, paused: boolean): Promise<void> {
  if (consumer.paused === paused) return;
  await callWorker({
    what: `${paused ? 'pause' : 'resume'} a consumer`,
    refusedAs: 'CONSUMER_UNKNOWN',
    call: () => (paused ? consumer.pause() : consumer.resume()),
  });
}

export async function closeConsumers(
  media: LegMedia,
  { connectionId, streamId }: CommandParams<'closeConsumers'>,
): Promise<CommandResult<'closeConsumers'>> {
  media.connection(connectionId)?.closeConsumers(streamId);
  return {};
}

function requireConnection(media: LegMedia, connectionId: ConnectionId): ConnectionMedia {
  const connection = media.connection(connectionId);
  if (connection !== undefined) return connection;
  throw new MediaError('TRANSPORT_UNKNOWN', `${connectionId} left`);
}

function infoOf(consumer: types.Consumer, streamId: StreamId): ConsumerInfo {
  const { id, producerId, kind, producerPaused } = consumer;
  return { id, streamId, producerId, kind, rtpParameters: toJson(consumer.rtpParameters), producerPaused };
}
