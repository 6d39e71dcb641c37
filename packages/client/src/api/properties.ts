/** Where a video element goes, seen from the target element. */
export enum VideoInsertMode {
  /** After the target. */
  AFTER = 'AFTER',
  /** Inside the target, at its end. */
  APPEND = 'APPEND',
  /** Before the target. */
  BEFORE = 'BEFORE',
  /** Inside the target, at its beginning. */
  PREPEND = 'PREPEND',
  /** Instead of the target. */
  REPLACE = 'REPLACE',
}

/** A device id, a track, `false` or `null` for none, absent for the browser's default device. */
export type AudioSource = string | MediaStreamTrack | false | null | undefined;
/** As {@link AudioSource}; the string `screen` asks for a screen, a window or a tab. */
export type VideoSource = string | MediaStreamTrack | false | null | undefined;

/** What to capture and how to publish it. Defaults stand at each property. */
export interface PublisherProperties {
  audioSource?: AudioSource;
  videoSource?: VideoSource;
  /** Frames per second; 30. */
  frameRate?: number;
  /** `WIDTHxHEIGHT` in pixels; `640x480`. */
  resolution?: string;
  /** `APPEND`. */
  insertMode?: VideoInsertMode | `${VideoInsertMode}`;
  /** Show one's own video as in a mirror; `true`. Nobody else sees it mirrored. */
  mirror?: boolean;
  /** Start with sound; `true`. */
  publishAudio?: boolean;
  /** Start with picture; `true`. */
  publishVideo?: boolean;
  /** Send several resolutions at once; the session's setting if absent. */
  videoSimulcast?: boolean;
}

/** How to receive a stream. Defaults stand at each property. */
export interface SubscriberProperties {
  /** `APPEND`. */
  insertMode?: VideoInsertMode | `${VideoInsertMode}`;
  /** `true`. */
  subscribeToAudio?: boolean;
  /** `true`. */
  subscribeToVideo?: boolean;
}

/** What a signal says and to whom. */
export interface SignalOptions {
  /** At most 64 kB. */
  data?: string;
  /** Receivers; absent or empty for everybody, oneself included. */
  to?: { readonly connectionId: string }[];
  /** At most 128 characters; heard as `signal:<type>`. */
  type?: string;
}

/** An input device. */
export interface Device {
  kind: 'audioinput' | 'videoinput';
  deviceId: string;
  /** Empty until the user allowed a device. */
  label: string;
}

/** Options of the speaking events. */
export interface SpeakingEventsOptions {
  /** Milliseconds between two measurements; 100. */
  interval?: number;
  /** Loudness in dB above which somebody speaks; -50. */
  threshold?: number;
}

/** What `setAdvancedConfiguration` accepts. */
export interface OpenViduAdvancedConfiguration {
  /** STUN and TURN servers to use instead of those of the connection; `freeice` for none of one's own. */
  iceServers?: 'freeice' | RTCIceServer[];
  /** Further settings of the browser's peer connections. */
  rtcConfiguration?: RTCConfiguration;
  publisherSpeakingEventsOptions?: SpeakingEventsOptions;
  /** Milliseconds of a lost ICE connection before the `ICE_CONNECTION_DISCONNECTED` exception; 4000. */
  iceConnectionDisconnectedExceptionTimeout?: number;
  /** Milliseconds without playback before the `NO_STREAM_PLAYING_EVENT` exception; 4000. */
  noStreamPlayingEventExceptionTimeout?: number;
}
