/** Which requests are sent: those about transports, the others, or both. */
export type Gate = 'media' | 'plain' | 'open';

/** The time in which a connection's media is built up anew. Neither promise ever rejects. */
export interface Restoring {
  /** What is sent before `asked`. */
  gate: Gate;
  /** Everything was asked for; all other requests may follow. */
  asked: Promise<void>;
  /** Media flows again, as far as it can be waited for. */
  done: Promise<void>;
}
