import { drawNumber, numbers } from './frame-number.ts';

/** What each participant publishes. */
export interface Sources {
  video: MediaStreamTrack;
  audio: MediaStreamTrack;
}

const framesPerSecond = 30;
const toneHertz = 440;

/** A picture with a number that grows with each frame, and a tone that never pauses. */
export function createSources(canvas: HTMLCanvasElement, audio: AudioContext): Sources {
  return { video: countingVideo(canvas), audio: steadyTone(audio) };
}

function countingVideo(canvas: HTMLCanvasElement): MediaStreamTrack {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas here');
  let number = 0;
  setInterval(() => {
    number = (number + 1) % numbers;
    drawNumber(context, number);
  }, 1000 / framesPerSecond);
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (!track) throw new Error('the canvas gives no track');
  return track;
}

function steadyTone(audio: AudioContext): MediaStreamTrack {
  const oscillator = new OscillatorNode(audio, { frequency: toneHertz });
  const volume = new GainNode(audio, { gain: 0.5 });
  const out = audio.createMediaStreamDestination();
  oscillator.connect(volume).connect(out);
  oscillator.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('the tone gives no track');
  return track;
}
