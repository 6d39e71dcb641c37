import { OpenViduError, OpenViduErrorName } from '@evercall/client';
import { BackendError } from '../backend/backend-error.js';

/** What a master refuses and will go on refusing, whatever token is shown to it. */
const finalCodes: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'TOO_LARGE',
  'PERMISSION_DENIED',
  'PROTOCOL_UNSUPPORTED',
  'MEDIA_REFUSED',
]);

/**
 * Whether joining was refused for good. Everything else may pass: nobody was there, or the session ended between the
 * token and its use, which a fresh token cures.
 */
export function isRefusal(error: unknown): boolean {
  if (error instanceof BackendError) {
    return error.status !== 0 && error.status !== 502 && error.status !== 503 && error.status !== 504;
  }
  if (error instanceof OpenViduError && error.name === OpenViduErrorName.BROWSER_NOT_SUPPORTED) return true;
  if (error instanceof OpenViduError && error.code !== undefined) return finalCodes.has(error.code);
  return error instanceof Error && error.cause !== undefined && isRefusal(error.cause);
}
