import type { StreamManager } from '@evercall/client';
import { type ComponentProps, type ReactElement, useEffect, useRef, useState } from 'react';

export interface VideoTileProps extends Omit<ComponentProps<'video'>, 'muted' | 'ref'> {
  /** Whose stream to show. */
  manager?: StreamManager | undefined;
  /** Instead of `manager`: a stream of one's own, as a preview before joining. */
  preview?: MediaStream | undefined;
  /** Default: one's own stream is silent, the others are not. */
  muted?: boolean;
  /** Audio output device. */
  sinkId?: string | undefined;
  /** The browser plays no sound before the user touched the page: call `play` in a click handler. */
  onAutoplayBlocked?: (play: () => Promise<void>) => void;
}

/** A `<video>` with `data-stream-id`, `data-local`, `data-type-of-video` and `data-playing`; no style of its own. */
export function VideoTile(props: VideoTileProps): ReactElement {
  const { manager, preview, muted, sinkId, onAutoplayBlocked, ...rest } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(false);
  const isLocal = manager ? !manager.remote : true;
  const latest = useRef({ silent: muted ?? isLocal, onAutoplayBlocked });
  useEffect(() => {
    const silent = muted ?? isLocal;
    latest.current = { silent, onAutoplayBlocked };
    // React sets the attribute only, which counts for nothing once the element exists.
    if (video.current) video.current.muted = silent;
  });
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    if (manager) manager.addVideoElement(element);
    else element.srcObject = preview ?? null;
    element.muted = latest.current.silent;
    element.play().catch((error: unknown) => {
      // Another source was set meanwhile: the effect for that one plays it.
      if (error instanceof DOMException && error.name !== 'NotAllowedError') return;
      latest.current.onAutoplayBlocked?.(() => element.play());
    });
    return () => {
      if (manager) manager.removeVideoElement(element);
      else element.srcObject = null;
      setPlaying(false);
    };
  }, [manager, preview]);
  useEffect(() => {
    const element = video.current;
    if (!element || sinkId === undefined || typeof element.setSinkId !== 'function') return;
    element.setSinkId(sinkId).catch((error: unknown) => {
      console.warn('[evercall] the audio output could not be changed', error);
    });
  }, [sinkId]);
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody writes captions of a live call
    <video
      {...rest}
      ref={video}
      autoPlay
      playsInline
      data-stream-id={manager?.stream.streamId}
      data-local={isLocal}
      data-type-of-video={manager?.stream.typeOfVideo}
      data-playing={playing}
      onPlaying={(event) => {
        setPlaying(true);
        rest.onPlaying?.(event);
      }}
    />
  );
}
