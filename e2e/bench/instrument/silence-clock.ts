// oxlint-disable unicorn/require-post-message-target-origin -- workers and worklets have no origin
// AudioWorklet: notes on each input when a continuous tone is not heard. It sees blocks of 128 samples, 2.7 ms at 48 kHz.
import type { FromSilenceClock, Heard, ToSilenceClock } from './messages.ts';

declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

/** The tone is published at 0.5; what the jitter buffer makes up for lost packets fades out below this. */
const audible = 0.15;
/** Samples of a block that isn't the next one. */
const tolerance = 1.5;

class SilenceClock extends AudioWorkletProcessor {
  readonly #heard: Heard[] = [];

  constructor() {
    super();
    this.port.addEventListener('message', ({ data }: MessageEvent<ToSilenceClock>) => this.#told(data));
    this.port.start();
  }

  process(inputs: Float32Array[][]): boolean {
    inputs.forEach((channels, index) => {
      const heard = (this.#heard[index] ??= { silences: [], last: undefined });
      const block = channels[0];
      if (!block || !isAudible(block)) return;
      const blockSeconds = block.length / sampleRate;
      if (heard.last !== undefined && currentTime - heard.last > tolerance * blockSeconds) {
        heard.silences.push([heard.last + blockSeconds, currentTime]);
      }
      heard.last = currentTime;
    });
    return true;
  }

  #told(message: ToSilenceClock): void {
    if (message.type === 'collect') {
      this.port.postMessage({
        type: 'heard',
        id: message.id,
        inputs: this.#heard,
      } satisfies FromSilenceClock);
    } else {
      for (const heard of this.#heard) heard.silences = [];
    }
  }
}

function isAudible(block: Float32Array): boolean {
  for (const sample of block) if (Math.abs(sample) > audible) return true;
  return false;
}

registerProcessor('silence-clock', SilenceClock);
