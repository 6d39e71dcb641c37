import type { Publisher, PublisherProperties, Session } from '@evercall/client';
import { pageOpenVidu } from './openvidu.js';
import { Store } from './store.js';

/** What is wanted to be published. */
export interface PublishingWish {
  session: Session | undefined;
  audioTrack: MediaStreamTrack | undefined;
  videoTrack: MediaStreamTrack | undefined;
}

/** What a publisher is made with beside its tracks. */
export type PublishingProperties = Omit<PublisherProperties, 'audioSource' | 'videoSource'>;

type CreatePublisher = (properties: PublisherProperties) => Promise<Publisher>;

/** Where the publishing stands. */
export interface PublishingValue {
  publisher: Publisher | undefined;
  /** `published` once everybody can see it. */
  state: 'none' | 'publishing' | 'published' | 'failed';
  error: Error | undefined;
  audioActive: boolean;
  videoActive: boolean;
}

const nothing = { publisher: undefined, state: 'none', error: undefined } as const;

/**
 * Makes what is published what is wanted, one step after the other: tracks are replaced, and published anew if the
 * kinds changed. The tracks stay those of whoever captured them: nothing here stops them.
 */
export class Publishing {
  readonly store: Store<PublishingValue>;
  readonly #createPublisher: CreatePublisher;
  #properties: PublishingProperties | undefined;
  #wish: PublishingWish;
  #done: PublishingWish | undefined;
  #work: Promise<void> = Promise.resolve();
  #unfollow: (() => void) | undefined;

  constructor(
    wish: PublishingWish,
    properties?: PublishingProperties,
    createPublisher: CreatePublisher = (all) => pageOpenVidu().initPublisherAsync(undefined, all),
  ) {
    this.#createPublisher = createPublisher;
    this.#wish = wish;
    this.#properties = properties;
    this.store = new Store<PublishingValue>({
      ...nothing,
      audioActive: properties?.publishAudio ?? true,
      videoActive: properties?.publishVideo ?? true,
    });
  }

  /** What the next publishing begins with. */
  prepare(properties: PublishingProperties | undefined): void {
    this.#properties = properties;
  }

  /** Wants something else. */
  want(wish: PublishingWish): void {
    if (wish.session !== this.#wish.session || !this.#unfollow) this.#follow(wish.session);
    this.#wish = wish;
    this.#enable();
    this.#work = this.#work.then(() => this.#step());
  }

  /** Wants nothing any more. */
  stop(): void {
    this.want({ ...this.#wish, session: undefined });
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  setAudioActive(active: boolean): void {
    this.store.patch({ audioActive: active });
    this.#enable();
    this.store.get().publisher?.publishAudio(active);
  }

  setVideoActive(active: boolean): void {
    this.store.patch({ videoActive: active });
    this.#enable();
    this.store
      .get()
      .publisher?.publishVideo(active)
      .catch((error: unknown) => this.#failed(error));
  }

  /** The preview shows what will be published. */
  #enable(): void {
    const { audioActive, videoActive } = this.store.get();
    const { audioTrack, videoTrack } = this.#wish;
    if (audioTrack) audioTrack.enabled = audioActive;
    if (videoTrack) videoTrack.enabled = videoActive;
  }

  /** Publishing begins when the session is joined. */
  #follow(session: Session | undefined): void {
    this.#unfollow?.();
    const onCreated = () => {
      if (!this.#done) this.want(this.#wish);
    };
    session?.on('connectionCreated', onCreated);
    this.#unfollow = () => session?.off('connectionCreated', onCreated);
  }

  async #step(): Promise<void> {
    const wish = this.#wish;
    try {
      if (this.#done && !sameShape(this.#done, wish)) await this.#unpublish();
      if (this.#done) await this.#replace(this.#done, wish);
      else await this.#publish(wish);
    } catch (error) {
      this.#done = undefined;
      this.#failed(error);
    }
  }

  async #publish(wish: PublishingWish): Promise<void> {
    const { session, audioTrack, videoTrack } = wish;
    if (!session?.connection || !session.capabilities.publish || !(audioTrack || videoTrack)) {
      this.store.patch(nothing);
      return;
    }
    const { audioActive, videoActive } = this.store.get();
    const publisher = await this.#createPublisher({
      mirror: false,
      ...this.#properties,
      audioSource: audioTrack ?? false,
      videoSource: videoTrack ?? false,
      publishAudio: audioActive,
      publishVideo: videoActive,
    });
    publisher.on('streamDestroyed', (event) => {
      event.preventDefault();
      if (this.store.get().publisher !== publisher) return;
      this.#done = undefined;
      this.store.patch(nothing);
    });
    this.#done = wish;
    this.store.patch({ publisher, state: 'publishing', error: undefined });
    await session.publish(publisher);
    if (this.store.get().publisher === publisher) this.store.patch({ state: 'published' });
  }

  async #unpublish(): Promise<void> {
    const { publisher } = this.store.get();
    const session = this.#done?.session;
    this.#done = undefined;
    this.store.patch(nothing);
    const alive = session?.connectionState === 'connected' || session?.connectionState === 'reconnecting';
    if (publisher && session && alive) await session.unpublish(publisher);
  }

  async #replace(done: PublishingWish, wish: PublishingWish): Promise<void> {
    const { publisher } = this.store.get();
    this.#done = wish;
    for (const kind of ['audioTrack', 'videoTrack'] as const) {
      const track = wish[kind];
      if (track && track !== done[kind]) await publisher?.replaceTrack(track);
    }
  }

  #failed(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    this.store.patch({ publisher: undefined, state: 'failed', error: failure });
  }
}

function sameShape(a: PublishingWish, b: PublishingWish): boolean {
  return (
    a.session === b.session &&
    Boolean(a.audioTrack) === Boolean(b.audioTrack) &&
    Boolean(a.videoTrack) === Boolean(b.videoTrack)
  );
}
