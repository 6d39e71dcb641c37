import type { VideoCodec } from '@evercall/protocol';
import type { types } from 'mediasoup-client';

/** What decides how a video track is encoded. */
export interface EncodingInput {
  simulcast: boolean;
  codec: VideoCodec;
  /** Pixels of the track. */
  width: number;
  height: number;
  contentHint: string;
}

/**
 * The encodings of a video track, smallest first; `undefined` for one that is left to the browser. Simulcast is
 * for VP8 and H264: three layers from 960x540 on, two from 480x270 on. Of texts and slides every layer has all
 * pixels and fewer frames.
 */
export function encodingsOf(input: EncodingInput): types.RtpEncodingParameters[] | undefined {
  if (!input.simulcast || input.codec === 'VP9') return undefined;
  const pixels = input.width * input.height;
  const dividers = pixels >= 960 * 540 ? [4, 2, 1] : pixels >= 480 * 270 ? [2, 1] : [1];
  if (dividers.length === 1) return undefined;
  const sharp = input.contentHint === 'detail' || input.contentHint === 'text';
  return dividers.map((divider) => ({
    scalabilityMode: 'L1T1',
    scaleResolutionDownBy: sharp ? 1 : divider,
    ...(sharp ? { maxFramerate: 30 / divider } : {}),
  }));
}

/**
 * The codec that a session forces; `undefined` leaves the choice to the browser.
 * @throws {TypeError} the browser can't send it
 */
export function forcedCodec(
  codecs: readonly types.RtpCodecCapability[],
  forced: VideoCodec,
): types.RtpCodecCapability | undefined {
  if (forced === 'NONE' || forced === 'MEDIA_SERVER_PREFERRED') return undefined;
  const found = codecs.find((codec) => codec.mimeType.toLowerCase() === `video/${forced.toLowerCase()}`);
  if (!found) throw new TypeError(`The session forces ${forced}, which this browser can't send`);
  return found;
}
