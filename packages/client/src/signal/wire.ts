import type { Request, Response, ServerMessage } from '@evercall/protocol';

/** Who listens to a wire: exactly one, from its opening on. */
export interface WireHandlers {
  onMessage(message: ServerMessage): void;
  /** Once, when the other end or the network closed it; not after `close()`. */
  onClose(): void;
}

/** One socket to one master. */
export interface Wire {
  /**
   * Sends a request and waits for its answer.
   * @throws {WireClosedError} the wire closed first
   * @throws {SignalError} `TIMEOUT` after `timeoutMs`
   */
  ask(request: Request, timeoutMs: number): Promise<Response>;
  /** Milliseconds since anything came from the other end. */
  silentMs(): number;
  close(): void;
}

/**
 * Opens a wire to any master.
 * @throws {WireClosedError} refused, answered with 50X, or too slow
 */
export type OpenWire = (handlers: WireHandlers) => Promise<Wire>;
