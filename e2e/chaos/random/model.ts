import type { Attendance } from '../../bench/instrument/participant.ts';

/** Somebody in the room, as the model sees it. */
interface Member {
  connectionId: string;
  streams: string[];
  /** What was said since they came, in its order. */
  heard: string[];
}

/** Who is in the room, who publishes what, and what each must have heard: what everything else is compared to. */
export class Model {
  readonly #members = new Map<string, Member>();

  get names(): string[] {
    return [...this.#members.keys()];
  }

  joined(name: string, connectionId: string): void {
    this.#members.set(name, { connectionId, streams: [], heard: [] });
  }

  left(name: string): void {
    this.#members.delete(name);
  }

  published(name: string, streamId: string): void {
    this.#members.get(name)?.streams.push(streamId);
  }

  unpublished(name: string, streamId: string): void {
    const member = this.#members.get(name);
    if (member) member.streams = member.streams.filter((other) => other !== streamId);
  }

  /** Everybody who is there hears it, the speaker included. */
  said(text: string): void {
    for (const { heard } of this.#members.values()) heard.push(text);
  }

  streamsOf(name: string): readonly string[] {
    return this.#members.get(name)?.streams ?? [];
  }

  heardBy(name: string): readonly string[] {
    return this.#members.get(name)?.heard ?? [];
  }

  attendance(): Attendance {
    const members = [...this.#members.values()];
    return {
      connections: members.map(({ connectionId }) => connectionId).toSorted(),
      streams: members.flatMap(({ streams }) => streams).toSorted(),
    };
  }
}
