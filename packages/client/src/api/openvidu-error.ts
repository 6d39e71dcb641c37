import type { ErrorCode } from '@evercall/protocol';

/** The closed list of error names that an application can branch on. */
export enum OpenViduErrorName {
  /** The browser lacks WebRTC or a codec that the session needs. */
  BROWSER_NOT_SUPPORTED = 'BROWSER_NOT_SUPPORTED',
  /** The user, or a policy, refused the camera or the microphone. */
  DEVICE_ACCESS_DENIED = 'DEVICE_ACCESS_DENIED',
  /** Another program uses the device. */
  DEVICE_ALREADY_IN_USE = 'DEVICE_ALREADY_IN_USE',
  /** The user closed the screen-sharing dialog. */
  SCREEN_CAPTURE_DENIED = 'SCREEN_CAPTURE_DENIED',
  SCREEN_SHARING_NOT_SUPPORTED = 'SCREEN_SHARING_NOT_SUPPORTED',
  SCREEN_EXTENSION_NOT_INSTALLED = 'SCREEN_EXTENSION_NOT_INSTALLED',
  SCREEN_EXTENSION_DISABLED = 'SCREEN_EXTENSION_DISABLED',
  /** No camera, or none with the wanted id. */
  INPUT_VIDEO_DEVICE_NOT_FOUND = 'INPUT_VIDEO_DEVICE_NOT_FOUND',
  /** No microphone, or none with the wanted id. */
  INPUT_AUDIO_DEVICE_NOT_FOUND = 'INPUT_AUDIO_DEVICE_NOT_FOUND',
  INPUT_AUDIO_DEVICE_GENERIC_ERROR = 'INPUT_AUDIO_DEVICE_GENERIC_ERROR',
  /** Both `audioSource` and `videoSource` are `false` or `null`. */
  NO_INPUT_SOURCE_SET = 'NO_INPUT_SOURCE_SET',
  /** The browser can't satisfy the properties (resolution, frame rate). */
  PUBLISHER_PROPERTIES_ERROR = 'PUBLISHER_PROPERTIES_ERROR',
  /** The role of this connection doesn't allow it. */
  OPENVIDU_PERMISSION_DENIED = 'OPENVIDU_PERMISSION_DENIED',
  /** The session is not connected. */
  OPENVIDU_NOT_CONNECTED = 'OPENVIDU_NOT_CONNECTED',
  VIRTUAL_BACKGROUND_ERROR = 'VIRTUAL_BACKGROUND_ERROR',
  /** Anything else; `code` says more if a master refused. */
  GENERIC_ERROR = 'GENERIC_ERROR',
}

export interface OpenViduErrorOptions {
  /** What a master answered. */
  code?: ErrorCode | undefined;
  /** What went wrong underneath. */
  cause?: unknown;
}

/** Every error that the SDK's methods reject with or throw. */
export class OpenViduError extends Error {
  override readonly name: OpenViduErrorName;
  /** Present if a master refused: its reason. */
  readonly code: ErrorCode | undefined;

  constructor(name: OpenViduErrorName, message: string, options: OpenViduErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = name;
    this.code = options.code;
  }
}
