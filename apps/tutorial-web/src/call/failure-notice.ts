import { OpenViduError, OpenViduErrorName } from '@evercall/client';
import { BackendError, type BackendErrorCode } from '../backend/backend-error.js';
import { messages, type Notice } from '../messages.js';

const { failed } = messages;

const ofBackend: Record<BackendErrorCode, Notice> = {
  ROOM_CLOSED: failed.roomClosed,
  ROOM_NOT_FOUND: failed.roomNotFound,
  UNAUTHENTICATED: failed.signIn,
  FORBIDDEN: failed.forbidden,
  RATE_LIMITED: failed.rateLimited,
  PLATFORM_UNAVAILABLE: failed.unavailable,
  DATABASE_UNAVAILABLE: failed.unavailable,
  OFFLINE: failed.offline,
  OTHER: failed.other,
};

/** What to tell somebody who didn't get in. */
export function failureNotice(error: unknown): Notice {
  if (error instanceof BackendError) return ofBackend[error.code];
  if (error instanceof OpenViduError) {
    if (error.name === OpenViduErrorName.BROWSER_NOT_SUPPORTED) return failed.browser;
    if (error.code === 'NO_MEDIA_NODE') return failed.noMediaNode;
    if (error.code !== undefined) return failed.other;
  }
  return error instanceof Error && error.cause !== undefined ? failureNotice(error.cause) : failed.other;
}
