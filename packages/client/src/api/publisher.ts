import type { Session } from './session.js';
import { StreamManager } from './stream-manager.js';

export declare class Publisher extends StreamManager {
  /** The user let the page use the devices. */
  readonly accessAllowed: boolean;
  readonly session: Session | undefined;
  /** Mutes or unmutes the sound for everybody. */
  publishAudio(enabled: boolean): void;
  /**
   * Mutes or unmutes the picture for everybody.
   * @param resource muting: `true` lets go of the camera; unmuting: the track to show, or `true` for the camera again
   */
  publishVideo(enabled: boolean, resource?: boolean | MediaStreamTrack): Promise<void>;
  /** Sends another track instead of the one of the same kind. */
  replaceTrack(track: MediaStreamTrack): Promise<void>;
  /** Rejects with a warning: this media server doesn't send streams back to their publisher. */
  subscribeToRemote(value?: boolean): void;
}
