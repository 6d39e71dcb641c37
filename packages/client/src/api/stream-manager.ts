import { SpeechDetector } from '../speaking/speech-detector.js';
import { EventDispatcher } from './event-dispatcher.js';
import type { PublisherEventMap } from './event-maps.js';
import { PublisherSpeakingEvent, StreamManagerEvent, VideoElementEvent } from './events.js';
import { type SpeakingEventsOptions, VideoInsertMode } from './properties.js';
import type { Session } from './session.js';
import type { Stream } from './stream.js';
import { insertVideo, prepareVideo, resolveTarget } from './video-element.js';

/** A video element that shows a stream. */
export interface StreamManagerVideo {
  video: HTMLVideoElement;
  id: string;
  /** Where the SDK put it; absent for an element of the application's own. */
  targetElement?: HTMLElement;
  insertMode?: VideoInsertMode;
}

export interface StreamManagerOptions {
  stream: Stream;
  target: string | HTMLElement | undefined;
  insertMode: `${VideoInsertMode}` | undefined;
  mirror: boolean;
  speaking: SpeakingEventsOptions;
}

const defaultSpeaking = { interval: 100, threshold: -50 };

/** What Publisher and Subscriber share: a stream and the video elements that show it. */
export abstract class StreamManager extends EventDispatcher<PublisherEventMap> {
  readonly stream: Stream;
  /** Whether the stream comes from somebody else. */
  readonly remote: boolean;
  /** The element that was named as target. */
  readonly targetElement: HTMLElement | undefined;
  /** Id of the target element, if it has one. */
  readonly id: string;
  readonly #insertMode: VideoInsertMode;
  readonly #mirror: boolean;
  readonly #playing = new Set<HTMLVideoElement>();
  readonly #onPlaying = (event: globalThis.Event) => {
    if (event.currentTarget instanceof HTMLVideoElement) this.#played(event.currentTarget);
  };
  #videos: StreamManagerVideo[] = [];
  #session: Session | undefined;
  #speaking: Required<SpeakingEventsOptions>;
  #detector: SpeechDetector | undefined;

  protected constructor(options: StreamManagerOptions) {
    super();
    this.stream = options.stream;
    this.remote = !options.stream.isLocal();
    this.targetElement = options.target === undefined ? undefined : resolveTarget(options.target);
    this.id = this.targetElement?.id ?? '';
    this.#insertMode = VideoInsertMode[options.insertMode ?? 'APPEND'];
    this.#mirror = options.mirror;
    this.#speaking = { ...defaultSpeaking, ...options.speaking };
    options.stream.streamManager = this;
  }

  /** The elements that show the stream. */
  get videos(): readonly StreamManagerVideo[] {
    return this.#videos;
  }

  /** The session that it belongs to; a publisher has none before it is published. */
  get session(): Session | undefined {
    return this.#session;
  }

  /**
   * Shows the stream in an element of the application's own.
   * @returns 1: attached; 0: it showed this stream already; -1: attached, and taken from another stream
   */
  addVideoElement(video: HTMLVideoElement): 1 | 0 | -1 {
    if (this.#videos.some((entry) => entry.video === video)) return 0;
    const others = this.#session?.streamManagers.filter((manager) => manager !== this) ?? [];
    const taken = others.filter((manager) => manager.#release(video)).length > 0;
    this.#show(video);
    this.#videos.push({ video, id: video.id });
    return taken ? -1 : 1;
  }

  /** Stops showing the stream in an element; one that the SDK made leaves the page. */
  removeVideoElement(video: HTMLVideoElement): void {
    const entry = this.#videos.find((other) => other.video === video);
    if (!entry) return;
    this.#release(video);
    if (!entry.targetElement) return;
    video.remove();
    this.emit(
      'videoElementDestroyed',
      new VideoElementEvent({ type: 'videoElementDestroyed', target: this, element: video }),
    );
  }

  /**
   * Makes an element that shows the stream and puts it into the page.
   * @throws {Error} there is no such target
   */
  createVideoElement(
    target: string | HTMLElement = document.body,
    insertMode: `${VideoInsertMode}` = this.#insertMode,
  ): HTMLVideoElement {
    const targetElement = resolveTarget(target);
    const mode = VideoInsertMode[insertMode];
    const video = document.createElement('video');
    this.#show(video);
    insertVideo(video, targetElement, mode);
    this.#videos.push({ video, id: video.id, targetElement, insertMode: mode });
    this.emit('videoElementCreated', this.#created(video));
    return video;
  }

  /** How often and from which loudness on the speaking events are measured. */
  updatePublisherSpeakingEventsOptions(options: SpeakingEventsOptions): void {
    this.#speaking = { ...this.#speaking, ...options };
    this.#restartDetector();
  }

  /** The browser's statistics of the tracks; empty while none is sent or received. */
  abstract getStats(): Promise<RTCStatsReport>;

  /** @internal */
  setSession(session: Session | undefined): void {
    this.#session = session;
    this.#updateDetector();
  }

  /** @internal Emits for the session that it belongs to. */
  dispatch<Type extends keyof PublisherEventMap>(type: Type, event: PublisherEventMap[Type]): void {
    this.emit(type, event);
  }

  /** @internal Somebody else listens or stopped listening to speaking events. */
  refreshSpeaking(): void {
    this.#updateDetector();
  }

  /** @internal The tracks of the media stream changed. */
  tracksChanged(): void {
    const mediaStream = this.stream.getMediaStream();
    for (const { video } of this.#videos) {
      if (mediaStream && video.srcObject !== mediaStream) video.srcObject = mediaStream;
    }
    this.#restartDetector();
  }

  /** @internal No element shows the stream any more. */
  removeAllVideos(): void {
    for (const { video } of this.#videos.slice()) this.removeVideoElement(video);
    this.#stopDetector();
  }

  /** Makes the element of the target that the application named, if it did. */
  protected createTargetVideo(): void {
    if (this.targetElement) this.createVideoElement(this.targetElement);
  }

  protected override listenersChanged(): void {
    this.#updateDetector();
  }

  protected override factOf<Type extends keyof PublisherEventMap>(type: Type): PublisherEventMap[Type][] {
    const facts: Partial<{ [Fact in keyof PublisherEventMap]: PublisherEventMap[Fact][] }> = {
      videoElementCreated: this.#videos
        .filter((entry) => entry.targetElement)
        .map((entry) => this.#created(entry.video)),
      streamPlaying: this.#playing.size > 0 ? [this.#playingEvent()] : [],
    };
    return facts[type] ?? [];
  }

  #show(video: HTMLVideoElement): void {
    const name = this.stream.streamId || 'publisher';
    prepareVideo(video, {
      local: !this.remote,
      mirror: this.#mirror,
      id: `${this.remote ? 'remote' : 'local'}-video-${name}`,
    });
    video.addEventListener('playing', this.#onPlaying);
    const mediaStream = this.stream.getMediaStream();
    if (mediaStream) video.srcObject = mediaStream;
  }

  #release(video: HTMLVideoElement): boolean {
    const before = this.#videos.length;
    this.#videos = this.#videos.filter((entry) => entry.video !== video);
    if (this.#videos.length === before) return false;
    video.removeEventListener('playing', this.#onPlaying);
    this.#playing.delete(video);
    if (video.srcObject === this.stream.getMediaStream()) video.srcObject = null;
    return true;
  }

  #played(video: HTMLVideoElement): void {
    if (this.#playing.has(video)) return;
    this.#playing.add(video);
    this.emit('streamPlaying', this.#playingEvent());
  }

  #playingEvent(): StreamManagerEvent {
    return new StreamManagerEvent({ type: 'streamPlaying', target: this });
  }

  #created(element: HTMLVideoElement): VideoElementEvent {
    return new VideoElementEvent({ type: 'videoElementCreated', target: this, element });
  }

  #wantsDetector(): boolean {
    const own = ['publisherStartSpeaking', 'publisherStopSpeaking', 'streamAudioVolumeChange'] as const;
    return own.some((type) => this.hasListeners(type)) || (this.#session?.hearsSpeaking() ?? false);
  }

  #updateDetector(): void {
    if (!this.#wantsDetector()) this.#stopDetector();
    else if (!this.#detector) this.#startDetector();
  }

  #restartDetector(): void {
    this.#stopDetector();
    this.#updateDetector();
  }

  #startDetector(): void {
    const mediaStream = this.stream.getMediaStream();
    if (!mediaStream || mediaStream.getAudioTracks().length === 0) return;
    this.#detector = new SpeechDetector({
      mediaStream,
      intervalMs: this.#speaking.interval,
      threshold: this.#speaking.threshold,
      onVolume: (newValue, oldValue) => {
        const value = { newValue, oldValue };
        this.emit(
          'streamAudioVolumeChange',
          new StreamManagerEvent({ type: 'streamAudioVolumeChange', target: this, value }),
        );
      },
      onSpeaking: (speaking) => this.#spoke(speaking),
    });
  }

  #stopDetector(): void {
    const detector = this.#detector;
    // First, as closing may tell somebody, who may end listening.
    this.#detector = undefined;
    detector?.close();
  }

  #spoke(speaking: boolean): void {
    const type = speaking ? 'publisherStartSpeaking' : 'publisherStopSpeaking';
    const { streamId } = this.stream;
    const connection = streamId ? this.stream.connection : undefined;
    this.emit(type, new PublisherSpeakingEvent({ type, target: this, connection, streamId }));
    const session = this.#session;
    session?.dispatch(type, new PublisherSpeakingEvent({ type, target: session, connection, streamId }));
  }
}
