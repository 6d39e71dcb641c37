import { drawn } from '../theme.js';

/** Pixels of the drawn picture. */
const width = 640;
const height = 360;
const framesPerSecond = 15;

/** A drawn picture that moves, with its owner's name, a clock and a frame counter on it. */
export interface FakePicture {
  readonly track: MediaStreamTrack;
  /** Ends the track and the drawing. */
  stop(): void;
}

/** Starts drawing. @throws Error if the browser can't capture a canvas */
export function startFakePicture(name: string): FakePicture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const hue = hueOf(name);
  let frame = 0;
  const draw = () => {
    if (context) drawFrame(context, { name, hue, frame });
    frame += 1;
  };
  draw();
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (!context || !track) throw new Error('this browser cannot capture a canvas');
  const timer = setInterval(draw, 1000 / framesPerSecond);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

interface Frame {
  name: string;
  hue: number;
  frame: number;
}

function drawFrame(context: CanvasRenderingContext2D, { name, hue, frame }: Frame): void {
  const turn = (frame / framesPerSecond) * 0.9;
  const gradient = context.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, drawn.from(hue));
  gradient.addColorStop(1, drawn.to(hue));
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.fillStyle = drawn.ball(hue);
  context.beginPath();
  context.arc(width / 2 + Math.cos(turn) * 200, height / 2 + Math.sin(turn * 1.7) * 110, 34, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = drawn.text;
  context.textAlign = 'center';
  context.font = `600 44px ${drawn.font}`;
  context.fillText(name || '–', width / 2, height / 2 - 8, height);
  context.font = `26px ${drawn.monospace}`;
  const clock = new Date().toISOString().slice(11, 23);
  context.fillText(`${clock}  #${frame}`, width / 2, height / 2 + 36);
}

/** The same person always gets the same colour, in degrees. */
function hueOf(name: string): number {
  return Array.from(name).reduce((hue, letter) => (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360, 180);
}
