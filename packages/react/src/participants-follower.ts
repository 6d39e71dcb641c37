import type { Session, Stream, SubscriberProperties } from '@evercall/client';
import { type Participant, participantOf } from './participant.js';
import { keepEqual } from './same.js';
import { SharedStore } from './shared-store.js';

/** What tells of a change, beside `streamCreated`. */
const types = [
  'connectionCreated',
  'connectionDestroyed',
  'streamDestroyed',
  'streamPropertyChanged',
  'sessionDisconnected',
  'ownStreamsChanged',
] as const;

type Wish = Required<Pick<SubscriberProperties, 'subscribeToAudio' | 'subscribeToVideo'>>;

const followers = new WeakMap<Session, Map<string, SharedStore<readonly Participant[]>>>();

/**
 * The participants of a session. While somebody watches they are kept up to date, and what others publish is subscribed to;
 * that stays so until the session ends. All who ask with the same wish get the same store.
 */
export function participantsOf(session: Session, wish: Wish): SharedStore<readonly Participant[]> {
  const known = followers.get(session) ?? new Map<string, SharedStore<readonly Participant[]>>();
  followers.set(session, known);
  const key = `${wish.subscribeToAudio}/${wish.subscribeToVideo}`;
  const store = known.get(key) ?? follow(session, wish);
  known.set(key, store);
  return store;
}

function follow(session: Session, wish: Wish): SharedStore<readonly Participant[]> {
  return new SharedStore(read(session, []), (store) => {
    const refresh = () => store.set(read(session, store.get()));
    const subscribe = (stream: Stream) => {
      if (!stream.streamManager) session.subscribe(stream, undefined, wish);
    };
    const created = (event: { stream: Stream }) => {
      subscribe(event.stream);
      refresh();
    };
    for (const type of types) session.on(type, refresh);
    session.on('streamCreated', created);
    // Who comes back to a session that is over may still look at it.
    if (session.connectionState !== 'ended') {
      for (const connection of session.remoteConnections.values()) connection.streams.forEach(subscribe);
    }
    refresh();
    return () => {
      for (const type of types) session.off(type, refresh);
      session.off('streamCreated', created);
    };
  });
}

/** Oneself first, then the others in the order in which they came. */
function read(session: Session, before: readonly Participant[]): readonly Participant[] {
  const known = new Map(before.map((participant) => [participant.connectionId, participant]));
  const { connection, remoteConnections } = session;
  const own = connection && !connection.disposed ? [connection] : [];
  const now = [
    ...own.map((mine) => participantOf(mine, true, known.get(mine.connectionId))),
    ...[...remoteConnections.values()].map((other) =>
      participantOf(other, false, known.get(other.connectionId)),
    ),
  ];
  return keepEqual(before, now, ({ connectionId }) => connectionId);
}
