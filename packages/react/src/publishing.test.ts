import type { Publisher, PublisherProperties, Session } from '@evercall/client';
import { describe, expect, it, vi } from 'vitest';
import { Publishing } from './publishing.js';
import { fakeTrack } from './testing/fake-media.js';
import { FakeSession, fakeConnection } from './testing/fake-session.js';

class FakePublisher {
  readonly calls: string[] = [];
  #onDestroyed: ((event: { preventDefault: () => void }) => void) | undefined;

  constructor(readonly properties: PublisherProperties) {}

  on(_type: string, listener: (event: { preventDefault: () => void }) => void): void {
    this.#onDestroyed = listener;
  }

  /** The stream is over; `true` if the tracks are to be stopped. */
  destroy(): boolean {
    let stops = true;
    this.#onDestroyed?.({
      preventDefault: () => {
        stops = false;
      },
    });
    return stops;
  }

  publishAudio(active: boolean): void {
    this.calls.push(`audio ${active}`);
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    this.calls.push(`replace ${track.getSettings().deviceId}`);
  }
}

/** A session that remembers what is published in it. */
class PublishingSession extends FakeSession {
  readonly calls: string[] = [];
  refusal: Error | undefined;

  async publish(): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.calls.push('publish');
  }

  async unpublish(): Promise<void> {
    this.calls.push('unpublish');
  }
}

function setUp({ joined = true } = {}) {
  const session = new PublishingSession();
  session.connectionState = 'connected';
  if (joined) session.connection = fakeConnection('me');
  const publishers: FakePublisher[] = [];
  const wish = {
    session: session.asSession as Session | undefined,
    audioTrack: fakeTrack('audio'),
    videoTrack: fakeTrack('video'),
  };
  const publishing = new Publishing(wish, undefined, async (properties) => {
    const publisher = new FakePublisher(properties);
    publishers.push(publisher);
    return publisher as object as Publisher;
  });
  const reaches = (state: string) => vi.waitFor(() => expect(publishing.store.get().state).toBe(state));
  return { session, wish, publishing, publishers, reaches };
}

describe('Publishing', () => {
  it('begins when the session is joined', async () => {
    const { session, wish, publishing, reaches } = setUp({ joined: false });
    publishing.want(wish);
    await reaches('none');
    session.connection = fakeConnection('me');
    session.tell('connectionCreated');
    await reaches('published');
    expect(session.calls).toEqual(['publish']);
  });

  it('starts as muted as it was made before', async () => {
    const { wish, publishing, publishers, reaches } = setUp();
    publishing.setAudioActive(false);
    expect(wish.audioTrack.enabled).toBe(false);
    publishing.want(wish);
    await reaches('published');
    expect(publishers[0]?.properties).toMatchObject({ publishAudio: false, publishVideo: true });
    publishing.setAudioActive(true);
    expect(publishers[0]?.calls).toEqual(['audio true']);
  });

  it('replaces a track of the same kind, and publishes anew when a kind comes or goes', async () => {
    const { session, wish, publishing, publishers, reaches } = setUp();
    publishing.want(wish);
    await reaches('published');
    const changed = { ...wish, videoTrack: fakeTrack('video', 'other') };
    publishing.want(changed);
    await vi.waitFor(() => expect(publishers[0]?.calls).toEqual(['replace other']));
    publishing.want({ ...changed, audioTrack: undefined });
    await vi.waitFor(() => expect(session.calls).toEqual(['publish', 'unpublish', 'publish']));
    expect(publishers[1]?.properties.audioSource).toBe(false);
  });

  it('shows why it failed, and forgets it with the session', async () => {
    const { session, wish, publishing, reaches } = setUp();
    session.refusal = new Error('refused');
    publishing.want(wish);
    await reaches('failed');
    expect(publishing.store.get().error).toBe(session.refusal);
    publishing.want({ ...wish, session: undefined });
    await reaches('none');
  });

  it('leaves the tracks alone when the stream ends', async () => {
    const { wish, publishing, publishers, reaches } = setUp();
    publishing.want(wish);
    await reaches('published');
    expect(publishers[0]?.destroy()).toBe(false);
    expect(publishing.store.get()).toMatchObject({ state: 'none', publisher: undefined });
  });

  it('stops', async () => {
    const { session, wish, publishing, reaches } = setUp();
    publishing.want(wish);
    await reaches('published');
    publishing.stop();
    await vi.waitFor(() => expect(session.calls).toEqual(['publish', 'unpublish']));
    expect(session.listenerCount).toBe(0);
  });
});
