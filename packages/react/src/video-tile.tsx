import type { StreamManager } from '@evercall/client';
import { type ComponentProps, type ReactElement, useContext, useEffect, useRef, useState } from 'react';
import { SoundContext, useSoundFact } from './sound-context.js';

/** What {@link VideoTile} takes; the rest goes to its `<video>`. */
export interface VideoTileProps extends Omit<ComponentProps<'video'>, 'muted' | 'ref'> {
  /** Whose stream to show. */
  manager?: StreamManager | undefined;
  /** Instead of `manager`: a stream of one's own, as a preview before joining. */
  preview?: MediaStream | undefined;
  /** Default: one's own stream is silent, the others are not. */
  muted?: boolean;
  /** Audio output device; default: the one that was chosen below the same provider. */
  sinkId?: string | undefined;
  /**
   * The browser plays no sound before the user touched the page: call `play` in a click handler. Without this the `SoundGate`
   * below the same provider does.
   */
  onAutoplayBlocked?: (play: () => Promise<void>) => void;
}

/** A `<video>` with `data-stream-id`, `data-local`, `data-type-of-video` and `data-playing`; no style of its own. */
export function VideoTile(props: VideoTileProps): ReactElement {
  const { manager, preview, muted, sinkId, onAutoplayBlocked, ...rest } = props;
  const sound = useContext(SoundContext);
  const chosenSink = useSoundFact('sinkId');
  const sink = sinkId ?? chosenSink;
  const release = useRef<() => void>(undefined);
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
    let gone = false;
    element.muted = latest.current.silent;
    element.play().catch((error: unknown) => {
      // Another source was set meanwhile: the effect for that one plays it.
      if (gone || (error instanceof DOMException && error.name !== 'NotAllowedError')) return;
      const play = () => element.play();
      const { onAutoplayBlocked: tell } = latest.current;
      if (tell) tell(play);
      else release.current = sound?.hold(play);
    });
    return () => {
      gone = true;
      release.current?.();
      if (manager) manager.removeVideoElement(element);
      else element.srcObject = null;
      setPlaying(false);
    };
  }, [manager, preview, sound]);
  useEffect(() => {
    const element = video.current;
    if (!element || sink === undefined || typeof element.setSinkId !== 'function') return;
    element.setSinkId(sink).catch((error: unknown) => {
      console.warn('[evercall] the audio output could not be changed', error);
    });
  }, [sink]);
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
        release.current?.();
        rest.onPlaying?.(event);
      }}
    />
  );
}
