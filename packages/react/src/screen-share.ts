import { OpenViduError, OpenViduErrorName, type Publisher, type Session } from '@evercall/client';
import { pageOpenVidu } from './openvidu.js';
import { Store } from './store.js';

export interface ScreenShareValue {
  state: 'off' | 'prompting' | 'sharing' | 'failed';
  publisher: Publisher | undefined;
  /** Why it failed; that the user closes the dialog is no failure. */
  error: Error | undefined;
}

const off: ScreenShareValue = { state: 'off', publisher: undefined, error: undefined };

/** Publishes a screen as a second stream. */
export class ScreenShare {
  readonly store = new Store<ScreenShareValue>(off);

  /** Asks the user what to share, and publishes it. Never rejects. */
  async start(session: Session): Promise<void> {
    const { state } = this.store.get();
    if (state === 'prompting' || state === 'sharing') return;
    this.store.set({ ...off, state: 'prompting' });
    let publisher: Publisher | undefined;
    try {
      publisher = await pageOpenVidu().initPublisherAsync(undefined, {
        videoSource: 'screen',
        audioSource: false,
        mirror: false,
        frameRate: 15,
      });
      const shared = publisher;
      shared.on('streamDestroyed', () => {
        if (this.store.get().publisher === shared) this.store.set(off);
      });
      const [track] = shared.stream.getMediaStream()?.getVideoTracks() ?? [];
      track?.addEventListener('ended', () => void this.#stop(session, shared));
      await session.publish(shared);
      this.store.set({ state: 'sharing', publisher: shared, error: undefined });
    } catch (error) {
      publisher?.stream
        .getMediaStream()
        ?.getTracks()
        .forEach((track) => track.stop());
      this.store.set(isRefusal(error) ? off : { ...off, state: 'failed', error: asError(error) });
    }
  }

  /** Never rejects. */
  async stop(session: Session): Promise<void> {
    const { publisher } = this.store.get();
    if (publisher) await this.#stop(session, publisher);
  }

  async #stop(session: Session, publisher: Publisher): Promise<void> {
    try {
      await session.unpublish(publisher);
      this.store.set(off);
    } catch (error) {
      this.store.set({ ...off, state: 'failed', error: asError(error) });
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof OpenViduError && error.name === OpenViduErrorName.SCREEN_CAPTURE_DENIED;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
