import { OpenViduError, OpenViduErrorName } from '../api/openvidu-error.js';
import type { PublisherProperties } from '../api/properties.js';
import { type CaptureAttempt, captureError } from './capture-error.js';
import { capturePlan, type TrackPlan } from './constraints.js';
import { canShareScreen } from './support.js';

type Plan = TrackPlan<MediaTrackConstraints>;

/**
 * Captures what the properties ask for; on an error nothing stays captured.
 * @throws {OpenViduError}
 */
export async function capture(properties: PublisherProperties): Promise<MediaStream> {
  const { audio, video } = capturePlan(properties);
  const stream = new MediaStream();
  try {
    await addScreen(stream, audio, video);
    await addDevices(stream, audio, video);
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw error;
  }
  for (const plan of [audio, video]) {
    if (plan.from === 'track') stream.addTrack(plan.track);
  }
  return stream;
}

async function addDevices(stream: MediaStream, audio: Plan, video: Plan): Promise<void> {
  const constraints: MediaStreamConstraints = {
    ...(audio.from === 'device' ? { audio: audio.constraints } : {}),
    ...(video.from === 'device' ? { video: video.constraints } : {}),
  };
  if (!constraints.audio && !constraints.video) return;
  const devices = mediaDevices();
  try {
    addTracks(stream, await devices.getUserMedia(constraints));
  } catch (error) {
    const present = await presentKinds(devices);
    throw captureError(error, { what: 'devices', present, ...wanted(constraints) });
  }
}

async function addScreen(stream: MediaStream, audio: Plan, video: Plan): Promise<void> {
  if (video.from !== 'screen') return;
  if (!canShareScreen()) {
    throw new OpenViduError(
      OpenViduErrorName.SCREEN_SHARING_NOT_SUPPORTED,
      'This browser has no screen sharing, or the page is not served over HTTPS',
    );
  }
  const constraints = { video: video.constraints, audio: audio.from === 'screen' };
  try {
    addTracks(stream, await mediaDevices().getDisplayMedia(constraints));
  } catch (error) {
    throw captureError(error, {
      what: 'screen',
      ...wanted(constraints),
      present: { audio: true, video: true },
    });
  }
}

function mediaDevices(): MediaDevices {
  // Browsers hide it from pages that are neither served over HTTPS nor from localhost, whatever the types say.
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices) return devices;
  throw new OpenViduError(
    OpenViduErrorName.BROWSER_NOT_SUPPORTED,
    'This browser gives no access to devices; pages must be served over HTTPS or from localhost',
  );
}

function addTracks(stream: MediaStream, captured: MediaStream): void {
  for (const track of captured.getTracks()) stream.addTrack(track);
}

function wanted(constraints: MediaStreamConstraints): Pick<CaptureAttempt, 'audio' | 'video'> {
  return { audio: Boolean(constraints.audio), video: Boolean(constraints.video) };
}

async function presentKinds(devices: MediaDevices): Promise<{ audio: boolean; video: boolean }> {
  const found = await devices.enumerateDevices().catch(() => []);
  const has = (kind: MediaDeviceKind) => found.some((device) => device.kind === kind);
  return { audio: has('audioinput'), video: has('videoinput') };
}
