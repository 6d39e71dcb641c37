import { type AudioReading, arrivals, readAudio } from './audio-arrivals.js';
import type { InterruptionMeter } from './interruption-meter.js';
import { watchFrames } from './video-probe.js';
import type { WatchedTrack } from './watched-tracks.js';

/** Milliseconds between two readings of the browser's statistics. */
const audioIntervalMs = 100;
/** How many streams' sound is read at most: each reading costs. */
const mostAudio = 8;

/** Feeds the meter with what arrives of others. */
export class TrackWatcher {
  readonly #meter: InterruptionMeter;
  readonly #frames = new Map<HTMLVideoElement, { key: string; end: () => void }>();
  readonly #readings = new Map<string, AudioReading>();
  readonly #timer: ReturnType<typeof setInterval>;
  #tracks: readonly WatchedTrack[] = [];
  #isReading = false;

  constructor(meter: InterruptionMeter) {
    this.#meter = meter;
    this.#timer = setInterval(() => void this.#readAudio(), audioIntervalMs);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /**
   * What is there now.
   *
   * @param isWhole whether who is missing left; else the meeting is being joined again, and they are waited for
   */
  watch(tracks: readonly WatchedTrack[], isWhole: boolean): void {
    const before = this.#tracks;
    this.#tracks = tracks;
    for (const { key } of isWhole ? before : []) {
      const now = tracks.find((track) => track.key === key);
      if (!now?.hasVideo) this.#meter.rest('video', key);
      if (!now?.hasAudio) this.#meter.rest('audio', key);
    }
    this.#followElements();
  }

  close(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    for (const { end } of this.#frames.values()) end();
    this.#frames.clear();
  }

  /** Elements come and go with the tiles; one that shows somebody else is another. */
  #followElements(): void {
    const wanted = new Map(
      this.#tracks
        .filter(({ hasVideo }) => hasVideo)
        .flatMap(({ key, manager }) => manager.videos.map(({ video }) => [video, key] as const)),
    );
    for (const [video, { key, end }] of this.#frames) {
      if (wanted.get(video) === key) continue;
      end();
      this.#frames.delete(video);
    }
    for (const [video, key] of wanted) {
      if (this.#frames.has(video) || !('requestVideoFrameCallback' in video)) continue;
      const end = watchFrames(video, (at) => this.#meter.arrived('video', key, at));
      this.#frames.set(video, { key, end });
    }
  }

  async #readAudio(): Promise<void> {
    // Browsers slow hidden pages down, which is no interruption.
    if (this.#isReading || document.hidden) return;
    this.#isReading = true;
    this.#followElements();
    const heard = this.#tracks.filter(({ hasAudio }) => hasAudio).slice(0, mostAudio);
    await Promise.all(heard.map((track) => this.#readOne(track)));
    this.#isReading = false;
  }

  async #readOne({ key, manager }: WatchedTrack): Promise<void> {
    try {
      const reading = readAudio(await manager.getStats(), performance.timeOrigin);
      if (!reading) return;
      for (const at of arrivals(this.#readings.get(key), reading)) this.#meter.arrived('audio', key, at);
      this.#readings.set(key, reading);
    } catch {
      // The transport was just replaced; the next reading finds the new one.
      return;
    }
  }

  readonly #onVisibility = () => {
    this.#meter.rest('video');
    this.#meter.rest('audio');
  };
}
