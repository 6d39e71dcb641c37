import type { SessionChange, SessionState } from '@evercall/cluster';
import { RequestError } from '../../request-error.js';

/** What a plain rule answers: a change to commit with its result, or a result without a change. */
export interface Decision<T> {
  /** `undefined`: the state is already as wished. */
  change: SessionChange | undefined;
  result: T;
}

/**
 * A rule of the session: decides on an instant's state. A refusal is thrown as a {@link RequestError}; then
 * nothing changes.
 */
export type Rule<T> = (state: SessionState) => Decision<T>;

export function change<T>(result: T, sessionChange: SessionChange): Decision<T> {
  return { change: sessionChange, result };
}

export function unchanged<T>(result: T): Decision<T> {
  return { change: undefined, result };
}

export function refuse(...args: ConstructorParameters<typeof RequestError>): never {
  throw new RequestError(...args);
}
