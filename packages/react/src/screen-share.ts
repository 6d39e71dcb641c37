import {
  OpenViduError,
  OpenViduErrorName,
  type Publisher,
  type PublisherProperties,
  type Session,
} from '@evercall/client';
import { pageOpenVidu } from './openvidu.js';
import { Store } from './store.js';

/** Where the sharing of a screen stands. */
export interface ScreenShareValue {
  /** `sharing` also while the session is joined again after it broke. */
  state: 'off' | 'prompting' | 'sharing' | 'failed';
  publisher: Publisher | undefined;
  /** Why it failed; that the user closes the dialog is no failure. */
  error: Error | undefined;
}

type CreatePublisher = (properties: PublisherProperties) => Promise<Publisher>;

const off: ScreenShareValue = { state: 'off', publisher: undefined, error: undefined };

/** Ends of a session that the user did not want: what was shared goes on when it is joined again. */
const broken: ReadonlySet<string> = new Set(['nodeCrashed', 'networkDisconnect']);

/** Publishes a screen as a second stream, and again in the session that follows on one that broke. */
export class ScreenShare {
  readonly store = new Store<ScreenShareValue>(off);
  readonly #createPublisher: CreatePublisher;
  #session: Session | undefined;
  #unfollow: (() => void) | undefined;
  /** The session that it was published in broke. */
  #orphaned = false;

  constructor(
    createPublisher: CreatePublisher = (properties) =>
      pageOpenVidu().initPublisherAsync(undefined, properties),
  ) {
    this.#createPublisher = createPublisher;
  }

  /** Says which session to share in. */
  follow(session: Session | undefined): void {
    if (session === this.#session) return;
    this.#unfollow?.();
    this.#session = session;
    const goOn = () => {
      if (session?.connection) void this.#publishAgain(session);
    };
    session?.on('connectionCreated', goOn);
    this.#unfollow = () => session?.off('connectionCreated', goOn);
    goOn();
  }

  /** Asks the user what to share, and publishes it. Never rejects. */
  async start(): Promise<void> {
    const { state } = this.store.get();
    if (!this.#session || state === 'prompting' || state === 'sharing') return;
    this.store.set({ ...off, state: 'prompting' });
    let publisher: Publisher | undefined;
    try {
      publisher = await this.#createPublisher({
        videoSource: 'screen',
        audioSource: false,
        mirror: false,
        frameRate: 15,
      });
      this.#watch(publisher);
      // Choosing takes its time, and the session may have been joined again meanwhile.
      const session = this.#session;
      if (!session) throw new Error('There is no session any more to share in');
      await session.publish(publisher);
      this.store.set({ state: 'sharing', publisher, error: undefined });
    } catch (error) {
      if (publisher) release(publisher);
      this.store.set(isRefusal(error) ? off : { ...off, state: 'failed', error: asError(error) });
    }
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    const { publisher } = this.store.get();
    if (publisher) await this.#stop(publisher);
  }

  #watch(publisher: Publisher): void {
    publisher.on('streamDestroyed', (event) => {
      if (this.store.get().publisher !== publisher) return;
      if (broken.has(event.reason)) {
        event.preventDefault();
        this.#orphaned = true;
      } else this.store.set(off);
    });
    const [track] = tracksOf(publisher);
    track?.addEventListener('ended', () => {
      if (this.store.get().publisher === publisher) void this.#stop(publisher);
    });
  }

  async #publishAgain(session: Session): Promise<void> {
    const { publisher } = this.store.get();
    if (!publisher || !this.#orphaned) return;
    this.#orphaned = false;
    try {
      await session.publish(publisher);
    } catch (error) {
      // That session broke, too: the next one is tried.
      if (session.connectionState === 'ended' || session !== this.#session) {
        this.#orphaned = true;
        return;
      }
      release(publisher);
      this.store.set({ ...off, state: 'failed', error: asError(error) });
    }
  }

  async #stop(publisher: Publisher): Promise<void> {
    const { session } = publisher;
    this.#orphaned = false;
    this.store.set(off);
    release(publisher);
    try {
      await session?.unpublish(publisher);
    } catch (error) {
      this.store.set({ ...off, state: 'failed', error: asError(error) });
    }
  }
}

function tracksOf(publisher: Publisher): MediaStreamTrack[] {
  return publisher.stream.getMediaStream()?.getTracks() ?? [];
}

function release(publisher: Publisher): void {
  for (const track of tracksOf(publisher)) track.stop();
}

function isRefusal(error: unknown): boolean {
  return error instanceof OpenViduError && error.name === OpenViduErrorName.SCREEN_CAPTURE_DENIED;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
