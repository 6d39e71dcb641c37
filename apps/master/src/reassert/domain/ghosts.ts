import { activeConnection } from '@evercall/cluster';
import type { ConnectionId, MasterId } from '@evercall/protocol';
import { change, type Rule, unchanged } from '../../sessions/domain/decision.js';

/** A connection's socket, as it is recorded. */
export interface RecordedSocket {
  connectionId: ConnectionId;
  masterId: MasterId;
  generation: number;
}

/** Where sockets can be. */
export interface Whereabouts {
  /** This master. */
  own: MasterId;
  /** Connections that have their socket on this master. */
  local: ReadonlySet<ConnectionId>;
  /** Masters that are registered. */
  registered: ReadonlySet<string>;
}

/**
 * Finds connections that are recorded with a socket that nobody has: their master left the cluster without a word while its
 * record was lost, too. A missing record is never an order; one that stays away for long is a reason to ask.
 */
export class GhostWatch {
  readonly #patienceMs: number;
  #since = new Map<string, number>();

  /** @param patienceMs how long a socket must have been nobody's, in ms */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** What was seen so far says nothing: the shared state was away. */
  reset(): void {
    this.#since.clear();
  }

  /** @returns those that have been nobody's for long enough at `now` (ms) */
  look(sockets: RecordedSocket[], where: Whereabouts, now: number): RecordedSocket[] {
    const orphans = sockets.filter(({ connectionId, masterId }) =>
      masterId === where.own ? !where.local.has(connectionId) : !where.registered.has(masterId),
    );
    const name = ({ connectionId, generation }: RecordedSocket) => `${connectionId}/${generation}`;
    this.#since = new Map(orphans.map((orphan) => [name(orphan), this.#since.get(name(orphan)) ?? now]));
    return orphans.filter((orphan) => now - (this.#since.get(name(orphan)) ?? now) >= this.#patienceMs);
  }
}

/** Nobody has the connection's socket: its grace period starts. Nothing happens if it has another one meanwhile. */
export function detachGhost(
  { connectionId, masterId, generation }: RecordedSocket,
  { own, graceMs }: { own: MasterId; graceMs: number },
): Rule<boolean> {
  return (state) => {
    const connection = activeConnection(state, connectionId);
    if (connection?.socket?.masterId !== masterId || connection.socket.generation !== generation) {
      return unchanged(false);
    }
    const { sessionId, life } = state.record;
    const { socketGeneration } = connection;
    return change(true, {
      relies: { connections: [connectionId], ...(masterId === own ? {} : { unregistered: masterId }) },
      connections: new Map([[connectionId, { ...connection, socket: null }]]),
      detached: [{ nodeId: masterId, connectionId }],
      schedule: [
        { deadline: { kind: 'grace', sessionId, life, connectionId, socketGeneration }, inMs: graceMs },
      ],
    });
  };
}
