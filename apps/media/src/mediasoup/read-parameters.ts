import type { JsonObject } from '@evercall/protocol';
import { JsonObject as JsonObjectSchema } from '@evercall/protocol';
import type { z } from 'zod';
import { MediaError } from '../errors/media-error.js';

/**
 * Reads parameters that a browser sent.
 *
 * @param field - Name of the parameters in the command; the refusal names the place inside.
 * @throws MediaError PARAMETERS_REFUSED
 */
export function readParameters<T>(schema: z.ZodType<T>, value: JsonObject, field: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [field, ...(issue?.path ?? [])].join('.');
  throw new MediaError('PARAMETERS_REFUSED', `${path}: ${issue?.message ?? 'wrong'}`, { field: path });
}

/** Parameters of mediasoup as they go over the wire. */
export function toJson(parameters: object): JsonObject {
  return JsonObjectSchema.parse(JSON.parse(JSON.stringify(parameters)));
}
