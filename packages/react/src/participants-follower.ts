import type { PublisherSpeakingEvent, Session, Stream, SubscriberProperties } from '@evercall/client';
import { type Participant, participantOf } from './participant.js';
import { Store } from './store.js';

/** Keeps the participants of a session up to date and subscribes to what they publish. */
export class ParticipantsFollower {
  readonly store = new Store<Participant[]>([]);
  readonly #session: Session;
  readonly #properties: SubscriberProperties;
  readonly #speaking = new Set<string>();

  constructor(session: Session, properties: SubscriberProperties) {
    this.#session = session;
    this.#properties = properties;
  }

  /** Begins; the returned function ends it. What is subscribed to stays so: the session ends it. */
  start(): () => void {
    const session = this.#session;
    const refresh = () => this.#refresh();
    const subscribe = (event: { stream: Stream }) => {
      this.#subscribe(event.stream);
      refresh();
    };
    const startSpeaking = (event: PublisherSpeakingEvent) => this.#speak(event.streamId, true);
    const stopSpeaking = (event: PublisherSpeakingEvent) => this.#speak(event.streamId, false);
    const plain = [
      'connectionCreated',
      'connectionDestroyed',
      'streamDestroyed',
      'streamPropertyChanged',
      'sessionDisconnected',
      'ownStreamsChanged',
    ] as const;
    for (const type of plain) session.on(type, refresh);
    session.on('streamCreated', subscribe);
    session.on('publisherStartSpeaking', startSpeaking);
    session.on('publisherStopSpeaking', stopSpeaking);
    for (const connection of session.remoteConnections.values()) {
      for (const stream of connection.streams) this.#subscribe(stream);
    }
    refresh();
    return () => {
      for (const type of plain) session.off(type, refresh);
      session.off('streamCreated', subscribe);
      session.off('publisherStartSpeaking', startSpeaking);
      session.off('publisherStopSpeaking', stopSpeaking);
    };
  }

  #subscribe(stream: Stream): void {
    if (!stream.streamManager) this.#session.subscribe(stream, undefined, this.#properties);
  }

  #speak(streamId: string, speaking: boolean): void {
    if (speaking) this.#speaking.add(streamId);
    else this.#speaking.delete(streamId);
    this.#refresh();
  }

  #refresh(): void {
    const { connection, remoteConnections } = this.#session;
    const own = connection && !connection.disposed ? [participantOf(connection, true, this.#speaking)] : [];
    const others = [...remoteConnections.values()].map((other) =>
      participantOf(other, false, this.#speaking),
    );
    this.store.set([...own, ...others]);
  }
}
