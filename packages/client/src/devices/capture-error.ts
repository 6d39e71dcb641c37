import { OpenViduError, OpenViduErrorName } from '../api/openvidu-error.js';

/** What was asked for when the browser refused. */
export interface CaptureAttempt {
  what: 'devices' | 'screen';
  audio: boolean;
  video: boolean;
  /** Kinds of input devices that exist, as far as the browser tells. */
  present: { audio: boolean; video: boolean };
}

/** The error that an application can branch on, made of the browser's. */
export function captureError(error: unknown, attempt: CaptureAttempt): OpenViduError {
  const name = textOf(error, 'name');
  const detail = textOf(error, 'message');
  return new OpenViduError(nameOf(name, error, attempt), `${describe(attempt)}: ${detail || name}`, {
    cause: error,
  });
}

function nameOf(name: string, error: unknown, attempt: CaptureAttempt): OpenViduErrorName {
  switch (name) {
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return missingDevice(attempt);
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return attempt.what === 'screen'
        ? OpenViduErrorName.SCREEN_CAPTURE_DENIED
        : OpenViduErrorName.DEVICE_ACCESS_DENIED;
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return OpenViduErrorName.DEVICE_ALREADY_IN_USE;
    case 'OverconstrainedError':
      return isAboutDeviceId(error) ? missingDevice(attempt) : OpenViduErrorName.PUBLISHER_PROPERTIES_ERROR;
    case 'TypeError':
      return OpenViduErrorName.PUBLISHER_PROPERTIES_ERROR;
    default:
      return OpenViduErrorName.GENERIC_ERROR;
  }
}

/** The browser doesn't say which of two devices is missing: the one that doesn't exist at all, else the camera. */
function missingDevice(attempt: CaptureAttempt): OpenViduErrorName {
  const audioIsMissing =
    attempt.audio && (!attempt.video || (!attempt.present.audio && attempt.present.video));
  return audioIsMissing
    ? OpenViduErrorName.INPUT_AUDIO_DEVICE_NOT_FOUND
    : OpenViduErrorName.INPUT_VIDEO_DEVICE_NOT_FOUND;
}

function isAboutDeviceId(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'deviceId'
  );
}

/** Not all that browsers throw here is an `Error`: `OverconstrainedError` was none for long. */
function textOf(error: unknown, field: 'name' | 'message'): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
  return typeof value === 'string' ? value : '';
}

function describe(attempt: CaptureAttempt): string {
  if (attempt.what === 'screen') return 'The screen could not be captured';
  const kinds = [attempt.audio ? 'microphone' : '', attempt.video ? 'camera' : ''].filter(Boolean);
  return `No access to the ${kinds.join(' and the ')}`;
}
