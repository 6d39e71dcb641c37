import {
  type ConnectionId,
  comparePositions,
  type Position,
  type PositionedEvent,
  type SessionEvent,
  type Snapshot,
} from '@evercall/protocol';
import type { Attendance } from '../../bench/instrument/participant.ts';

/** What one client of a session knows: who is there, who publishes what, and what was said, from snapshots and events. */
export class LightView {
  readonly #streams = new Map<string, Set<string>>();
  readonly heard: string[] = [];
  #position: Position = { epoch: 0, sequence: 0 };

  get position(): Position {
    return this.#position;
  }

  attendance(): Attendance {
    return {
      connections: [...this.#streams.keys()].toSorted(),
      streams: [...this.#streams.values()].flatMap((streams) => [...streams]).toSorted(),
    };
  }

  /** Everything is as this says. */
  replace({ connection, connections, position }: Snapshot): void {
    this.#streams.clear();
    for (const { connectionId, streams } of [connection, ...connections]) {
      this.#streams.set(connectionId, new Set(streams.map(({ streamId }) => streamId)));
    }
    this.#position = position;
  }

  /** Events up to the position are known already. */
  apply(events: readonly PositionedEvent[]): void {
    for (const { position, event } of events) {
      if (comparePositions(position, this.#position) <= 0) continue;
      this.#position = position;
      this.#take(event);
    }
  }

  advance(position: Position): void {
    if (comparePositions(position, this.#position) > 0) this.#position = position;
  }

  /** One's own streams come with the answers, not with events. */
  setOwn(connectionId: ConnectionId, streams: Iterable<string>): void {
    this.#streams.set(connectionId, new Set(streams));
  }

  #take(event: SessionEvent): void {
    if (event.type === 'connectionCreated') {
      const { connectionId } = event.connection;
      if (!this.#streams.has(connectionId)) this.#streams.set(connectionId, new Set());
    } else if (event.type === 'connectionDestroyed') {
      this.#streams.delete(event.connectionId);
    } else if (event.type === 'streamCreated') {
      this.#streams.get(event.stream.connectionId)?.add(event.stream.streamId);
    } else if (event.type === 'streamDestroyed') {
      this.#streams.get(event.connectionId)?.delete(event.streamId);
    } else if (event.type === 'signal' && event.signalType === 'signal:said') {
      this.heard.push(event.data);
    }
  }
}
