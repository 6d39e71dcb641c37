// oxlint-disable unicorn/require-post-message-target-origin -- workers and worklets have no origin
import type { FromFrameClock, FromSilenceClock, ToFrameClock, ToSilenceClock } from './messages.ts';

/** Chromium's, not in the standard library's types yet. */
declare const MediaStreamTrackProcessor: new (init: {
  track: MediaStreamTrack;
}) => { readable: ReadableStream<VideoFrame> };

/** When media came, by `<sender> <kind>`; all times in milliseconds since 1970. */
export interface Arrivals {
  video: Record<string, number[]>;
  audio: Record<string, { silences: [number, number][]; last: number | undefined }>;
}

/** Inputs of the worklet: one for the sound of each sender that ever came. */
const senders = 8;

/** Watches what a viewer gets of each sender, through every change of its tracks. */
export class TrackWatch {
  readonly #audio: AudioContext;
  readonly #listener: AudioWorkletNode;
  readonly #frames = new Worker('/instrument/frame-clock.ts', { type: 'module' });
  readonly #watched = new Map<MediaStream, string>();
  readonly #inputs: string[] = [];
  readonly #sounds = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();
  readonly #answers = new Map<number, (answer: FromFrameClock | FromSilenceClock) => void>();
  #asked = 0;

  private constructor(audio: AudioContext) {
    this.#audio = audio;
    this.#listener = new AudioWorkletNode(audio, 'silence-clock', { numberOfInputs: senders });
    // Without a way out nothing is rendered; what goes out is silence.
    this.#listener.connect(audio.destination);
    const answered = ({ data }: MessageEvent<FromFrameClock | FromSilenceClock>): void => {
      this.#answers.get(data.id)?.(data);
      this.#answers.delete(data.id);
    };
    this.#frames.addEventListener('message', answered);
    this.#listener.port.addEventListener('message', answered);
    this.#listener.port.start();
  }

  static async create(audio: AudioContext): Promise<TrackWatch> {
    await audio.audioWorklet.addModule('/instrument/silence-clock.ts');
    const watch = new TrackWatch(audio);
    watch.#followTracks();
    return watch;
  }

  /** Watches the stream's tracks, and those that take their place in it. */
  watch(sender: string, stream: MediaStream): void {
    this.#watched.set(stream, sender);
    for (const track of stream.getTracks()) this.#added(stream, track);
  }

  /** Forgets all but the last arrivals. */
  forget(): void {
    this.#frames.postMessage({ type: 'forget' } satisfies ToFrameClock);
    this.#listener.port.postMessage({ type: 'forget' } satisfies ToSilenceClock);
  }

  async collect(): Promise<Arrivals> {
    const [frames, sound] = await Promise.all([
      this.#ask((id) => this.#frames.postMessage({ type: 'collect', id } satisfies ToFrameClock)),
      this.#ask((id) => this.#listener.port.postMessage({ type: 'collect', id } satisfies ToSilenceClock)),
    ]);
    if (frames.type !== 'arrivals' || sound.type !== 'heard') throw new Error('the answers are mixed up');
    const at = this.#clock();
    const audio: Arrivals['audio'] = {};
    this.#inputs.forEach((sender, index) => {
      const heard = sound.inputs[index];
      if (!heard) return;
      audio[sender] = {
        silences: heard.silences.map(([from, to]) => [at(from), at(to)]),
        last: heard.last === undefined ? undefined : at(heard.last),
      };
    });
    return { video: frames.arrivals, audio };
  }

  /** Scripts that change a stream's tracks cause no events, so the streams themselves tell. */
  #followTracks(): void {
    const added = (stream: MediaStream, track: MediaStreamTrack): void => this.#added(stream, track);
    const removed = (stream: MediaStream, track: MediaStreamTrack): void => this.#removed(stream, track);
    window.MediaStream = class extends MediaStream {
      override addTrack(track: MediaStreamTrack): void {
        super.addTrack(track);
        added(this, track);
      }

      override removeTrack(track: MediaStreamTrack): void {
        super.removeTrack(track);
        removed(this, track);
      }
    };
  }

  #added(stream: MediaStream, track: MediaStreamTrack): void {
    const sender = this.#watched.get(stream);
    if (sender === undefined) return;
    if (track.kind === 'audio') this.#listen(sender, track);
    else this.#look(sender, track);
  }

  #removed(stream: MediaStream, track: MediaStreamTrack): void {
    if (!this.#watched.has(stream)) return;
    this.#frames.postMessage({ type: 'unwatch', trackId: track.id } satisfies ToFrameClock);
    this.#sounds.get(track)?.disconnect();
    this.#sounds.delete(track);
  }

  #look(key: string, track: MediaStreamTrack): void {
    const { readable: frames } = new MediaStreamTrackProcessor({ track });
    const message: ToFrameClock = { type: 'watch', key, trackId: track.id, frames };
    this.#frames.postMessage(message, [frames]);
  }

  #listen(sender: string, track: MediaStreamTrack): void {
    if (!this.#inputs.includes(sender)) this.#inputs.push(sender);
    const source = new MediaStreamAudioSourceNode(this.#audio, { mediaStream: new MediaStream([track]) });
    source.connect(this.#listener, 0, this.#inputs.indexOf(sender));
    this.#sounds.set(track, source);
  }

  /** Seconds of the audio context as milliseconds since 1970. */
  #clock(): (seconds: number) => number {
    const now = performance.timeOrigin + performance.now();
    const { currentTime } = this.#audio;
    return (seconds) => now + (seconds - currentTime) * 1000;
  }

  #ask(post: (id: number) => void): Promise<FromFrameClock | FromSilenceClock> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      post(id);
    });
  }
}
