import { BackendError, backendErrorOf, field } from './backend-error.js';
import { retryDelay } from './retry.js';

/** Who repairs a room when a server dies: the platform by itself, or this application by joining again. */
export type Recovery = 'automatic' | 'application';

/** What the backend gives somebody who may enter a room. */
export interface Admission {
  /** Joins one browser, once. */
  token: string;
  sessionId: string;
  roomName: string;
  recovery: Recovery;
}

/** Who wants to enter which room. */
export interface AdmissionRequest {
  room: string;
  name: string;
  /** Token of an application that signed the user in. */
  identity?: string | undefined;
  /** Of the room, if this request makes it. */
  recovery: Recovery;
}

/** How an {@link AdmissionRequest} is carried out. */
export interface AdmissionOptions {
  /** Gives it up. */
  signal: AbortSignal;
  /** Nobody answered, and it is asked again: how often that was the case so far. */
  onRetry?: (failures: number) => void;
}

/** Milliseconds after which one try counts as unanswered; the backend itself asks the platform for up to 8 s. */
const tryTimeoutMs = 12_000;

/**
 * Asks the backend for a token, again and again while it is away.
 *
 * @throws BackendError
 * @throws DOMException `AbortError` when the signal says so
 */
export async function requestAdmission(
  request: AdmissionRequest,
  options: AdmissionOptions,
): Promise<Admission> {
  const { room, name, identity, recovery } = request;
  const body = await post(`/api/rooms/${encodeURIComponent(room)}/token`, {
    body: { recovery, ...(name ? { name } : {}) },
    headers: identity === undefined ? {} : { authorization: `Bearer ${identity}` },
    ...options,
  });
  const token = field(body, 'token');
  const sessionId = field(body, 'sessionId');
  const roomName = field(field(body, 'room'), 'name');
  if (typeof token === 'string' && typeof sessionId === 'string') {
    return {
      token,
      sessionId,
      roomName: typeof roomName === 'string' ? roomName : room,
      recovery: field(field(body, 'room'), 'recovery') === 'application' ? 'application' : 'automatic',
    };
  }
  throw new BackendError('OTHER', 'the backend gave no token');
}

interface Call extends AdmissionOptions {
  body: object;
  headers: Record<string, string>;
}

async function post(path: string, call: Call): Promise<unknown> {
  const began = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const { body, error, retryAfterMs } = await tryOnce(path, call);
    if (!error) return body;
    const elapsedMs = performance.now() - began;
    const delay = retryDelay({ attempt, elapsedMs, status: error.status, retryAfterMs }, Math.random);
    if (delay === null) throw error;
    call.onRetry?.(attempt);
    await sleep(delay, call.signal);
  }
}

async function tryOnce(
  path: string,
  call: Call,
): Promise<{ body?: unknown; error?: BackendError; retryAfterMs?: number | undefined }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...call.headers },
      body: JSON.stringify(call.body),
      signal: AbortSignal.any([call.signal, AbortSignal.timeout(tryTimeoutMs)]),
    });
    const body = parseJson(await response.text());
    if (response.ok) return { body };
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    return {
      error: backendErrorOf(response.status, body),
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
    };
  } catch (cause) {
    call.signal.throwIfAborted();
    return { error: new BackendError('OFFLINE', 'the backend does not answer', { cause }) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's own page; the status says enough.
    return undefined;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
