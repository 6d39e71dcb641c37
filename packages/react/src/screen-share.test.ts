import type { Publisher } from '@evercall/client';
import { describe, expect, it } from 'vitest';
import { ScreenShare } from './screen-share.js';
import { FakeSession, fakeConnection } from './testing/fake-session.js';

/** A publisher that remembers what was done with the screen. */
class FakePublisher {
  session: SharingSession | undefined;
  readonly track = Object.assign(new EventTarget(), {
    stopped: false,
    stop: () => {
      this.track.stopped = true;
    },
  });
  readonly stream = { getMediaStream: () => ({ getTracks: () => [this.track] }) };
  #onDestroyed: ((event: { reason: string; preventDefault: () => void }) => void) | undefined;

  on(_type: string, listener: (event: { reason: string; preventDefault: () => void }) => void): void {
    this.#onDestroyed = listener;
  }

  /** Its stream is over; the SDK stops the track unless that is prevented. */
  destroy(reason: string): void {
    let stops = true;
    this.session = undefined;
    this.#onDestroyed?.({ reason, preventDefault: () => void (stops = false) });
    if (stops) this.track.stop();
  }
}

class SharingSession extends FakeSession {
  readonly calls: string[] = [];
  refusal: Error | undefined;

  async publish(publisher: FakePublisher): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.calls.push('publish');
    publisher.session = this;
  }

  async unpublish(): Promise<void> {
    this.calls.push('unpublish');
  }

  join(): void {
    this.connection = fakeConnection('me');
    this.tell('connectionCreated');
  }
}

async function setUp() {
  const publisher = new FakePublisher();
  const share = new ScreenShare(async () => publisher as object as Publisher);
  const session = new SharingSession();
  share.follow(session.asSession);
  session.join();
  await share.start();
  const rejoin = () => {
    const next = new SharingSession();
    share.follow(undefined);
    share.follow(next.asSession);
    return next;
  };
  return { share, session, publisher, rejoin };
}

describe('ScreenShare', () => {
  it('publishes what the user chose, and stops it', async () => {
    const { share, session, publisher } = await setUp();
    expect(share.store.get()).toMatchObject({ state: 'sharing', publisher });
    await share.stop();
    expect(session.calls).toEqual(['publish', 'unpublish']);
    expect(share.store.get().state).toBe('off');
    expect(publisher.track.stopped).toBe(true);
  });

  it.each(['nodeCrashed', 'networkDisconnect'])('goes on in the next session after %s', async (reason) => {
    const { share, publisher, rejoin } = await setUp();
    publisher.destroy(reason);
    expect(share.store.get().state).toBe('sharing');
    expect(publisher.track.stopped).toBe(false);
    const next = rejoin();
    expect(next.calls).toEqual([]);
    next.join();
    next.tell('connectionCreated');
    await expect.poll(() => next.calls).toEqual(['publish']);
  });

  it('ends with a session that was left or closed', async () => {
    const { share, publisher, rejoin } = await setUp();
    publisher.destroy('disconnect');
    expect(share.store.get().state).toBe('off');
    expect(publisher.track.stopped).toBe(true);
    const next = rejoin();
    next.join();
    expect(next.calls).toEqual([]);
  });

  it("ends when the user stops it between two sessions, by the browser's button too", async () => {
    const { share, publisher, rejoin } = await setUp();
    publisher.destroy('nodeCrashed');
    publisher.track.dispatchEvent(new Event('ended'));
    await expect.poll(() => share.store.get().state).toBe('off');
    const next = rejoin();
    next.join();
    expect(next.calls).toEqual([]);
  });

  it('lets go of the screen when the next session refuses it', async () => {
    const { share, publisher, rejoin } = await setUp();
    publisher.destroy('nodeCrashed');
    const next = rejoin();
    next.refusal = new Error('no');
    next.join();
    await expect.poll(() => share.store.get().state).toBe('failed');
    expect(publisher.track.stopped).toBe(true);
  });
});
