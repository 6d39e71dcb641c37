import type { z } from 'zod';
import { ApiError } from './api-error.js';

/**
 * Parses what a caller sent.
 *
 * @throws ApiError `BAD_REQUEST` naming the first wrong field
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new ApiError('BAD_REQUEST', `${field ? `${field}: ` : ''}${issue?.message ?? 'wrong'}`, {
    ...(field ? { field } : {}),
    cause: parsed.error,
  });
}
