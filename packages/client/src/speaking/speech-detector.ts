import { log } from '../log.js';
import { SpeechGate } from './speech-gate.js';

export interface SpeechDetectorOptions {
  mediaStream: MediaStream;
  /** Milliseconds between two measurements. */
  intervalMs: number;
  /** Loudness in dB above which somebody speaks. */
  threshold: number;
  onVolume(newValue: number, oldValue: number): void;
  onSpeaking(speaking: boolean): void;
}

/** Loudness in dB of no sound at all. */
const silence = -100;

let shared: AudioContext | undefined;

/** One for the page: browsers allow only a few. */
function audioContext(): AudioContext {
  shared ??= new AudioContext();
  return shared;
}

/** Listens to a stream and tells how loud it is. It must be closed. */
export class SpeechDetector {
  readonly #options: SpeechDetectorOptions;
  readonly #gate = new SpeechGate();
  readonly #source: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #timer: ReturnType<typeof setInterval>;
  #volume = silence;

  constructor(options: SpeechDetectorOptions) {
    this.#options = options;
    const context = audioContext();
    if (context.state === 'suspended') {
      // Until the user touches the page a browser may refuse; it then measures silence.
      context.resume().catch((error: unknown) => log.warn('the browser does not let us listen yet', error));
    }
    this.#source = context.createMediaStreamSource(options.mediaStream);
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = 512;
    this.#source.connect(this.#analyser);
    this.#timer = setInterval(() => this.#measure(), options.intervalMs);
  }

  /** Whoever speaks is told to have stopped: what comes after this one begins anew, and would not tell of it. */
  close(): void {
    clearInterval(this.#timer);
    this.#source.disconnect();
    this.#analyser.disconnect();
    if (this.#gate.speaking) this.#options.onSpeaking(false);
  }

  #measure(): void {
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const volume = Math.max(silence, 10 * Math.log10(power));
    const before = this.#volume;
    this.#volume = volume;
    if (volume !== before) this.#options.onVolume(volume, before);
    const changed = this.#gate.measure(volume > this.#options.threshold);
    if (changed !== undefined) this.#options.onSpeaking(changed);
  }
}
