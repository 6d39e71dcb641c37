import { OpenViduError, OpenViduErrorName } from '../api/openvidu-error.js';
import type { AudioSource, PublisherProperties, VideoSource } from '../api/properties.js';

/** How to get one of the two tracks. */
export type TrackPlan<Constraints> =
  | { from: 'nothing' }
  | { from: 'track'; track: MediaStreamTrack }
  | { from: 'device'; constraints: Constraints }
  | { from: 'screen'; constraints: Constraints };

export interface CapturePlan {
  audio: TrackPlan<MediaTrackConstraints>;
  video: TrackPlan<MediaTrackConstraints>;
}

const defaultResolution = '640x480';
const defaultFrameRate = 30;

/**
 * What to ask the browser for.
 * @throws {OpenViduError} `NO_INPUT_SOURCE_SET`, `PUBLISHER_PROPERTIES_ERROR`
 */
export function capturePlan(properties: PublisherProperties): CapturePlan {
  const plan: CapturePlan = {
    audio: planOf(properties.audioSource, {}),
    video: planOf(properties.videoSource, pictureConstraints(properties)),
  };
  if (plan.audio.from === 'nothing' && plan.video.from === 'nothing') {
    throw new OpenViduError(
      OpenViduErrorName.NO_INPUT_SOURCE_SET,
      "The properties 'audioSource' and 'videoSource' can't both be false or null",
    );
  }
  return plan;
}

function planOf(
  source: AudioSource | VideoSource,
  constraints: MediaTrackConstraints,
): TrackPlan<MediaTrackConstraints> {
  if (source === false || source === null) return { from: 'nothing' };
  if (source === undefined) return { from: 'device', constraints };
  if (typeof source !== 'string') return { from: 'track', track: source };
  if (source === 'screen') {
    // A screen has the size that it has; only its frame rate is worth a wish.
    const { frameRate } = constraints;
    return { from: 'screen', constraints: frameRate === undefined ? {} : { frameRate } };
  }
  return { from: 'device', constraints: { ...constraints, deviceId: { exact: source } } };
}

function pictureConstraints(properties: PublisherProperties): MediaTrackConstraints {
  const resolution = properties.resolution ?? defaultResolution;
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(resolution) ?? [];
  if (width === undefined || height === undefined) {
    throw new OpenViduError(
      OpenViduErrorName.PUBLISHER_PROPERTIES_ERROR,
      `The property 'resolution' must look like '${defaultResolution}', not '${resolution}'`,
    );
  }
  const frameRate = properties.frameRate ?? defaultFrameRate;
  if (!(frameRate > 0)) {
    throw new OpenViduError(
      OpenViduErrorName.PUBLISHER_PROPERTIES_ERROR,
      `The property 'frameRate' must be a positive number, not ${frameRate}`,
    );
  }
  return {
    width: { ideal: Number(width) },
    height: { ideal: Number(height) },
    frameRate: { ideal: frameRate },
  };
}
