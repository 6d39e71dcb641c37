import type { Session, SubscriberProperties } from '@evercall/client';
import { useEffect, useState } from 'react';
import type { Participant } from './participant.js';
import { ParticipantsFollower } from './participants-follower.js';

const nobody: Participant[] = [];

/**
 * Everybody in the session: oneself first, then the others in the order in which they came. Subscribes to each
 * remote stream; `options` count for those that come later.
 */
export function useParticipants(
  session: Session | undefined,
  { subscribeToAudio = true, subscribeToVideo = true }: SubscriberProperties = {},
): Participant[] {
  const [found, setFound] = useState<{ session: Session; participants: Participant[] }>();
  useEffect(() => {
    if (!session) return undefined;
    const follower = new ParticipantsFollower(session, { subscribeToAudio, subscribeToVideo });
    const end = follower.store.subscribe(() => setFound({ session, participants: follower.store.get() }));
    const stop = follower.start();
    return () => {
      end();
      stop();
    };
  }, [session, subscribeToAudio, subscribeToVideo]);
  return found && found.session === session ? found.participants : nobody;
}
