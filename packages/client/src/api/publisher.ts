import type { StreamChangeReason, StreamEndReason, StreamId } from '@evercall/protocol';
import type { Engine } from '../engine/engine.js';
import type { LocalSource } from '../engine/local-streams.js';
import { log } from '../log.js';
import { fillInTrack } from '../media/fill-in-track.js';
import { mergeStats } from '../media/merge-stats.js';
import type { OutgoingTrack } from '../media/send-side.js';
import { swapTracks } from '../media/swap-tracks.js';
import type { Connection } from './connection.js';
import type { PublisherEventMap } from './event-maps.js';
import { StreamEvent, type StreamProperty, StreamPropertyChangedEvent } from './events.js';
import { dimensionsOf, localFacts, mediaOptionsOf } from './local-facts.js';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';
import type { PublisherProperties, SpeakingEventsOptions } from './properties.js';
import type { Session } from './session.js';
import { Stream } from './stream.js';
import { StreamManager } from './stream-manager.js';
import { toOpenViduError } from './to-openvidu-error.js';

/** Milliseconds after which an unanswered question for devices counts as an open dialog. */
const dialogAfterMs = 1250;
/** Milliseconds between two looks at the size of the published picture. */
const sizeIntervalMs = 1000;

export interface PublisherOptions {
  target: string | HTMLElement | undefined;
  properties: PublisherProperties;
  speaking: SpeakingEventsOptions;
  capture: (properties: PublisherProperties) => Promise<MediaStream>;
}

/** Where a publisher publishes. */
export interface PublishingPlace {
  session: Session;
  connection: Connection;
  streamId: StreamId;
  engine: Engine;
}

/** The sending of one stream. */
export class Publisher extends StreamManager {
  readonly #properties: PublisherProperties;
  readonly #capture: PublisherOptions['capture'];
  readonly #fillIns = new Map<'audio' | 'video', MediaStreamTrack>();
  #access: Promise<void> | undefined;
  #accessAllowed = false;
  #denied: OpenViduError | undefined;
  #place: PublishingPlace | undefined;
  #published = false;
  #sizeTimer: ReturnType<typeof setInterval> | undefined;

  /** `OpenVidu.initPublisher()` makes them. */
  constructor(options: PublisherOptions) {
    const { insertMode, mirror } = options.properties;
    super({
      stream: new Stream(true),
      target: options.target,
      insertMode,
      mirror: mirror ?? true,
      speaking: options.speaking,
    });
    this.#properties = options.properties;
    this.#capture = options.capture;
  }

  /** Whether the user let the page use the devices. */
  get accessAllowed(): boolean {
    return this.#accessAllowed;
  }

  /** Mutes or unmutes the sound, for everybody. */
  publishAudio(enabled: boolean): void {
    this.#setActive('audio', enabled).catch((error: unknown) => log.warn('mute could not be told', error));
  }

  /**
   * Mutes or unmutes the picture, for everybody.
   * @param resource muting: `true` lets go of the camera; unmuting: the track to show from now on
   * @throws {OpenViduError} the camera that was let go of can't be had again
   */
  async publishVideo(enabled: boolean, resource?: boolean | MediaStreamTrack): Promise<void> {
    try {
      if (enabled) await this.#restoreVideo(typeof resource === 'object' ? resource : undefined);
      await this.#setActive('video', enabled);
      if (!enabled && resource === true) await this.#releaseVideo();
    } catch (error) {
      throw toOpenViduError(error);
    }
  }

  /**
   * Sends another track instead of the one of the same kind, which is stopped.
   * @throws {OpenViduError} `GENERIC_ERROR`: there is no track of that kind
   */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const kind = kindOf(track);
    const has = kind === 'audio' ? this.stream.hasAudio : this.stream.hasVideo;
    if (!has) {
      throw new OpenViduError(
        OpenViduErrorName.GENERIC_ERROR,
        `The publisher has no ${kind} track to replace`,
      );
    }
    const old = this.#track(kind);
    if (old === track) return;
    try {
      await this.#swap(kind, track);
    } catch (error) {
      throw toOpenViduError(error);
    }
    old?.stop();
    this.#changed(`${kind}Track`, { newValue: track, oldValue: old, reason: 'trackReplaced' });
  }

  /** @throws {OpenViduError} `GENERIC_ERROR`: this media server sends nobody their own stream */
  subscribeToRemote(_value = true): never {
    throw new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'mediasoup sends nobody their own stream back');
  }

  async getStats(): Promise<RTCStatsReport> {
    const place = this.#place;
    return mergeStats(place ? await place.engine.local.stats(place.streamId) : []);
  }

  /** @internal Captures what the properties say, once. */
  initialize(): Promise<void> {
    this.#access ??= this.#open();
    return this.#access;
  }

  /** @internal The stream that is published, or being published. */
  get place(): PublishingPlace | undefined {
    return this.#place;
  }

  /** @internal Whether everybody can see it. */
  get published(): boolean {
    return this.#published;
  }

  /** @internal */
  async publishTo(place: PublishingPlace): Promise<void> {
    if (this.#place) {
      throw new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'The publisher is published already');
    }
    this.#place = place;
    try {
      await this.initialize();
      const info = await place.engine.publish(place.streamId, this.#source());
      if (this.#place !== place) {
        // Unpublished while it was under way: only now is there something that the cluster can end.
        await place.engine.unpublish(place.streamId);
        throw new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'The publisher was unpublished meanwhile');
      }
      this.stream.setPublished(info, place.connection, () => place.engine.media);
    } catch (error) {
      if (this.#place === place) this.#place = undefined;
      throw error;
    }
    this.#published = true;
    this.setSession(place.session);
    place.connection.addStream(this.stream);
    if (this.stream.hasVideo) this.#sizeTimer = setInterval(() => this.#lookAtSize(), sizeIntervalMs);
    this.emit('streamCreated', this.#createdEvent());
    place.session.dispatch('ownStreamsChanged', undefined);
  }

  /** @internal The stream is over. Default behaviour: devices are let go of and videos leave the page. */
  unpublished(reason: StreamEndReason): void {
    const place = this.#place;
    this.#place = undefined;
    clearInterval(this.#sizeTimer);
    if (!place || !this.#published) return;
    this.#published = false;
    place.connection.removeStream(this.stream);
    this.setSession(undefined);
    const event = new StreamEvent({
      type: 'streamDestroyed',
      target: this,
      stream: this.stream,
      reason,
      defaultBehavior: () => {
        this.stream.stopTracks();
        this.removeAllVideos();
      },
    });
    this.emit('streamDestroyed', event);
    event.callDefaultBehavior();
    place.session.dispatch('ownStreamsChanged', undefined);
  }

  protected override factOf<Type extends keyof PublisherEventMap>(type: Type): PublisherEventMap[Type][] {
    const facts: Partial<{ [Fact in keyof PublisherEventMap]: PublisherEventMap[Fact][] }> = {
      streamCreated: this.#published ? [this.#createdEvent()] : [],
      accessAllowed: this.#accessAllowed ? [undefined] : [],
      accessDenied: this.#denied ? [this.#denied] : [],
    };
    return facts[type] ?? super.factOf(type);
  }

  #source(): LocalSource {
    return {
      options: () => mediaOptionsOf(this.stream),
      tracks: () => this.#outgoing(),
      simulcast: this.#properties.videoSimulcast,
    };
  }

  /** Something stands in for tracks that are gone, so that the stream keeps its kinds. */
  #outgoing(): OutgoingTrack[] {
    const { hasAudio, hasVideo, audioActive, videoActive } = this.stream;
    const outgoing = (kind: 'audio' | 'video', active: boolean): OutgoingTrack => {
      const track = this.#track(kind);
      return track?.readyState === 'live' ? { track, active } : { track: this.#fillIn(kind), active: false };
    };
    return [
      ...(hasAudio ? [outgoing('audio', audioActive)] : []),
      ...(hasVideo ? [outgoing('video', videoActive)] : []),
    ];
  }

  async #open(): Promise<void> {
    let dialog = false;
    const timer = setTimeout(() => {
      dialog = true;
      this.emit('accessDialogOpened', undefined);
    }, dialogAfterMs);
    try {
      const mediaStream = await this.#capture(this.#properties);
      this.stream.setMediaStream(mediaStream);
      this.stream.update(localFacts(this.#properties, mediaStream));
    } catch (error) {
      this.#denied = toOpenViduError(error);
      this.emit('accessDenied', this.#denied);
      throw this.#denied;
    } finally {
      clearTimeout(timer);
      if (dialog) this.emit('accessDialogClosed', undefined);
    }
    this.#enable('audio', this.stream.audioActive);
    this.#enable('video', this.stream.videoActive);
    this.#accessAllowed = true;
    this.tracksChanged();
    this.emit('accessAllowed', undefined);
    this.createTargetVideo();
  }

  async #setActive(kind: 'audio' | 'video', active: boolean): Promise<void> {
    const property = kind === 'audio' ? 'audioActive' : 'videoActive';
    const has = kind === 'audio' ? this.stream.hasAudio : this.stream.hasVideo;
    if (!has || this.stream[property] === active) return;
    this.stream.update({ [property]: active });
    this.#enable(kind, active);
    const reason = kind === 'audio' ? 'publishAudio' : 'publishVideo';
    this.#changed(property, { newValue: active, oldValue: !active, reason });
    const place = this.#place;
    if (place) await place.engine.local.setActive({ streamId: place.streamId, kind, active, reason });
  }

  async #restoreVideo(resource: MediaStreamTrack | undefined): Promise<void> {
    if (resource) return this.replaceTrack(resource);
    if (!this.stream.hasVideo || this.#track('video')?.readyState === 'live') return;
    const captured = await this.#capture({ ...this.#properties, audioSource: false });
    const [track] = captured.getVideoTracks();
    if (track) await this.replaceTrack(track);
  }

  async #releaseVideo(): Promise<void> {
    const old = this.#track('video');
    if (!old) return;
    await this.#swap('video', undefined);
    old.stop();
  }

  async #swap(kind: 'audio' | 'video', track: MediaStreamTrack | undefined): Promise<void> {
    const mediaStream = this.stream.getMediaStream();
    const others = mediaStream?.getTracks().filter((other) => other.kind !== kind) ?? [];
    const active = kind === 'audio' ? this.stream.audioActive : this.stream.videoActive;
    if (track) track.enabled = active;
    if (mediaStream) swapTracks(mediaStream, track ? [...others, track] : others);
    this.tracksChanged();
    if (this.#place) await this.#place.engine.local.replaceTrack(this.#place.streamId, kind, track ?? null);
    this.#lookAtSize();
  }

  /** A shared window is resized, a phone is turned: the others lay their tiles out by the size. */
  #lookAtSize(): void {
    const track = this.#track('video');
    const now = dimensionsOf(track);
    const before = this.stream.videoDimensions;
    if (!track || now.width === 0 || (now.width === before.width && now.height === before.height)) return;
    this.stream.update({ videoDimensions: now });
    const reason = this.stream.typeOfVideo === 'SCREEN' ? 'screenResized' : 'deviceRotated';
    this.#changed('videoDimensions', { newValue: now, oldValue: before, reason });
    const place = this.#published ? this.#place : undefined;
    place?.engine.local
      .setDimensions(place.streamId, now, reason)
      .catch((error: unknown) => log.warn('the size of the picture could not be told', error));
  }

  #changed(
    changedProperty: StreamProperty,
    change: { newValue: unknown; oldValue: unknown; reason: StreamChangeReason },
  ): void {
    const { stream } = this;
    const options = { type: 'streamPropertyChanged', stream, changedProperty, ...change };
    this.emit('streamPropertyChanged', new StreamPropertyChangedEvent({ ...options, target: this }));
    const { session } = this;
    session?.dispatch(
      'streamPropertyChanged',
      new StreamPropertyChangedEvent({ ...options, target: session }),
    );
  }

  #fillIn(kind: 'audio' | 'video'): MediaStreamTrack {
    const track = this.#fillIns.get(kind) ?? fillInTrack(kind);
    this.#fillIns.set(kind, track);
    return track;
  }

  #createdEvent(): StreamEvent {
    return new StreamEvent({ type: 'streamCreated', target: this, stream: this.stream });
  }

  #enable(kind: 'audio' | 'video', enabled: boolean): void {
    const track = this.#track(kind);
    if (track) track.enabled = enabled;
  }

  #track(kind: 'audio' | 'video'): MediaStreamTrack | undefined {
    return this.stream
      .getMediaStream()
      ?.getTracks()
      .find((track) => track.kind === kind);
  }
}

function kindOf(track: MediaStreamTrack): 'audio' | 'video' {
  return track.kind === 'audio' ? 'audio' : 'video';
}
