/** Loudness in dB that the meter shows as nothing, and as full. */
const floorDb = -60;
const ceilingDb = -15;

/** From 0 to 1, of samples between -1 and 1; people hear logarithmically, so the bar moves so. */
export function levelOf(samples: Float32Array): number {
  const meanSquare = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const db = 10 * Math.log10(meanSquare);
  return Math.min(1, Math.max(0, (db - floorDb) / (ceilingDb - floorDb)));
}

/**
 * Reports the loudness of a track with every picture that the browser draws.
 *
 * @returns ends it
 */
export function watchLevel(track: MediaStreamTrack, report: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let shown = 0;
  let frame = 0;
  const measure = () => {
    analyser.getFloatTimeDomainData(samples);
    const level = levelOf(samples);
    // It rises at once and falls slowly, or it would flicker.
    shown = Math.max(level, shown * 0.92);
    report(shown);
    frame = requestAnimationFrame(measure);
  };
  measure();
  return () => {
    cancelAnimationFrame(frame);
    report(0);
    void context.close();
  };
}
