import { STATUS_CODES } from 'node:http';
import type { RestError } from './rest-error.js';

/**
 * An error's body as OpenVidu's server writes it (contract 1.0), with what Evercall adds at its end. Many errors
 * have an empty body instead.
 */
export interface SpringError {
  /** Milliseconds since 1970. */
  timestamp: number;
  status: number;
  error: string;
  message: string;
  /** Path below `/openvidu/api`. */
  path: string;
  /** Dotted path of the wrong parameter, or the name of a header. */
  field?: string;
  /** Code for what a status alone doesn't tell. */
  code?: string;
}

export function springError(
  { status, message, details: { field, code } }: RestError,
  { url, now }: { url: string; now: number },
): SpringError {
  return {
    timestamp: now,
    status,
    error: STATUS_CODES[status] ?? '',
    message,
    path: url.replace(/\?.*$/, '').replace(/^\/openvidu\/api/, '') || '/',
    ...(field ? { field } : {}),
    ...(code ? { code } : {}),
  };
}
