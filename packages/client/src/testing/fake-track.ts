/** A track that no device is behind; as much of one as the SDK looks at. */
export function fakeTrack(kind: 'audio' | 'video', settings: MediaTrackSettings = {}): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    id: `${kind}-${Math.random().toString(36).slice(2)}`,
    kind,
    enabled: true,
    readyState: 'live',
    contentHint: '',
    getSettings: () => settings,
    stop: () => {
      track.readyState = 'ended';
    },
  });
  return track as object as MediaStreamTrack;
}

/** jsdom has no MediaStream. */
export class FakeMediaStream {
  #tracks: MediaStreamTrack[];

  constructor(tracks: MediaStreamTrack[] = []) {
    this.#tracks = [...tracks];
  }

  addTrack(track: MediaStreamTrack): void {
    this.#tracks.push(track);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#tracks = this.#tracks.filter((other) => other !== track);
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
