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
  throw new RestError(400, `${kind}: ${field}: ${issue?.message ?? 'wrong'}`);
}

/** A session id out of a path. One that no session can have is answered like one that none has. */
export function parseSessionId(text: string): SessionId | undefined {
  const parsed = SessionId.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Key of a changing request, from the header `Idempotency-Key`.
 *
 * @throws RestError 400 for a malformed one
 */
export function mutationKey(request: Request): MutationKey | undefined {
  const header = request.header('idempotency-key');
  if (header === undefined) return undefined;
  const key = MutationId.safeParse(header);
  if (!key.success) {
    throw new RestError(400, 'Idempotency-Key: 8 to 128 letters, digits, and _ - . : are allowed');
  }
  const body = JSON.stringify([request.method, request.path, request.body ?? null]);
  return { id: `rest:${key.data}`, bodyHash: createHash('sha256').update(body).digest('hex') };
}

/** A field that may be missing or null: both mean the default (contract 1.8: node-client sends nulls). */
export function orDefault<S extends z.ZodType>(schema: S, byDefault: z.infer<S>) {
  return schema.nullish().transform((value) => value ?? byDefault);
}
