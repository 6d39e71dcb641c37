import type { Method, Params, Result } from '@evercall/protocol';
import type { RequestOptions } from '../signal/request-queue.js';

/** Asks the cluster through the request queue. */
export type Ask = <M extends Method>(
  method: M,
  params: Params<M>,
  options?: RequestOptions,
) => Promise<Result<M>>;
