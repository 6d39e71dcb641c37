import { EventDispatcher } from './event-dispatcher.js';
import type { PublisherEventMap, StreamManagerEventMap } from './event-maps.js';
import type { SpeakingEventsOptions, VideoInsertMode } from './properties.js';
import type { Stream } from './stream.js';

export interface StreamManagerVideo {
  video: HTMLVideoElement;
  id: string;
  targetElement?: HTMLElement | undefined;
  insertMode?: VideoInsertMode | undefined;
}

export declare abstract class StreamManager extends EventDispatcher<
  PublisherEventMap & StreamManagerEventMap
> {
  readonly stream: Stream;
  readonly videos: StreamManagerVideo[];
  readonly remote: boolean;
  readonly targetElement: HTMLElement | undefined;
  id: string;
  /** Shows the stream in `video`. 1: attached; 0: was attached already; -1: taken from another StreamManager. */
  addVideoElement(video: HTMLVideoElement): 1 | 0 | -1;
  /** Makes a video element and puts it into the page. */
  createVideoElement(
    target?: string | HTMLElement,
    insertMode?: VideoInsertMode | `${VideoInsertMode}`,
  ): HTMLVideoElement;
  /** Detaches a video element of the application's own. */
  removeVideoElement(video: HTMLVideoElement): void;
  updatePublisherSpeakingEventsOptions(options: SpeakingEventsOptions): void;
  /** The browser's statistics of the stream's tracks; empty while there are none. */
  getStats(): Promise<RTCStatsReport>;
}
