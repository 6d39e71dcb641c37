import { OpenViduError, OpenViduErrorName } from '@evercall/client';

/** Where one of the two devices stands. */
export type MediaStatus =
  /** Not asked for. */
  | 'off'
  /** The browser may be asking the user. */
  | 'prompting'
  | 'granted'
  /** The user, or a policy, refused; the browser doesn't ask again by itself. */
  | 'denied'
  /** The user closed the question; asking again helps. */
  | 'dismissed'
  | 'noDevice'
  /** Another program uses it. */
  | 'inUse'
  /** The page is neither served over HTTPS nor from localhost. */
  | 'insecureContext'
  /** It was there and is gone. */
  | 'unplugged'
  /** Anything else; `error` says what. */
  | 'failed';

export type MediaKind = 'audio' | 'video';

/** What the browser remembers of the user's answer; `unknown` where it doesn't tell. */
export type Permission = PermissionState | 'unknown';

const statuses: Partial<Record<OpenViduErrorName, MediaStatus>> = {
  [OpenViduErrorName.DEVICE_ALREADY_IN_USE]: 'inUse',
  [OpenViduErrorName.INPUT_AUDIO_DEVICE_NOT_FOUND]: 'noDevice',
  [OpenViduErrorName.INPUT_VIDEO_DEVICE_NOT_FOUND]: 'noDevice',
};

/** What an error of a capture says of the device. */
export function statusOfError(
  error: unknown,
  facts: { permission: Permission; secureContext: boolean },
): MediaStatus {
  if (!facts.secureContext) return 'insecureContext';
  if (!(error instanceof OpenViduError)) return 'failed';
  if (error.name === OpenViduErrorName.DEVICE_ACCESS_DENIED) {
    return facts.permission === 'prompt' || wasDismissed(error.cause) ? 'dismissed' : 'denied';
  }
  return statuses[error.name] ?? 'failed';
}

/** Chromium says so in words only. */
function wasDismissed(cause: unknown): boolean {
  const told: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'message') : '';
  return typeof told === 'string' && /dismissed/i.test(told);
}

/** Asks the browser what it remembers. */
export async function permissionFor(kind: MediaKind): Promise<Permission> {
  try {
    const name = kind === 'audio' ? 'microphone' : 'camera';
    return (await navigator.permissions.query({ name })).state;
  } catch {
    // Not every browser knows these names, and then it can't be told.
    return 'unknown';
  }
}
