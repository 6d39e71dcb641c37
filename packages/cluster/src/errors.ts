/** What can go wrong with the shared state. */
export type ClusterErrorCode =
  /** Redis can't be reached or didn't answer in time: what was asked may or may not have happened. */
  | 'STATE_UNAVAILABLE'
  /** Others changed the same thing again and again. */
  | 'CONFLICT'
  /** The mutation id was used before, with another body. */
  | 'MUTATION_MISMATCH'
  /** This node was declared lost; nothing it decides counts any more. */
  | 'NODE_LOST'
  /** A record doesn't have the shape that this version reads. */
  | 'RECORD_UNREADABLE';

/** An error of the shared state; `cause` is what the client library threw. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;
  /** Milliseconds after which it may be different; `undefined`: nobody knows. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ClusterErrorCode,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(message, options);
    this.name = 'ClusterError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Runs one exchange with Redis and names its failure. */
export async function reachingState<T>(what: string, exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw new ClusterError('STATE_UNAVAILABLE', `${what}: the shared state did not answer`, { cause: error });
  }
}
