import type { StreamManager } from '@evercall/client';
import type { Participant } from '@evercall/react';
import { participantName } from '../shared/participant-name.js';

/** A stream of somebody else whose arrival is measured. */
export interface WatchedTrack {
  /** The same for the same person and kind of stream after joining again, when every id is another. */
  key: string;
  manager: StreamManager;
  /** Whether frames and packets are to be expected. */
  hasVideo: boolean;
  hasAudio: boolean;
}

/** What others send at the moment. */
export function watchedTracks(participants: readonly Participant[]): WatchedTrack[] {
  const taken = new Map<string, number>();
  return participants
    .filter(({ isLocal }) => !isLocal)
    .flatMap((participant) =>
      participant.streams.map((stream) => {
        const name = `${participantName(participant)}/${stream.typeOfVideo ?? ''}`;
        const count = (taken.get(name) ?? 0) + 1;
        taken.set(name, count);
        return {
          key: `${name}/${count}`,
          manager: stream.manager,
          hasVideo: stream.hasVideo && stream.videoActive,
          hasAudio: stream.hasAudio && stream.audioActive,
        };
      }),
    );
}
