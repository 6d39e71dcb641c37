import { type ActiveConnection, activeConnection, type SessionState } from '@evercall/cluster';
import { type Capabilities, type ConnectionId, capabilitiesOf } from '@evercall/protocol';
import { refuse } from './decision.js';

/** Who asks: a connection, and the generation of the socket it asks on. */
export interface Caller {
  connectionId: ConnectionId;
  socketGeneration: number;
}

/**
 * The caller's record, if the caller may still speak.
 *
 * @throws RequestError `CONNECTION_ENDED`, `STALE_SOCKET`
 */
export function callerOf(state: SessionState, caller: Caller): ActiveConnection {
  const connection = activeConnection(state, caller.connectionId);
  if (!connection) return refuse('CONNECTION_ENDED', 'this connection is no longer in the session');
  if (connection.socket?.generation !== caller.socketGeneration) {
    return refuse('STALE_SOCKET', 'another socket took this connection over');
  }
  return connection;
}

/** @throws RequestError `PERMISSION_DENIED` */
export function mustBeAllowed(connection: ActiveConnection, capability: keyof Capabilities): void {
  if (!capabilitiesOf(connection.role)[capability]) {
    refuse('PERMISSION_DENIED', `a ${connection.role} may not ${capability}`);
  }
}
