import { useEffect, useRef } from 'react';
import { watchLevel } from './level.js';
import classes from './mic-meter.module.css';

/** A bar that moves with one's voice. */
export function MicMeter({ track }: { track: MediaStreamTrack | undefined }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!track) return undefined;
    // Straight to the element: a bar that moves 60 times a second is no reason to render.
    return watchLevel(track, (level) => bar.current?.style.setProperty('--level', level.toFixed(3)));
  }, [track]);
  return (
    <div className={classes.meter} data-on={track !== undefined} aria-hidden>
      <div ref={bar} className={classes.bar} />
    </div>
  );
}
