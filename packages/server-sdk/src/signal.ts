/** A message from a backend, as {@link Evercall.sendSignal} sends it. */
export interface SignalRequest {
  /** What it is about, such as `chat`. Default none. */
  type?: string;
  data?: string;
  /** Ids of the connections that get it. Default everybody. */
  to?: string[];
}
