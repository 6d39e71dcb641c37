import { createHash } from 'node:crypto';
import { MutationId, SessionId } from '@evercall/protocol';
import type { Request } from 'express';
import { z } from 'zod';
import type { MutationKey } from '../sessions/session-changer.js';
import { RestError } from './rest-error.js';

/**
 * Parses a body; a missing one is an empty object.
 *
 * @throws RestError 400 that names the field
 */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'body';
  const kind =
    issue?.code === 'invalid_type' ? 'Type error in some parameter' : 'Wrong value of some parameter';
  throw new RestError(400, `${kind}: ${field}: ${issue?.message ?? 'wrong'}`, { field });
}

/** A session id out of a path. One that no session can have is answered like one that none has. */
export function parseSessionId(text: string): SessionId | undefined {
  const parsed = SessionId.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Key of a changing request, from the header `Idempotency-Key`. Its hash tells the request from any other: the same
 * method, path and JSON value, however the value was written.
 *
 * @throws RestError 400 for a malformed one
 */
export function mutationKey(request: Request): MutationKey | undefined {
  const header = request.header('idempotency-key');
  if (header === undefined) return undefined;
  const key = MutationId.safeParse(header);
  if (!key.success) {
    throw new RestError(400, 'Idempotency-Key: 8 to 128 letters, digits, and _ - . : are allowed', {
      field: 'Idempotency-Key',
    });
  }
  const body = JSON.stringify([request.method, request.path, request.body ?? null], inKeyOrder);
  return { id: `rest:${key.data}`, bodyHash: createHash('sha256').update(body).digest('hex') };
}

/** A field that may be missing or null: both mean the default (contract 1.8: node-client sends nulls). */
export function orDefault<S extends z.ZodType>(schema: S, byDefault: z.infer<S>) {
  return schema.nullish().transform((value) => value ?? byDefault);
}

/** For `JSON.stringify`: writes an object's members in one order. */
function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
