import { ClusterError } from '@evercall/cluster';
import type { WireError } from '@evercall/protocol';
import { z } from 'zod';
import { RequestError } from '../request-error.js';

/** Milliseconds after which a client asks again when the shared state is away. */
const stateRetryMs = 500;

/** The one place where errors become what a client is told. `undefined`: it is a fault of ours, to be logged. */
export function toWireError(error: unknown): WireError | undefined {
  if (error instanceof RequestError) {
    const { field, reason, capabilities, retryAfterMs } = error.details;
    return {
      code: error.code,
      message: error.message,
      ...(field ? { field } : {}),
      ...(reason ? { reason } : {}),
      ...(capabilities ? { capabilities } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const field = issue?.path.join('.') || 'params';
    const code = issue?.code === 'too_big' ? 'TOO_LARGE' : 'BAD_REQUEST';
    return { code, message: `${field}: ${issue?.message ?? 'wrong'}`, field };
  }
  if (error instanceof ClusterError) return fromCluster(error);
  return undefined;
}

function fromCluster({ code, message, retryAfterMs }: ClusterError): WireError | undefined {
  switch (code) {
    case 'STATE_UNAVAILABLE':
      return {
        code: 'STATE_UNAVAILABLE',
        message: 'the shared state is away',
        retryAfterMs: retryAfterMs ?? stateRetryMs,
      };
    case 'CONFLICT':
      return { code: 'CONFLICT', message };
    case 'MUTATION_MISMATCH':
      return { code: 'MUTATION_MISMATCH', message };
    case 'NODE_LOST':
      // Another master serves this client; a new socket finds it.
      return { code: 'STALE_SOCKET', message: 'this master has left the cluster' };
    case 'RECORD_UNREADABLE':
      return undefined;
  }
}
