import { useEffect, useMemo, useState } from 'react';
import {
  Publishing,
  type PublishingProperties,
  type PublishingValue,
  type PublishingWish,
} from './publishing.js';
import { type SessionOption, useGivenSession } from './session-context.js';
import { useStore } from './use-store.js';

/** What {@link usePublisher} publishes. */
export interface UsePublisherOptions extends SessionOption, Omit<PublishingWish, 'session'> {
  /** The rest of what a publisher is made with; `publishAudio: false` starts muted. */
  properties?: PublishingProperties | undefined;
}

/** One's own stream; the same object until something changes. */
export interface UsePublisher extends PublishingValue {
  /** Mutes or unmutes the sound, before publishing too. */
  setAudioActive: (active: boolean) => void;
  /** Mutes or unmutes the picture, before publishing too. */
  setVideoActive: (active: boolean) => void;
}

/**
 * Publishes these tracks as soon as the session is joined. A change replaces a track, or publishes again if the
 * kinds changed; `properties` count when a publishing begins.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function usePublisher(options: UsePublisherOptions): UsePublisher {
  const { audioTrack, videoTrack, properties } = options;
  const session = useGivenSession(options, 'usePublisher');
  const [publishing] = useState(() => new Publishing({ session, audioTrack, videoTrack }, properties));
  useEffect(() => {
    // They are usually written in place: a new object is no new wish.
    publishing.prepare(properties);
  });
  useEffect(() => {
    publishing.want({ session, audioTrack, videoTrack });
  }, [publishing, session, audioTrack, videoTrack]);
  useEffect(() => () => publishing.stop(), [publishing]);
  const value = useStore(publishing.store);
  const actions = useMemo(
    () => ({
      setAudioActive: (active: boolean) => publishing.setAudioActive(active),
      setVideoActive: (active: boolean) => publishing.setVideoActive(active),
    }),
    [publishing],
  );
  return useMemo(() => ({ ...value, ...actions }), [value, actions]);
}
