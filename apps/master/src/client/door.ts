import type { Position } from '@evercall/protocol';
import type { Member } from './member.js';

/** The socket through which somebody joins or comes back. */
export interface Door {
  /** Address of the client, as the trusted proxy tells it. */
  readonly ip: string;
  /** @throws RequestError `STALE_SOCKET`: the client has closed the socket */
  mustBeOpen(): void;
  /**
   * The connection is this socket's from now on: its events are collected. What is read of the session after this
   * and the events together lack nothing.
   */
  enter(member: Member): Promise<void>;
}

/** An answer that makes a socket a member's. */
export interface Welcome<T> {
  member: Member;
  result: T;
  /** Place in the log that the answer stands for; the events after it follow. */
  position: Position;
  /** Set if the session's media is gone and waits for a place: the generation that is. The client is told next. */
  mediaLost?: number | undefined;
}
