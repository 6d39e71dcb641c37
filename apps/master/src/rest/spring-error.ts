import { STATUS_CODES } from 'node:http';

/** An error's body as OpenVidu's server writes it (contract 1.0). Many errors have an empty body instead. */
export interface SpringError {
  /** Milliseconds since 1970. */
  timestamp: number;
  status: number;
  error: string;
  message: string;
  /** Path below `/openvidu/api`. */
  path: string;
}

export function springError(
  status: number,
  message: string,
  { url, now }: { url: string; now: number },
): SpringError {
  const path = url.replace(/\?.*$/, '').replace(/^\/openvidu\/api/, '') || '/';
  return { timestamp: now, status, error: STATUS_CODES[status] ?? '', message, path };
}
