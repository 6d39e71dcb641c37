import { type Method, methods, type Response, type Result } from '@evercall/protocol';
import { SignalError } from './signal-error.js';

/**
 * What a master answered to `method`.
 * @throws {SignalError} refused, or of an unknown shape
 */
export function resultOf<M extends Method>(method: M, response: Response): Result<M> {
  if (!response.ok) throw new SignalError(response.error);
  const result = methods[method].result.safeParse(response.result);
  if (!result.success) throw SignalError.unreadable(method);
  // The schema was chosen by the method, which TypeScript can't follow through the table.
  return result.data as Result<M>;
}
