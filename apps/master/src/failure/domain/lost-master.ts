import { activeConnection } from '@evercall/cluster';
import type { ConnectionId } from '@evercall/protocol';
import { change, type Rule } from '../../sessions/domain/decision.js';

/** A connection whose socket was on a lost master: unless it has resumed elsewhere, its grace period starts. */
export function detachFromLost(
  { connectionId, nodeId, member }: { connectionId: ConnectionId; nodeId: string; member: string },
  graceMs: number,
): Rule<boolean> {
  return (state) => {
    const connection = activeConnection(state, connectionId);
    const worked = [{ nodeId, member }];
    if (connection?.socket?.masterId !== nodeId) return change(false, { worked });
    const { sessionId, life } = state.record;
    const { socketGeneration } = connection;
    return change(true, {
      relies: { connections: [connectionId] },
      connections: new Map([[connectionId, { ...connection, socket: null }]]),
      schedule: [
        { deadline: { kind: 'grace', sessionId, life, connectionId, socketGeneration }, inMs: graceMs },
      ],
      worked,
    });
  };
}
