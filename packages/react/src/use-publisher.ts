import { useEffect, useMemo, useState } from 'react';
import {
  Publishing,
  type PublishingProperties,
  type PublishingValue,
  type PublishingWish,
} from './publishing.js';
import { useStore } from './use-store.js';

export interface UsePublisherOptions extends PublishingWish {
  /** The rest of what a publisher is made with; `publishAudio: false` starts muted. */
  properties?: PublishingProperties | undefined;
}

export interface UsePublisher extends PublishingValue {
  /** Mutes or unmutes, before publishing too. */
  setAudioActive(active: boolean): void;
  setVideoActive(active: boolean): void;
}

/**
 * Publishes these tracks as soon as the session is joined. A change replaces a track, or publishes again if the
 * kinds changed; `properties` count when a publishing begins.
 */
export function usePublisher(options: UsePublisherOptions): UsePublisher {
  const { session, audioTrack, videoTrack, properties } = options;
  const [publishing] = useState(() => new Publishing(options, properties));
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
  return { ...value, ...actions };
}
