/** A tone that comes and goes, so that whoever sends it is seen to speak and to be silent. */
export interface FakeTone {
  readonly track: MediaStreamTrack;
  /** Ends the track and the sound engine. */
  stop(): void;
}

const frequencyHz = 330;
const loudness = 0.12;

/** Starts the tone. Browsers keep it silent until the user first touches the page, unless they allow autoplay. */
export function startFakeTone(): FakeTone {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, { frequency: frequencyHz });
  const volume = new GainNode(context, { gain: loudness / 2 });
  // A slow wave moves the loudness between nothing and all.
  const wave = new OscillatorNode(context, { frequency: 0.5 });
  const depth = new GainNode(context, { gain: loudness / 2 });
  wave.connect(depth).connect(volume.gain);
  oscillator.connect(volume).connect(destination);
  oscillator.start();
  wave.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('this browser cannot capture sound');
  const resume = () => void context.resume();
  const gestures = ['pointerdown', 'keydown'] as const;
  for (const gesture of gestures) addEventListener(gesture, resume);
  return {
    track,
    stop() {
      for (const gesture of gestures) removeEventListener(gesture, resume);
      track.stop();
      void context.close();
    },
  };
}
