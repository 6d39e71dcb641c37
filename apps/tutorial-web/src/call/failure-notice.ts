import { OpenViduError, OpenViduErrorName } from '@evercall/client';
import { BackendError, type BackendErrorCode } from '../backend/backend-error.js';
import { type Messages, messages, type Notice } from '../messages.js';

const ofBackend: Record<BackendErrorCode, keyof Messages['failed']> = {
  ROOM_CLOSED: 'roomClosed',
  ROOM_NOT_FOUND: 'roomNotFound',
  UNAUTHENTICATED: 'signIn',
  FORBIDDEN: 'forbidden',
  RATE_LIMITED: 'rateLimited',
  PLATFORM_UNAVAILABLE: 'unavailable',
  DATABASE_UNAVAILABLE: 'unavailable',
  OFFLINE: 'offline',
  OTHER: 'other',
};

/** What to tell somebody who didn't get in. */
export function failureNotice(error: unknown): Notice {
  const { failed } = messages;
  if (error instanceof BackendError) return failed[ofBackend[error.code]];
  if (error instanceof OpenViduError) {
    if (error.name === OpenViduErrorName.BROWSER_NOT_SUPPORTED) return failed.browser;
    if (error.code === 'NO_MEDIA_NODE') return failed.noMediaNode;
    if (error.code !== undefined) return failed.other;
  }
  return error instanceof Error && error.cause !== undefined ? failureNotice(error.cause) : failed.other;
}
