import type { CommandParams, CommandResult } from '@evercall/media-protocol';
import { MediaError } from '../errors/media-error.js';
import type { LegMedia } from '../legs/leg-media.js';
import { callWorker } from '../mediasoup/call-worker.js';
import { readParameters } from '../mediasoup/read-parameters.js';
import { RtpParametersSchema } from '../mediasoup/rtp-schemas.js';
import type { Clock } from '../tokens.js';
import { publisherOf } from './command-scope.js';
import { requireTransport } from './transport-commands.js';

/**
 * Milliseconds between two requests for a key frame. Chromium drops one that comes within 300 ms of the last, and mediasoup
 * would repeat it only after a second: receivers that come one after the other would see nothing for so long.
 */
const keyFrameRequestDelay = 320;

export async function produce(
  media: LegMedia,
  params: CommandParams<'produce'>,
  clock: Clock,
): Promise<CommandResult<'produce'>> {
  const { connectionId, streamId, kind, paused } = params;
  if (publisherOf(streamId) !== connectionId) {
    throw new MediaError('BAD_COMMAND', `streamId: ${streamId} isn't a stream of ${connectionId}`, {
      field: 'streamId',
    });
  }
  const existing = media.stream(streamId)?.producers.get(kind);
  if (existing !== undefined) return { producerId: existing.id };
  const { transport } = requireTransport(media, connectionId, 'send');
  const rtpParameters = readParameters(RtpParametersSchema, params.rtpParameters, 'rtpParameters');
  const producer = await callWorker({
    what: `receive the ${kind} track`,
    refusedAs: 'PARAMETERS_REFUSED',
    call: () =>
      transport.produce({
        kind,
        rtpParameters,
        paused,
        keyFrameRequestDelay,
        appData: { connectionId, streamId },
      }),
    onLate: (late) => late.close(),
  });
  media.addProducer({ connectionId, streamId }, producer, clock());
  return { producerId: producer.id };
}

export async function closeStream(
  media: LegMedia,
  { streamId }: CommandParams<'closeStream'>,
): Promise<CommandResult<'closeStream'>> {
  media.closeStream(streamId);
  return {};
}

export async function setProducerPaused(
  media: LegMedia,
  { streamId, kind, paused }: CommandParams<'setProducerPaused'>,
): Promise<CommandResult<'setProducerPaused'>> {
  const producer = media.stream(streamId)?.producers.get(kind);
  if (producer === undefined) throw new MediaError('STREAM_UNKNOWN', `${streamId} sends no ${kind} here`);
  if (producer.paused === paused) return {};
  await callWorker({
    what: `${paused ? 'pause' : 'resume'} the ${kind} track`,
    refusedAs: 'STREAM_UNKNOWN',
    call: () => (paused ? producer.pause() : producer.resume()),
  });
  return {};
}
