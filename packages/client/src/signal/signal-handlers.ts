import type { ConnectionEndReason, Params, Result, ServerMessage } from '@evercall/protocol';
import type { Restoring } from './restoring.js';
import type { SignalError } from './signal-error.js';
import type { SignalState } from './signal-state.js';

export type Capabilities = NonNullable<SignalError['answer']['capabilities']>;
/** What a master says of the session; the rest is about the socket. */
export type SessionMessage = Exclude<ServerMessage, { name: 'ended' | 'goAway' }>;

/** The time without a master. */
export interface Absence {
  /** Milliseconds; `undefined` if there still is one. */
  awayMs: number | undefined;
  /** The socket broke, and the master hadn't said that this client should go. */
  broke: boolean;
}

/** What the client asks of the layer above, and tells it. */
export interface SignalHandlers {
  /** What to join with; asked again after new capabilities came. */
  connectParams(): Params<'connect'>;
  /** What to resume with. */
  resumeParams(absence: Absence): Omit<Params<'resume'>, 'resumeToken'>;
  /** The router's codecs changed. */
  onCapabilities(capabilities: Capabilities): Promise<void>;
  /** Runs before any message of that socket is delivered. */
  onJoined(result: Result<'connect'>): void;
  /** Runs before any message of that socket is delivered. If media has to be restored, the connection isn't whole yet. */
  onResumed(result: Result<'resume'>): Restoring | undefined;
  onMessage(message: SessionMessage): void;
  onState(state: SignalState): void;
  /** The connection is over; nothing comes afterwards. */
  onEnded(reason: ConnectionEndReason): void;
}
