/** jsdom has no MediaStream. */
class FakeMediaStream {
  readonly #tracks: MediaStreamTrack[];

  constructor(tracks: MediaStreamTrack[] = []) {
    this.#tracks = tracks;
  }

  getTracks(): MediaStreamTrack[] {
    return [...this.#tracks];
  }

  getAudioTracks(): MediaStreamTrack[] {
    return this.#tracks.filter((track) => track.kind === 'audio');
  }

  getVideoTracks(): MediaStreamTrack[] {
    return this.#tracks.filter((track) => track.kind === 'video');
  }
}

/** Gives jsdom what the hooks need, on a page that is served as it should be. */
export function installMedia(): void {
  Object.assign(globalThis, { MediaStream: FakeMediaStream, isSecureContext: true });
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { writable: true, value: null });
}

/** A track that no device is behind. */
export function fakeTrack(
  kind: 'audio' | 'video',
  deviceId: string = kind,
  facingMode?: 'user' | 'environment',
): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    kind,
    enabled: true,
    readyState: 'live',
    getSettings: () => ({ deviceId, ...(facingMode && { facingMode }) }),
    stop: () => {
      track.readyState = 'ended';
    },
  });
  return track as object as MediaStreamTrack;
}
